#!/usr/bin/env bash
# Throws random and naughty strings at the reader: COUNT of them (a million), then the lines of FILE where it is named.
# Every one must be answered, and nothing may change without a word.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet --package undersong --example babble
exec target/release/examples/babble "${COUNT:-1000000}" ${FILE:+"$FILE"}

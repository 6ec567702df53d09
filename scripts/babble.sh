#!/usr/bin/env bash
# Throws the Big List of Naughty Strings and COUNT random strings (a million) at the reader. Every one must be answered,
# and nothing may change without a word.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet --package undersong --example babble
exec target/release/examples/babble "${COUNT:-1000000}"

#!/usr/bin/env bash
# Damaged films, made by zzuf from the test media, against undersong: writes docs/malformed.md. COUNT files, 500 if not said.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install.sh zzuf
[ -n "${UNDERSONG:-}" ] || cargo build --release --quiet --package undersong
mkdir -p docs
python3 scripts/malformed.py "${UNDERSONG:-target/release/undersong}" ../shared/media target/malformed docs/malformed.md "${COUNT:-500}"
grep -E '^\*\*|files;' docs/malformed.md

#!/usr/bin/env bash
# Speech under music and the loudness of every preset, measured apart from what undersong says of them: writes docs/mixing.md.
# The judge lies in JUDGE (else ../shared/judge), the films in MEDIA (else ../shared/media).
set -euo pipefail
cd "$(dirname "$0")/.."
media=${MEDIA:-../shared/media}
[ -d "$media" ] || { echo "No test media in $media (set MEDIA)." >&2; exit 1; }
judge=${JUDGE:-../shared/judge}
scripts/install.sh espeak-ng
[ -n "${UNDERSONG:-}" ] || cargo build --release --quiet --package undersong
python=$(scripts/judge.sh)
place=target/mixes
mkdir -p "$place" docs
"$python" scripts/mixes.py "${UNDERSONG:-target/release/undersong}" "$media" "$judge" "$place" | tee "$place/mixing.md"
mv "$place/mixing.md" docs/mixing.md

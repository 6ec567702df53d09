#!/usr/bin/env bash
# Authentic chip music on another console, libgme, and before the judge: writes docs/chips.md.
# The judge lies in JUDGE (else ../shared/judge).
set -euo pipefail
cd "$(dirname "$0")/.."
judge=${JUDGE:-../shared/judge}
scripts/install.sh ffmpeg
# A grep that leaves at its first find would end ffmpeg by a broken pipe, which counts as a failure here.
ffmpeg -hide_banner -demuxers 2>/dev/null | grep libgme >/dev/null || { echo "This ffmpeg has no libgme." >&2; exit 1; }
[ -n "${UNDERSONG:-}" ] || cargo build --release --quiet --package undersong
python=${PYTHON:-$(scripts/judge.sh)}
place=target/chips
rm -rf "$place"
mkdir -p "$place" docs
"$python" scripts/chips.py "${UNDERSONG:-target/release/undersong}" "$judge" "$place" >"$place/chips.md"
mv "$place/chips.md" docs/chips.md
grep 'correlate by .97' docs/chips.md

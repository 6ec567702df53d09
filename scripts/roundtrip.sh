#!/usr/bin/env bash
# A film to the server and back with music, stage by stage: writes docs/serving-speed.md. RUNS runs (5); UNDERSONG is another program.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install.sh python3
[ -n "${UNDERSONG:-}" ] || cargo build --release --quiet --package undersong
reels=target/reels
# An absolute path: the reel maker hands it to ffmpeg's concat, which looks beside its list.
[ -s "$reels/reel_30.mp4" ] || ../shared/media/make_reel.sh "$PWD/$reels" >&2
python3 scripts/roundtrip.py "${UNDERSONG:-target/release/undersong}" "$reels/reel_30.mp4" docs/serving-speed.md "${RUNS:-5}"

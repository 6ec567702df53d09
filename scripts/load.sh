#!/usr/bin/env bash
# Open streams, state reads beside renders, large uploads, all against one program: writes docs/load.md.
# PLACE is a folder with 20 GB to spare (target/load); UNDERSONG is another program.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install.sh python3 wrk
[ -n "${UNDERSONG:-}" ] || cargo build --release --quiet --package undersong
reels=target/reels
[ -s "$reels/reel_120.mp4" ] || ../shared/media/make_reel.sh "$PWD/$reels" >&2
export PLACE=${PLACE:-target/load}
mkdir -p "$PLACE"
# Each stream is a file to the system.
ulimit -S -n 8192
film=../shared/media/bikes_street_cuts_640x272_noaudio.mp4
python3 scripts/load.py "${UNDERSONG:-target/release/undersong}" "$film" "$reels/reel_120.mp4" docs/load.md

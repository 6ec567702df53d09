#!/usr/bin/env bash
# Cuts, dissolves and fades against labels, and what the watching costs, beside PySceneDetect: writes docs/watching.md.
# PySceneDetect is no part of undersong; it lives in a Python environment of its own under the user's cache.
set -euo pipefail
cd "$(dirname "$0")/.."
# What was found before is not to be recalled: this measures how it is found.
export UNDERSONG_CACHE=none
scripts/install.sh
[ -n "${UNDERSONG:-}" ] || cargo build --release --quiet --package undersong
undersong=${UNDERSONG:-target/release/undersong}
media=../shared/media
place=target/cuts
reels=target/reels
cache=${XDG_CACHE_HOME:-$HOME/.cache}/undersong-scenedetect
mkdir -p "$place" docs
if [ ! -x "$cache/bin/python" ] || ! "$cache/bin/python" -c "import scenedetect, cv2" 2>/dev/null; then
  python3 -m venv "$cache"
  "$cache/bin/pip" install --quiet scenedetect opencv-python-headless
fi
if [ ! -s "$reels/reel_600.mp4" ]; then
  echo "Making the reels (some minutes)" >&2
  "$media/make_reel.sh" "$PWD/$reels" >&2
fi
echo "Joining films" >&2
python3 scripts/join.py crates/footage/labels/joined.txt "$media" "$place"
python3 scripts/join.py crates/footage/labels/unseen.txt "$media" "$place/unseen"

encode() { # joined film, name of the encoding, arguments
  local out="$place/$1.$2.mp4"
  [ -s "$out" ] || ffmpeg -nostdin -v error -y -i "$place/$1.mp4" "${@:3}" -c:v libx264 -preset superfast -crf 23 "$out"
}
fixed=(-g 48 -keyint_min 48 -sc_threshold 0)
for film in street slow mixed; do
  encode "$film" gop48 "${fixed[@]}"
  encode "$film" gop48_no_b "${fixed[@]}" -bf 0
  encode "$film" no_scenecut -sc_threshold 0
done
for film in street slow; do
  encode "$film" 1080p -vf scale=1920:1080
  encode "$film" 1080p_gop48 -vf scale=1920:1080 "${fixed[@]}"
  encode "$film" 1080p_gop48_no_b -vf scale=1920:1080 "${fixed[@]}" -bf 0
done
"$cache/bin/python" scripts/cuts.py "$undersong" "$media" "$place" "$reels" >"$place/watching.md"
mv "$place/watching.md" docs/watching.md
grep '^\*\*' docs/watching.md

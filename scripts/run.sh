#!/usr/bin/env bash
# Scores a film: VIDEO, or a little one made here; PROMPT is what the music shall be; OUT is where the result goes.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install.sh
cargo build --release --quiet --package undersong

video=${VIDEO:-}
prompt=${PROMPT:-add background music that fits}
if [ -z "$video" ]; then
  video=target/demo/film.mp4
  prompt=${PROMPT:-add playful retro chiptune music}
  mkdir -p target/demo
  [ -s "$video" ] || { echo "Making a little film of six shots: $video"; scripts/demo_film.sh "$video"; }
fi
stem=$(basename "$video")
out=${OUT:-$(dirname "$video")/${stem%.*}.scored.mp4}

echo "Film:    $video"
echo "Request: $prompt"
target/release/undersong add "$video" "$prompt" -o "$out"
echo "The scored film lies at $out"

#!/usr/bin/env bash
# Writes docs/hearing.md: how well speech, music and moods are told, as the tests that hold these figures measure it.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p target
heard=target/hearing.txt
cargo test --quiet --package undersong --test all hearing -- --nocapture --test-threads 1 >"$heard"
cargo test --quiet --package footage --test all moods -- --nocapture --test-threads 1 >>"$heard"

part() { # what stands between BEGIN and END under this name
  awk -v name="$1" '$0 == "END" { on = 0 } on; $0 == "BEGIN " name { on = 1 }' "$heard"
}

{
  cat <<'END'
# What is heard and felt

Measured by the tests `hearing` of `undersong` and `moods` of `footage`; written by `scripts/hearing.sh`.

## Speech

Recorded and spoken voices alone, over music (two films, own cues of five genres) and over noise (three colours, rotors,
steps, a city, silence) that begins four seconds before them and ends four seconds after; and music and noise alone.
"Found" is the share of the time somebody talks that is called speech, "called speech" the share of all other time;
within 150 ms of a border either answer is right where nobody talks. Voices: `crates/footage/labels/speech.txt`.

END
  part speech
  echo
  part borders
  cat <<'END'

## Music

Films are labelled in `crates/footage/labels/music.txt`; own cues are composed for the test.

END
  part music
  cat <<'END'

## Mood

Scenes made of the test films by grading and by changing their speed, so that any viewer would name the same corner:
pleasant or not (valence), excited or calm (arousal). A picture alone is never more than 0.6 sure.

END
  part mood
} >docs/hearing.md

#!/usr/bin/env bash
# Every genre before the judge: a minute for each of three seeds, and eight films in three genres each, two cues at a time.
# Writes every verdict to docs/cues.md. The judge is no part of undersong; it lies in JUDGE (else ../shared/judge) and lives
# in a Python environment of its own. GENRES="lofi jazz" takes only these and writes no document.
set -euo pipefail
cd "$(dirname "$0")/.."
export judge=${JUDGE:-../shared/judge} place=target/cues
scripts/install.sh jq
[ -n "${UNDERSONG:-}" ] || cargo build --release --quiet --package undersong
export undersong=${UNDERSONG:-target/release/undersong}
export python=$(scripts/judge.sh)
genres=${GENRES:-$("$undersong" genres --json | jq -r '.genres[].id')}
commit=$(git describe --always --dirty)
rm -rf "$place"
mkdir -p "$place" docs

# Film and the genres it is scored in: those of half a minute and more, for the bars are made for pieces with a form.
films=$(cat <<'END'
../shared/media/animation_bbb_720p24_vp8.webm comedy classical chiptune
../shared/media/gameplay_myrkur_480x320_60fps.mp4 console-adventure boss-battle dungeon
../shared/media/carpark_12.5fps_silent_track.mp4 horror documentary meditation
target/cuts/dark.mp4 epic cinematic synthwave
target/cuts/game.mp4 racing puzzle house
target/cuts/mixed.mp4 indie-pop tropical lofi
target/cuts/slow.mp4 ambient folk jazz
target/cuts/street.mp4 funk trap corporate
END
)
joined=$(grep -o '^target/cuts/[a-z]*\.mp4' <<<"$films")
ls $joined >/dev/null 2>&1 || python3 scripts/join.py crates/footage/labels/joined.txt ../shared/media target/cuts

verdict() { # cue, style
  # The judge leaves with 1 where a cue does not pass; that is a result. Numba, on which it runs, dies now and then when two
  # processes fill its cache at once, and is asked again.
  local cue=$1 attempt
  for attempt in 1 2 3; do
    "$python" "$judge/cue_pass.py" "$cue.json" "$cue.wav" "$cue.mid" --style "$2" --json >"$cue.verdict" 2>>"$cue.err" || true
    [ ! -s "$cue.verdict" ] || return 0
    find "$(dirname "$python")/../lib" -name '*.nb[ic]' -delete
  done
  echo "The judge gives no verdict on $cue (see $cue.err)." >&2
  return 1
}
export -f verdict

one() { # cue: genre, seed, film
  local genre=$1 seed=$2 film=${3:-} style cue
  case $genre in # the manner that the judge expects
    jazz | funk | rock | horror) style=loose ;;
    chiptune) style=chip ;;
    ambient | meditation) style=ambient ;;
    *) [ "$(sed -n 's/^loose_ms = //p' "crates/score/genres/$genre.toml")" = 0 ] && style=machine || style=played ;;
  esac
  cue="$place/$genre.$(basename "${film:-minute}").$seed"
  if [ -z "$film" ]; then
    "$undersong" compose --length 60 --genre "$genre" --seed "$seed" -o "$cue.wav" --midi "$cue.mid" --json
  else
    "$undersong" add "$film" "$genre" --seed "$seed" --preset keep -o "$cue.mp4" --wav "$cue.wav" --midi "$cue.mid" --json
  fi >"$cue.json" 2>"$cue.err" </dev/null || { tail -n 3 "$cue.err" >&2; return 1; }
  verdict "$cue" "$style"
  jq -c --arg genre "$genre" --arg seed "$seed" --arg film "$(basename "$film")" --arg style "$style" \
    '. + {genre: $genre, seed: $seed, film: $film, style: $style}' "$cue.verdict" >"$cue.judged"
  rm -f "$cue.mp4" "$cue.wav"
  jq -r '"\(.genre) \(.seed) \(.film) \(if .pass then "passes" else "does not pass" end), \(.soft) of 7 soft\([.rows[] | select(.ok == false) | "; \(.name): \(.value | tojson)"] | add // "")"' "$cue.judged" >&2
}
export -f one

{
  for genre in $genres; do for seed in 1 2 3; do echo "$genre $seed"; done; done
  [ -n "${GENRES:-}" ] || while read -r film first second third; do
    for genre in $first $second $third; do echo "$genre 1 $film"; done
  done <<<"$films"
} | xargs -P 2 -L 1 bash -c 'one "$@"' one

if [ -n "${GENRES:-}" ]; then exit; fi

cell='if .pass then "passes" else "**does not pass**" end + ", \(.soft)/7" +
  ([.rows | to_entries[] | select(.value.ok == false) | "; row \(.key): \(.value.value | tojson)"] | add // "")'
all=$(find "$place" -name '*.judged' -exec cat {} +)
{
  echo "# Cues before the judge"
  echo
  echo "A minute of every genre and seed, composed by \`undersong compose --length 60 --genre GENRE --seed SEED\`, and eight films"
  echo "in three genres each, measured by a program written apart from undersong against bands taken from human arrangements."
  echo "Made by \`make cues\`, $(date +%Y-%m-%d), at commit $commit. A cue passes when it meets every hard bar"
  echo "(rows 1, 4, 5, 7, 8, 9, 11) and five of seven soft ones; each bar that a cue misses is shown with the value found."
  echo "The judge runs with all of its estimators (\`scripts/judge.sh\` adds madmom, which its own setup leaves out): row 4 takes the second"
  echo "best of three estimates of the tempo, within 0.5 %, and row 5 half of four estimates of the key."
  echo
  jq -rs '"\(map(select(.pass)) | length) of \(length) cues pass (genres: \(map(select(.film == ""))
    | "\(map(select(.pass)) | length) of \(length)"), films: \(map(select(.film != "")) | "\(map(select(.pass)) | length) of \(length)"))."' <<<"$all"
  printf '\n## The bars\n\n'
  jq -rs '.[0].rows | to_entries[] | "- row \(.key): \(.value.name)"' <<<"$all"
  printf '\n## Genres\n\n| genre | judged as | seed 1 | seed 2 | seed 3 |\n|---|---|---|---|---|\n'
  jq -rs "map(select(.film == \"\")) | group_by(.genre)[] | sort_by(.seed)
    | \"| \(.[0].genre) | \(.[0].style) | \(map($cell) | join(\" | \")) |\"" <<<"$all"
  printf '\n## Films\n\n| film | genre | judged as | the cue |\n|---|---|---|---|\n'
  jq -rs "map(select(.film != \"\")) | sort_by(.film, .genre)[] | \"| \(.film) | \(.genre) | \(.style) | \($cell) |\"" <<<"$all"
} >docs/cues.md
grep 'cues pass' docs/cues.md

#!/usr/bin/env bash
# Three genres before the judge: composes a minute for each of three seeds and writes every figure to docs/cues.md.
# The judge is no part of undersong; it lies in JUDGE (else ../shared/judge) and lives in a Python environment of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
judge=${JUDGE:-../shared/judge}
[ -x "$judge/setup.sh" ] || { echo "No judge in $judge (set JUDGE)." >&2; exit 1; }
scripts/install.sh jq
[ -n "${UNDERSONG:-}" ] || cargo build --release --quiet --package undersong
undersong=${UNDERSONG:-target/release/undersong}
python=$("$judge/setup.sh" | tail -n 1)
place=target/cues
seeds="1 2 3"
mkdir -p "$place" docs

style() { # the manner that the judge expects of a genre
  case $1 in chiptune) echo chip ;; ambient) echo ambient ;; *) echo played ;; esac
}

compose() { # genre, seed
  local cue="$place/$1.$2"
  "$undersong" compose --length 60 --genre "$1" --seed "$2" -o "$cue.wav" --midi "$cue.mid" --json \
    >"$cue.json" 2>"$cue.err" </dev/null || { tail -n 3 "$cue.err" >&2; return 1; }
  # The judge leaves with 1 where a cue does not pass; that is a result, not a failure of this script.
  "$python" "$judge/cue_pass.py" "$cue.json" "$cue.wav" "$cue.mid" --style "$(style "$1")" --json >"$cue.verdict" || [ -s "$cue.verdict" ]
}

table() { # genre
  local files=() seed
  for seed in $seeds; do files+=("$place/$1.$seed.verdict"); done
  printf '\n## %s (judged as %s)\n\n' "$1" "$(style "$1")"
  jq -rs '
    def shown: if type == "array" then map(shown) | join(" ") elif type == "number" then (. * 1000 | round / 1000 | tostring)
      elif . == null then "-" else tostring end;
    def mark: if .ok == true then "" elif .ok == null then " (not judged)" else " **fails**" end;
    . as $cues
    | "| # | what | " + ([range(length) | "seed \(. + 1)"] | join(" | ")) + " |",
      "|---|---|" + ("---|" * length),
      ($cues[0].rows | keys_unsorted[] as $n | "| \($n) | \(.[$n].name) | "
        + ([$cues[].rows[$n] | (.value | shown) + mark] | join(" | ")) + " |"),
      "| | **the cue** | " + ([$cues[] | (if .pass then "passes" else "**does not pass**" end) + ", \(.soft) of 7 soft bars"] | join(" | ")) + " |"
  ' "${files[@]}"
}

for genre in lofi chiptune cinematic; do
  for seed in $seeds; do
    echo "composing and judging $genre, seed $seed" >&2
    compose "$genre" "$seed"
  done
done

{
  echo "# Cues before the judge"
  echo
  echo "A minute of each genre and seed, composed by \`undersong compose --length 60 --genre GENRE --seed SEED\` and measured by"
  echo "a program written apart from undersong, against bands taken from human arrangements. Made by \`make cues\`, $(date +%Y-%m-%d),"
  echo "at commit $(git describe --always --dirty). Every row is shown, failures included."
  echo
  jq -rs '"\(map(select(.pass)) | length) of \(length) cues pass."' "$place"/*.verdict
  for genre in lofi chiptune cinematic; do table "$genre"; done
} >docs/cues.md
grep 'cues pass' docs/cues.md

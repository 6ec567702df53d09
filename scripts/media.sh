#!/usr/bin/env bash
# Scores every film of the test media (MEDIA, else ../shared/media) with the sentence of media.tsv, and measures the
# results with ffmpeg, apart from what undersong says of them. Prints a Markdown table; fails where a row is not as expected.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
media=${MEDIA:-../shared/media}
[ -d "$media" ] || { echo "No test media in $media (set MEDIA)." >&2; exit 1; }
scripts/install.sh jq || exit
[ -n "${UNDERSONG:-}" ] || cargo build --release --quiet --package undersong || exit
undersong=${UNDERSONG:-target/release/undersong}
place=target/media
mkdir -p "$place/odd"

loudness() { # integrated LUFS and true peak dBTP, decoded
  ffmpeg -nostdin -hide_banner -i "$1" -map 0:a:0 -af ebur128=peak=true:framelog=verbose -f null - 2>&1 |
    awk '$1 == "I:" { i = $2 } $1 == "Peak:" { p = $2 } END { print i, p }'
}

packets() { # a hash of the packets of picture stream $2
  ffprobe -v error -select_streams "v:$2" -show_packets -show_data_hash md5 -show_entries packet=data_hash -of csv=p=0 "$1" | md5sum
}

picture() { # what became of the picture of $1 in $2: what the report $3 says, held against the bytes
  local made stream said
  said=$(jq -r '.render.picture // "?"' "$3")
  made=$(packets "$2" 0)
  for stream in 0 1; do
    [ "$(packets "$1" "$stream")" = "$made" ] && { echo "same bytes"; return; }
  done
  [ "$said" = copied ] && said="said copied, but DIFFERS"
  echo "$said"
}

apart() { # by how many ms the film ($2: the report) and the picture, sound and container of the result $1 disagree in length
  ffprobe -v error -show_entries stream=codec_type,duration:format=duration -of json "$1" |
    jq -r --slurpfile report "$2" '[$report[0].input.duration_s, .format.duration,
        (.streams[] | select(.codec_type == "video" or .codec_type == "audio") | .duration)]
      | map(select(. != null) | tonumber * 1000) | (max - min) | round'
}

row() { # film, sentence, expected
  local film=$1 lufs peak out="$place/${1%.*}.mp4" report="$place/$1.json" errors="$place/$1.err" got status began took
  rm -f "$out"
  began=$EPOCHREALTIME
  "$undersong" add "$media/$film" "$2" -o "$out" --seed 1 --json >"$report" 2>"$errors" </dev/null
  status=$?
  took=$(awk -v a="$began" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }')
  case $status in
    0) got=music ;;
    3) got=$(jq -r '.error.code // empty' "$report") ;;
    *) got="exit $status" ;;
  esac
  local verdict=ok picture=
  case ",$3," in *",${got:-refused without code},"*) ;; *) verdict=WRONG ;; esac
  [ "$got" = music ] || [ ! -e "$out" ] || verdict="WRONG, left a file"
  if [ "$got" = music ]; then
    read -r lufs peak < <(loudness "$out")
    picture=$(picture "$media/$film" "$out" "$report")
    case $picture in *DIFFERS) verdict=WRONG ;; esac
    printf '| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n' "$film" "$got" "$verdict" \
      "$(jq -r '[.cue.genre, .cue.key, ((.cue.tempo_bpm // 0) * 10 | round / 10 | tostring)] | map(. // "?") | join(", ")' "$report")" \
      "$lufs" "$peak" "$picture" "$(apart "$out" "$report")" "$took"
  else
    printf '| %s | %s | %s | %s | | | | | %s |\n' "$film" "${got:-no code}" "$verdict" \
      "$(jq -r '.error.message // empty' "$report" 2>/dev/null || tail -n 1 "$errors")" "$took"
  fi
  [ "$verdict" = ok ]
}

table() {
  echo "| film | result | as expected | music, or what was said | LUFS | dBTP | picture | lengths apart, ms | seconds |"
  echo "|---|---|---|---|---|---|---|---|---|"
  local film sentence expected wrong=0
  while IFS=$'\t' read -r film sentence expected <&3; do
    case $film in '#'* | '') continue ;; esac
    row "$film" "$sentence" "$expected" || wrong=$((wrong + 1))
  done 3<scripts/media.tsv
  echo
  echo "Rows not as expected: $wrong"
  [ "$wrong" = 0 ]
}

table | tee "$place/table.md"

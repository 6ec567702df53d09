#!/usr/bin/env bash
# Scores every film of the test media (MEDIA, else ../shared/media) with the sentence of media.tsv, and measures the
# results with ffmpeg, apart from what undersong says of them. Prints a Markdown table; fails where a row is not as expected.
set -uo pipefail
cd "$(dirname "$0")/.."
# What was found before is not to be recalled: this measures how it is found.
export UNDERSONG_CACHE=none || exit
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

packets() { # a hash of the packets of picture stream $2; what ffprobe says of damaged ones is no news
  ffprobe -v quiet -select_streams "v:$2" -show_packets -show_data_hash md5 -show_entries packet=data_hash -of csv=p=0 "$1" | md5sum
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

apart() { # by how many ms the film ($2: the report) and the pictures, sound and container of the result $1 disagree in length
  # The pictures' end is the last packet's, because a track's own length leaves out what a damaged film lacks; where
  # ffprobe does not say how long a picture stands, it is a frame.
  ffprobe -v quiet -select_streams v:0 -show_entries packet=pts_time,duration_time -of json "$1" |
    jq --slurpfile report "$2" '(1 / $report[0].input.fps) as $frame
      | [.packets[] | (.pts_time | tonumber) + (.duration_time // $frame | tonumber)] | max' >"$place/shown"
  ffprobe -v error -show_entries stream=codec_type,duration:format=duration -of json "$1" |
    jq -r --slurpfile report "$2" --slurpfile shown "$place/shown" '[$report[0].input.duration_s, $shown[0], .format.duration,
        (.streams[] | select(.codec_type == "audio") | .duration)]
      | map(select(. != null) | tonumber * 1000) | (max - min) | round'
}

faults() { # what is not as promised: loudness, peak, picture, ms apart, report
  awk -v lufs="$1" -v peak="$2" -v picture="$3" -v apart="$4" -v warned="$(jq -r '.warnings | join(" ")' "$5")" 'BEGIN {
    # ffmpeg measures no loudness in less than 0.4 s and says -70 then.
    if (lufs > -70 && (lufs < -14.5 || lufs > -13.5) && warned !~ /LUFS/) printf "loudness "
    if (peak >= -1.0) printf "peak "
    if (picture ~ /DIFFERS/) printf "picture "
    if (apart == "" || apart > 33) printf "lengths " }'
}

row() { # film, sentence, expected
  local film=$1 lufs peak apart wrong out="$place/${1%.*}.mp4" report="$place/$1.json" errors="$place/$1.err" got status began took
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
    apart=$(apart "$out" "$report")
    wrong=$(faults "$lufs" "$peak" "$picture" "$apart" "$report")
    [ -z "$wrong" ] || verdict="WRONG: $wrong"
    printf '| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n' "$film" "$got" "$verdict" \
      "$(jq -r '[.cue.genre, .cue.key, ((.cue.tempo_bpm // 0) * 10 | round / 10 | tostring)] | map(. // "?") | join(", ")' "$report")" \
      "$lufs" "$peak" "$picture" "$apart" "$took"
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

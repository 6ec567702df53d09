#!/usr/bin/env bash
# Cost of undersong beside plain ffmpeg that copies the same picture and is handed a ready WAV to mix.
# CPU is user and system time of the whole tree of processes: runs alternate, the median of RUNS (3) is told.
set -euo pipefail
cd "$(dirname "$0")/.."
# What was found before is not to be recalled: this measures how it is found.
export UNDERSONG_CACHE=none
scripts/install.sh
[ -n "${UNDERSONG:-}" ] || cargo build --release --quiet --package undersong
undersong=${UNDERSONG:-target/release/undersong}
reels=target/reels
place=target/bench
runs=${RUNS:-3}
mkdir -p "$place"
if [ ! -s "$reels/reel_120.mp4" ]; then
  echo "Making the reels (some minutes)" >&2
  # An absolute path: the reel maker hands it to ffmpeg's concat, which looks beside its list.
  ../shared/media/make_reel.sh "$PWD/$reels" >&2
fi

plain() { # film, ready music
  ffmpeg -nostdin -v error -y -i "$1" -i "$2" \
    -filter_complex "[1:a]volume=0.35[m];[0:a][m]amix=inputs=2:duration=first:normalize=0" \
    -c:v copy -c:a aac -b:a 192k "$place/plain.mp4"
}

ours() { # film
  "$undersong" add "$1" "add cinematic emotional music" --seed 1 -o "$place/ours.mp4" >"$place/ours.log" 2>&1 </dev/null
}

cost() { # wall, user and system seconds of a command and of all its children
  local TIMEFORMAT='%R %U %S'
  { time "$@" 2>"$place/errors" >&2; } 2>&1 || { cat "$place/errors" >&2; return 1; }
}

tree_kb() { # resident memory of a process and all that descend from it, pages shared by two counted twice
  # Field 24 of /proc/PID/stat is the count of pages, field 4 the parent; names may hold blanks, so count behind the bracket.
  cat /proc/[0-9]*/stat 2>/dev/null | awk -v top="$1" -v page="$(getconf PAGESIZE)" '
    { pid = $1; sub(/^.*\) /, ""); parent[pid] = $2; pages[pid] = $22 }
    END { for (p in parent) { q = p; while (q != top && q in parent && q > 1) q = parent[q]; if (q == top) sum += pages[p] }
          print int(sum * page / 1024) }'
}

peak_mb() { # the most memory that a command and its children held at once
  local most=0 now pid
  "$@" >/dev/null 2>&1 &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    now=$(tree_kb "$pid")
    [ "${now:-0}" -gt "$most" ] && most=$now
    sleep 0.05
  done
  wait "$pid"
  echo $((most / 1024))
}

median() { # of the numbers on stdin
  sort -n | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

machine() {
  local model
  model=$(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo)
  echo "${model:-$(uname -m)}, $(nproc) cores, $(ffmpeg -version | awk 'NR == 1 { print $1, $3 }'), $(date +%Y-%m-%d)"
}

echo "Machine: $(machine). CPU seconds, medians of $runs runs that alternate."
echo
echo "| film | plain ffmpeg, ready WAV | undersong, everything | ratio | wall clock, each | peak memory, each |"
echo "|---|---|---|---|---|---|"
for seconds in 30 120; do
  film=$reels/reel_$seconds.mp4
  music=$place/music_$seconds.wav
  [ -s "$music" ] || "$undersong" compose --length "$seconds" --genre cinematic --seed 1 -o "$music" >/dev/null 2>&1
  rm -f "$place"/*."$seconds"
  for _ in $(seq "$runs"); do
    cost plain "$film" "$music" >>"$place/plain.$seconds"
    cost ours "$film" >>"$place/ours.$seconds"
  done
  total() { awk '{ print $2 + $3 }' "$place/$1.$seconds" | median; }
  wall() { awk '{ print $1 }' "$place/$1.$seconds" | median; }
  awk -v n="$seconds" -v p="$(total plain)" -v o="$(total ours)" -v pw="$(wall plain)" -v ow="$(wall ours)" \
    -v pm="$(peak_mb plain "$film" "$music")" -v om="$(peak_mb ours "$film")" \
    'BEGIN { printf "| %d s, 1080p | %.2f | %.2f | %.2f | %.2f s, %.2f s | %d MB, %d MB |\n", n, p, o, o / p, pw, ow, pm, om }'
done | tee "$place/table.md"

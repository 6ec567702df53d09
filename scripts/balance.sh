#!/usr/bin/env bash
# Balance and width of every genre against released game music: writes docs/balance.md.
# The judge lies in JUDGE (else ../shared/judge). GENRES="lofi jazz" takes only these and writes no document.
set -euo pipefail
cd "$(dirname "$0")/.."
judge=${JUDGE:-../shared/judge}
[ -n "${UNDERSONG:-}" ] || cargo build --release --quiet --package undersong
undersong=${UNDERSONG:-target/release/undersong}
python=${PYTHON:-$(scripts/judge.sh)}
place=target/balance
mkdir -p "$place" docs
if [ -n "${GENRES:-}" ]; then
  # shellcheck disable=SC2086
  exec "$python" scripts/balance.py "$undersong" "$judge" "$place" $GENRES
fi
{
  echo "# Balance and width, measured"
  echo
  echo "Made by \`make balance\`, $(date +%Y-%m-%d), at commit $(git describe --always --dirty): a minute of every genre in seeds 1, 2"
  echo "and 3, composed by \`undersong compose --length 60 --genre GENRE --seed SEED\` with the SoundFont FluidR3 GM, and measured by a"
  echo "program written apart from undersong. The bands are those of released game music; what lies outside is **set off**."
  echo
  "$python" scripts/balance.py "$undersong" "$judge" "$place"
} >"$place/balance.md"
mv "$place/balance.md" docs/balance.md

#!/usr/bin/env bash
# Prepares the Python environment of the judge in JUDGE (else ../shared/judge) and prints its interpreter.
# The judge asks three programs for the tempo and four for the key, and is stricter where it finds all of them. Its own setup
# leaves out madmom, whose last release does not build on today's Python, so that it falls back on two for the tempo, of which
# librosa's is off by up to 2.5 %. Here madmom is built with the few names that Python and NumPy have changed since.
# It only judges; nothing of it (its models may not be sold) is part of undersong.
set -euo pipefail
cd "$(dirname "$0")/.."
judge=${JUDGE:-../shared/judge}
[ -x "$judge/setup.sh" ] || { echo "No judge in $judge (set JUDGE)." >&2; exit 1; }
export JUDGE_VENV=${JUDGE_VENV:-$HOME/.cache/undersong-judge-madmom}
python=$("$judge/setup.sh" | tail -n 1)

add_madmom() {
  local work
  work=$(mktemp -d)
  # shellcheck disable=SC2064
  trap "rm -rf '$work'" RETURN
  "$python" -m pip install --quiet "cython>=3"
  "$python" -m pip download --quiet --no-deps --no-binary :all: --no-build-isolation --dest "$work" madmom==0.16.1
  tar -xzf "$work"/madmom-0.16.1.tar.gz -C "$work"
  (
    cd "$work/madmom-0.16.1"
    grep -rlE 'np\.(float|int|bool|object)\b' --include=*.py --include=*.pyx . |
      xargs sed -i -E 's/np\.(float|int|bool|object)\b/\1/g'
    sed -i 's/from collections import MutableSequence/from collections.abc import MutableSequence/' madmom/processors.py
    sed -i 's/np.argmax(np.asarray(results)\[:, 1\])/np.argmax([result[1] for result in results])/' madmom/features/downbeats.py
    # The C files it ships were made for an older Python; they are made anew.
    find madmom -name '*.c' -delete
    "$python" -m pip install --quiet --no-deps --no-build-isolation .
  )
}

"$python" -c 'from madmom.features.downbeats import DBNDownBeatTrackingProcessor' 2>/dev/null || add_madmom >&2
echo "$python"

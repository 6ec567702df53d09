#!/usr/bin/env bash
# The served API against its own document, by schemathesis, on loopback, for some seconds (300 if not said), with this seed or any.
# It needs Python with pip, and the registry of Python packages once; where they cannot be had this says so, and in CI it fails.
set -euo pipefail
cd "$(dirname "$0")/.."
version=4.32.5
place=target/conformance
packages=$PWD/$place/python-$version

cannot() {
  echo "skipped: $1" >&2
  [ -z "${CI:-}" ] || exit 1
  exit 0
}

python=${PYTHON:-python3}
command -v ffmpeg >/dev/null || cannot "ffmpeg is not installed"
"$python" -m pip --version >/dev/null 2>&1 || cannot "there is no $python with pip"
if [ ! -e "$packages/installed" ]; then
  rm -rf "$packages"
  "$python" -m pip install --quiet --no-input --disable-pip-version-check --target "$packages" "schemathesis==$version" ||
    cannot "schemathesis cannot be installed"
  touch "$packages/installed"
fi
if [ -z "${UNDERSONG:-}" ]; then
  cargo build --quiet --package undersong
  UNDERSONG=target/debug/undersong
fi
PYTHONPATH=$packages exec "$python" scripts/conformance.py "$UNDERSONG" "$packages/bin/schemathesis" "$place" "${1:-300}" ${2:+"$2"}

#!/usr/bin/env bash
# Kills the real server COUNT times (10,000) while clients use it, and holds what is left against what they were told.
# MUTANT=fence builds a server in which late workers are not kept out: then it must fail, and this succeeds if it does.
# SEED begins with other chance; UNDERSONG is another program to kill.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install.sh

# A copy of the checkout whose late workers may write, built below target/.
fence_off() {
  local copy=target/mutant/fence sources
  mkdir -p "$copy"
  rm -rf "$copy/crates"
  cp -r Cargo.toml Cargo.lock clippy.toml crates "$copy/"
  sources=$(grep -rlE "AND attempt = [$][0-9]+ AND state = 'running'" "$copy/crates/shelf/src")
  [ -n "$sources" ] || { echo "there is no fence to take away" >&2; exit 2; }
  # The number is still bound, so it must stand somewhere.
  echo "$sources" | xargs sed -Ei "s/AND attempt = ([$][0-9]+) AND state = 'running'/AND \1 = \1/"
  cargo build --quiet --package undersong --manifest-path "$copy/Cargo.toml" --target-dir target/mutant/built
  UNDERSONG=$PWD/target/mutant/built/debug/undersong
}

kill_it() {
  UNDERSONG_KILLS=${COUNT:-10000} UNDERSONG_KILLS_SEED=${SEED:-1} cargo test --quiet --package undersong --test all -- \
    --exact all::serving::killed::a_server_that_is_killed_keeps_its_word --nocapture
}

case ${MUTANT:-none} in
  none)
    if [ -z "${UNDERSONG:-}" ]; then
      cargo build --release --quiet --package undersong
      UNDERSONG=$PWD/target/release/undersong
    fi
    export UNDERSONG
    kill_it
    ;;
  fence)
    fence_off
    export UNDERSONG COUNT=${COUNT:-1000}
    if kill_it >target/mutant/fence.log 2>&1; then
      echo "The server without its fence was not found out." >&2
      exit 1
    fi
    grep -m 3 -E '^ +"' target/mutant/fence.log || { tail -5 target/mutant/fence.log; exit 1; }
    echo "Found out, as it must be."
    ;;
  *)
    echo "MUTANT may be fence" >&2
    exit 2
    ;;
esac

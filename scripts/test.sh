#!/usr/bin/env bash
# Every check and every test. Tests of media look for films in ../shared/media and say so where there are none.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s\n' "$*"; }

step "format"
cargo fmt --all --check

step "clippy, warnings are errors; the lock file is up to date"
cargo clippy --locked --workspace --all-targets --quiet -- -D warnings

if cargo nextest --version >/dev/null 2>&1; then
  step "tests (nextest)"
  cargo nextest run --workspace --no-fail-fast
else
  step "tests (cargo test; cargo nextest is not installed)"
  cargo test --workspace --quiet --no-fail-fast --lib --bins --tests
fi

if [ -z "${CI:-}${UNDERSONG_TEST_POSTGRES:-}" ] && ! command -v initdb >/dev/null && ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then
  step "skipped: the server again, on PostgreSQL and S3 (PostgreSQL is not installed)"
elif step "the server again, on PostgreSQL and a store that speaks S3" && cargo nextest --version >/dev/null 2>&1; then
  # Of the whole workspace: alone, the package would be built again with other features of what it needs.
  UNDERSONG_TEST_STORES=far cargo nextest run --workspace --no-fail-fast --filterset 'test(/^all::serving::/)'
else
  UNDERSONG_TEST_STORES=far cargo test --workspace --quiet --no-fail-fast --lib --bins --tests -- all::serving::
fi

step "the API against its own document (schemathesis, 30 s)"
# With one seed, so that a change is judged and not chance; make conformance draws new ones.
UNDERSONG=$PWD/target/debug/undersong scripts/conformance.sh 30 1

step "examples in the documentation"
cargo test --workspace --doc --quiet

if cargo deny --version >/dev/null 2>&1; then
  step "licences and sources (cargo deny)"
  cargo deny check bans licenses sources
  if cargo deny fetch db >/dev/null 2>&1; then
    cargo deny check --disable-fetch advisories
  else
    echo "skipped: the database of advisories cannot be reached"
  fi
else
  step "skipped: cargo deny is not installed (the tidy test has looked at the licences)"
fi

printf '\nAll is well.\n'

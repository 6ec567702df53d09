#!/usr/bin/env bash
# Makes the secrets that compose.yaml hands to the servers, in deploy/secrets; those that are there stay.
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p -m 700 secrets

word() { head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n'; }
keep() { # name: keeps standard input under it, readable by the user in the container
  if [ -e "secrets/$1" ]; then cat >/dev/null; else cat >"secrets/$1"; chmod 444 "secrets/$1"; echo "made deploy/secrets/$1"; fi
}

word | keep postgres_password
word | keep s3_secret_key
head -c 32 /dev/urandom | keep link_key
printf 'postgres://undersong:%s@postgres/undersong' "$(cat secrets/postgres_password)" | keep database
printf '{"identities":[{"name":"undersong","credentials":[{"accessKey":"undersong","secretKey":"%s"}],"actions":["Read:films","Write:films","List:films"]}]}' \
  "$(cat secrets/s3_secret_key)" | keep s3_users

#!/bin/sh
# Runs the command with AUTH_SECRET and TICKET_SIGNING_KEY where a database is named, and with SANDBOX_KEY where a sandbox is:
# those given, else ones that were made once and are kept in the volume, those of the shop and the key in a file each.
set -eu
dir=${SECRETS_DIR:-/var/lib/onsale}

# Of several containers that start at once one makes the file, whole, and the others read that one.
keep() {
  file=$dir/$1
  shift
  if [ ! -s "$file" ]; then
    umask 077
    made=$(mktemp "$dir/new.XXXXXX")
    for name in "$@"; do
      echo "$name=$(node -p 'require("node:crypto").randomBytes(32).toString("base64url")')"
    done >"$made"
    ln "$made" "$file" 2>/dev/null || true
    rm "$made"
  fi
}

if [ -n "${DATABASE_URL:-}" ] && { [ -z "${AUTH_SECRET:-}" ] || [ -z "${TICKET_SIGNING_KEY:-}" ]; }; then
  given_auth=${AUTH_SECRET:-} given_signing=${TICKET_SIGNING_KEY:-}
  keep secrets.env AUTH_SECRET TICKET_SIGNING_KEY
  . "$file"
  export AUTH_SECRET="${given_auth:-$AUTH_SECRET}" TICKET_SIGNING_KEY="${given_signing:-$TICKET_SIGNING_KEY}"
fi
if [ -n "${SANDBOX_URL:-}" ] && [ -z "${SANDBOX_KEY:-}" ]; then
  keep sandbox.env SANDBOX_KEY
  . "$file"
  export SANDBOX_KEY
fi
exec "$@"

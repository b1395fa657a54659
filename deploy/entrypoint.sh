#!/bin/sh
# Runs the command with AUTH_SECRET and TICKET_SIGNING_KEY: those given, else a pair made once and kept in the volume.
set -eu
kept=/var/lib/onsale/secrets.env
if [ -z "${AUTH_SECRET:-}" ] || [ -z "${TICKET_SIGNING_KEY:-}" ]; then
  if [ ! -s "$kept" ]; then
    umask 077
    node -e '
      const secret = () => require("node:crypto").randomBytes(32).toString("base64url");
      console.log(`AUTH_SECRET=${secret()}\nTICKET_SIGNING_KEY=${secret()}`);
    ' >"$kept.$$"
    mv "$kept.$$" "$kept"
  fi
  set -a
  . "$kept"
  set +a
fi
exec "$@"

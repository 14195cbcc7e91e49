#!/usr/bin/env bash
# Runs a command as an ordinary user (uid 65534) with a home of its own; skipped (77) where this is not root.
set -euo pipefail

if [ "$(id -u)" != 0 ]; then
    echo "Not root: the test beside this one has run as an ordinary user already."
    exit 77
fi
as_nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs)
if ! "${as_nobody[@]}" test -r "$0"; then
    echo "An ordinary user may not look into this tree ($(dirname "$0")): nothing of it can run as one."
    exit 77
fi
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
chown 65534:65534 "$home"
# setpriv keeps no group of root's and no privilege; nothing of root's environment is a help.
"${as_nobody[@]}" \
    env -u XDG_RUNTIME_DIR HOME="$home" TMPDIR="$home" "$@"

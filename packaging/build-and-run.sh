#!/usr/bin/env bash
# Builds Kith and starts it. On a fresh machine it first installs what building needs (it asks for your
# password if that takes one). Arguments go to kith.
#
#   packaging/build-and-run.sh [ARGUMENTS OF KITH...]
#
# Run on Debian 12; written for Ubuntu, Fedora, Arch and macOS with Homebrew, and not run there.
set -euo pipefail
unset CDPATH

self=${BASH_SOURCE[0]}
while [ -L "$self" ]; do
    link=$(readlink "$self")
    case $link in /*) self=$link ;; *) self=$(dirname "$self")/$link ;; esac
done
root=$(cd -P "$(dirname "$self")/.." && pwd)
# shellcheck source=packaging/common.sh
. "$root/packaging/common.sh"

"$root/packaging/install-deps.sh" build
# Debug and test builds have folders of their own, so this one builds the programs alone.
configure release -DKITH_TESTS=OFF
build release kith kith-cli kith-worker

program=$root/build/release/src/app/kith
[ -x "$program" ] || program=$root/build/release/src/app/Kith.app/Contents/MacOS/Kith
[ -x "$program" ] || fail "the build ended well, but kith is not in build/release/src/app"

case " $* " in *" --help "* | *" --version "*) exec "$program" "$@" ;; esac
if [ "$(uname -s)" != Darwin ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ]; then
    fail "Kith is built, but there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set). Start" \
        "this from a desktop, or chat in the terminal with $root/build/release/src/app/kith-cli"
fi
exec "$program" "$@"

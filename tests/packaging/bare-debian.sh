#!/usr/bin/env bash
# Runs packaging/build-and-test.sh on a Debian 12 with nothing installed: the proof that the scripts install all
# they need. Clones what is committed. Needs root, about 8 GB of disk, and a quarter to half an hour.
#
#   tests/packaging/bare-debian.sh [--keep] [--directory DIRECTORY] [-- ARGUMENTS OF build-and-test.sh...]
set -euo pipefail
unset CDPATH

here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd -P "$here/../.." && pwd)
# shellcheck source=tests/packaging/bare_root.sh
. "$here/bare_root.sh"

keep=no
place=""
while [ $# -gt 0 ]; do
    case $1 in
        --keep) keep=yes ;;
        --directory) shift; place=${1:?a directory, made for this and removed at the end} ;;
        --) shift; break ;;
        *) echo "unknown: $1" >&2; exit 2 ;;
    esac
    shift
done

bare_root_needs >&2
[ -n "$place" ] || place=$(mktemp -d "${TMPDIR:-/var/tmp}/kith-bare-XXXXXX")
mkdir -p "$place"
root=$place/root
# shellcheck disable=SC2317 # called by the trap
finish() {
    if [ "$keep" = yes ]; then
        echo "Kept: $root"
    else
        rm -rf --one-file-system "$place"
    fi
}
trap finish EXIT

began=$SECONDS
make_bare_root "$root"
printf 'A bare Debian 12 after %d s\n' $((SECONDS - began))
# Where an ordinary user may look, too: many tests run as one once more.
git clone -q --no-hardlinks "$top" "$root/srv/kith"
status=0
in_bare_root "$root" bash /srv/kith/packaging/build-and-test.sh "$@" || status=$?
printf 'In a bare Debian 12: exit status %d after %d s in all\n' $status $((SECONDS - began))
exit $status

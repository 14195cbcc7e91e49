#!/usr/bin/env bash
# Installs the .deb with apt on a Debian 12 with nothing installed, runs its programs, and removes it again.
# What it asks for has to be enough: there is no development package, no Qt, no display.
#
#   deb_in_a_bare_root.sh DIRECTORY-OF-PACKAGES
set -euo pipefail
unset CDPATH

here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/packaging/bare_root.sh
. "$here/bare_root.sh"

packages=${1:?the directory of the .deb}
if ! why=$(bare_root_needs) || ! [ -d "$packages" ]; then
    echo "${why:-no package in $packages; packaging/build-and-test.sh packs one}"
    [ "${KITH_REQUIRE_ALL:-0}" = 1 ] && exit 1
    exit 77
fi

place=$(mktemp -d "${TMPDIR:-/var/tmp}/kith-bare-XXXXXX")
trap 'rm -rf --one-file-system "$place"' EXIT
root=$place/root
make_bare_root "$root"
cp "$packages"/*.deb "$root/root/kith.deb"
cat >"$root/root/check.sh" <<'CHECK'
set -euo pipefail
apt-get update -q
find / -xdev -path /proc -prune -o -path /sys -prune -o -name '*kith*' -print | sort >/root/before
apt-get install -q -y --no-install-recommends -o Dpkg::Use-Pty=0 /root/kith.deb
version=$(dpkg-query -W -f='${Version}' kith)
for program in kith kith-cli; do
    "$program" --version | grep -F "${version%-*}"
done

# Hosting needs the worker, and its first event is that it listens. It hosts until its input ends.
mkfifo /root/typed /root/events
kith-cli --profile /root/profile host --port 0 --json </root/typed >/root/events &
exec 3>/root/typed 4</root/events
line=""
while [[ $line != *'"event":"listening"'* ]]; do
    IFS= read -r -t 60 line <&4
    printf '%s\n' "$line"
done
exec 3>&-
timeout 60 cat <&4
wait $!

# A window needs Qt's plugins: SVG, SQLite, and one for the display. Without a display it has to say so itself.
if missing=$(ldd /usr/bin/kith /usr/bin/kith-cli /usr/libexec/kith/kith-worker \
    /usr/libexec/kith/kith-tls.so /usr/lib/*/qt6/plugins/sqldrivers/libqsqlite.so /usr/lib/*/qt6/plugins/platforms/libqxcb.so \
    /usr/lib/*/qt6/plugins/imageformats/libqsvg.so | grep 'not found'); then
    echo "$missing"
    exit 1
fi

apt-get remove -q -y --purge -o Dpkg::Use-Pty=0 kith
rm -r /root/profile
find / -xdev -path /proc -prune -o -path /sys -prune -o -name '*kith*' -print | sort >/root/after
diff /root/before /root/after
echo "installed, run and removed: nothing is left"
CHECK
in_bare_root "$root" bash /root/check.sh

# shellcheck shell=bash
# Makes a Debian 12 root with nothing in it, and runs commands there. Sourced; the caller sets the shell options.
#
# Mirror, keys, certificates and proxy are this machine's own: what its apt and npm are set to. Everything is
# mounted in a mount name space of its own, and every process there is in a process name space of its own, so
# that nothing of it is left when the command ends, however it ends.

bare_root_needs() {
    local tool
    [ "$(id -u)" -eq 0 ] || { echo "This needs root."; return 1; }
    for tool in debootstrap unshare chroot; do
        command -v "$tool" >/dev/null 2>&1 || { echo "$tool is missing."; return 1; }
    done
}

# Prints the address that this machine's apt has for Debian 12.
debian_mirror() {
    local mirror
    # shellcheck disable=SC2016
    mirror=$(apt-get indextargets --format '$(SITE) $(CODENAME) $(COMPONENT) $(CREATED_BY)' |
        awk '$2 == "bookworm" && $3 == "main" && $4 == "Packages" { print $1; exit }')
    [ -n "$mirror" ] || { echo "This machine's apt has no Debian 12 (bookworm) source." >&2; return 1; }
    printf '%s\n' "$mirror"
}

make_bare_root() { # DIRECTORY
    local root=$1 mirror
    mirror=$(debian_mirror)
    debootstrap --variant=minbase bookworm "$root" "$mirror" >"$root.log" 2>&1 ||
        { tail -n 20 "$root.log" >&2; return 1; }
    rm -f "$root.log"
    # The sources, their keys and what apt was told about reaching them.
    rm -f "$root/etc/apt/sources.list"
    local entry
    for entry in /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/keyrings /etc/apt/trusted.gpg.d \
        /usr/share/keyrings /usr/local/share/ca-certificates /etc/resolv.conf /etc/hosts; do
        if [ -e "$entry" ]; then
            mkdir -p "$root$(dirname "$entry")"
            cp -a -T --dereference "$entry" "$root$entry"
        fi
    done
    grep -lE '^[[:space:]]*Acquire' -r /etc/apt/apt.conf /etc/apt/apt.conf.d 2>/dev/null | while IFS= read -r entry; do
        cp --dereference "$entry" "$root$entry"
    done || true
    # No service may start in there.
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
    chmod +x "$root/usr/sbin/policy-rc.d"
}

in_bare_root() { # DIRECTORY COMMAND...
    local root=$1 passed=() name
    shift
    for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY NODE_EXTRA_CA_CERTS CI; do
        if [ -n "${!name:-}" ]; then
            passed+=("$name=${!name}")
        fi
    done
    if command -v npm >/dev/null 2>&1; then
        passed+=("npm_config_registry=$(npm config get registry 2>/dev/null)")
    fi
    # shellcheck disable=SC2016
    unshare --mount --propagation private --pid --fork --kill-child -- bash -euc '
        root=$1
        shift
        mount --bind "$root" "$root" # a test that unshares its mounts needs one at /
        mount -t proc proc "$root/proc"
        mount --rbind /sys "$root/sys"
        mount --rbind /dev "$root/dev"
        mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
        mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
        exec chroot "$root" "$@"
    ' bare-root "$root" /usr/bin/env -i \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
        DEBIAN_FRONTEND=noninteractive "${passed[@]}" "$@" </dev/null
}

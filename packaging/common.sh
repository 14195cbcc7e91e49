# shellcheck shell=bash
# What the scripts that build share. Sourced, with root set to the top of the tree.
: "${root:?set it before sourcing this}"

fail() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

cores() {
    if command -v nproc >/dev/null 2>&1; then nproc; else sysctl -n hw.ncpu; fi
}

configure() { # PRESET [CMAKE ARGUMENTS...]
    local preset=$1 cache=$root/build/$1/CMakeCache.txt fresh=""
    shift
    command -v cmake >/dev/null 2>&1 || fail "cmake is missing; packaging/install-deps.sh build installs it"
    # A tree that was moved or copied brings a cache that names its old place, which CMake refuses.
    if [ -f "$cache" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache"; then
        fresh=--fresh
    fi
    if [ "$(uname -s)" = Darwin ] && command -v brew >/dev/null 2>&1; then
        # Homebrew keeps ICU out of its prefix, as the system has one of its own (without headers).
        set -- "-DCMAKE_PREFIX_PATH=$(brew --prefix);$(brew --prefix icu4c)" "$@"
    fi
    # CMake's presets are found from the working directory. Its chatter matters only when it fails.
    local log
    log=$(mktemp)
    if ! (cd "$root" && cmake --preset "$preset" ${fresh:+"$fresh"} "$@") >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        fail "configuring the $preset build failed (CMake's words are above)"
    fi
    rm -f "$log"
}

build() { # PRESET [TARGETS...]
    local preset=$1 targets=()
    shift
    if [ $# -gt 0 ]; then
        targets=(--target "$@")
    fi
    cmake --build "$root/build/$preset" --parallel "$(cores)" ${targets[@]+"${targets[@]}"} ||
        fail "building $preset failed (the compiler's words are above)"
}

#!/usr/bin/env bash
# The unit tests and the short fuzz runs of the asan build, as one test of the debug build.
#
#   sanitized.sh BUILD-DIRECTORY
set -euo pipefail

build=${1:?the asan build directory}
if [ ! -f "$build/CTestTestfile.cmake" ]; then
    echo "There is no asan build. Make one: cmake --preset asan && cmake --build --preset asan --target sanitized"
    [ "${KITH_REQUIRE_ALL:-0}" = 1 ] && exit 1
    exit 77
fi
# What runs as a test of its own would otherwise find the outer one's settings.
unset CTEST_INTERACTIVE_DEBUG_MODE
export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1 UBSAN_OPTIONS=print_stacktrace=1
exec ctest --test-dir "$build" --output-on-failure --no-tests=error -j2 -L '^(unit|fuzz)$'

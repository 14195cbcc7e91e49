// macOS: sandbox_init(3) with two of Apple's own profiles. Compiled by packaging/macos/compile-check.sh;
// never run.
#include "worker/sandbox/sandbox.h"

#include <cerrno>
#include <cstdint>

// <sandbox.h> of Apple's SDK, which the cross-compiler does not bring. Deprecated there since 10.8 without
// anything in its place that a program could do for itself; Chromium and Firefox stand on it.
extern "C" {
int sandbox_init(const char* profile, std::uint64_t flags, char** errorText);
void sandbox_free_error(char* errorText);
extern const char kSBXProfilePureComputation[]; // NOLINT: Apple's name and type
extern const char kSBXProfileNoWrite[];         // NOLINT
}

namespace kith::worker::sandbox {

namespace {

constexpr std::uint64_t namedProfile = 1; // SANDBOX_NAMED

Entered enter(const char* profile) {
    Entered entered;
    char* text = nullptr;
    entered.sandbox.seatbelt = ::sandbox_init(profile, namedProfile, &text) == 0;
    if (!entered.sandbox.seatbelt)
        entered.failure = EPERM; // it tells in words alone
    if (text != nullptr)
        ::sandbox_free_error(text);
    return entered;
}

} // namespace

/// No file, no socket and no process beside what is open.
Entered enterForSession() {
    return enter(kSBXProfilePureComputation);
}

/// Whoever computes purely may not accept: no file is written, and that is all.
Entered enterForListener() {
    return enter(kSBXProfileNoWrite);
}

} // namespace kith::worker::sandbox

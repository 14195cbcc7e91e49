// SIGUSR1 and SIGTERM in a worker. Both are blocked but while the worker waits (wait.h), so that a signal
// never meets it in the middle of something. Plain POSIX; the worker's main thread.
#pragma once

#include <csignal>

namespace kith::worker {

/// Ignores SIGPIPE (OpenSSL and others write without MSG_NOSIGNAL) and SIGXFSZ, sets the handlers and blocks
/// the two signals. First thing in main(): until then the program has SIGUSR1 blocked across exec.
void installSignals();

/// The mask under which both are let through, for ppoll(2).
[[nodiscard]] const sigset_t& waitingSignalMask();

/// How often the worker was asked to stop: 1 is "end well", 2 and more "at once". SIGTERM counts 2.
[[nodiscard]] int stopsAsked();

} // namespace kith::worker

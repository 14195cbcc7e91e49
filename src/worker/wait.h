// The one place where a worker waits. Plain POSIX; the worker's main thread.
#pragma once

#include "core/clock.h"

#include <span>

#include <poll.h>

namespace kith::worker {

/// Waits until an entry is ready, the deadline has passed or a signal has come, whichever is first; entries
/// with fd -1 are passed over. SIGUSR1 and SIGTERM arrive here and nowhere else. revents are always set.
void waitFor(std::span<pollfd> entries, core::Deadline deadline);

} // namespace kith::worker

// The clock that every limit of time is measured with: monotonic, so that a clock set back changes nothing.
// Plain C++; any process.
#pragma once

#include <chrono>
#include <optional>

namespace kith::core {

using Clock = std::chrono::steady_clock;
using TimePoint = Clock::time_point;
/// A time to wake at; nothing where there is none.
using Deadline = std::optional<TimePoint>;

/// The earlier of two.
[[nodiscard]] inline Deadline earlier(Deadline a, Deadline b) {
    if (!a || !b)
        return a ? a : b;
    return *a < *b ? a : b;
}

[[nodiscard]] inline bool passed(Deadline deadline, TimePoint now) {
    return deadline && *deadline <= now;
}

} // namespace kith::core

// A reading thread: reads never wait for a burst of writes (WAL). Its own thread alone.
#pragma once

#include "store/lane.h"

#include <functional>
#include <memory>

namespace kith::store {

/// Runs jobs one after another on a connection of its own, opened with the first; each sees what was
/// committed when it began. Owned by its Lane.
class Reader final : public LaneWork {
public:
    /// `damageFound` and `ended` are called in the reading thread.
    Reader(ConnectionTarget target, std::function<void(const core::Error&)> damageFound,
           std::function<void()> ended);

    void begin() override;
    void run(std::vector<Job> jobs) override;
    std::optional<std::chrono::milliseconds> idle() override;
    void end() override;

private:
    void runOne(Job& job);

    ConnectionTarget target_;
    std::function<void(const core::Error&)> damageFound_;
    std::function<void()> ended_;
    std::unique_ptr<Connection> connection_;
};

} // namespace kith::store

// The writing thread: bursts in one transaction, upkeep between them. Its own thread alone.
#pragma once

#include "store/lane.h"
#include "store/opening.h"
#include "store/upkeep.h"

#include <functional>
#include <memory>
#include <vector>

namespace kith::store {

/// What the writing thread tells the Store; every function is called in the writing thread.
struct WriterEvents {
    std::function<void(const core::Result<Opened>&, const ConnectionTarget&)> opened;
    std::function<void()> erased;
    std::function<void(const core::Error&)> damageFound;
    std::function<void()> ended;
};

/// Opens the history and works off writes: those that are queued together share one transaction, each in a
/// savepoint, so that one that fails changes nothing for the others; they are done when that transaction is
/// flushed. Where the transaction itself fails each is tried by itself; but behind another program's lock,
/// which has then been waited for, all that were queued fail together. Owned by its Lane.
class Writer final : public LaneWork {
public:
    /// `anew`: the history that is there is put aside first.
    Writer(HistoryFiles files, WriterEvents events, bool anew);

    void begin() override;
    void run(std::vector<Job> jobs) override;
    std::optional<std::chrono::milliseconds> idle() override;
    void end() override;

private:
    using Errors = std::vector<std::optional<core::Error>>;

    void runBatch(std::vector<Job>& jobs);
    /// Errors of each, or why the transaction as a whole failed; all is as before then.
    [[nodiscard]] core::Result<Errors> tryTogether(std::vector<Job>& jobs);
    void noteLock(const core::Error& error);
    void runAlone(Job& job);
    [[nodiscard]] core::Status tryAlone(Job& job);
    void finished(Job& job, const std::optional<core::Error>& error);

    HistoryFiles files_;
    WriterEvents events_;
    bool anew_;
    Upkeep upkeep_;
    std::unique_ptr<Connection> connection_;
    std::optional<core::Error> refusal_; ///< why nothing can be written at all
    std::optional<core::Error> locked_;  ///< another program's lock was waited for, in this run(), in vain
};

} // namespace kith::store

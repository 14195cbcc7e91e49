// A store thread: a queue, and one who works it off. The queue's end may be used from any thread; the work
// runs in the lane's own.
#pragma once

#include "core/result.h"
#include "store/connection.h"

#include <QDeadlineTimer>
#include <QString>
#include <QThread>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace kith::store {

/// One call of the store's.
struct Job {
    /// Runs in the store thread; may be run again after what it wrote was rolled back.
    std::function<core::Status(Connection&)> run;
    /// Called once, in the store thread, when what was written is on the disk, or with why it is not.
    std::function<void(const std::optional<core::Error>&)> done;
    /// Not inside a transaction with others: it makes its own.
    bool alone = false;
    /// Makes room: may use the reserve where the disk is full.
    bool erases = false;
};

/// What a lane does. Owned by the lane; every function is called in the lane's thread.
class LaneWork {
public:
    virtual ~LaneWork() = default;
    virtual void begin() = 0;
    /// All that was queued, in order.
    virtual void run(std::vector<Job> jobs) = 0;
    /// Called when nothing is queued, and after each run(). How long until it should be called again where
    /// nothing comes; nothing: not before the next job.
    virtual std::optional<std::chrono::milliseconds> idle() = 0;
    virtual void end() = 0;
};

/// One thread with a queue. Owned by the Store and used in its thread; the thread is the lane's own. finish()
/// lets it run what is queued and end; endBy() and the destructor do so too and wait for at most the limit,
/// or limits::storeClose: work that hangs longer (a disk that does not answer) is left behind with what it
/// needs.
class Lane final {
public:
    Lane(const QString& name, std::unique_ptr<LaneWork> work);
    ~Lane();
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;

    /// False where limits::storeQueue jobs wait already, or the lane is finishing.
    [[nodiscard]] bool post(Job job);
    /// No more jobs; ends after those that are queued.
    void finish();
    void endBy(QDeadlineTimer limit);

private:
    struct State;
    static void loop(State& state);

    std::shared_ptr<State> state_;
    std::unique_ptr<QThread> thread_;
};

} // namespace kith::store

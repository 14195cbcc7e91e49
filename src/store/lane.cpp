#include "store/lane.h"

#include "core/limits.h"

#include <condition_variable>
#include <mutex>

namespace kith::store {

namespace limits = core::limits;

/// What the thread and the lane share; the thread keeps it alive where the lane is gone before it.
struct Lane::State {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<Job> jobs;
    bool finishing = false;
    std::unique_ptr<LaneWork> work;
};

namespace {

/// For a thread whose disk never answers. A QThread must not be destroyed while it runs, so it is kept until
/// the process ends.
void leaveBehind(std::unique_ptr<QThread> thread) {
    static auto* const left = new std::vector<std::unique_ptr<QThread>>;
    left->push_back(std::move(thread));
}

} // namespace

Lane::Lane(const QString& name, std::unique_ptr<LaneWork> work)
    : state_(std::make_shared<State>()) {
    state_->work = std::move(work);
    thread_.reset(QThread::create([state = state_] { loop(*state); }));
    thread_->setObjectName(name);
    thread_->start();
}

Lane::~Lane() {
    endBy(QDeadlineTimer(limits::storeClose));
}

void Lane::endBy(QDeadlineTimer limit) {
    finish();
    if (thread_ && !thread_->wait(limit))
        leaveBehind(std::move(thread_));
}

bool Lane::post(Job job) {
    {
        const std::lock_guard lock(state_->mutex);
        if (state_->finishing || state_->jobs.size() >= limits::storeQueue)
            return false;
        state_->jobs.push_back(std::move(job));
    }
    state_->changed.notify_one();
    return true;
}

void Lane::finish() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->finishing = true;
    }
    state_->changed.notify_one();
}

void Lane::loop(State& state) {
    state.work->begin();
    while (true) {
        auto pause = state.work->idle();
        std::vector<Job> jobs;
        {
            std::unique_lock lock(state.mutex);
            const auto something = [&state] { return state.finishing || !state.jobs.empty(); };
            if (pause)
                state.changed.wait_for(lock, *pause, something);
            else
                state.changed.wait(lock, something);
            if (state.finishing && state.jobs.empty())
                break;
            jobs.swap(state.jobs);
        }
        if (!jobs.empty())
            state.work->run(std::move(jobs));
    }
    state.work->end();
    state.work.reset();
}

} // namespace kith::store

#include "store/reader.h"

namespace kith::store {

Reader::Reader(ConnectionTarget target, std::function<void(const core::Error&)> damageFound,
               std::function<void()> ended)
    : target_(std::move(target))
    , damageFound_(std::move(damageFound))
    , ended_(std::move(ended)) {}

void Reader::begin() {}

void Reader::run(std::vector<Job> jobs) {
    for (Job& job : jobs)
        runOne(job);
}

void Reader::runOne(Job& job) {
    if (!connection_) {
        auto opened = Connection::open(target_);
        if (!opened) {
            job.done(opened.error());
            return;
        }
        connection_ = std::move(*opened);
    }
    const auto done = job.run(*connection_);
    if (done) {
        job.done(std::nullopt);
        return;
    }
    job.done(done.error());
    if (done.error().reason == core::Reason::StoreDamaged)
        damageFound_(done.error());
}

std::optional<std::chrono::milliseconds> Reader::idle() {
    return std::nullopt;
}

void Reader::end() {
    connection_.reset();
    ended_();
}

} // namespace kith::store

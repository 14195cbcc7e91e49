#include "store/writer.h"

#include "core/limits.h"
#include "store/erase.h"
#include "store/index.h"

#include <utility>

namespace kith::store {

using namespace Qt::StringLiterals;
namespace limits = core::limits;
using core::Error;
using core::Reason;

Writer::Writer(HistoryFiles files, WriterEvents events, bool anew)
    : files_(std::move(files))
    , events_(std::move(events))
    , anew_(anew)
    , upkeep_(files_.reserve(), files_.directory, events_.erased) {}

void Writer::begin() {
    const auto aside = anew_ ? setHistoryAside(files_) : core::Status(core::Done{});
    auto history = aside ? openHistory(files_) : core::Result<OpenHistory>(aside.error());
    if (!history) {
        refusal_ = history.error();
        events_.opened(history.error(), {});
        return;
    }
    if (history->opened.readOnly) {
        refusal_ = Error{history->opened.why.value_or(Reason::StoreReadOnly), 0, "opened to read only"};
        history->connection.reset();
    }
    connection_ = std::move(history->connection);
    events_.opened(history->opened, history->forReading);
    // After that, as the first time it writes and flushes the reserve.
    if (connection_)
        upkeep_.begin(*connection_);
}

void Writer::run(std::vector<Job> jobs) {
    locked_.reset();
    if (!connection_) {
        for (Job& job : jobs)
            job.done(refusal_);
        return;
    }
    std::vector<Job> batch;
    for (Job& job : jobs) {
        if (job.alone) {
            runBatch(batch);
            runAlone(job);
            continue;
        }
        batch.push_back(std::move(job));
        if (batch.size() >= limits::storeBatch)
            runBatch(batch);
    }
    runBatch(batch);
}

void Writer::runBatch(std::vector<Job>& jobs) {
    if (jobs.size() > 1 && !locked_) {
        const auto errors = tryTogether(jobs);
        if (errors) {
            for (std::size_t i = 0; i < jobs.size(); ++i)
                finished(jobs[i], (*errors)[i]);
            jobs.clear();
            return;
        }
        noteLock(errors.error());
    }
    for (Job& job : jobs) {
        if (locked_)
            finished(job, locked_);
        else
            runAlone(job);
    }
    jobs.clear();
}

core::Result<Writer::Errors> Writer::tryTogether(std::vector<Job>& jobs) {
    if (auto begun = connection_->run(u"BEGIN IMMEDIATE"_s); !begun)
        return begun.error();
    Errors errors;
    for (Job& job : jobs) {
        auto whole = connection_->run(u"SAVEPOINT job"_s);
        const auto done = whole ? job.run(*connection_) : core::Status(Error{});
        errors.push_back(done ? std::nullopt : std::optional(done.error()));
        if (whole && !done)
            whole = connection_->run(u"ROLLBACK TO job"_s);
        if (whole)
            whole = connection_->run(u"RELEASE job"_s);
        // Without its savepoint the transaction is gone: SQLite ends it where the disk is full.
        if (!whole) {
            (void)connection_->run(u"ROLLBACK"_s);
            return whole.error();
        }
    }
    auto committed = connection_->run(u"COMMIT"_s);
    if (committed)
        return errors;
    (void)connection_->run(u"ROLLBACK"_s);
    return committed.error();
}

void Writer::noteLock(const Error& error) {
    if (error.reason == Reason::StoreLocked)
        locked_ = error;
}

core::Status Writer::tryAlone(Job& job) {
    if (job.alone)
        return job.run(*connection_);
    return connection_->transaction([&] { return job.run(*connection_); });
}

void Writer::runAlone(Job& job) {
    auto done = tryAlone(job);
    if (!done && done.error().reason == Reason::StoreFull) {
        // The log may hold room that the file has a place for already.
        (void)truncateLog(*connection_);
        done = tryAlone(job);
    }
    if (!done && done.error().reason == Reason::StoreFull && job.erases && upkeep_.useReserve())
        done = tryAlone(job);
    if (!done && done.error().number == sqliteCorruptIndex) {
        // The index follows from the entries: made anew, it is whole.
        const auto indexed = connection_->transaction([&] { return indexEverything(*connection_); });
        if (indexed)
            done = tryAlone(job);
    }
    if (!done)
        noteLock(done.error());
    finished(job, done ? std::nullopt : std::optional(done.error()));
}

void Writer::finished(Job& job, const std::optional<Error>& error) {
    if (!error && job.erases)
        upkeep_.eraseSoon();
    job.done(error);
    if (error && error->reason == Reason::StoreDamaged) {
        noteSuspect(files_);
        events_.damageFound(*error);
    }
}

std::optional<std::chrono::milliseconds> Writer::idle() {
    // Behind a lock that has just been waited for a step would only wait for it again.
    if (std::exchange(locked_, std::nullopt))
        return limits::storeReserveRetry;
    return connection_ ? upkeep_.step(*connection_) : std::nullopt;
}

void Writer::end() {
    // Another program's lock is not waited for: the log is read with the file, and cut another time.
    if (connection_ && connection_->run(u"PRAGMA busy_timeout = 0"_s))
        (void)truncateLog(*connection_);
    connection_.reset();
    events_.ended();
}

} // namespace kith::store

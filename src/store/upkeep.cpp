#include "store/upkeep.h"

#include "core/limits.h"
#include "store/erase.h"
#include "store/marks.h"

namespace kith::store {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
namespace limits = core::limits;
using core::Reason;

Upkeep::Upkeep(QString reserveFile, QString directory, std::function<void()> erased)
    : reserve_(std::move(reserveFile))
    , directory_(std::move(directory))
    , erased_(std::move(erased)) {}

void Upkeep::begin(Connection& connection) {
    const auto erasing = readMark(connection, u"erasing"_s);
    if (erasing && *erasing != 0)
        stage_ = Stage::Erase;
    reserveTried_ = std::chrono::steady_clock::now();
    reserve_.make();
}

void Upkeep::eraseSoon() {
    again_ = stage_ != Stage::Rest;
    if (stage_ == Stage::Rest)
        stage_ = Stage::Erase;
}

bool Upkeep::useReserve() {
    return reserve_.release();
}

void Upkeep::keepReserve() {
    const auto now = std::chrono::steady_clock::now();
    if (now - reserveTried_ < limits::storeReserveRetry || reserve_.isThere())
        return;
    reserveTried_ = now;
    if (reserve_.make())
        small_ = false;
}

core::Result<bool> Upkeep::runStage(Connection& connection) {
    const int entries = small_ ? limits::storeEraseSmall : limits::storeEraseChunk;
    const int pages = small_ ? limits::storeEraseSmall : limits::storeMergePages;
    switch (stage_) {
    case Stage::Rest:
        return false;
    case Stage::Erase:
        return connection.transaction([&] { return eraseSome(connection, entries); });
    case Stage::Merge:
        if (auto more = connection.transaction([&] { return mergeSome(connection, pages, !mergeBegun_); });
            !more || *more) {
            mergeBegun_ = mergeBegun_ || more.ok();
            return more;
        }
        return false;
    case Stage::Vacuum:
        return vacuumSome(connection, pages);
    case Stage::Truncate:
        if (auto cut = truncateLog(connection); !cut || !*cut)
            return cut ? core::Result<bool>(true) : cut;
        if (again_ || mergeOwed_)
            return false;
        if (auto done = clearMark(connection, u"erasing"_s); !done)
            return done.error();
        return false;
    }
    return false;
}

std::optional<std::chrono::milliseconds> Upkeep::afterFailure(Connection& connection,
                                                              const core::Error& error) {
    if (error.reason != Reason::StoreFull)
        return limits::storeReserveRetry;
    // What is in the log is in the way: written into the file, it leaves room for the next step.
    (void)truncateLog(connection);
    const bool wasSmall = std::exchange(small_, true);
    if (reserve_.release() || !wasSmall)
        return 0ms;
    // Merging needs room for the merged index beside the old one. Giving pages back needs none.
    if (stage_ == Stage::Merge) {
        mergeOwed_ = true;
        stage_ = Stage::Vacuum;
        return 0ms;
    }
    return limits::storeReserveRetry;
}

std::optional<std::chrono::milliseconds> Upkeep::step(Connection& connection) {
    if (stage_ == Stage::Rest) {
        keepReserve();
        if (reserve_.isThere())
            return std::nullopt;
        return limits::storeReserveRetry;
    }
    const auto more = runStage(connection);
    if (!more)
        return afterFailure(connection, more.error());
    if (*more) {
        // A reader is in the way of cutting the log for the length of one read.
        if (stage_ == Stage::Truncate)
            return 10ms;
        if (small_)
            (void)truncateLog(connection);
        return 0ms;
    }
    switch (stage_) {
    case Stage::Rest:
        break;
    case Stage::Erase:
        mergeBegun_ = false;
        mergeOwed_ = false;
        stage_ = Stage::Merge;
        break;
    case Stage::Merge:
        stage_ = Stage::Vacuum;
        break;
    case Stage::Vacuum:
        stage_ = Stage::Truncate;
        break;
    case Stage::Truncate:
        if (std::exchange(again_, false)) {
            stage_ = Stage::Erase;
        } else if (mergeOwed_) {
            stage_ = Stage::Erase;
            return limits::storeReserveRetry;
        } else {
            stage_ = Stage::Rest;
            erased_();
        }
        break;
    }
    return 0ms;
}

} // namespace kith::store

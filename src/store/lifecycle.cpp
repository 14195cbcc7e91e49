// The Store's beginning and end: store.h.
#include "core/limits.h"
#include "store/delivery.h"
#include "store/lane.h"
#include "store/reader.h"
#include "store/restore.h"
#include "store/store.h"
#include "store/writer.h"

#include <QPromise>

#include <algorithm>
#include <utility>

namespace kith::store {

using namespace Qt::StringLiterals;
namespace limits = core::limits;
using core::Error;
using core::Reason;

namespace {

template <typename T>
QFuture<T> finishedFuture(T value) {
    QPromise<T> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

/// Restores in a thread of its own, which ends with that.
class Restorer final : public LaneWork {
public:
    using Finished = std::function<void(const core::Result<Restored>&)>;

    Restorer(QString folder, RestoreRequest request, Finished finished)
        : folder_(std::move(folder))
        , request_(std::move(request))
        , finished_(std::move(finished)) {}

    void begin() override { finished_(restoreProfile(folder_, request_)); }
    void run(std::vector<Job>) override {}
    std::optional<std::chrono::milliseconds> idle() override { return std::nullopt; }
    void end() override {}

private:
    QString folder_;
    RestoreRequest request_;
    Finished finished_;
};

} // namespace

Store::Store(StorePlace place, QObject* parent)
    : QObject(parent)
    , place_(std::move(place))
    , delivery_(std::make_shared<Delivery>(this)) {}

Store::~Store() {
    // From close() on there is one limit for all of it; a thread that has nothing to do ends within storeEnd.
    QDeadlineTimer limit(limits::storeClose);
    if (phase_ == Phase::Closing)
        limit = std::max(closeBy_, QDeadlineTimer(limits::storeEnd));
    phase_ = Phase::Closing;
    for (Job& job : early_)
        job.done(refusal());
    early_.clear();
    // The readers first: the last connection to a log writes it into the file.
    for (auto* lane : {&restoring_, &errands_, &reader_, &writer_}) {
        if (*lane)
            (*lane)->endBy(limit);
        lane->reset();
    }
    delivery_->stop();
}

Error Store::refusal() const {
    if (openError_)
        return *openError_;
    return {Reason::StoreUnavailable, 0, "the history is not open"};
}

void Store::give(Lane* lane, Job job) {
    // A lane that takes no more has its reason here; the job is a copy as post() may have kept its own.
    const auto done = job.done;
    if (!lane || phase_ == Phase::Closing || phase_ == Phase::Closed) {
        done(refusal());
        return;
    }
    if (!lane->post(std::move(job)))
        done(Error{Reason::StoreUnavailable, 0, "too much waits for the disk"});
}

Pending<Opened> Store::open() {
    return start(false);
}

Pending<Opened> Store::beginAnew() {
    return start(true);
}

Pending<Opened> Store::start(bool anew) {
    if ((phase_ != Phase::Closed && phase_ != Phase::Failed) || restoring_)
        return finishedFuture(core::Result<Opened>(Error{Reason::Internal, 0, "the store is open"}));
    errands_.reset();
    reader_.reset();
    writer_.reset();
    phase_ = Phase::Opening;
    openError_.reset();
    opening_ = std::make_shared<QPromise<core::Result<Opened>>>();
    opening_->start();
    WriterEvents events;
    events.opened = [this, delivery = delivery_](const core::Result<Opened>& result,
                                                 const ConnectionTarget& target) {
        delivery->deliver([this, result, target] { openFinished(result, target); });
    };
    events.erased = [this, delivery = delivery_] { delivery->deliver([this] { Q_EMIT erased(); }); };
    events.damageFound = [this, delivery = delivery_](const Error& error) {
        delivery->deliver([this, error] { Q_EMIT damageFound(error); });
    };
    events.ended = [this, delivery = delivery_] {
        delivery->deliver([this] {
            if (closing_) {
                phase_ = Phase::Closed;
                closing_->addResult(core::Status(core::Done{}));
                closing_->finish();
                closing_.reset();
            }
        });
    };
    writer_ = std::make_unique<Lane>(
        u"kith-store"_s,
        std::make_unique<Writer>(HistoryFiles{place_.directory, place_.vfs}, std::move(events), anew));
    return opening_->future();
}

void Store::openFinished(const core::Result<Opened>& result, const ConnectionTarget& forReading) {
    if (result && phase_ == Phase::Opening) {
        auto damage = [this, delivery = delivery_](const Error& error) {
            delivery->deliver([this, error] { readDamageFound(error); });
        };
        forReading_ = std::make_unique<ConnectionTarget>(forReading);
        // The writer ends after the reader, as the last one writes the log into the file.
        auto ended = [this, delivery = delivery_] {
            delivery->deliver([this] {
                if (writer_)
                    writer_->finish();
            });
        };
        reader_ = std::make_unique<Lane>(
            u"kith-store-read"_s, std::make_unique<Reader>(forReading, std::move(damage), std::move(ended)));
    } else if (!result) {
        openError_ = result.error();
    }
    if (phase_ == Phase::Opening)
        phase_ = result ? Phase::Open : Phase::Failed;
    for (Job& job : std::exchange(early_, {}))
        give(reader_.get(), std::move(job));
    const auto opening = std::exchange(opening_, nullptr);
    opening->addResult(result);
    opening->finish();
}

PendingStatus Store::close() {
    if (phase_ == Phase::Closed || phase_ == Phase::Failed || !writer_) {
        phase_ = Phase::Closed;
        return finishedFuture(core::Status(core::Done{}));
    }
    if (phase_ == Phase::Closing)
        return closing_->future();
    closing_ = std::make_shared<QPromise<core::Status>>();
    closing_->start();
    phase_ = Phase::Closing;
    closeBy_ = QDeadlineTimer(limits::storeClose);
    if (errands_)
        errands_->finish();
    else if (reader_)
        reader_->finish();
    else
        writer_->finish();
    return closing_->future();
}

Lane* Store::errandLane() {
    if (phase_ != Phase::Open)
        return nullptr;
    if (!errands_) {
        auto damage = [this, delivery = delivery_](const Error& error) {
            delivery->deliver([this, error] { readDamageFound(error); });
        };
        auto ended = [this, delivery = delivery_] {
            delivery->deliver([this] {
                if (reader_)
                    reader_->finish();
            });
        };
        errands_ = std::make_unique<Lane>(
            u"kith-store-file"_s,
            std::make_unique<Reader>(*forReading_, std::move(damage), std::move(ended)));
    }
    return errands_.get();
}

Pending<Restored> Store::restore(const RestoreRequest& request) {
    if ((phase_ != Phase::Closed && phase_ != Phase::Failed) || restoring_)
        return finishedFuture(core::Result<Restored>(Error{Reason::UsageError, 0, "the store is open"}));
    // The threads of a history that was open may still be ending; nothing may have the files open.
    errands_.reset();
    reader_.reset();
    writer_.reset();
    auto promise = std::make_shared<QPromise<core::Result<Restored>>>();
    promise->start();
    auto finished = [this, promise, delivery = delivery_](const core::Result<Restored>& result) {
        delivery->deliver([this, promise, result] {
            restoring_.reset();
            promise->addResult(result);
            promise->finish();
        });
    };
    restoring_ = std::make_unique<Lane>(
        u"kith-store-restore"_s, std::make_unique<Restorer>(place_.directory, request, std::move(finished)));
    return promise->future();
}

} // namespace kith::store

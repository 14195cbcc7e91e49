#include "model/history.h"

#include "core/limits.h"

#include <utility>

namespace kith::model {

using core::Reason;

History::History(const QString& profileFolder, QObject* parent, const QString& vfs)
    : QObject(parent)
    , folder_(profileFolder)
    , store_(std::make_unique<store::Store>(store::StorePlace{profileFolder, vfs})) {
    connect(store_.get(), &store::Store::damageFound, this, &History::damageFound);
    untilClosed_.setSingleShot(true);
    connect(&untilClosed_, &QTimer::timeout, this, &History::onClosed);
}

History::~History() = default;

void History::open() {
    if (state_ == State::Closed)
        start(false);
}

void History::tryAgain() {
    restart(false);
}

void History::beginAnew() {
    restart(true);
}

void History::start(bool anew) {
    why_.reset();
    if (anew)
        Q_EMIT begunAnew();
    store::whenDone(anew ? store_->beginAnew() : store_->open(), this,
                    [this](const core::Result<store::Opened>& result) { onOpened(result); });
    setState(State::Opening);
}

void History::restart(bool anew) {
    if (state_ == State::Failed) {
        start(anew);
    } else if (state_ == State::ReadOnly) {
        reopens_ = true;
        setState(State::Closing);
        store::whenDone(store_->close(), this, [this, anew](const core::Status&) {
            if (std::exchange(reopens_, false))
                start(anew);
            else
                onClosed();
        });
    }
}

void History::close() {
    if (state_ == State::Closed || (state_ == State::Closing && !reopens_))
        return;
    untilClosed_.start(core::limits::storeClose);
    if (std::exchange(reopens_, false))
        return;
    setState(State::Closing);
    store::whenDone(store_->close(), this, [this](const core::Status&) { onClosed(); });
}

void History::onClosed() {
    untilClosed_.stop();
    if (state_ == State::Closing)
        setState(State::Closed);
}

store::Pending<store::Restored> History::checkBackup(const QString& file) {
    if (!checking_)
        checking_ = std::make_unique<store::Store>(store::StorePlace{folder_, {}});
    return checking_->restore({file, false});
}

store::Pending<store::Restored> History::restore(const QString& file) {
    return store_->restore({file, true});
}

void History::onOpened(const core::Result<store::Opened>& result) {
    if (state_ != State::Opening)
        return; // closed meanwhile
    if (!result) {
        why_ = result.error();
        setState(State::Failed);
        return;
    }
    opened_ = *result;
    if (opened_.readOnly)
        why_ = core::Error{opened_.why.value_or(Reason::StoreReadOnly), 0, {}};
    setState(opened_.readOnly ? State::ReadOnly : State::Open);
}

std::optional<core::Error> History::refusal() const {
    if (takesWrites())
        return std::nullopt;
    return why_.value_or(core::Error{Reason::StoreUnavailable, 0, "the history is closed"});
}

void History::noteFailure(const core::Error& error) {
    if (state_ != State::Open ||
        (error.reason != Reason::StoreDamaged && error.reason != Reason::StoreReadOnly))
        return;
    why_ = error;
    setState(State::ReadOnly);
}

void History::setState(State state) {
    state_ = state;
    Q_EMIT stateChanged();
}

} // namespace kith::model

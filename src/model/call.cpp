#include "model/call.h"

#include "model/workers.h"

namespace kith::model {

using supervisor::SessionWorker;

Call::Call(Workers& workers, Identity& identity, QObject* parent)
    : QObject(parent)
    , workers_(workers)
    , identity_(identity) {}

Call::~Call() = default;

qint64 Call::pid() const {
    return worker_ ? worker_->pid() : 0;
}

std::optional<core::Sandbox> Call::sandbox() const {
    return worker_ ? worker_->sandbox() : std::nullopt;
}

std::unique_ptr<SessionWorker> Call::take() {
    if (worker_)
        worker_->disconnect(this);
    steps_ = 0;
    heldEnd_.reset();
    return std::move(worker_);
}

void Call::leave(std::optional<core::Goodbye> farewell) {
    workers_.retire(take(), farewell);
}

void Call::setWorker(std::unique_ptr<SessionWorker> worker) {
    ++life_;
    up_.reset();
    worker_ = std::move(worker);
    const SessionWorker* const session = worker_.get();
    connect(session, &SessionWorker::secured, this, [this](const ipc::SecureUp& up) {
        up_ = up;
        onSecured();
    });
    connect(session, &SessionWorker::handshake, this, &Call::onFrame);
    connect(session, &SessionWorker::ended, this, [this](const core::End& end) {
        heldEnd_ = end;
        if (steps_ > 0)
            return;
        take().release()->deleteLater(); // it is still emitting
        onWorkerEnded(end);
    });
}

void Call::endStep(quint64 life) {
    if (!worker_ || life_ != life || --steps_ > 0 || !heldEnd_)
        return;
    const core::End end = *heldEnd_;
    take().release()->deleteLater();
    onWorkerEnded(end);
}

} // namespace kith::model

#include "model/hosting.h"

#include "model/local_addresses.h"
#include "supervisor/crash_guard.h"
#include "supervisor/listener_worker.h"

#include <QTimer>

#include <chrono>
#include <optional>
#include <utility>

namespace kith::model {

using core::HostingState;
using core::Reason;
using Clock = std::chrono::steady_clock;

namespace {

const std::string guardKey = "listener"; // one a Hosting

/// The process is at fault, not the port.
bool isCrash(Reason reason) {
    return reason == Reason::WorkerCrashed || reason == Reason::WorkerSandboxed ||
           reason == Reason::WorkerBroke || reason == Reason::WorkerSilent;
}

} // namespace

struct Hosting::Private {
    QString workerProgram;
    std::unique_ptr<supervisor::ListenerWorker> listener;
    supervisor::CrashGuard guard;
    std::optional<quint16> next; ///< the port to move to once the listener is gone
    Clock::time_point startedAt;
    QTimer retry;
    bool sandboxOptional = false;
};

Hosting::Hosting(QString workerProgram, QObject* parent)
    : QObject(parent)
    , d_(std::make_unique<Private>()) {
    d_->workerProgram = std::move(workerProgram);
    d_->retry.setSingleShot(true);
    d_->retry.setTimerType(Qt::PreciseTimer); // a coarse one may be a twentieth late, or early
    connect(&d_->retry, &QTimer::timeout, this, &Hosting::launch);
}

Hosting::~Hosting() = default;

int Hosting::secondsToRetry() const {
    if (!d_->retry.isActive())
        return -1;
    return static_cast<int>(
        std::chrono::ceil<std::chrono::seconds>(d_->retry.remainingTimeAsDuration()).count());
}

qint64 Hosting::workerPid() const {
    return d_->listener ? d_->listener->pid() : 0;
}

std::optional<core::Sandbox> Hosting::sandbox() const {
    return d_->listener ? d_->listener->sandbox() : std::nullopt;
}

void Hosting::setSandboxOptional(bool optional) {
    d_->sandboxOptional = optional;
}

bool Hosting::isBusy() const {
    return d_->listener != nullptr;
}

void Hosting::start(quint16 port) {
    d_->guard.forget(guardKey);
    const bool here = state_ == HostingState::On || state_ == HostingState::Starting;
    if (here && port == port_)
        return;
    port_ = port;
    d_->retry.stop();
    if (!d_->listener) {
        launch();
        return;
    }
    d_->next = port;
    d_->listener->stop();
    setState(HostingState::Starting);
}

void Hosting::stop() {
    d_->next.reset();
    d_->retry.stop();
    setState(HostingState::Off);
    if (d_->listener)
        d_->listener->stop();
    else
        Q_EMIT stopped();
}

void Hosting::refreshAddresses() {
    std::vector<core::Endpoint> addresses = localAddresses(port_);
    if (addresses == addresses_)
        return;
    addresses_ = std::move(addresses);
    Q_EMIT changed();
}

void Hosting::launch() {
    using supervisor::ListenerWorker;
    d_->listener = std::make_unique<ListenerWorker>(d_->workerProgram);
    ListenerWorker* const listener = d_->listener.get();
    listener->setSandboxOptional(d_->sandboxOptional);
    connect(listener, &ListenerWorker::listening, this, [this](quint16 port) {
        if (state_ != HostingState::Starting || d_->next)
            return;
        port_ = port;
        addresses_ = localAddresses(port);
        setState(HostingState::On);
    });
    connect(listener, &ListenerWorker::accepted, this, &Hosting::incoming);
    connect(listener, &ListenerWorker::paused, this, &Hosting::acceptPaused);
    connect(listener, &ListenerWorker::ended, this, &Hosting::onEnded);
    d_->startedAt = Clock::now();
    setState(HostingState::Starting);
    listener->start(port_);
}

void Hosting::onEnded(const core::End& end) {
    d_->listener.release()->deleteLater(); // it is still emitting
    if (d_->next) {
        port_ = *std::exchange(d_->next, std::nullopt);
        launch();
        return;
    }
    if (state_ == HostingState::Off) {
        Q_EMIT stopped();
        return;
    }
    end_ = end;
    if (isCrash(end.reason)) {
        const Clock::time_point now = Clock::now();
        d_->guard.crashed(guardKey, now, now - d_->startedAt);
        const supervisor::CrashGuard::Verdict verdict = d_->guard.verdict(guardKey, now);
        if (verdict.open) {
            launch();
            return;
        }
        if (verdict.wait)
            d_->retry.start(std::chrono::ceil<std::chrono::milliseconds>(*verdict.wait));
        setState(HostingState::HeldOff);
    } else {
        setState(HostingState::Failed);
    }
    Q_EMIT stopped();
}

void Hosting::setState(HostingState state) {
    state_ = state;
    Q_EMIT changed();
}

} // namespace kith::model

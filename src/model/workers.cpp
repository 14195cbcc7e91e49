#include "model/workers.h"

#include "model/conversation.h"
#include "model/peer_address.h"
#include "store/bytes.h"
#include "supervisor/session_worker.h"

#include <utility>

namespace kith::model {

using core::Reason;
using supervisor::SessionWorker;

namespace {

std::string beginning(Direction direction) {
    return direction == Direction::Incoming ? "in " : "out ";
}

} // namespace

std::string crashKey(Direction direction, const core::PublicKey& key) {
    return beginning(direction) + "key " + store::toByteArray(key).toHex().toStdString();
}

std::string crashKey(Direction direction, const core::Endpoint& where) {
    const core::Result<core::Endpoint> ascii = toAscii(where);
    return beginning(direction) + addressKey(ascii.ok() ? ascii->host : where.host);
}

bool isCrash(Reason reason) {
    return reason == Reason::WorkerCrashed || reason == Reason::WorkerSandboxed ||
           reason == Reason::WorkerBroke || reason == Reason::WorkerSilent;
}

bool isNotStarted(Reason reason) {
    return reason == Reason::WorkerMissing || reason == Reason::WorkerNotStarted ||
           reason == Reason::DescriptorsSpent || reason == Reason::SandboxMissing;
}

Workers::Workers(QString program, QObject* parent)
    : QObject(parent)
    , program_(std::move(program)) {}

Workers::~Workers() = default;

std::unique_ptr<SessionWorker> Workers::make(const std::string& crashKey) {
    auto worker = std::make_unique<SessionWorker>(program_);
    worker->setSandboxOptional(sandboxOptional_);
    const SessionWorker* const made = worker.get();
    live_.insert(made, {crashKey, std::chrono::steady_clock::now()});
    connect(made, &SessionWorker::ended, this, [this, made](const core::End& end) { onEnded(made, end); });
    connect(made, &QObject::destroyed, this, [this](const QObject* gone) {
        if (live_.remove(gone) > 0)
            Q_EMIT left();
    });
    return worker;
}

void Workers::setCrashKey(const SessionWorker* worker, const std::string& crashKey) {
    const auto found = live_.find(worker);
    if (found != live_.end())
        found->crashKey = crashKey;
}

void Workers::retire(std::unique_ptr<SessionWorker> worker, std::optional<core::Goodbye> farewell) {
    if (!worker)
        return;
    SessionWorker* const leaving = worker.release();
    leaving->setParent(this);
    leaving->hold(false);
    if (live_.contains(leaving)) {
        connect(leaving, &SessionWorker::ended, leaving, &QObject::deleteLater);
        leaving->farewell(farewell);
        leaving->stop();
    } else {
        leaving->deleteLater(); // it has ended, and may be saying so right now
    }
}

QList<qint64> Workers::leaving() const {
    QList<qint64> pids;
    for (const SessionWorker* worker : findChildren<SessionWorker*>(Qt::FindDirectChildrenOnly)) {
        if (worker->pid() != 0)
            pids.append(worker->pid());
    }
    return pids;
}

void Workers::onEnded(const QObject* worker, const core::End& end) {
    const auto found = live_.find(worker);
    if (found == live_.end())
        return;
    const auto now = std::chrono::steady_clock::now();
    if (isCrash(end.reason))
        guard_.crashed(found->crashKey, now, now - found->since);
    else
        guard_.endedWell(found->crashKey, now - found->since);
    live_.erase(found);
    // Behind whoever holds it, who hears of the same end next.
    QMetaObject::invokeMethod(this, &Workers::left, Qt::QueuedConnection);
}

} // namespace kith::model

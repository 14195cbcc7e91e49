#include "model/session.h"

#include "core/limits.h"
#include "supervisor/session_worker.h"

#include <utility>

namespace kith::model {

using supervisor::SessionWorker;

namespace {

std::size_t bytesOf(const store::NewEntry& entry) {
    return static_cast<std::size_t>(entry.text.toUtf8().size());
}

core::Entry onTheWire(const store::NewEntry& entry) {
    core::Entry out;
    if (entry.position) {
        out.stream = entry.position->stream;
        out.number = static_cast<std::uint64_t>(entry.position->number);
    }
    out.id = entry.id;
    out.writtenAt = entry.writtenAt;
    out.text = entry.text.toStdString();
    return out;
}

} // namespace

Session::Session(std::unique_ptr<SessionWorker> worker, Facts facts, QObject* parent)
    : QObject(parent)
    , worker_(std::move(worker))
    , facts_(std::move(facts))
    , since_(std::chrono::steady_clock::now()) {
    const SessionWorker* const from = worker_.get();
    connect(from, &SessionWorker::opened, this, [this](const core::Endpoint& peer) {
        setOpen(peer);
        Q_EMIT opened();
    });
    connect(from, &SessionWorker::profile, this, [this](const core::Profile& profile) {
        const bool first = !std::exchange(open_, true);
        Q_EMIT this->profile(profile, first);
        handWaiting();
    });
    connect(from, &SessionWorker::received, this, &Session::received);
    connect(from, &SessionWorker::entry, this, &Session::entry);
    connect(from, &SessionWorker::written, this, &Session::onWritten);
    connect(from, &SessionWorker::ended, this, [this](const core::End& end) {
        worker_.release()->deleteLater(); // it is still emitting
        core::End all = end;
        all.unsent += static_cast<unsigned>(waiting_.size());
        Q_EMIT ended(all);
    });
}

Session::~Session() = default;

qint64 Session::pid() const {
    return worker_ ? worker_->pid() : 0;
}

std::optional<core::Sandbox> Session::sandbox() const {
    return worker_ ? worker_->sandbox() : std::nullopt;
}

void Session::setOpen(const core::Endpoint& peer) {
    facts_.peer = peer;
    open_ = true;
    handWaiting();
}

void Session::send(const store::NewEntry& entry) {
    if (open_ && worker_) {
        hand(entry);
    } else {
        waitingBytes_ += bytesOf(entry);
        waiting_.push_back(entry);
    }
}

void Session::hand(const store::NewEntry& entry) {
    Handed handed{++lastNumber_, entry};
    // It is kept for another session to send; in plain text there is none.
    if (!isSecure())
        handed.entry.text.clear();
    handed_.push_back(std::move(handed));
    if (isSecure())
        worker_->send(lastNumber_, onTheWire(entry));
    else
        worker_->send(lastNumber_, entry.text);
}

void Session::handWaiting() {
    while (open_ && worker_ && !waiting_.empty()) {
        waitingBytes_ -= bytesOf(waiting_.front());
        hand(waiting_.front());
        waiting_.pop_front();
    }
}

void Session::onWritten(quint64 number) {
    while (!handed_.empty() && handed_.front().number <= number) {
        const store::EntryId entry = handed_.front().entry.id;
        handed_.pop_front();
        Q_EMIT sent(entry);
    }
}

std::size_t Session::queuedBytes() const {
    return waitingBytes_ + (worker_ ? worker_->queuedBytes() : 0);
}

std::optional<core::Traffic> Session::traffic() const {
    return worker_ ? worker_->traffic() : std::nullopt;
}

void Session::measure() {
    if (worker_)
        worker_->measure();
}

QList<store::NewEntry> Session::unwritten() const {
    QList<store::NewEntry> all;
    for (const Handed& handed : handed_)
        all << handed.entry;
    for (const store::NewEntry& entry : waiting_)
        all << entry;
    return all;
}

void Session::sendProfile(const core::Profile& profile) {
    if (worker_)
        worker_->sendProfile(profile);
}

void Session::hold(bool held) {
    if (worker_)
        worker_->hold(held);
}

void Session::stop(std::optional<core::Goodbye> farewell) {
    leaving_ = true;
    if (!worker_)
        return;
    if (isSecure())
        worker_->farewell(farewell);
    worker_->stop();
}

bool newerGoesOn(const Session& older, const Session& newer) {
    const bool atOnce = newer.since() - older.since() <= core::limits::dialledAtOnce;
    const bool oneEach = newer.facts().dialled != older.facts().dialled;
    return atOnce && oneEach ? newer.facts().dialled : true;
}

} // namespace kith::model

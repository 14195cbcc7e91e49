#include "supervisor/session_worker.h"

#include "core/limits.h"
#include "supervisor/worker_facts.h"
#include "supervisor/worker_process.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace kith::supervisor {

namespace limits = core::limits;

namespace {

/// A worker is handed one connection in its life.
constexpr quint64 connectionToken = 1;

template <typename... Handlers>
struct Match : Handlers... {
    using Handlers::operator()...;
};
template <typename... Handlers>
Match(Handlers...) -> Match<Handlers...>;

/// Bytes of text in what waits; its number.
std::size_t bytesOf(const ipc::ToWorker& message) {
    if (const auto* entry = std::get_if<ipc::SendEntry>(&message))
        return entry->entry.text.size();
    const auto* text = std::get_if<ipc::SendText>(&message);
    return text != nullptr ? text->text.size() : 0;
}
quint64 numberOf(const ipc::ToWorker& message) {
    if (const auto* entry = std::get_if<ipc::SendEntry>(&message))
        return entry->number;
    const auto* text = std::get_if<ipc::SendText>(&message);
    return text != nullptr ? text->number : 0;
}

} // namespace

SessionWorker::SessionWorker(QString workerProgram, QObject* parent)
    : QObject(parent)
    , program_(std::move(workerProgram))
    , process_(std::make_unique<WorkerProcess>()) {
    connect(process_.get(), &WorkerProcess::message, this, &SessionWorker::onMessage);
    connect(process_.get(), &WorkerProcess::ended, this, &SessionWorker::onEnded);
}

SessionWorker::~SessionWorker() = default;

void SessionWorker::start(const ipc::ConnectRole& role) {
    process_->start(Launch{program_, role, {}, sandboxOptional_});
}

void SessionWorker::serve(core::UniqueFd connection, bool plainAllowed, bool letIn,
                          const core::HelloBytes& hello) {
    const ipc::ServeRole role{connectionToken, plainAllowed, letIn, hello};
    process_->start(Launch{program_, role, std::move(connection), sandboxOptional_});
}

void SessionWorker::send(quint64 number, const QString& text) {
    queue(ipc::SendText{number, text.toStdString()});
}

void SessionWorker::send(quint64 number, const core::Entry& entry) {
    queue(ipc::SendEntry{number, entry});
}

void SessionWorker::queue(ipc::ToWorker message) {
    waitingBytes_ += bytesOf(message);
    waiting_.push_back(std::move(message));
    feed();
}

void SessionWorker::sendHandshake(const core::HandshakeFrame& frame) {
    static_cast<void>(process_->send(ipc::SendHandshake{frame}));
}

void SessionWorker::sendProfile(const core::Profile& profile) {
    static_cast<void>(process_->send(ipc::SendProfile{profile}));
}

void SessionWorker::farewell(std::optional<core::Goodbye> goodbye) {
    static_cast<void>(process_->send(ipc::Farewell{goodbye}));
}

void SessionWorker::admit() {
    static_cast<void>(process_->send(ipc::Admit{}));
}

void SessionWorker::hold(bool held) {
    process_->hold(held);
}

void SessionWorker::stop() {
    process_->stop();
}

qint64 SessionWorker::pid() const {
    return process_->pid();
}

std::optional<core::Sandbox> SessionWorker::sandbox() const {
    return process_->sandbox() ? std::optional(confirmed(*process_->sandbox(), pid())) : std::nullopt;
}

QByteArray SessionWorker::errorOutput() const {
    return process_->errorOutput();
}

QString SessionWorker::detail() const {
    return process_->detail();
}

void SessionWorker::feed() {
    while (!waiting_.empty() && !saidNoMore_) {
        const std::size_t bytes = bytesOf(waiting_.front());
        const std::size_t around = (handed_.size() + 1) * limits::messageOverhead;
        if (!handed_.empty() && handedBytes_ + bytes + around > limits::unwrittenText)
            return;
        if (!process_->send(waiting_.front()))
            return;
        handed_.push_back({numberOf(waiting_.front()), bytes});
        handedBytes_ += bytes;
        waitingBytes_ -= bytes;
        waiting_.pop_front();
    }
    if (stopping_ && !saidNoMore_)
        saidNoMore_ = process_->send(ipc::NoMore{});
}

void SessionWorker::onMessage(const ipc::FromWorker& message) {
    std::visit(
        Match{
            [](const ipc::Ready&) {}, [](const ipc::Listening&) {}, [](const ipc::AcceptPaused&) {},
            [this](const ipc::Connecting& m) { Q_EMIT connecting(m.address); },
            [this](const ipc::Opened& m) { Q_EMIT opened(m.peer); },
            [this](const ipc::Request& m) { Q_EMIT requested(m.peer, QString::fromStdString(m.preview)); },
            [this](const ipc::Received& m) { Q_EMIT received(QString::fromStdString(m.text)); },
            [this](const ipc::Written& m) { onWritten(m.number); },
            [this](const ipc::Stopping&) {
                stopping_ = true;
                feed();
            },
            [this](const ipc::SecureUp& m) { Q_EMIT secured(m); },
            [this](const ipc::PeerHandshake& m) { Q_EMIT handshake(m.frame); },
            [this](const ipc::PeerProfile& m) { Q_EMIT profile(m.profile); },
            [this](const ipc::PeerEntry& m) { Q_EMIT entry(m.entry); },
            [this](const ipc::Sandboxed& m) { Q_EMIT sandboxed(m.sandbox); },
            [this](const ipc::Measured& m) { onMeasured(m.traffic); },
            [](const ipc::Ended&) {}, // told by WorkerProcess, when the process is gone
        },
        message);
}

void SessionWorker::onWritten(quint64 number) {
    const bool known =
        !handed_.empty() && number >= handed_.front().number && number <= handed_.back().number;
    if (!known) {
        process_->breakOff(u"written %1, which it was not given"_s.arg(number));
        return;
    }
    while (!handed_.empty() && handed_.front().number <= number) {
        handedBytes_ -= handed_.front().bytes;
        handed_.pop_front();
    }
    feed();
    Q_EMIT written(number);
}

void SessionWorker::measure() {
    measuring_ = measuring_ || process_->send(ipc::Measure{});
}

void SessionWorker::onMeasured(const core::Traffic& traffic) {
    if (!std::exchange(measuring_, false)) {
        process_->breakOff(u"measured, and was not asked"_s);
        return;
    }
    traffic_ = traffic;
    Q_EMIT measured();
}

void SessionWorker::onEnded(core::End end) {
    end.unsent = static_cast<unsigned>(waiting_.size() + handed_.size());
    Q_EMIT ended(end);
}

} // namespace kith::supervisor

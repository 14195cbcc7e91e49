#include "model/conversation.h"

#include "core/limits.h"
#include "supervisor/session_worker.h"

#include <QTimer>

#include <deque>
#include <functional>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace kith::model {

namespace limits = core::limits;
using core::ConversationState;
using core::MessageState;
using core::Reason;

namespace {

qint64 nextMessageId() {
    static qint64 last = 0; // GUI thread alone
    return ++last;
}

/// What a person typed or pasted, as it goes out.
QString normalized(QString text) {
    text.replace("\r\n"_L1, "\n"_L1);
    text.replace(u'\r', u'\n');
    if (text.endsWith(u'\n'))
        text.chop(1);
    text.replace(QChar(QChar::Null), QChar(QChar::ReplacementCharacter));
    // Half a surrogate pair has no UTF-8: shown here is what is sent.
    return QString::fromUtf8(text.toUtf8());
}

} // namespace

struct Conversation::Private {
    struct Unwritten {
        quint64 number = 0;
        qint64 id = 0;
    };

    std::unique_ptr<supervisor::SessionWorker> worker;
    std::deque<Unwritten> unwritten;
    quint64 lastNumber = 0;
    std::optional<Reason> instead; ///< our own reason for the end, whatever the worker says
    std::function<void()> dialAgain;
    QTimer* request = nullptr; ///< until its request is too old; a child of the conversation
};

Conversation::Conversation(int id, Direction direction, core::Endpoint peer, QObject* parent)
    : QObject(parent)
    , id_(id)
    , direction_(direction)
    , state_(direction == Direction::Outgoing ? ConversationState::Connecting : ConversationState::Asking)
    , peer_(peer)
    , dialled_(std::move(peer))
    , since_(QDateTime::currentDateTime())
    , messages_(new MessageList(this))
    , d_(std::make_unique<Private>()) {
    d_->request = new QTimer(this);
    d_->request->setObjectName("request"_L1);
    d_->request->setSingleShot(true);
    connect(d_->request, &QTimer::timeout, this, [this] { endBecause(Reason::RequestExpired); });
}

Conversation::~Conversation() = default;

QString Conversation::host() const {
    return QString::fromStdString(dialled_.host);
}

qint64 Conversation::workerPid() const {
    return d_->worker ? d_->worker->pid() : 0;
}

void Conversation::markRead() {
    if (unread_ == 0)
        return;
    unread_ = 0;
    Q_EMIT unreadChanged();
}

core::Result<qint64> Conversation::send(const QString& text) {
    if (state_ != ConversationState::Open)
        return core::Error{Reason::NotConnected, 0, {}};
    const QString clean = normalized(text);
    const auto bytes = static_cast<std::size_t>(clean.toUtf8().size());
    if (bytes > limits::messageText)
        return core::Error{Reason::TextTooLong, 0, {}};
    if (d_->worker->queuedBytes() + bytes > limits::outboxText)
        return core::Error{Reason::OutboxFull, 0, {}};
    const Message message{nextMessageId(), true, clean, QDateTime::currentDateTime(), MessageState::Waiting};
    d_->unwritten.push_back({++d_->lastNumber, message.id});
    messages_->append(message);
    Q_EMIT messageAdded(message);
    d_->worker->send(d_->lastNumber, clean);
    return message.id;
}

void Conversation::accept() {
    if (state_ != ConversationState::Asking || admitted_ || d_->instead)
        return;
    admitted_ = true;
    d_->request->stop();
    d_->worker->admit();
    Q_EMIT changed();
}

void Conversation::decline() {
    if (state_ == ConversationState::Asking)
        endBecause(Reason::Declined);
}

void Conversation::disconnectPeer() {
    if (state_ == ConversationState::Ended || state_ == ConversationState::Closing)
        return;
    d_->request->stop();
    setState(ConversationState::Closing);
    d_->worker->stop();
}

void Conversation::tryAgain() {
    if (state_ == ConversationState::Ended && direction_ == Direction::Outgoing && !wasOpen_ && d_->dialAgain)
        d_->dialAgain();
}

void Conversation::setDialAgain(std::function<void()> dialAgain) {
    d_->dialAgain = std::move(dialAgain);
}

void Conversation::endBecause(Reason reason) {
    if (state_ == ConversationState::Ended || d_->instead)
        return;
    d_->instead = reason;
    disconnectPeer();
}

bool Conversation::expired() const {
    return d_->instead == Reason::RequestExpired;
}

void Conversation::fail(const core::End& end) {
    end_ = end;
    setState(ConversationState::Ended);
    Q_EMIT ended();
}

void Conversation::setState(ConversationState state) {
    if (state_ != state) {
        state_ = state;
        since_ = QDateTime::currentDateTime();
    }
    Q_EMIT changed();
}

void Conversation::attach(std::unique_ptr<supervisor::SessionWorker> worker) {
    using supervisor::SessionWorker;
    d_->worker = std::move(worker);
    d_->instead.reset();
    d_->unwritten.clear();
    d_->lastNumber = 0;
    startedAt_ = std::chrono::steady_clock::now();
    SessionWorker* const session = d_->worker.get();
    connect(session, &SessionWorker::opened, this, &Conversation::onOpened);
    connect(session, &SessionWorker::requested, this, &Conversation::onRequested);
    connect(session, &SessionWorker::received, this, &Conversation::take);
    connect(session, &SessionWorker::written, this, &Conversation::onWritten);
    connect(session, &SessionWorker::ended, this, &Conversation::onEnded);
    if (direction_ == Direction::Outgoing)
        setState(ConversationState::Connecting);
}

supervisor::SessionWorker* Conversation::worker() const {
    return d_->worker.get();
}

void Conversation::onOpened(const core::Endpoint& peer) {
    d_->request->stop();
    peer_ = peer;
    if (state_ == ConversationState::Closing)
        return; // the person was quicker
    wasOpen_ = true;
    setState(ConversationState::Open);
}

void Conversation::onRequested(const core::Endpoint& peer, const QString& preview) {
    if (state_ != ConversationState::Asking)
        return;
    peer_ = peer;
    preview_ = preview;
    if (!asked_) {
        asked_ = true;
        since_ = QDateTime::currentDateTime();
        d_->request->start(limits::request);
    }
    Q_EMIT changed();
}

void Conversation::take(const QString& text) {
    const Message message{nextMessageId(), false, text, QDateTime::currentDateTime(), MessageState::Sent};
    messages_->append(message);
    ++unread_;
    Q_EMIT messageAdded(message);
    Q_EMIT unreadChanged();
}

void Conversation::onWritten(quint64 number) {
    while (!d_->unwritten.empty() && d_->unwritten.front().number <= number) {
        const qint64 id = d_->unwritten.front().id;
        d_->unwritten.pop_front();
        messages_->setState(id, MessageState::Sent);
        Q_EMIT messageStateChanged(id, MessageState::Sent);
    }
}

void Conversation::onEnded(const core::End& end) {
    d_->request->stop();
    // It is still emitting.
    d_->worker.release()->deleteLater();
    while (!d_->unwritten.empty()) {
        const qint64 id = d_->unwritten.front().id;
        d_->unwritten.pop_front();
        messages_->setState(id, MessageState::Failed);
        Q_EMIT messageStateChanged(id, MessageState::Failed);
    }
    workerEnd_ = end;
    core::End shown = end;
    if (d_->instead)
        shown = {*d_->instead, 0, end.unsent};
    fail(shown);
}

} // namespace kith::model

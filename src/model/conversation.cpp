#include "model/conversation.h"

#include "core/limits.h"
#include "model/conversation_private.h"
#include "model/conversation_record.h"
#include "model/history.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace kith::model {

namespace limits = core::limits;
using core::ConversationState;
using core::MessageState;
using core::Reason;

namespace {

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

store::NewEntry entryOf(bool mine, const QString& text) {
    store::NewEntry entry;
    entry.mine = mine;
    entry.state = mine ? store::EntryState::Waiting : store::EntryState::Received;
    entry.writtenAt = QDateTime::currentMSecsSinceEpoch();
    entry.arrivedAt = entry.writtenAt;
    entry.text = text;
    return entry;
}

} // namespace

Conversation::Conversation(int id, Direction direction, core::Endpoint peer, History& history,
                           QObject* parent)
    : QObject(parent)
    , id_(id)
    , direction_(direction)
    , state_(direction == Direction::Outgoing ? ConversationState::Connecting : ConversationState::Asking)
    , peer_(peer)
    , dialled_(std::move(peer))
    , since_(QDateTime::currentDateTime())
    , messages_(new MessageList(this))
    , record_(new ConversationRecord(history, QString::fromStdString(core::toText(dialled_)),
                                     since_.toMSecsSinceEpoch(), this))
    , d_(std::make_unique<Private>()) {
    wire();
}

Conversation::Conversation(int id, const store::Conversation& stored, History& history, QObject* parent)
    : QObject(parent)
    , id_(id)
    , past_(true)
    , direction_(Direction::Incoming)
    , state_(ConversationState::Ended)
    , since_(QDateTime::fromMSecsSinceEpoch(
          stored.endedAt.value_or(std::max(stored.startedAt, stored.lastArrivedAt))))
    , draft_(stored.draft)
    , lastText_(stored.preview)
    , unread_(stored.unread)
    , wasOpen_(true)
    , messages_(new MessageList(this))
    , record_(new ConversationRecord(history, stored, this))
    , d_(std::make_unique<Private>()) {
    if (const auto peer = core::parseEndpoint(stored.address.toStdString()))
        peer_ = *peer;
    else
        peer_.host = stored.address.toStdString(); // a file that was changed by hand
    dialled_ = peer_;
    if (stored.lastEntry)
        lastTime_ = QDateTime::fromMSecsSinceEpoch(stored.lastArrivedAt);
    messages_->setOver(true);
    messages_->setSource(&history, stored.id, bool(stored.lastEntry));
    wire();
}

Conversation::~Conversation() = default;

void Conversation::wire() {
    d_->request.setObjectName("request"_L1);
    d_->request.setParent(this);
    d_->request.setSingleShot(true);
    connect(&d_->request, &QTimer::timeout, this, [this] { endBecause(Reason::RequestExpired); });
    d_->draft.setSingleShot(true);
    d_->draft.setInterval(limits::draftDelay);
    connect(&d_->draft, &QTimer::timeout, this, [this] { record_->saveDraft(draft_); });
    connect(record_, &ConversationRecord::settled, this, &Conversation::onSettled);
    connect(record_, &ConversationRecord::idle, this, &Conversation::onIdle);
    connect(record_, &ConversationRecord::fullChanged, this, [this] {
        if (d_->worker)
            d_->worker->hold(record_->isFull());
    });
    connect(record_, &ConversationRecord::rowMade, this,
            [this] { messages_->setSource(&record_->history(), record_->id(), false); });
    connect(record_, &ConversationRecord::cleared, this, &Conversation::onCleared);
    connect(record_, &ConversationRecord::failed, this, &Conversation::historyFailed);
}

QString Conversation::host() const {
    return QString::fromStdString(dialled_.host);
}

qint64 Conversation::workerPid() const {
    return d_->worker ? d_->worker->pid() : 0;
}

core::Status Conversation::send(const QString& text, const store::EntryId& id) {
    if (state_ != ConversationState::Open || !d_->worker)
        return core::Error{Reason::NotConnected, 0, {}};
    const QString clean = normalized(text);
    const auto bytes = static_cast<std::size_t>(clean.toUtf8().size());
    if (bytes > limits::messageText)
        return core::Error{Reason::TextTooLong, 0, {}};
    if (d_->worker->queuedBytes() + d_->storingBytes + bytes > limits::outboxText)
        return core::Error{Reason::OutboxFull, 0, {}};
    d_->storingBytes += bytes;
    store::NewEntry entry = entryOf(true, clean);
    entry.id = id;
    record_->add(entry);
    return core::Done{};
}

void Conversation::accept() {
    if (state_ != ConversationState::Asking || admitted_ || d_->instead)
        return;
    admitted_ = true;
    d_->request.stop();
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
    d_->request.stop();
    d_->stopsWhenStored = record_->holdsOwn();
    setState(ConversationState::Closing);
    if (!d_->stopsWhenStored && d_->worker)
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
    d_->request.stop();
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
        d_->request.start(limits::request);
    }
    Q_EMIT changed();
}

void Conversation::take(const QString& text) {
    record_->add(entryOf(false, text));
}

void Conversation::onWritten(quint64 number) {
    while (!d_->unwritten.empty() && d_->unwritten.front().number <= number) {
        const store::EntryId entry = d_->unwritten.front().entry;
        d_->unwritten.pop_front();
        setMessageState(entry, MessageState::Sent, std::nullopt);
    }
}

void Conversation::onEnded(const core::End& end) {
    d_->request.stop();
    // It is still emitting.
    d_->worker.release()->deleteLater();
    if (record_->isIdle())
        finishEnd(end);
    else
        d_->heldEnd = end;
}

void Conversation::finishEnd(const core::End& end) {
    workerEnd_ = end;
    core::End shown = end;
    if (d_->instead)
        shown = {*d_->instead, 0, end.unsent};
    while (!d_->unwritten.empty()) {
        const store::EntryId entry = d_->unwritten.front().entry;
        d_->unwritten.pop_front();
        setMessageState(entry, MessageState::Failed, shown.reason);
    }
    messages_->setOver(true);
    record_->end(QDateTime::currentMSecsSinceEpoch());
    fail(shown);
}

} // namespace kith::model

#include "model/conversation.h"

#include "core/kith_id.h"
#include "core/limits.h"
#include "model/conversation_private.h"
#include "model/conversation_record.h"
#include "model/history.h"
#include "model/people.h"

#include <chrono>
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

std::optional<core::Goodbye> farewellFor(std::optional<Reason> instead) {
    if (instead == Reason::Declined)
        return core::Goodbye::Declined;
    if (instead == Reason::RequestExpired)
        return core::Goodbye::Unanswered;
    if (instead == Reason::Blocked)
        return std::nullopt;
    return core::Goodbye::Ended;
}

} // namespace

Conversation::Conversation(int id, Direction direction, core::Endpoint peer, History& history,
                           const People& people, QObject* parent)
    : QObject(parent)
    , id_(id)
    , direction_(direction)
    , state_(direction == Direction::Outgoing ? ConversationState::Connecting : ConversationState::Asking)
    , peer_(peer)
    , dialled_(std::move(peer))
    , since_(QDateTime::currentDateTime())
    , people_(people)
    , messages_(new MessageList(this))
    , record_(new ConversationRecord(history, QString::fromStdString(core::toText(dialled_)),
                                     since_.toMSecsSinceEpoch(), this))
    , d_(std::make_unique<Private>()) {
    wire();
}

Conversation::Conversation(int id, const store::Conversation& stored, History& history, const People& people,
                           QObject* parent)
    : QObject(parent)
    , id_(id)
    , kind_(stored.key ? PeerKind::Contact : PeerKind::Plain)
    , key_(stored.key)
    , past_(true)
    , direction_(Direction::Incoming)
    , state_(ConversationState::Ended)
    , since_(QDateTime::fromMSecsSinceEpoch(
          stored.endedAt.value_or(std::max(stored.startedAt, stored.lastArrivedAt))))
    , wasOpen_(true)
    , people_(people)
    , messages_(new MessageList(this))
    , record_(new ConversationRecord(history, stored, this))
    , d_(std::make_unique<Private>()) {
    const QList<store::ContactAddress> here =
        key_ ? people.addressesHere(*key_) : QList<store::ContactAddress>();
    if (!here.isEmpty())
        peer_ = {here.first().host.toStdString(), here.first().port};
    else if (const auto peer = core::parseEndpoint(stored.address.toStdString()))
        peer_ = *peer;
    else
        peer_.host = stored.address.toStdString(); // a contact's, or a file that was changed by hand
    dialled_ = peer_;
    messages_->setOver(true);
    messages_->setSource(&history, stored.id, bool(stored.lastEntry));
    takeStored(stored);
    wire();
}

Conversation::~Conversation() = default;

void Conversation::wire() {
    standing_.start();
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
        for (const std::unique_ptr<Session>& session : d_->sessions)
            session->hold(record_->isFull());
    });
    connect(record_, &ConversationRecord::rowMade, this,
            [this](const std::optional<store::Conversation>& found) {
                messages_->setSource(&record_->history(), record_->id(), found && found->lastEntry);
                if (found)
                    takeStored(*found);
            });
    connect(record_, &ConversationRecord::cleared, this, &Conversation::onCleared);
    connect(record_, &ConversationRecord::failed, this, &Conversation::historyFailed);
}

void Conversation::setHooks(Hooks hooks) {
    d_->hooks = std::move(hooks);
}

QString Conversation::host() const {
    return QString::fromStdString(dialled_.host);
}

QString Conversation::name() const {
    if (kind_ == PeerKind::Contact) {
        const Person* const person = people_.find(*key_);
        return person != nullptr ? person->shownName() : QString::fromStdString(core::shortKithId(*key_));
    }
    // What they call themselves now is not what our person knows them by.
    if (const Person* const known = asIfFirst_ ? person() : nullptr)
        return known->shownName();
    return strangerName_.isEmpty() ? host() : strangerName_;
}

const Person* Conversation::person() const {
    return key_ ? people_.find(*key_) : nullptr;
}

bool Conversation::offersSomebodyNew() const {
    return state_ == ConversationState::Ended && !past_ && direction_ == Direction::Outgoing &&
           end_.reason == Reason::KeyChanged && !byInvite_;
}

qint64 Conversation::workerPid() const {
    if (const Session* const session = current())
        return session->pid();
    return d_->call ? d_->call->pid() : 0;
}

std::optional<core::Sandbox> Conversation::sandbox() const {
    if (const Session* const session = current())
        return session->sandbox();
    return d_->call ? d_->call->sandbox() : std::nullopt;
}

core::Status Conversation::send(const QString& text, const store::EntryId& id) {
    const Session* const session = current();
    if (state_ != ConversationState::Open || session == nullptr)
        return core::Error{Reason::NotConnected, 0, {}};
    const QString clean = normalized(text);
    const auto bytes = static_cast<std::size_t>(clean.toUtf8().size());
    if (bytes > (isSecure() ? limits::entryText : limits::messageText))
        return core::Error{Reason::TextTooLong, 0, {}};
    if (session->queuedBytes() + d_->storingBytes + bytes > limits::outboxText)
        return core::Error{Reason::OutboxFull, 0, {}};
    d_->storingBytes += bytes;
    store::NewEntry entry;
    entry.id = id;
    entry.mine = true;
    entry.state = store::EntryState::Waiting;
    entry.writtenAt = QDateTime::currentMSecsSinceEpoch();
    entry.arrivedAt = entry.writtenAt;
    entry.text = clean;
    record_->add(entry);
    return core::Done{};
}

void Conversation::accept() {
    if (state_ != ConversationState::Asking || admitted_ || d_->instead || !d_->hooks.admit)
        return;
    admitted_ = true;
    d_->request.stop();
    d_->hooks.admit();
    Q_EMIT changed();
}

void Conversation::decline() {
    if (state_ == ConversationState::Asking)
        endBecause(Reason::Declined);
}

void Conversation::disconnectPeer() {
    if (state_ == ConversationState::Ended)
        return stopAll(); // somebody who was on the way in
    if (state_ == ConversationState::Closing)
        return;
    d_->request.stop();
    d_->stopsWhenStored = record_->holdsOwn() && !d_->sessions.empty();
    setState(ConversationState::Closing);
    if (!d_->stopsWhenStored)
        stopAll();
}

void Conversation::stopAll() {
    const std::optional<core::Goodbye> farewell = farewellFor(d_->instead);
    if (d_->call)
        d_->call->stop(farewell);
    for (const std::unique_ptr<Session>& session : d_->sessions)
        session->stop(farewell);
}

void Conversation::tryAgain() {
    const bool neverOpen = direction_ == Direction::Outgoing && !wasOpen_;
    if (state_ != ConversationState::Ended || !(neverOpen || kind_ == PeerKind::Contact))
        return;
    // It may be set anew while it runs.
    if (const std::function<void()> dialAgain = d_->hooks.dialAgain)
        dialAgain();
}

qint64 Conversation::secondsSince() const {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::milliseconds(standing_.elapsed())).count();
}

void Conversation::standSinceNow() {
    since_ = QDateTime::currentDateTime();
    standing_.start();
}

void Conversation::setState(ConversationState state) {
    if (state_ != state) {
        state_ = state;
        standSinceNow();
    }
    Q_EMIT changed();
}

// --- how it ends -----------------------------------------------------------------------------------------

void Conversation::endBecause(Reason reason) {
    if (state_ == ConversationState::Ended)
        return stopAll(); // who is on the way in does not come
    if (d_->instead)
        return;
    d_->instead = reason;
    disconnectPeer();
}

bool Conversation::expired() const {
    return d_->instead == Reason::RequestExpired;
}

void Conversation::onAllEnded(const core::End& end) {
    d_->request.stop();
    if (state_ == ConversationState::Ended)
        return; // who was on the way in has not come
    if (record_->isIdle())
        finishEnd(end);
    else
        d_->heldEnd = end;
}

void Conversation::finishEnd(const core::End& end) {
    core::End shown = end;
    if (d_->instead)
        shown = {*d_->instead, 0, end.unsent};
    for (const store::NewEntry& entry : std::exchange(d_->unsent, {}))
        setMessageState(entry.id, MessageState::Failed, shown.reason);
    messages_->setOver(true);
    if (kind_ == PeerKind::Plain)
        record_->end(QDateTime::currentMSecsSinceEpoch());
    fail(shown);
}

void Conversation::fail(const core::End& end) {
    past_ = false;
    end_ = end;
    session_.reset();
    d_->lastEnd.reset();
    setState(ConversationState::Ended);
    Q_EMIT ended();
}

} // namespace kith::model

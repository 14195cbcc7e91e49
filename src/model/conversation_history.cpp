// The half of the Conversation that keeps what is said: the way through the history, drafts, erasing.
#include "core/limits.h"
#include "model/conversation_private.h"
#include "model/conversation_record.h"
#include "model/history.h"

#include <utility>

namespace kith::model {

namespace limits = core::limits;
using core::ConversationState;
using core::MessageState;
using core::Reason;

namespace {

/// The last millisecond of the year 9999, which is as far as RFC 3339 goes.
constexpr qint64 lastTimeOfAll = 253'402'300'799'999;

QString firstLine(const QString& text) {
    const qsizetype end = text.indexOf(u'\n');
    return text.left(end < 0 ? limits::previewCharacters
                             : std::min<qsizetype>(end, limits::previewCharacters));
}

} // namespace

store::ConversationId Conversation::stored() const {
    return record_->id();
}

bool Conversation::keepsHistory() const {
    return record_->keepsHistory();
}

void Conversation::setKeepsHistory(bool keep) {
    record_->setKeepsHistory(keep);
    Q_EMIT unreadChanged();
}

void Conversation::clearHistory() {
    record_->clear();
}

void Conversation::markRead() {
    if (unread_ == 0)
        return;
    unread_ = 0;
    record_->markRead();
    Q_EMIT unreadChanged();
}

void Conversation::setDraft(const QString& draft) {
    if (draft == draft_)
        return;
    draft_ = draft;
    d_->draft.start();
}

void Conversation::saveDraft() {
    if (!d_->draft.isActive())
        return;
    d_->draft.stop();
    record_->saveDraft(draft_);
}

void Conversation::take(const QString& text) {
    store::NewEntry entry;
    entry.writtenAt = QDateTime::currentMSecsSinceEpoch();
    entry.arrivedAt = entry.writtenAt;
    entry.text = text;
    record_->add(entry);
}

void Conversation::take(const core::Entry& received) {
    store::NewEntry entry;
    entry.id = received.id;
    entry.kind = received.kind == core::EntryKind::Text ? store::EntryKind::Text : store::EntryKind::Unknown;
    entry.arrivedAt = QDateTime::currentMSecsSinceEpoch();
    // Their clock may say anything; a time that no calendar has is not shown.
    const bool aTime = received.writtenAt >= 0 && received.writtenAt <= lastTimeOfAll;
    entry.writtenAt = aTime ? received.writtenAt : entry.arrivedAt;
    entry.text = QString::fromStdString(received.text);
    entry.position = store::StreamPosition{received.stream, static_cast<qint64>(received.number)};
    record_->add(entry);
}

void Conversation::onSettled(const Settled& settled) {
    const store::NewEntry& entry = settled.entry;
    if (settled.other && !entry.mine)
        return endBecause(Reason::ProtocolBroken); // two things by one name: an alarm
    if (settled.again && !entry.mine)
        return;
    if (entry.mine)
        d_->storingBytes -= static_cast<std::size_t>(entry.text.toUtf8().size());
    if (settled.refused && entry.mine) {
        Q_EMIT sendRefused(entry.id, entry.text, *settled.refused);
        return;
    }
    const Message message{settled.place,
                          entry.mine,
                          entry.text,
                          QDateTime::fromMSecsSinceEpoch(entry.writtenAt),
                          entry.mine ? MessageState::Waiting : MessageState::Sent,
                          entry.id};
    messages_->append(message, settled.kept);
    lastText_ = firstLine(message.text);
    lastTime_ = message.written;
    if (!message.mine)
        ++unread_;
    Q_EMIT messageAdded(message);
    if (message.mine)
        sendOrFail(entry);
    else
        Q_EMIT unreadChanged();
    if (settled.refused)
        Q_EMIT historyFailed(*settled.refused);
}

void Conversation::sendOrFail(const store::NewEntry& entry) {
    if (Session* const session = current()) {
        session->send(entry);
    } else if (d_->call) {
        d_->unsent << entry;
    } else {
        // It ended while this was being stored; nothing is kept for later.
        const core::End end = d_->heldEnd.value_or(core::End{Reason::NotConnected, 0, 0});
        if (d_->heldEnd)
            ++d_->heldEnd->unsent;
        setMessageState(entry.id, MessageState::Failed, d_->instead.value_or(end.reason));
    }
}

void Conversation::onSent(const store::EntryId& entry) {
    setMessageState(entry, MessageState::Sent, std::nullopt);
}

void Conversation::setMessageState(const store::EntryId& entry, MessageState state,
                                   std::optional<Reason> why) {
    messages_->setState(entry, state);
    record_->setState(entry, state, why);
    Q_EMIT messageStateChanged(entry, state);
}

void Conversation::onIdle() {
    if (std::exchange(d_->stopsWhenStored, false))
        stopAll();
    if (const std::optional<core::End> end = std::exchange(d_->heldEnd, std::nullopt))
        finishEnd(*end);
}

void Conversation::takeStored(const store::Conversation& stored) {
    if (draft_.isEmpty())
        draft_ = stored.draft;
    unread_ += stored.unread;
    if (stored.lastEntry && !lastTime_.isValid()) {
        lastText_ = stored.preview;
        lastTime_ = QDateTime::fromMSecsSinceEpoch(stored.lastArrivedAt);
    }
    Q_EMIT unreadChanged();
}

void Conversation::onCleared() {
    messages_->clear();
    lastText_.clear();
    lastTime_ = {};
    unread_ = 0;
    Q_EMIT unreadChanged();
    Q_EMIT historyCleared();
}

void Conversation::forgetHistory() {
    record_->forget();
    onCleared();
    messages_->setSource(nullptr, {}, false);
}

} // namespace kith::model

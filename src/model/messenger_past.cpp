// The part of the Messenger that knows what is over: the conversations of earlier runs, and those that leave.
#include "core/limits.h"
#include "model/conversation_record.h"
#include "model/history.h"
#include "model/messenger.h"
#include "model/messenger_private.h"

#include <algorithm>

namespace kith::model {

namespace limits = core::limits;
using core::ConversationState;

namespace {

qint64 listedSince() {
    return QDateTime::currentMSecsSinceEpoch() -
           std::chrono::duration_cast<std::chrono::milliseconds>(limits::endedInList).count();
}

} // namespace

void Messenger::onHistoryChanged() {
    const History::State state = history_.state();
    if (d_->pastListed || (state != History::State::Open && state != History::State::ReadOnly))
        return;
    d_->pastListed = true;
    store::whenDone(history_.store().conversations(listedSince()), this,
                    [this](const core::Result<QList<store::Conversation>>& stored) {
                        if (stored)
                            listPast(*stored);
                    });
}

void Messenger::onHistoryBegunAnew() {
    d_->pastListed = false;
    const QList<Conversation*> everyone = all_;
    for (Conversation* conversation : everyone) {
        if (conversation->isPast() && conversation->kind() != PeerKind::Contact)
            dismiss(conversation);
        else
            conversation->forgetHistory();
    }
}

void Messenger::listPast(const QList<store::Conversation>& stored) {
    // The one where something happened last comes first, and each goes to the top of the list.
    for (auto it = stored.crbegin(); it != stored.crend(); ++it) {
        const bool known =
            std::ranges::any_of(all_, [&](const Conversation* other) { return other->stored() == it->id; });
        if (it->kind == store::ConversationKind::Contact && it->key && !known && find(*it->key) == nullptr)
            conversations_->add(addPast(*it));
        if (known || it->kind != store::ConversationKind::Plain)
            continue;
        const qint64 last = std::max(it->startedAt, it->lastArrivedAt);
        if (!it->endedAt && history_.takesWrites()) {
            // The program was killed, or the power lost, while it was open.
            store::whenDone(history_.store().endConversation(it->id, last), this, [](const core::Status&) {});
        }
        if (it->endedAt.value_or(last) >= listedSince() || !it->draft.isEmpty())
            conversations_->add(addPast(*it));
    }
    dropOldest();
}

Conversation* Messenger::addPast(const store::Conversation& stored) {
    auto* conversation = new Conversation(++d_->lastId, stored, history_, people_, this);
    follow(conversation);
    if (conversation->kind() == PeerKind::Contact) {
        conversation->setHooks(hooksOf(conversation, [this, conversation] { dialContact(conversation); }));
        if (!d_->keepsHistory)
            conversation->record()->keepNothingNow();
    }
    all_.append(conversation);
    return conversation;
}

Conversation* Messenger::open(const store::Conversation& stored) {
    for (Conversation* other : std::as_const(all_)) {
        if (other->stored() == stored.id || (stored.key && other == find(*stored.key)))
            return other;
    }
    return addPast(stored);
}

void Messenger::remove(Conversation* conversation) {
    d_->removing.insert(conversation);
    if (conversation->state() == ConversationState::Ended)
        conversation->record()->remove();
    else
        conversation->disconnectPeer();
}

void Messenger::dropPast() {
    const qint64 since = listedSince();
    const QList<Conversation*> everyone = all_;
    for (Conversation* conversation : everyone) {
        if (conversation->state() == ConversationState::Ended && conversation->stored() &&
            conversation->kind() == PeerKind::Plain && conversation->draft().isEmpty() &&
            conversation->since().toMSecsSinceEpoch() < since)
            dismiss(conversation);
    }
}

} // namespace kith::model

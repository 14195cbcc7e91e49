// The part of the Messenger that knows whose a conversation is: contacts, and what they and we tell.
#include "core/kith_id.h"
#include "core/limits.h"
#include "core/text.h"
#include "model/conversation_record.h"
#include "model/local_addresses.h"
#include "model/messenger.h"
#include "model/messenger_private.h"
#include "model/people.h"
#include "model/preferences.h"
#include "model/session.h"

#include <algorithm>
#include <utility>

namespace kith::model {

namespace limits = core::limits;
using core::ConversationState;
using core::PublicKey;
using core::Reason;

namespace {

/// An address that another computer can have told us.
bool isTold(const core::Endpoint& where, const core::Endpoint& by) {
    const core::HostKind kind = core::hostKind(where.host);
    const bool here = core::hostKind(by.host) == core::HostKind::Loopback;
    return where.port != 0 && kind != core::HostKind::Name && kind != core::HostKind::LinkLocal &&
           (here || kind != core::HostKind::Loopback);
}

} // namespace

Conversation* Messenger::find(const PublicKey& key) const {
    const auto found = std::ranges::find_if(all_, [&](const Conversation* each) {
        return each->kind() == PeerKind::Contact && each->key() == key;
    });
    return found == all_.end() ? nullptr : *found;
}

Conversation* Messenger::conversationWith(const PublicKey& contact) {
    if (Conversation* const there = find(contact))
        return there;
    if (people_.find(contact) == nullptr)
        return nullptr;
    store::Conversation none;
    none.kind = store::ConversationKind::Contact;
    none.key = contact;
    none.startedAt = QDateTime::currentMSecsSinceEpoch();
    Conversation* const made = addPast(none);
    made->record()->open();
    return made;
}

Conversation::Hooks Messenger::hooksOf(Conversation* conversation, std::function<void()> dialAgain) {
    return {std::move(dialAgain),
            {},
            [this, conversation](Session* session, const core::Profile& profile, bool first) {
                onProfile(conversation, session, profile, first);
            }};
}

void Messenger::dialContact(Conversation* conversation) {
    const core::Result<Conversation*> dialled = connectTo(*conversation->key());
    if (!dialled)
        conversation->fail({dialled.error().reason, 0, 0});
}

Conversation* Messenger::settle(Conversation* conversation, const PublicKey& key) {
    Conversation* const there = find(key);
    if (there != nullptr)
        return there;
    conversation->setContact(key);
    return conversation;
}

void Messenger::onProfile(Conversation* conversation, Session* session, const core::Profile& profile,
                          bool first) {
    const PublicKey key = *session->facts().key;
    const QString name = QString::fromStdString(core::cleanName(profile.name));
    const Person* const person = people_.find(key);
    // They were let in, or dialled, before a person said no.
    if (isUnwanted(key)) {
        conversation->endBecause(people_.isBlocked(key) ? Reason::Blocked : Reason::KeyChanged);
        return session->stop(std::nullopt);
    }
    if (first || (person != nullptr && person->name != name))
        static_cast<void>(people_.meet(key, name, session->facts().trust));
    noteAddresses(*session, profile);
    if (!first)
        return;
    Conversation* const current = settle(conversation, key);
    if (current != conversation) {
        std::unique_ptr<Session> moved = conversation->release(session);
        announce(current);
        current->adopt(std::move(moved));
        replace(conversation, current);
    }
    // Whatever it was dialled by, from here on it is theirs.
    current->setHooks(hooksOf(current, [this, current] { dialContact(current); }));
    if (session->facts().typed)
        preferences_.addRecentAddress(QString::fromStdString(core::toDisplay(*session->facts().typed)));
    current->onSessionOpen(session);
}

void Messenger::replace(Conversation* old, Conversation* current) {
    if (current->draft().isEmpty() && !old->draft().isEmpty())
        current->setDraft(old->draft());
    if (old->announced_)
        Q_EMIT conversationReplaced(old, current);
    // It has not ended: it goes on elsewhere, so nobody is told of an end.
    old->state_ = ConversationState::Ended;
    old->end_ = {Reason::Superseded, 0, 0};
    d_->strangers.removeOne(old);
    if (all_.contains(old))
        dismiss(old);
    else
        old->deleteLater();
}

void Messenger::noteAddresses(const Session& session, const core::Profile& profile) {
    const PublicKey& key = *session.facts().key;
    // The last seen comes first: the one that was reached before those that were told, and these in their
    // order.
    const std::vector<core::Endpoint>& told = session.facts().told;
    for (auto it = told.rbegin(); it != told.rend(); ++it)
        people_.noteTold(key, *it, networkOf(it->host));
    for (auto it = profile.hosts.rbegin(); it != profile.hosts.rend(); ++it) {
        if (isTold(*it, session.facts().peer))
            people_.noteTold(key, *it, networkOf(it->host));
    }
    if (const std::optional<core::Endpoint>& reached = session.facts().reachedAt)
        people_.noteAddress(key, *reached, networkOf(reached->host));
    if (!session.facts().dialled)
        people_.noteCame(key, session.facts().peer.host);
}

void Messenger::onPersonChanged(const PublicKey& key) {
    d_->provedAtIsOld = true;
    const Person* const person = people_.find(key);
    // What follows may change it.
    const bool gone = person == nullptr;
    const bool blocked = !gone && person->blocked;
    const bool welcome = !gone && !blocked && !person->stopped();
    const QList<Conversation*> everyone = all_ + d_->strangers;
    for (Conversation* conversation : everyone) {
        if (conversation->key() != key || conversation->kind() == PeerKind::Unsettled)
            continue;
        if (conversation->kind() == PeerKind::Stranger) {
            // Our person has met them some other way meanwhile.
            if (welcome && !conversation->asIfForTheFirstTime())
                conversation->accept();
            continue;
        }
        if (gone) {
            conversation->record()->forget();
            d_->leaving.insert(conversation);
            conversation->disconnectPeer();
            if (conversation->state() == ConversationState::Ended)
                dismiss(conversation);
            continue;
        }
        if (!welcome)
            conversation->endBecause(blocked ? Reason::Blocked : Reason::KeyChanged);
        Q_EMIT conversation->changed();
    }
}

bool Messenger::isUnwanted(const PublicKey& key) const {
    const Person* const person = people_.find(key);
    return people_.isBlocked(key) || (person != nullptr && person->stopped());
}

store::PendingStatus Messenger::block(const PublicKey& key) {
    store::PendingStatus stored = people_.block(key);
    const QList<Conversation*> everyone = all_ + d_->strangers;
    for (Conversation* conversation : everyone) {
        if (conversation->key() != key)
            continue;
        const bool missed =
            conversation->kind() == PeerKind::Stranger && conversation->state() == ConversationState::Ended;
        conversation->endBecause(Reason::Blocked);
        if (missed)
            dismiss(conversation); // the request is answered
    }
    return stored;
}

store::PendingStatus Messenger::blockAddress(const Conversation* asking) {
    if (asking->kind() != PeerKind::Plain)
        return QtFuture::makeReadyFuture(core::Status(core::Done{}));
    const std::string host = asking->dialled().host;
    store::PendingStatus stored = people_.blockAddress(QString::fromStdString(host));
    const QList<Conversation*> everyone = all_ + d_->strangers;
    for (Conversation* conversation : everyone) {
        const bool asked = conversation->direction() == Direction::Incoming && !conversation->wasOpen();
        if (conversation->kind() != PeerKind::Plain || !asked || conversation->dialled().host != host)
            continue;
        const bool missed = conversation->state() == ConversationState::Ended;
        conversation->endBecause(Reason::Blocked);
        if (missed)
            dismiss(conversation); // the request is answered
    }
    return stored;
}

store::PendingStatus Messenger::acceptLater(Conversation* missed) {
    if (missed->kind() != PeerKind::Stranger || missed->state() != ConversationState::Ended)
        return QtFuture::makeReadyFuture(core::Status(core::Done{}));
    store::PendingStatus stored = people_.expect(*missed->key(), missed->strangerName_);
    dismiss(missed);
    return stored;
}

core::Profile Messenger::profile() const {
    core::Profile own;
    own.name = preferences_.name().toStdString();
    if (preferences_.tellsAddresses() && hosting_->state() == core::HostingState::On) {
        for (const core::Endpoint& address : hosting_->addresses()) {
            if (own.hosts.size() < limits::profileAddresses)
                own.hosts.push_back({address.host, hosting_->port()});
        }
    }
    return own;
}

void Messenger::tellProfile() {
    core::Profile now = profile();
    if (now == d_->told)
        return;
    d_->told = std::move(now);
    const QList<Conversation*> everyone = all_ + d_->strangers;
    for (Conversation* conversation : everyone)
        conversation->sendProfile(d_->told);
}

} // namespace kith::model

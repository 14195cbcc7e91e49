// The part of the Messenger that decides who comes in: contacts, invited people, strangers and their
// requests.
#include "core/limits.h"
#include "model/identity.h"
#include "model/invites.h"
#include "model/messenger.h"
#include "model/messenger_private.h"
#include "model/peer_address.h"
#include "model/people.h"
#include "model/session.h"
#include "supervisor/session_worker.h"

#include <algorithm>
#include <utility>

namespace kith::model {

namespace limits = core::limits;
using core::ConversationState;
using core::PublicKey;
using core::Reason;

void Messenger::onCalled(IncomingCall* call) {
    leaveDoor(call);
    whenReady(call, [this, call] { receiveCaller(call); });
}

void Messenger::receiveCaller(IncomingCall* call) {
    const core::ResponderHandshake::Caller& caller = call->caller();
    if (isUnwanted(caller.key) || d_->shuttingDown)
        return call->stop(std::nullopt);
    const std::string key = crashKey(Direction::Incoming, caller.key);
    if (!d_->workers->guard().verdict(key, supervisor::CrashGuard::Clock::now()).open) {
        call->stop(std::nullopt);
        ++d_->door.heldOff;
        tellRefused(call->peer(), {Reason::HeldOff, 0, 0});
        return;
    }
    if (caller.invite)
        tryInvite(call);
    else
        decide(call);
}

/// A bad, spent or expired proof counts as none.
void Messenger::tryInvite(IncomingCall* call) {
    const PublicKey key = call->caller().key;
    const core::InviteId id = *call->caller().invite;
    const std::optional<core::InviteSecret> secret =
        invites_.secretFor(id, key, QDateTime::currentDateTimeUtc());
    if (!secret)
        return decide(call);
    call->prove(*secret, [this, call, key, id](bool fits) {
        if (!fits)
            return decide(call);
        // It has proved our key to them. Who they are, beyond having it, nobody has looked at.
        const store::Contact contact = people_.asMet(key, {}, store::Trust::Unverified);
        store::whenDone(invites_.use(id, contact), call,
                        [this, call, contact](const core::Result<store::InviteUse>& use) {
                            if (!use || *use != store::InviteUse::Accepted)
                                return decide(call);
                            static_cast<void>(people_.meet(contact.key, {}, store::Trust::Unverified));
                            admit(call);
                        });
    });
}

void Messenger::decide(IncomingCall* call) {
    const core::ResponderHandshake::Caller& caller = call->caller();
    const AcceptPolicy policy = acceptPolicy();
    if (const Person* const person = people_.find(caller.key)) {
        // Who was let in while they were away may never have been told our key, or have forgotten it.
        const bool expected = person->expected || person->metAt == 0;
        if (caller.hostKeyUnknown && !caller.noContactFits)
            call->recognise();
        else if (caller.noContactFits && policy != AcceptPolicy::All && !expected)
            askAbout(call, true);
        else
            admit(call);
        return;
    }
    switch (policy) {
    case AcceptPolicy::Ask:
        return askAbout(call, false);
    case AcceptPolicy::Known:
        noteMisdeed(call->peer(), Misdeed::Left);
        return call->stop(std::nullopt);
    case AcceptPolicy::All:
        return people_.isFull() ? askAbout(call, false) : admit(call);
    }
}

void Messenger::admit(IncomingCall* call) {
    connect(call, &IncomingCall::admitted, this, [this, call] { onAdmitted(call); });
    call->admit();
}

void Messenger::onAdmitted(IncomingCall* call) {
    const PublicKey key = call->caller().key;
    if (isUnwanted(key))
        return call->stop(std::nullopt); // a person said no while it was signed
    Session::Facts facts;
    facts.weDecide = identity_.key() < key;
    facts.key = key;
    facts.peer = call->up()->peer;
    facts.cipher = QString::fromStdString(call->up()->cipher);
    auto session = std::make_unique<Session>(call->take(), std::move(facts), nullptr);
    Conversation* conversation = askingAbout(call);
    takeCaller(call).release()->deleteLater(); // it is still emitting
    if (conversation == nullptr)
        conversation = conversationWith(key);
    if (conversation == nullptr) {
        // Nobody was asked; their name is still to come.
        conversation = begin(Direction::Incoming, call->peer());
        conversation->admitted_ = true;
        conversation->setUnsettled(key);
        conversation->setHooks(hooksOf(conversation, {}));
        d_->strangers.append(conversation);
    }
    session->sendProfile(profile());
    conversation->adopt(std::move(session));
}

// --- requests --------------------------------------------------------------------------------------------

void Messenger::askAbout(IncomingCall* call, bool asIfFirst) {
    const PublicKey& key = call->caller().key;
    const QList<Conversation*> everyone = all_ + d_->strangers;
    for (Conversation* other : everyone) {
        // One for a key: whoever comes again has lost the connection before.
        if (other->state() != ConversationState::Asking || other->kind() != PeerKind::Stranger ||
            other->key() != key)
            continue;
        wireRequest(other, call);
        if (other->admitted_)
            return admit(call);
        other->setStranger(key, asIfFirst);
        return call->ask();
    }
    if (whyNotAsk(call->peer())) {
        noteMisdeed(call->peer(), Misdeed::Left);
        fold(call->peer(), key);
        return call->stop(std::nullopt);
    }
    Conversation* const conversation = begin(Direction::Incoming, call->peer());
    d_->strangers.append(conversation);
    conversation->setStranger(key, asIfFirst);
    wireRequest(conversation, call);
    call->ask();
}

void Messenger::wireRequest(Conversation* conversation, IncomingCall* call) {
    Conversation::Hooks hooks = hooksOf(conversation, {});
    hooks.admit = [this, conversation, call] { admitStranger(conversation, call); };
    conversation->setHooks(std::move(hooks));
    conversation->setCall(takeCaller(call), Direction::Incoming, call->peer());
}

void Messenger::onKnocked(IncomingCall* call) {
    Conversation* const conversation = askingAbout(call);
    if (conversation == nullptr)
        return;
    conversation->asked_ = true;
    conversation->setStrangerName(call->name());
}

/// Stored first: the other is told "yes" when it is known here, whatever happens next.
void Messenger::admitStranger(Conversation* conversation, IncomingCall* call) {
    const QFuture<core::Status> stored = people_.expect(*conversation->key(), conversation->strangerName_);
    store::whenDone(stored, call, [this, call](const core::Status&) { admit(call); });
}

void Messenger::onStrangerEnded(Conversation* conversation) {
    const core::End& end = conversation->end();
    if (conversation->announced_ && wasMissed(conversation)) {
        foldMissed(conversation);
        return;
    }
    if (isCrash(end.reason) || isNotStarted(end.reason))
        tellRefused(conversation->dialled(), end);
    if (conversation->announced_) {
        dismiss(conversation);
    } else {
        d_->strangers.removeOne(conversation);
        conversation->deleteLater();
    }
}

bool Messenger::wasMissed(const Conversation* conversation) {
    if (conversation->wasOpen() || conversation->direction() == Direction::Outgoing)
        return false;
    if (conversation->state() != ConversationState::Ended)
        return conversation->expired();
    const bool stranger = conversation->kind() == PeerKind::Stranger;
    if (stranger && conversation->admitted_)
        return false; // who comes again comes in
    const Reason reason = conversation->end().reason;
    const bool left = reason == Reason::PeerClosed || reason == Reason::PeerVanished;
    return reason == Reason::RequestExpired || (left && (stranger || !conversation->preview().isEmpty()));
}

void Messenger::foldMissed(Conversation* newest) {
    const std::string address = addressKey(newest->dialled().host);
    QList<Conversation*> missed;
    QList<Conversation*> folded;
    for (Conversation* other : std::as_const(all_)) {
        if (other->state() != ConversationState::Ended || !wasMissed(other))
            continue;
        const bool same =
            addressKey(other->dialled().host) == address || (other->key() && other->key() == newest->key());
        (other != newest && same ? folded : missed).append(other);
    }
    while (missed.size() > static_cast<qsizetype>(limits::missedRequests))
        folded.append(missed.takeFirst());
    for (Conversation* other : std::as_const(folded)) {
        fold(other->dialled(), other->key());
        dismiss(other);
    }
    refreshRequests();
}

void Messenger::fold(const core::Endpoint& peer, const std::optional<PublicKey>& key) {
    const std::string address = addressKey(peer.host);
    const bool isCounted = std::ranges::any_of(d_->foldedOnes, [&](const Private::Folded& each) {
        return each.address == address || (key && each.key == key);
    });
    if (isCounted)
        return;
    ++d_->folded;
    d_->foldedOnes.push_back({address, key});
    if (d_->foldedOnes.size() > limits::turnedAwayTold)
        d_->foldedOnes.pop_front();
    Q_EMIT requestsChanged();
}

void Messenger::refreshRequests() {
    QList<Conversation*> asking;
    QList<Conversation*> missed;
    for (Conversation* conversation : std::as_const(all_)) {
        if (conversation->state() == ConversationState::Asking && !conversation->admitted_)
            asking.append(conversation);
        else if (wasMissed(conversation))
            missed.append(conversation);
    }
    asking.append(missed);
    if (asking == requests_)
        return;
    requests_ = asking;
    Q_EMIT requestsChanged();
}

} // namespace kith::model

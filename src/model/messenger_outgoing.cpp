// The half of the Messenger that goes to somebody: what was typed, a contact, an invite.
#include "core/invite.h"
#include "core/limits.h"
#include "model/identity.h"
#include "model/local_addresses.h"
#include "model/messenger.h"
#include "model/messenger_private.h"
#include "model/outgoing_call.h"
#include "model/peer_address.h"
#include "model/people.h"
#include "model/preferences.h"
#include "model/session.h"
#include "supervisor/session_worker.h"

#include <utility>

namespace kith::model {

namespace limits = core::limits;
using core::ConversationState;
using core::Error;
using core::PublicKey;
using core::Reason;
using supervisor::SessionWorker;
using Clock = supervisor::CrashGuard::Clock;

core::Result<Conversation*> Messenger::connectTo(const QString& typed, bool plainText) {
    const std::string text = typed.toStdString();
    if (core::looksLikeInvite(text))
        return connectByInvite(text);
    const core::Result<core::Endpoint> parsed = core::parseEndpoint(text);
    if (!parsed.ok())
        return parsed.error();
    const core::Result<core::Endpoint> ascii = toAscii(*parsed);
    if (!ascii.ok())
        return ascii.error();
    if (!plainText)
        return connectByAddress(*parsed, *ascii);
    if (const auto why = whyNotDial(*ascii))
        return Error{*why, 0, {}};
    Conversation* const conversation = begin(Direction::Outgoing, *parsed);
    conversation->setHooks({[this, conversation] { dialPlain(conversation); }, {}, {}});
    announce(conversation);
    conversations_->add(conversation);
    dialPlain(conversation);
    return conversation;
}

core::Result<Conversation*> Messenger::connectTo(const PublicKey& contact) {
    if (people_.find(contact) == nullptr)
        return Error{Reason::UnknownPeer, 0, {}};
    OutgoingTarget target;
    target.expected = contact;
    const QList<store::ContactAddress> here = people_.addressesHere(contact);
    for (const store::ContactAddress& address : here) {
        const core::Result<core::Endpoint> ascii = toAscii({address.host.toStdString(), address.port});
        if (!ascii.ok() || isHostedHere(*ascii))
            continue;
        target.addresses.push_back(*ascii);
        if (!address.reached)
            target.told.push_back(*ascii);
    }
    return connectContact(contact, target);
}

core::Result<Conversation*> Messenger::connectByAddress(const core::Endpoint& typed,
                                                        const core::Endpoint& ascii) {
    OutgoingTarget target;
    target.addresses = {ascii};
    target.typed = typed;
    const Person* const person = people_.atAddress(ascii);
    if (person == nullptr)
        return connectStranger(typed, target);
    target.expected = person->key;
    return connectContact(person->key, target);
}

core::Result<Conversation*> Messenger::connectByInvite(const std::string& link) {
    const core::Result<core::Invite> invite = core::parseInvite(link);
    if (!invite.ok())
        return invite.error();
    OutgoingTarget target;
    target.expected = invite->key;
    target.invite = core::InviteTicket{invite->id, invite->secret};
    const Person* const known = people_.find(invite->key);
    for (const core::Endpoint& address : invite->addresses) {
        if (isHostedHere(address))
            continue;
        target.addresses.push_back(address);
        // Anybody can write a link with a contact's key and an address of their own: it must not stop the
        // contact.
        if (known != nullptr && people_.atAddress(address) != known)
            target.told.push_back(address);
    }
    if (known != nullptr)
        return connectContact(invite->key, target);
    return connectStranger(invite->addresses.front(), target);
}

core::Result<Conversation*> Messenger::connectAsSomebodyNew(Conversation* stopped) {
    if (!stopped->offersSomebodyNew())
        return Error{Reason::KeyChanged, 0, {}};
    return connectAsSomebodyNew(QString::fromStdString(core::toText(stopped->dialled())));
}

core::Result<Conversation*> Messenger::connectAsSomebodyNew(const QString& typed) {
    const core::Result<core::Endpoint> parsed = core::parseEndpoint(typed.toStdString());
    if (!parsed.ok())
        return parsed.error();
    const core::Result<core::Endpoint> ascii = toAscii(*parsed);
    if (!ascii.ok())
        return ascii.error();
    OutgoingTarget target;
    target.addresses = {*ascii};
    target.typed = *parsed;
    return connectStranger(*parsed, target);
}

core::Result<Conversation*> Messenger::connectContact(const PublicKey& key, const OutgoingTarget& target) {
    if (const auto why = whyNotCall(target))
        return Error{*why, 0, {}};
    Conversation* const conversation = conversationWith(key);
    if (conversation == nullptr)
        return Error{Reason::UnknownPeer, 0, {}};
    if (conversation->state() == ConversationState::Ended) {
        // Until somebody is there, trying again means the whole invite; then, as always, the contact.
        if (target.invite)
            conversation->setHooks(
                hooksOf(conversation, [this, conversation, target] { dialAgain(conversation, target); }));
        else
            conversation->setHooks(
                hooksOf(conversation, [this, conversation] { dialContact(conversation); }));
        call(conversation, target);
    }
    conversations_->add(conversation);
    return conversation;
}

core::Result<Conversation*> Messenger::connectStranger(const core::Endpoint& dialled,
                                                       const OutgoingTarget& target) {
    if (const auto why = whyNotCall(target))
        return Error{*why, 0, {}};
    Conversation* const conversation = begin(Direction::Outgoing, dialled);
    conversation->setUnsettled(target.expected);
    conversation->setHooks(
        hooksOf(conversation, [this, conversation, target] { dialAgain(conversation, target); }));
    announce(conversation);
    conversations_->add(conversation);
    call(conversation, target);
    return conversation;
}

std::optional<Reason> Messenger::whyNotDial(const core::Endpoint& where) const {
    if (d_->shuttingDown || d_->workers->count() >= limits::sessions)
        return Reason::TooManySessions;
    if (isHostedHere(where))
        return Reason::OwnAddress;
    // A person asks, so it is never "no more", only "not yet".
    const std::string key = crashKey(Direction::Outgoing, where);
    if (!d_->workers->guard().verdictForPerson(key, Clock::now()).open)
        return Reason::HeldOff;
    return std::nullopt;
}

std::optional<Reason> Messenger::whyNotCall(const OutgoingTarget& target) const {
    if (identity_.state() == Identity::State::Failed)
        return Reason::IdentityUnusable;
    if (d_->shuttingDown || d_->workers->count() >= limits::sessions)
        return Reason::TooManySessions;
    if (const auto& key = target.expected) {
        if (identity_.state() == Identity::State::Ready && *key == identity_.key())
            return Reason::OwnKey;
        const Person* const person = people_.find(*key);
        if (people_.isBlocked(*key))
            return Reason::Blocked;
        if (person != nullptr && person->stopped())
            return Reason::KeyChanged;
        if (!d_->workers->guard().verdictForPerson(crashKey(Direction::Outgoing, *key), Clock::now()).open)
            return Reason::HeldOff;
    }
    if (target.addresses.empty())
        return target.invite ? Reason::OwnAddress : Reason::AddressInvalid;
    if (target.addresses.size() > 1)
        return std::nullopt;
    if (people_.isAddressBlocked(QString::fromStdString(target.addresses.front().host)))
        return Reason::Blocked;
    return whyNotDial(target.addresses.front());
}

bool Messenger::isHostedHere(const core::Endpoint& where) const {
    return hosting_->state() == core::HostingState::On && where.port == hosting_->port() &&
           isThisComputer(where.host);
}

void Messenger::dialAgain(Conversation* conversation, const OutgoingTarget& target) {
    if (const auto why = whyNotCall(target))
        conversation->fail({*why, 0, 0});
    else
        call(conversation, target);
}

void Messenger::dialPlain(Conversation* conversation) {
    const core::Result<core::Endpoint> ascii = toAscii(conversation->dialled());
    if (const std::optional<Reason> why = ascii.ok() ? whyNotDial(*ascii) : Reason::AddressInvalid)
        return conversation->fail({*why, 0, 0});
    auto worker = d_->workers->make(crashKey(Direction::Outgoing, *ascii));
    SessionWorker* const dialling = worker.get();
    // A name may turn out to be this computer.
    connect(dialling, &SessionWorker::connecting, this, [this, conversation](const core::Endpoint& address) {
        if (isHostedHere(address))
            conversation->endBecause(Reason::OwnAddress);
    });
    Session::Facts facts;
    facts.dialled = true;
    conversation->adopt(std::make_unique<Session>(std::move(worker), std::move(facts), nullptr));
    conversation->setState(ConversationState::Connecting);
    dialling->start(ipc::ConnectRole{*ascii, std::nullopt});
}

void Messenger::call(Conversation* conversation, const OutgoingTarget& target) {
    const OutgoingCall::Place place{*d_->workers, identity_, people_};
    auto made = std::make_unique<OutgoingCall>(place, target, preferences_.name(), nullptr);
    OutgoingCall* const call = made.get();
    connect(call, &OutgoingCall::connecting, this, [this, call](const core::Endpoint& numeric) {
        if (isHostedHere(numeric))
            call->giveUp(Reason::OwnAddress);
    });
    connect(call, &OutgoingCall::asked, conversation, [conversation] { conversation->onCallAsked(); });
    connect(call, &OutgoingCall::answered, this,
            [this, conversation, call](const PublicKey& key) { onAnswered(conversation, call, key); });
    connect(call, &OutgoingCall::ended, this,
            [this, conversation, call](const core::End& end) { onCallFailed(conversation, call, end); });
    conversation->setCall(std::move(made), Direction::Outgoing,
                          target.typed.value_or(target.addresses.front()));
    conversation->byInvite_ = target.invite.has_value();
    whenReady(call, [call] { call->start(); });
}

void Messenger::onAnswered(Conversation* conversation, OutgoingCall* call, const PublicKey& key) {
    Session::Facts facts;
    facts.dialled = true;
    facts.weDecide = identity_.key() < key;
    facts.key = key;
    facts.peer = call->up()->peer;
    facts.cipher = QString::fromStdString(call->up()->cipher);
    facts.trust = call->target().invite ? store::Trust::ByInvite : store::Trust::Unverified;
    facts.reachedAt = call->address();
    if (call->target().invite)
        facts.told = call->target().addresses;
    facts.typed = call->target().typed;
    auto session = std::make_unique<Session>(call->take(), std::move(facts), nullptr);
    conversation->takeCall().release()->deleteLater(); // it is still emitting
    session->sendProfile(profile());
    conversation->adopt(std::move(session));
}

void Messenger::onCallFailed(Conversation* conversation, OutgoingCall* call, const core::End& end) {
    const std::optional<PublicKey>& expected = call->target().expected;
    if (end.reason != Reason::KeyChanged || !expected || conversation->current() != nullptr)
        return;
    conversation->setOtherKey(call->otherKey());
    conversation->dialled_ = call->address();
    if (people_.find(*expected) != nullptr)
        people_.setKeyChanged(*expected);
}

} // namespace kith::model

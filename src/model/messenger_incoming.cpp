// The half of the Messenger that answers the door: connections that come in, and plain-text peers.
#include "core/limits.h"
#include "model/identity.h"
#include "model/messenger.h"
#include "model/messenger_private.h"
#include "model/outgoing_call.h"
#include "model/peer_address.h"
#include "model/people.h"
#include "model/preferences.h"
#include "model/session.h"
#include "supervisor/session_worker.h"

#include <algorithm>
#include <utility>

namespace kith::model {

namespace limits = core::limits;
using core::ConversationState;
using core::Reason;

void Messenger::receive(core::UniqueFd connection) {
    const std::optional<core::Endpoint> peer = peerOf(connection.get());
    if (!peer || d_->shuttingDown || people_.isAddressBlocked(QString::fromStdString(peer->host)))
        return; // gone again, too late or unwanted: the door is closed by dropping it
    if (const std::optional<Reason> why = whyNotReceive(*peer)) {
        tellRefused(*peer, {*why, 0, 0});
        return;
    }
    if (identity_.state() != Identity::State::Loading)
        return serve(std::move(connection), *peer);
    // A program that has only just begun.
    if (d_->early >= limits::descriptorsInFlight)
        return;
    ++d_->early;
    auto* const held = new QObject(this);
    auto kept = std::make_shared<core::UniqueFd>(std::move(connection));
    connect(&identity_, &Identity::stateChanged, held, [this, held, kept, peer = *peer] {
        if (identity_.state() == Identity::State::Loading)
            return;
        held->disconnect();
        held->deleteLater();
        --d_->early;
        if (!d_->shuttingDown)
            serve(std::move(*kept), peer);
    });
}

std::optional<Reason> Messenger::whyNotAsk(const core::Endpoint& peer) const {
    const std::string key = addressKey(peer.host);
    std::size_t waiting = 0;
    std::size_t fromThere = 0;
    const QList<Conversation*> everyone = all_ + d_->strangers;
    for (const Conversation* other : everyone) {
        if (other->state() != ConversationState::Asking || other->admitted_)
            continue;
        ++waiting;
        if (addressKey(other->dialled().host) == key)
            ++fromThere;
    }
    if (waiting >= limits::requests || fromThere >= limits::requestsPerAddress)
        return Reason::TooManySessions;
    return std::nullopt;
}

bool Messenger::plainAllowed(const core::Endpoint& peer) const {
    if (acceptPolicy() == AcceptPolicy::Known)
        return false;
    if (d_->plainText)
        return *d_->plainText;
    return core::hostKind(peer.host) == core::HostKind::Loopback ? preferences_.plainFromThisComputer()
                                                                 : preferences_.plainFromNetwork();
}

Conversation* Messenger::askingAbout(const IncomingCall* call) const {
    const QList<Conversation*> everyone = all_ + d_->strangers;
    const auto found =
        std::ranges::find_if(everyone, [call](const Conversation* each) { return each->call() == call; });
    return found == everyone.end() ? nullptr : *found;
}

std::unique_ptr<IncomingCall> Messenger::takeCaller(IncomingCall* call) {
    if (Conversation* const conversation = askingAbout(call)) {
        static_cast<void>(conversation->takeCall().release());
        return std::unique_ptr<IncomingCall>(call);
    }
    const auto found = std::ranges::find(d_->callers, call, &std::unique_ptr<IncomingCall>::get);
    if (found == d_->callers.end())
        return nullptr;
    std::unique_ptr<IncomingCall> taken = std::move(*found);
    d_->callers.erase(found);
    return taken;
}

void Messenger::onPlainRequested(IncomingCall* call, const core::Endpoint& peer, const QString& preview) {
    Conversation* conversation = askingAbout(call);
    if (conversation == nullptr) {
        const bool letIn = acceptPolicy() == AcceptPolicy::All;
        if (!letIn && whyNotAsk(peer)) {
            noteMisdeed(peer, Misdeed::Left);
            fold(peer, std::nullopt);
            return call->stop(std::nullopt);
        }
        leaveDoor(call);
        conversation = begin(Direction::Incoming, call->peer());
        d_->strangers.append(conversation);
        conversation->admitted_ = letIn;
        conversation->setHooks({{}, [call] { call->admitPlain(); }, {}});
        conversation->setCall(takeCaller(call), Direction::Incoming, call->peer());
    }
    conversation->onRequested(peer, preview);
}

void Messenger::onPlainOpened(IncomingCall* call, const core::Endpoint& peer) {
    Conversation* const conversation = askingAbout(call);
    if (conversation == nullptr)
        return; // it is being turned away
    Session::Facts facts;
    facts.peer = peer;
    auto session = std::make_unique<Session>(call->take(), std::move(facts), nullptr);
    takeCaller(call).release()->deleteLater(); // it is still emitting
    session->setOpen(peer);
    Session* const opened = session.get();
    conversation->adopt(std::move(session));
    conversation->onSessionOpen(opened);
}

/// It was taken for a plain-text peer that says nothing.
void Messenger::onSecured(IncomingCall* call) {
    Conversation* const conversation = askingAbout(call);
    if (conversation == nullptr)
        return;
    d_->callers.push_back(takeCaller(call));
    conversation->preview_.clear();
    conversation->onAllEnded({Reason::PeerClosed, 0, 0});
    // It waits for nobody's answer any more.
    const auto ticket = d_->admission.back(originOf(call->peer()), Admission::Clock::now());
    if (ticket)
        d_->tickets[call] = *ticket;
    else
        call->stop(std::nullopt);
}

void Messenger::onRefused(IncomingCall* call, Reason why) {
    judge(call, {why, 0, 0});
    if (why != Reason::OwnKey)
        return;
    // Is it we ourselves, at the other end of this very session? The host of a secret cannot tell the caller.
    for (Conversation* conversation : std::as_const(all_)) {
        auto* const own = qobject_cast<OutgoingCall*>(conversation->call());
        if (own != nullptr && own->up() && own->up()->exporter == call->up()->exporter)
            own->giveUp(Reason::OwnKey);
    }
}

void Messenger::onCallerEnded(IncomingCall* call, const core::End& end) {
    judge(call, end);
    leaveDoor(call);
    if (auto next = d_->newcomers.extract(call); next && !d_->shuttingDown)
        startServing(std::move(next.mapped()));
    if (askingAbout(call) != nullptr)
        return; // its conversation ends with it
    if (auto gone = takeCaller(call))
        gone.release()->deleteLater(); // it is still emitting
    if (end.reason == Reason::PlainTurnedAway)
        tellTurnedAway(call->peer());
    else if (isCrash(end.reason) || isNotStarted(end.reason))
        tellRefused(call->peer(), end);
    finishIfIdle();
}

void Messenger::onIncomingChanged(Conversation* conversation) {
    const bool asks = conversation->asked_ && conversation->state() == ConversationState::Asking;
    if (asks && !conversation->announced_ && !conversation->admitted_)
        announce(conversation);
    if (conversation->state() == ConversationState::Open)
        announce(conversation);
    refreshRequests();
}

void Messenger::tellTurnedAway(const core::Endpoint& peer) {
    const std::string key = addressKey(peer.host);
    if (std::ranges::find(d_->toldAbout, key) != d_->toldAbout.end())
        return;
    const Admission::Time now = Admission::Clock::now();
    std::erase_if(d_->toldAt, [now](Admission::Time at) { return now - at >= limits::turnedAwayToldEvery; });
    if (d_->toldAt.size() >= limits::turnedAwayAtOnce)
        return;
    d_->toldAt.push_back(now);
    d_->toldAbout.push_back(key);
    if (d_->toldAbout.size() > limits::turnedAwayTold)
        d_->toldAbout.pop_front();
    Q_EMIT turnedAway(peer);
}

} // namespace kith::model

// The part of the Messenger that decides what a caller may cost before anybody knows who it is
// (model/admission.h).
#include "core/limits.h"
#include "model/messenger.h"
#include "model/messenger_private.h"
#include "model/peer_address.h"
#include "model/people.h"
#include "model/preferences.h"
#include "supervisor/descriptor_limit.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace kith::model {

namespace limits = core::limits;
using core::Reason;

namespace {

/// Ends that are the caller's doing, and no person's answer. Who says nothing where plain text is off is
/// turned away too.
constexpr std::array broken = {
    Reason::PlainTurnedAway, Reason::ProtocolBroken, Reason::TooMuch,        Reason::NotKith,
    Reason::TlsFailed,       Reason::KeyInvalid,     Reason::SignatureWrong,
};

} // namespace

void Messenger::setSessions(std::size_t most) {
    d_->sessions = std::clamp<std::size_t>(most, 1, limits::sessionsMost);
    supervisor::raiseDescriptorLimit(sessionsMost());
}

std::size_t Messenger::sessionsMost() const {
    return d_->sessions.value_or(preferences_.sessions());
}

void Messenger::setPenalties(bool on) {
    d_->admission.setPenalties(on);
}

const DoorCounts& Messenger::door() const {
    return d_->door;
}

std::optional<Reason> Messenger::whyNotReceive(const core::Endpoint& peer) {
    if (d_->workers->count() >= sessionsMost()) {
        ++d_->door.sessionsFull;
        return Reason::TooManySessions;
    }
    const std::string key = crashKey(Direction::Incoming, peer);
    if (!d_->workers->guard().verdict(key, supervisor::CrashGuard::Clock::now()).open) {
        ++d_->door.heldOff;
        return Reason::HeldOff;
    }
    return std::nullopt;
}

Origin Messenger::originOf(const core::Endpoint& peer) {
    Origin origin = Origin::of(peer.host, false);
    if (std::exchange(d_->provedAtIsOld, false)) {
        d_->provedAt.clear();
        people_.forEachProved([this](const store::ContactAddress& each) {
            qint64& seenAt = d_->provedAt[addressKey(each.host.toStdString())];
            seenAt = std::max(seenAt, each.seenAt);
        });
    }
    constexpr qint64 life = std::chrono::milliseconds(limits::contactAddressLife).count();
    const auto proved = d_->provedAt.find(origin.address);
    origin.contacts =
        proved != d_->provedAt.end() && QDateTime::currentMSecsSinceEpoch() - proved->second < life;
    return origin;
}

void Messenger::serve(core::UniqueFd connection, const core::Endpoint& peer) {
    const Admission::Verdict verdict = d_->admission.arrive(originOf(peer), Admission::Clock::now());
    if (verdict.refusal)
        return turnAway(peer, *verdict.refusal);
    Newcomer newcomer{verdict.ticket, std::move(connection), peer};
    if (verdict.givesWay)
        endForAnother(*verdict.givesWay, std::move(newcomer));
    else
        startServing(std::move(newcomer));
}

/// The newcomer waits until the other's process is gone, so that there are never more of them than may be.
void Messenger::endForAnother(Admission::Ticket loser, Newcomer newcomer) {
    ++d_->door.gaveWay;
    // It may itself have been waiting.
    const auto waiting = std::ranges::find_if(
        d_->newcomers, [loser](const auto& each) { return each.second.ticket == loser; });
    if (waiting != d_->newcomers.end()) {
        waiting->second = std::move(newcomer);
        return;
    }
    const auto found =
        std::ranges::find_if(d_->tickets, [loser](const auto& each) { return each.second == loser; });
    if (found == d_->tickets.end())
        return startServing(std::move(newcomer));
    const IncomingCall* const gone = found->first;
    d_->tickets.erase(found);
    d_->newcomers[gone] = std::move(newcomer);
    const auto call = std::ranges::find(d_->callers, gone, &std::unique_ptr<IncomingCall>::get);
    if (call != d_->callers.end())
        (*call)->stop(std::nullopt);
}

void Messenger::startServing(Newcomer newcomer) {
    auto made = std::make_unique<IncomingCall>(*d_->workers, identity_, newcomer.peer, nullptr);
    IncomingCall* const call = made.get();
    d_->callers.push_back(std::move(made));
    d_->tickets[call] = newcomer.ticket;
    ++d_->door.started;
    connect(call, &IncomingCall::requested, this,
            [this, call](const core::Endpoint& from, const QString& preview) {
                onPlainRequested(call, from, preview);
            });
    connect(call, &IncomingCall::opened, this,
            [this, call](const core::Endpoint& from) { onPlainOpened(call, from); });
    connect(call, &IncomingCall::secured, this, [this, call] { onSecured(call); });
    connect(call, &IncomingCall::called, this, [this, call] { onCalled(call); });
    connect(call, &IncomingCall::knocked, this, [this, call] { onKnocked(call); });
    connect(call, &IncomingCall::refused, this, [this, call](Reason why) { onRefused(call, why); });
    connect(call, &IncomingCall::ended, this,
            [this, call](const core::End& end) { onCallerEnded(call, end); });
    // A plain-text peer that nobody is asked about may say its line and go: it is heard if its worker need
    // not wait for us.
    call->start(std::move(newcomer.connection), plainAllowed(newcomer.peer),
                acceptPolicy() == AcceptPolicy::All);
}

void Messenger::turnAway(const core::Endpoint& peer, Admission::Refusal why) {
    switch (why) {
    case Admission::Refusal::HeldOff:
        ++d_->door.heldOff;
        return;
    case Admission::Refusal::AddressFull:
        ++d_->door.addressFull;
        return;
    case Admission::Refusal::DoorFull:
        ++d_->door.doorFull;
        break;
    case Admission::Refusal::TooFast:
        ++d_->door.tooFast;
        break;
    }
    tellRefused(peer, {Reason::TooManySessions, 0, 0});
}

void Messenger::leaveDoor(const IncomingCall* call) {
    const auto ticket = d_->tickets.find(call);
    if (ticket == d_->tickets.end())
        return;
    d_->admission.leave(ticket->second);
    d_->tickets.erase(ticket);
}

void Messenger::noteMisdeed(const core::Endpoint& peer, Misdeed misdeed) {
    d_->admission.note(originOf(peer), misdeed, Admission::Clock::now());
}

void Messenger::judge(const IncomingCall* call, const core::End& end) {
    const bool unknown = d_->tickets.contains(call);
    const bool silent = end.reason == Reason::PeerVanished && end.number == ETIMEDOUT;
    const bool left = end.reason == Reason::PeerVanished || end.reason == Reason::PeerClosed;
    if (std::ranges::find(broken, end.reason) != broken.end() || isCrash(end.reason))
        noteMisdeed(call->peer(), Misdeed::Broke);
    else if (unknown && left)
        noteMisdeed(call->peer(), silent ? Misdeed::Broke : Misdeed::Left);
}

void Messenger::tellRefused(const core::Endpoint& peer, const core::End& why) {
    const Admission::Time now = Admission::Clock::now();
    const auto told = d_->refusalTold.find(why.reason);
    if (told != d_->refusalTold.end() && now - told->second < limits::turnedAwayToldEvery)
        return;
    d_->refusalTold[why.reason] = now;
    Q_EMIT refused(peer, why);
}

} // namespace kith::model

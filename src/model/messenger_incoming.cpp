// The half of the Messenger that answers the door: who may come in, who is asked about, who is told of.
#include "core/limits.h"
#include "model/messenger.h"
#include "model/messenger_private.h"
#include "model/peer_address.h"
#include "model/preferences.h"
#include "supervisor/session_worker.h"

#include <algorithm>
#include <utility>

namespace kith::model {

namespace limits = core::limits;
using core::ConversationState;
using core::Reason;
using supervisor::SessionWorker;

void Messenger::receive(core::UniqueFd connection) {
    const std::optional<core::Endpoint> peer = peerOf(connection.get());
    if (!peer || d_->shuttingDown)
        return; // gone again, or too late: the door is closed by dropping it
    if (const std::optional<Reason> why = whyNotReceive(*peer)) {
        Q_EMIT refused(*peer, {*why, 0, 0});
        return;
    }
    Conversation* const conversation = begin(Direction::Incoming, *peer);
    d_->strangers.append(conversation);
    auto worker = std::make_unique<SessionWorker>(d_->workerProgram);
    SessionWorker* const session = worker.get();
    conversation->attach(std::move(worker));
    // A peer that nobody is asked about may say its line and go: it is heard if its worker need not wait for
    // us.
    conversation->admitted_ = acceptPolicy_ == AcceptPolicy::All;
    session->serve(std::move(connection), plainAllowed(*peer), conversation->admitted_, core::HelloBytes{});
}

std::optional<Reason> Messenger::whyNotReceive(const core::Endpoint& peer) const {
    const std::string key = addressKey(peer.host);
    if (sessions() >= limits::sessions)
        return Reason::TooManySessions;
    if (!d_->guard.verdict("in " + key, supervisor::CrashGuard::Clock::now()).open)
        return Reason::HeldOff;
    if (acceptPolicy_ == AcceptPolicy::All)
        return std::nullopt; // nobody is asked, so nobody can be flooded with questions
    std::size_t waiting = 0;
    std::size_t fromThere = 0;
    const QList<Conversation*> everyone = all_ + d_->strangers;
    for (const Conversation* other : everyone) {
        if (other->state() != ConversationState::Asking)
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
    if (acceptPolicy_ == AcceptPolicy::None)
        return false;
    if (d_->plainText)
        return *d_->plainText;
    return core::hostKind(peer.host) == core::HostKind::Loopback ? preferences_.plainFromThisComputer()
                                                                 : preferences_.plainFromNetwork();
}

void Messenger::onIncomingChanged(Conversation* conversation) {
    const bool asks = conversation->asked_ && conversation->state() == ConversationState::Asking;
    if (asks && !conversation->announced_ && !conversation->admitted_)
        announce(conversation);
    if (conversation->state() == ConversationState::Open)
        announce(conversation);
    refreshRequests();
}

void Messenger::onStrangerEnded(Conversation* conversation) {
    const core::End& end = conversation->end();
    if (conversation->announced_ && wasMissed(conversation)) {
        foldMissed(conversation);
        return;
    }
    if (end.reason == Reason::PlainTurnedAway)
        tellTurnedAway(conversation->dialled());
    else if (isCrash(end.reason) || isNotStarted(end.reason))
        Q_EMIT refused(conversation->dialled(), end);
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
    const Reason reason = conversation->end().reason;
    const bool left = reason == Reason::PeerClosed || reason == Reason::PeerVanished;
    return reason == Reason::RequestExpired || (left && !conversation->preview().isEmpty());
}

void Messenger::foldMissed(Conversation* newest) {
    const std::string key = addressKey(newest->dialled().host);
    QList<Conversation*> missed;
    const QList<Conversation*> everyone = all_;
    for (Conversation* other : everyone) {
        if (other->state() != ConversationState::Ended || !wasMissed(other))
            continue;
        if (other != newest && addressKey(other->dialled().host) == key)
            dismiss(other);
        else
            missed.append(other);
    }
    while (missed.size() > static_cast<qsizetype>(limits::missedRequests))
        dismiss(missed.takeFirst());
    refreshRequests();
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

void Messenger::tellTurnedAway(const core::Endpoint& peer) {
    const std::string key = addressKey(peer.host);
    if (std::ranges::find(d_->toldAbout, key) != d_->toldAbout.end())
        return;
    d_->toldAbout.push_back(key);
    if (d_->toldAbout.size() > limits::turnedAwayTold)
        d_->toldAbout.pop_front();
    Q_EMIT turnedAway(peer);
}

} // namespace kith::model

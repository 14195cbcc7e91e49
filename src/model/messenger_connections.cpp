// The part of the Messenger that tells of its worker processes, whatever they are doing, and ends one.
#include "core/kith_id.h"
#include "model/connection_facts.h"
#include "model/conversation_private.h"
#include "model/messenger.h"
#include "model/messenger_private.h"
#include "model/session.h"
#include "supervisor/worker_facts.h"

namespace kith::model {

using core::ConversationState;

namespace {

constexpr qint64 kibibyte = qint64{1} << 10U;

QString hostOf(const core::Endpoint& where) {
    return QString::fromStdString(where.host);
}

ConnectionStep stepOf(ConversationState state) {
    switch (state) {
    case ConversationState::Connecting:
        return ConnectionStep::Connecting;
    case ConversationState::Waiting:
        return ConnectionStep::Waiting;
    case ConversationState::Asking:
        return ConnectionStep::Asking;
    case ConversationState::Open:
        return ConnectionStep::Open;
    case ConversationState::Closing:
    case ConversationState::Ended:
        break;
    }
    return ConnectionStep::Ending;
}

ConnectionRole roleOf(Direction direction) {
    return direction == Direction::Incoming ? ConnectionRole::Incoming : ConnectionRole::Outgoing;
}

ConnectionFacts factsOf(const Call& call) {
    ConnectionFacts facts;
    facts.pid = call.pid();
    facts.sandbox = call.sandbox();
    facts.step = ConnectionStep::Connecting;
    if (call.up()) {
        facts.cipher = QString::fromStdString(call.up()->cipher);
        facts.address = hostOf(call.up()->peer);
    }
    return facts;
}

ConnectionFacts factsOf(const Session& session) {
    ConnectionFacts facts;
    facts.pid = session.pid();
    facts.sandbox = session.sandbox();
    facts.role = roleOf(session.facts().dialled ? Direction::Outgoing : Direction::Incoming);
    facts.step = session.isOpen() ? ConnectionStep::Open : ConnectionStep::Connecting;
    if (session.isLeaving())
        facts.step = ConnectionStep::Ending;
    facts.plain = !session.isSecure();
    facts.cipher = session.facts().cipher;
    facts.address = hostOf(session.facts().peer);
    facts.traffic = session.traffic();
    return facts;
}

} // namespace

QList<ConnectionFacts> Messenger::connections() const {
    QList<ConnectionFacts> all;
    const auto add = [&all](const ConnectionFacts& facts) {
        if (facts.pid != 0)
            all.append(facts);
    };
    ConnectionFacts listener;
    listener.pid = hosting_->workerPid();
    listener.sandbox = hosting_->sandbox();
    listener.step =
        hosting_->state() == core::HostingState::On ? ConnectionStep::Listening : ConnectionStep::Connecting;
    if (hosting_->state() == core::HostingState::Off)
        listener.step = ConnectionStep::Ending;
    listener.address = QString::number(hosting_->port());
    add(listener);
    for (const std::unique_ptr<IncomingCall>& call : d_->callers) {
        ConnectionFacts facts = factsOf(*call);
        facts.role = ConnectionRole::Incoming;
        facts.address = hostOf(call->peer());
        add(facts);
    }
    const QList<Conversation*> everyone = all_ + d_->strangers;
    for (const Conversation* conversation : everyone)
        conversation->addConnections(all);
    for (const qint64 pid : d_->workers->leaving()) {
        ConnectionFacts facts;
        facts.pid = pid;
        facts.role = ConnectionRole::Outgoing;
        facts.step = ConnectionStep::Ending;
        add(facts);
    }
    for (ConnectionFacts& facts : all) {
        if (const auto told = supervisor::workerFacts(facts.pid))
            facts.memory = told->privateKiB * kibibyte;
    }
    return all;
}

void Conversation::addConnections(QList<ConnectionFacts>& all) const {
    const QString who = kind_ == PeerKind::Plain ? QString() : name();
    if (d_->call && d_->call->pid() != 0) {
        ConnectionFacts facts = factsOf(*d_->call);
        facts.role = roleOf(direction_);
        facts.step = stepOf(state_);
        facts.peer = who;
        facts.plain = kind_ == PeerKind::Plain;
        if (facts.address.isEmpty())
            facts.address = hostOf(d_->sessions.empty() ? peer_ : dialled_);
        all.append(facts);
    }
    for (const std::unique_ptr<Session>& session : d_->sessions) {
        ConnectionFacts facts = factsOf(*session);
        facts.peer = who;
        if (facts.pid != 0)
            all.append(facts);
    }
}

void Conversation::measure() {
    for (const std::unique_ptr<Session>& session : d_->sessions)
        session->measure();
}

bool Conversation::endConnection(qint64 pid) {
    if (d_->call && d_->call->pid() == pid) {
        if (state_ == ConversationState::Asking)
            decline();
        else if (d_->sessions.empty())
            disconnectPeer();
        else
            d_->call->stop(core::Goodbye::Ended);
        return true;
    }
    for (const std::unique_ptr<Session>& session : d_->sessions) {
        if (session->pid() != pid)
            continue;
        // The last one takes the conversation with it, which waits for what is still being stored.
        if (d_->sessions.size() == 1 && !d_->call)
            disconnectPeer();
        else
            session->stop(core::Goodbye::Ended);
        return true;
    }
    return false;
}

void Messenger::measureConnections() {
    const QList<Conversation*> everyone = all_ + d_->strangers;
    for (Conversation* conversation : everyone)
        conversation->measure();
}

void Messenger::endConnection(qint64 pid) {
    if (pid == 0)
        return;
    if (hosting_->workerPid() == pid)
        return hosting_->stop();
    for (const std::unique_ptr<IncomingCall>& call : d_->callers) {
        if (call->pid() == pid)
            return call->stop(std::nullopt);
    }
    const QList<Conversation*> everyone = all_ + d_->strangers;
    for (Conversation* conversation : everyone) {
        if (conversation->endConnection(pid))
            return;
    }
}

} // namespace kith::model

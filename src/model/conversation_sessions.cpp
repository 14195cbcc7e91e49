// The half of the Conversation that knows who it is with, and over what: calls, sessions, and two at once.
#include "core/limits.h"
#include "model/conversation_private.h"
#include "model/conversation_record.h"

#include <algorithm>
#include <utility>

namespace kith::model {

namespace limits = core::limits;
using core::ConversationState;
using core::PublicKey;

// --- who it is with --------------------------------------------------------------------------------------

void Conversation::setUnsettled(const std::optional<PublicKey>& expected) {
    kind_ = PeerKind::Unsettled;
    key_ = expected;
    record_->awaitContact();
}

void Conversation::setStranger(const PublicKey& key, bool asIfFirst) {
    kind_ = PeerKind::Stranger;
    key_ = key;
    asIfFirst_ = asIfFirst;
    record_->awaitContact();
    standSinceNow();
    d_->request.start(limits::request);
}

void Conversation::setStrangerName(const QString& name) {
    strangerName_ = name;
    Q_EMIT changed();
}

void Conversation::setContact(const PublicKey& key) {
    kind_ = PeerKind::Contact;
    key_ = key;
    record_->setContact(key);
    if (!draft_.isEmpty())
        record_->saveDraft(draft_);
    Q_EMIT changed();
}

// --- calls -----------------------------------------------------------------------------------------------

void Conversation::setCall(std::unique_ptr<Call> call, Direction direction, const core::Endpoint& dialled) {
    if (d_->call)
        takeCall()->leave(core::Goodbye::Superseded);
    const bool anew = state_ == ConversationState::Ended;
    d_->call = std::move(call);
    connect(d_->call.get(), &Call::changed, this, &Conversation::changed);
    connect(d_->call.get(), &Call::ended, this, &Conversation::onCallEnded);
    if (anew)
        d_->instead.reset();
    past_ = false;
    direction_ = direction;
    dialled_ = dialled;
    if (d_->sessions.empty())
        peer_ = dialled;
    otherKey_.reset();
    if (direction == Direction::Outgoing && d_->sessions.empty())
        setState(ConversationState::Connecting);
}

Call* Conversation::call() const {
    return d_->call.get();
}

std::unique_ptr<Call> Conversation::takeCall() {
    if (d_->call)
        d_->call->disconnect(this);
    return std::move(d_->call);
}

void Conversation::onCallAsked() {
    if (state_ == ConversationState::Connecting)
        setState(ConversationState::Waiting);
}

void Conversation::onCallEnded(const core::End& end) {
    takeCall().release()->deleteLater(); // it is still emitting
    if (d_->sessions.empty())
        onAllEnded(end);
    else
        Q_EMIT changed(); // the other came in meanwhile
}

void Conversation::onRequested(const core::Endpoint& peer, const QString& preview) {
    if (state_ != ConversationState::Asking)
        return;
    peer_ = peer;
    preview_ = preview;
    if (!asked_) {
        asked_ = true;
        standSinceNow();
        d_->request.start(limits::request);
    }
    Q_EMIT changed();
}

// --- sessions --------------------------------------------------------------------------------------------

void Conversation::adopt(std::unique_ptr<Session> taken) {
    if (state_ == ConversationState::Ended)
        d_->instead.reset();
    past_ = false;
    Session* const session = taken.get();
    d_->sessions.push_back(std::move(taken));
    session->setParent(nullptr);
    session->hold(record_->isFull());
    connect(session, &Session::opened, this, [this, session] { onSessionOpen(session); });
    connect(session, &Session::profile, this, [this, session](const core::Profile& profile, bool first) {
        // They may be set anew while it runs.
        if (const auto take = d_->hooks.profile)
            take(session, profile, first);
    });
    connect(session, &Session::received, this, [this](const QString& text) { take(text); });
    connect(session, &Session::entry, this, [this](const core::Entry& entry) { take(entry); });
    connect(session, &Session::sent, this, &Conversation::onSent);
    connect(session, &Session::ended, this,
            [this, session](const core::End& end) { onSessionEnded(session, end); });
    if (state_ == ConversationState::Closing && !d_->stopsWhenStored)
        session->stop(core::Goodbye::Ended); // the person was quicker
    for (const store::NewEntry& entry : std::exchange(d_->unsent, {}))
        session->send(entry);
    Q_EMIT changed();
}

std::unique_ptr<Session> Conversation::release(Session* session) {
    const auto found = std::ranges::find(d_->sessions, session, &std::unique_ptr<Session>::get);
    if (found == d_->sessions.end())
        return nullptr;
    std::unique_ptr<Session> released = std::move(*found);
    d_->sessions.erase(found);
    session->disconnect(this);
    return released;
}

bool Conversation::holds(const Session* session) const {
    return std::ranges::find(d_->sessions, session, &std::unique_ptr<Session>::get) != d_->sessions.end();
}

Session* Conversation::current() const {
    const auto rank = [](const Session& session) {
        return std::tuple(!session.isLeaving(), session.isOpen(), session.since());
    };
    Session* best = nullptr;
    for (const std::unique_ptr<Session>& session : d_->sessions) {
        if (best == nullptr || rank(*session) >= rank(*best))
            best = session.get();
    }
    return best;
}

void Conversation::onSessionOpen(Session* session) {
    d_->request.stop();
    peer_ = session->facts().peer;
    if (state_ == ConversationState::Closing)
        return; // the person was quicker
    direction_ = session->facts().dialled ? Direction::Outgoing : Direction::Incoming;
    if (session->isSecure())
        session_ = {session->facts().cipher, QDateTime::currentMSecsSinceEpoch()};
    if (!session->facts().dialled && kind_ == PeerKind::Contact)
        dialled_ = peer_;
    wasOpen_ = true;
    messages_->setOver(false);
    settleTwo(session);
    setState(ConversationState::Open);
}

void Conversation::settleTwo(Session* opened) {
    if (!opened->facts().weDecide)
        return; // the newest is sent on until the other side closes one
    std::vector<Session*> open;
    for (const std::unique_ptr<Session>& session : d_->sessions) {
        if (session->isOpen() && !session->isLeaving())
            open.push_back(session.get());
    }
    std::ranges::sort(open, {}, &Session::since);
    while (open.size() > 1) {
        const auto loser = newerGoesOn(*open[0], *open[1]) ? open.begin() : open.begin() + 1;
        (*loser)->stop(core::Goodbye::Superseded);
        open.erase(loser);
    }
}

void Conversation::onSessionEnded(Session* session, const core::End& end) {
    Session* const gone = release(session).release();
    gone->deleteLater(); // it is still emitting
    if (!gone->isLeaving())
        d_->lastEnd = end;
    Session* const next = current();
    const QList<store::NewEntry> unwritten = gone->unwritten();
    for (const store::NewEntry& entry : unwritten) {
        if (next != nullptr && !next->isLeaving())
            next->send(entry);
        else
            d_->unsent << entry;
    }
    if (next != nullptr) {
        Q_EMIT changed();
    } else if (d_->call) {
        session_.reset();
        setState(state_ == ConversationState::Closing ? state_ : ConversationState::Connecting);
    } else {
        onAllEnded(d_->lastEnd.value_or(end));
    }
}

void Conversation::sendProfile(const core::Profile& profile) {
    for (const std::unique_ptr<Session>& session : d_->sessions) {
        if (session->isSecure())
            session->sendProfile(profile);
    }
}

} // namespace kith::model

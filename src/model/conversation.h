// One conversation with one peer: what was said, and the worker process it runs in.
#pragma once

#include "core/endpoint.h"
#include "core/peer_messages.h"
#include "core/result.h"
#include "core/sandbox.h"
#include "core/state.h"
#include "model/message_list.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace kith::model {

class Call;
struct ConnectionFacts;
class ConversationRecord;
class History;
class People;
class Session;
struct Person;
struct Settled;

/// Which side dialled.
enum class Direction : quint8 { Outgoing, Incoming };

/// Who the peer is, as far as it is known.
enum class PeerKind : quint8 {
    Plain,     ///< a plain-text peer: nobody knows who it is
    Unsettled, ///< a secure peer whose key has not proved itself yet
    Stranger,  ///< a key that has proved itself and is no contact's: it asks to come in
    Contact,   ///< a contact: this conversation is the one with that person, whatever session there is
};

/// What is known of the secure session that is open.
struct SessionFacts {
    QString cipher;
    qint64 openedAt = 0; ///< milliseconds since 1970 UTC
};

/// One plain-text connection and its messages, or everything said with one contact. Owned by the Messenger;
/// GUI thread.
///
/// A contact's conversation outlives its sessions: it is Ended between them, and goes to Connecting when our
/// person connects again, or straight to Open when the other comes in. One that was dialled by an address is
/// Unsettled at first; where it turns out to be a contact whose conversation there already is, that one takes
/// its session, and Messenger::conversationReplaced() tells.
///
/// What is said is stored before it is shown or goes out (model/conversation_record.h); what the history
/// cannot keep is shown all the same, and one's own text comes back (sendRefused) where only a full or locked
/// disk is in the way.
///
/// States:  Connecting -> Waiting | Open | Closing | Ended   (outgoing)
///          Waiting    -> Open | Closing | Ended   (outgoing, secure: a person over there is asked)
///          Asking     -> Open | Closing | Ended   (incoming: a person accepts, declines, or is too late)
///          Open       -> Closing | Ended
///          Closing    -> Ended
///          Ended      -> Connecting   (tryAgain of an outgoing one that never opened; connect of a
///          contact's) Ended      -> Open         (a contact's: the other came in)
///
/// A failure never throws and never blocks: it is the state Ended with end() saying why.
class Conversation final : public QObject {
    Q_OBJECT

public:
    ~Conversation() override;

    /// Unique within this run of the program.
    [[nodiscard]] int id() const { return id_; }
    [[nodiscard]] PeerKind kind() const { return kind_; }
    [[nodiscard]] bool isSecure() const { return kind_ != PeerKind::Plain; }
    /// Of a Stranger and a Contact; and of an Unsettled one the key that is expected there.
    [[nodiscard]] const std::optional<core::PublicKey>& key() const { return key_; }
    /// The name a person knows the peer by: a contact's shown name, also of one who asks as if for the first
    /// time; what a stranger calls themselves, cleaned; host() where there is neither.
    [[nodiscard]] QString name() const;
    /// The contact that key() is of; null where it is none. Valid until the next change of People.
    [[nodiscard]] const Person* person() const;
    /// Ended with KeyChanged: the key that the host showed instead, where it showed one.
    [[nodiscard]] const std::optional<core::PublicKey>& otherKey() const { return otherKey_; }
    /// Ended with KeyChanged: may a person go on with whoever answers there, as somebody new? Not by an
    /// invite: it brings the key that has to answer, and takes no other.
    [[nodiscard]] bool offersSomebodyNew() const;
    /// A stranger whose key was a contact's at the other side of an earlier meeting: "Bob asks as if for the
    /// first time, with the same key as before."
    [[nodiscard]] bool asIfForTheFirstTime() const { return asIfFirst_; }
    /// Nothing while no secure session is open.
    [[nodiscard]] const std::optional<SessionFacts>& session() const { return session_; }
    [[nodiscard]] Direction direction() const { return direction_; }
    [[nodiscard]] core::ConversationState state() const { return state_; }
    /// The peer: what was typed, until the worker is connected; then the address it is connected to.
    [[nodiscard]] const core::Endpoint& peer() const { return peer_; }
    /// What was typed; of an incoming one, its address.
    [[nodiscard]] const core::Endpoint& dialled() const { return dialled_; }
    /// The host as it is shown in titles: the name or address without the port.
    [[nodiscard]] QString host() const;
    /// 1, or the number that tells this conversation from others with the same host that are not yet over.
    [[nodiscard]] int ordinal() const { return ordinal_; }
    /// Meaningful in the state Ended alone.
    [[nodiscard]] const core::End& end() const { return end_; }
    /// It ended in an earlier run of the program; end() has no meaning then.
    [[nodiscard]] bool isPast() const { return past_; }
    /// When it began to wait for an answer, was connected, or ended: when state() last changed.
    [[nodiscard]] const QDateTime& since() const { return since_; }
    /// Seconds since then, by a clock that nobody can set.
    [[nodiscard]] qint64 secondsSince() const;
    /// What a peer that asks has typed so far (at most limits::plainPreview bytes).
    [[nodiscard]] const QString& preview() const { return preview_; }
    /// The pid of its worker; 0 where none runs.
    [[nodiscard]] qint64 workerPid() const;
    /// What that worker is confined by, as it says and as the kernel confirms; nothing where none is.
    [[nodiscard]] std::optional<core::Sandbox> sandbox() const;
    /// It was open at some time: it belongs in the list of conversations.
    [[nodiscard]] bool wasOpen() const { return wasOpen_; }

    [[nodiscard]] MessageList* messages() const { return messages_; }
    /// The newest message's first line or so, and when it was written; nothing while none was said.
    [[nodiscard]] const QString& lastText() const { return lastText_; }
    [[nodiscard]] const QDateTime& lastTime() const { return lastTime_; }
    [[nodiscard]] int unread() const { return unread_; }
    /// The person has it in view.
    void markRead();

    /// The text in the message box that was not sent.
    [[nodiscard]] const QString& draft() const { return draft_; }
    /// Stored when nothing has changed for limits::draftDelay, or at saveDraft().
    void setDraft(const QString& draft);
    void saveDraft();

    /// Its row in the history; none before something was said and stored.
    [[nodiscard]] store::ConversationId stored() const;
    [[nodiscard]] bool keepsHistory() const;
    /// Off: what is said from now on is not kept.
    void setKeepsHistory(bool keep);
    /// Erases what was said; historyFailed() where that cannot be.
    void clearHistory();

    /// Sends a text (line ends of any kind become \n; a newline at its end is dropped) under this name;
    /// messageAdded() or sendRefused() follows once it is stored. Errors: TextTooLong, NotConnected,
    /// OutboxFull (limits::outboxText wait already); then nothing was taken.
    core::Status send(const QString& text, const store::EntryId& entry = store::EntryId::random());
    /// Asking -> Open, as soon as the worker has let the peer in. Nothing happens in another state.
    void accept();
    /// Asking -> Closing -> Ended with Declined.
    void decline();
    /// Ends it well: SIGUSR1 to its worker. Nothing happens where it has ended.
    void disconnectPeer();
    /// Dials again, in the state Ended of an outgoing conversation that was never open, or of a contact's.
    void tryAgain();

Q_SIGNALS:
    /// state(), end(), peer(), workerPid() or preview() changed.
    void changed();
    void messageAdded(const kith::model::Message& message);
    void messageStateChanged(const kith::store::EntryId& entry, kith::core::MessageState state);
    /// A text that send() took could not be stored, so it did not go out.
    void sendRefused(const kith::store::EntryId& entry, const QString& text, const kith::core::Error& why);
    /// Something else could not be stored or erased: a message of the peer's is shown and not kept.
    void historyFailed(const kith::core::Error& why);
    /// What was said is erased, from the history and from messages().
    void historyCleared();
    /// unread(), lastText() or keepsHistory() changed.
    void unreadChanged();
    /// The worker is gone and everything it said has been taken.
    void ended();

private:
    friend class Messenger;
    struct Private;
    /// What the Messenger does for it.
    struct Hooks {
        std::function<void()> dialAgain; ///< what tryAgain() does
        std::function<void()> admit;     ///< a person has accepted a stranger
        /// The peer's PROFILE has come over a secure session; the Messenger calls onSessionOpen() of the
        /// conversation that it belongs to behind the first.
        std::function<void(Session*, const core::Profile&, bool first)> profile;
    };

    Conversation(int id, Direction direction, core::Endpoint peer, History& history, const People& people,
                 QObject* parent);
    /// One that ended in an earlier run, or a contact's that is stored.
    Conversation(int id, const store::Conversation& stored, History& history, const People& people,
                 QObject* parent);
    void wire();
    void setHooks(Hooks hooks);
    void setState(core::ConversationState state);
    void standSinceNow();

    // Who it is with. In conversation_sessions.cpp, as is all of what follows.
    void setUnsettled(const std::optional<core::PublicKey>& expected);
    void setStranger(const core::PublicKey& key, bool asIfFirst);
    void setStrangerName(const QString& name);
    void setContact(const core::PublicKey& key);
    void setOtherKey(const std::optional<core::PublicKey>& key) { otherKey_ = key; }

    /// Takes the call that is to become its session; whoever calls starts it then. One that it has leaves.
    void setCall(std::unique_ptr<Call> call, Direction direction, const core::Endpoint& dialled);
    [[nodiscard]] Call* call() const;
    /// The call goes on without it, or has become a session.
    [[nodiscard]] std::unique_ptr<Call> takeCall();
    void onCallAsked();
    void onCallEnded(const core::End& end);

    void adopt(std::unique_ptr<Session> session);
    [[nodiscard]] std::unique_ptr<Session> release(Session* session);
    [[nodiscard]] bool holds(const Session* session) const;
    void onSessionOpen(Session* session);
    void onSessionEnded(Session* session, const core::End& end);
    /// Of two that are open with one peer, the program with the smaller key ends one (PROTOCOL.md).
    void settleTwo(Session* opened);
    /// The one that is sent on; null where there is none.
    [[nodiscard]] Session* current() const;
    void sendProfile(const core::Profile& profile);
    void stopAll();

    // How it ends.
    void endBecause(core::Reason reason);
    /// Nobody answered its request in time.
    [[nodiscard]] bool expired() const;
    /// Its last call or session is gone.
    void onAllEnded(const core::End& end);
    void finishEnd(const core::End& end);
    /// Ends it where nothing runs.
    void fail(const core::End& end);

    void onRequested(const core::Endpoint& peer, const QString& preview);
    void take(const QString& text);
    void take(const core::Entry& entry);
    void onSent(const store::EntryId& entry);
    void onSettled(const Settled& settled);
    void sendOrFail(const store::NewEntry& entry);
    void setMessageState(const store::EntryId& entry, core::MessageState state,
                         std::optional<core::Reason> why);
    void takeStored(const store::Conversation& stored);
    void onIdle();
    void onCleared();
    /// The history was begun anew: nothing of this conversation is in it.
    void forgetHistory();
    [[nodiscard]] ConversationRecord* record() const { return record_; }

    // In messenger_connections.cpp.
    /// Every worker of this conversation that runs.
    void addConnections(QList<ConnectionFacts>& all) const;
    /// See Messenger::measureConnections().
    void measure();
    /// Ends the one that has this pid; false where none has.
    bool endConnection(qint64 pid);

    int id_;
    PeerKind kind_ = PeerKind::Plain;
    std::optional<core::PublicKey> key_;
    std::optional<core::PublicKey> otherKey_;
    std::optional<SessionFacts> session_;
    bool asIfFirst_ = false;
    bool byInvite_ = false; ///< the last call's target was one
    bool past_ = false;
    Direction direction_;
    core::ConversationState state_;
    core::Endpoint peer_;
    core::Endpoint dialled_;
    QString strangerName_;
    int ordinal_ = 1;
    core::End end_;
    QDateTime since_;
    QElapsedTimer standing_; ///< started with since_
    QString preview_;
    QString draft_;
    QString lastText_;
    QDateTime lastTime_;
    int unread_ = 0;
    bool wasOpen_ = false;
    bool asked_ = false;     ///< its request was heard
    bool admitted_ = false;  ///< a person has accepted it, or nobody is asked
    bool announced_ = false; ///< it is in Messenger::all()
    const People& people_;
    MessageList* messages_;
    ConversationRecord* record_;
    std::unique_ptr<Private> d_;
};

} // namespace kith::model

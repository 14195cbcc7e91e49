// Everything one person does with one profile: hosting, connecting, the conversations.
#pragma once

#include "core/result.h"
#include "model/admission.h"
#include "model/conversation.h"
#include "model/conversation_list.h"
#include "model/hosting.h"
#include "store/store.h"

#include <QList>
#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace kith::model {

struct ConnectionFacts;
class History;
class Identity;
class IncomingCall;
class Invites;
class OutgoingCall;
class People;
class Preferences;
struct Newcomer;
struct OutgoingTarget;

/// Who comes in, beside contacts and those who bring an invite.
enum class AcceptPolicy : quint8 {
    Ask,   ///< everyone is asked about (the default)
    Known, ///< nobody: strangers are closed without a word; plain-text peers always are strangers
    All,   ///< everyone (`kith-cli host --accept all`)
};

/// Who came to the door since the start. A value.
struct DoorCounts {
    quint64 started = 0;     ///< a worker was started for it
    quint64 heldOff = 0;     ///< turned away by a penalty, or after crashes
    quint64 addressFull = 0; ///< ... as too many of its address were there, not yet known
    quint64 doorFull = 0;    ///< ... or of all addresses
    quint64 tooFast = 0;     ///< ... or came within a second
    quint64 sessionsFull = 0;
    quint64 gaveWay = 0; ///< of those started: ended for another, as it had proved nothing

    bool operator==(const DoorCounts&) const = default;
};

/// What a Messenger stands on. Everything outlives it.
struct MessengerPlace {
    QString workerProgram; ///< the absolute path of kith-worker
    Preferences& preferences;
    History& history;
    Identity& identity;
    People& people;
    Invites& invites;
};

/// The program's one model, over which window and terminal work. Owned by main(); GUI thread; never blocks.
/// Lives longer than every widget that shows it.
class Messenger final : public QObject {
    Q_OBJECT

public:
    /// Contacts' conversations, and what ended in the last day, are listed once the history is open.
    explicit Messenger(const MessengerPlace& place, QObject* parent = nullptr);
    ~Messenger() override;

    [[nodiscard]] Hosting* hosting() const { return hosting_; }
    [[nodiscard]] ConversationList* conversations() const { return conversations_; }
    [[nodiscard]] Preferences& preferences() const { return preferences_; }
    [[nodiscard]] History& history() const { return history_; }
    [[nodiscard]] Identity& identity() const { return identity_; }
    [[nodiscard]] People& people() const { return people_; }
    [[nodiscard]] Invites& invites() const { return invites_; }
    /// Conversations in the state Asking, oldest first, and after them requests that nobody answered in time
    /// (state Ended, reason RequestExpired, PeerClosed or PeerVanished; the newest of each address), until
    /// dismiss().
    [[nodiscard]] QList<Conversation*> requests() const { return requests_; }
    /// Every conversation there is, in the order they began.
    [[nodiscard]] const QList<Conversation*>& all() const { return all_; }

    /// Requests that nobody answered and that are not among requests() (any more), since Kith was started or
    /// dismissFolded() was called: they are told as one number. An address counts once, and so does a key.
    [[nodiscard]] int foldedRequests() const;
    /// The person has seen that number: it begins again at 0.
    void dismissFolded();

    /// Decides instead of Preferences::onlyKnown() and everybody().
    void setAcceptPolicy(AcceptPolicy policy);
    [[nodiscard]] AcceptPolicy acceptPolicy() const;
    /// What Conversation::keepsHistory() is at first, of conversations that begin from here on; true until
    /// this is called.
    void setKeepsHistory(bool keep);
    /// Decides about plain text from everywhere, whatever the preferences say (`kith-cli host --plain`).
    void setPlainText(bool allowed);
    /// Workers go on unconfined where this computer cannot do it, whatever the preferences say (`kith-cli
    /// --sandbox-optional`). Of workers that are started from here on.
    void allowNoSandbox();

    /// Decides instead of Preferences::sessions(); at most limits::sessionsMost.
    void setSessions(std::size_t most);
    /// Off: no address is ever held off for what it did wrong. For measurements; workers that crash still
    /// hold an address off.
    void setPenalties(bool on);
    [[nodiscard]] const DoorCounts& door() const;

    /// Dials: an address, or an invite's link (never in plain text). `typed` is what a person typed. Errors
    /// at once: AddressInvalid, InviteInvalid, TooManySessions, HeldOff, OwnAddress, OwnKey, Blocked,
    /// KeyChanged (a stopped contact), IdentityUnusable; everything later is the conversation's end. The
    /// conversation is in conversations() at once. An address that is stored for a contact expects that
    /// contact's key.
    core::Result<Conversation*> connectTo(const QString& typed, bool plainText);
    /// Dials a contact, at the addresses it was seen at or has told, but for those of another network, the
    /// last seen first, each until one answers with its key. Errors: as above, UnknownPeer, AddressInvalid
    /// (no address of theirs is known).
    core::Result<Conversation*> connectTo(const core::PublicKey& contact);
    /// After KeyChanged: dials the same address anew, expecting whoever answers there, as somebody new. The
    /// contact stays stopped. Errors: as above; KeyChanged where it has no offersSomebodyNew().
    core::Result<Conversation*> connectAsSomebodyNew(Conversation* stopped);
    /// The same with what a person typed: an address, whomever it is stored for.
    core::Result<Conversation*> connectAsSomebodyNew(const QString& typed);
    /// The conversation with a contact; made where there is none. Null where the key is no contact's.
    Conversation* conversationWith(const core::PublicKey& contact);
    /// Answers a request that came to nothing: the stranger becomes a contact, who comes in without a
    /// question the next time; so does a contact who asked as if for the first time. Nothing happens where it
    /// has no key. The future finishes when that is stored, at once where nothing was; errors as of
    /// People::expect().
    store::PendingStatus acceptLater(Conversation* missed);
    /// Ends what there is with this key and lets it in no more, a stranger's too; People::unblock() takes it
    /// back. The future as of People::block().
    store::PendingStatus block(const core::PublicKey& key);
    /// Lets nobody in from the address that this plain-text peer asks from, and answers every request from
    /// there; People::unblockAddress() takes it back. Nothing happens with any other kind of peer.
    store::PendingStatus blockAddress(const Conversation* asking);

    /// The conversation of a row of the history: the one there is, or a past one, which is in no list;
    /// dismiss() it when it is shown no more.
    Conversation* open(const store::Conversation& stored);

    /// Ends a conversation, erases it from the history with everything that belongs to it, and dismisses it;
    /// its historyFailed() where that cannot be.
    void remove(Conversation* conversation);

    /// Takes a conversation that has ended, or an answered request, out of every list and deletes it later.
    void dismiss(Conversation* conversation);

    /// Every worker process that runs, as it is at this moment.
    [[nodiscard]] QList<ConnectionFacts> connections() const;
    /// Has every open session ask its kernel what has gone over its connection: connections() has it a moment
    /// later.
    void measureConnections();
    /// Ends the worker that has this pid well (SIGUSR1): what is queued goes out, its peer is told. One that
    /// asks to come in is declined; the listener's: stops hosting. Nothing happens where there is none.
    void endConnection(qint64 pid);

    /// Ends every worker well and then emits finished(); nothing new begins after it. Takes at most
    /// limits::untilKill, without blocking.
    void shutDown();

Q_SIGNALS:
    /// A conversation began: outgoing at once, incoming when its request arrived or was let in.
    void conversationAdded(kith::model::Conversation* conversation);
    /// `old` turned out to be with somebody whose conversation is `current`; `old` is removed next.
    void conversationReplaced(kith::model::Conversation* old, kith::model::Conversation* current);
    /// It is in no list any more and is deleted when control returns to the event loop.
    void conversationRemoved(kith::model::Conversation* conversation);
    /// requests() or foldedRequests() changed.
    void requestsChanged();
    /// A plain-text program was turned away, as plain text is off for its address; told once for each
    /// address.
    void turnedAway(const kith::core::Endpoint& peer);
    /// A connection was dropped before anybody was asked: too many, its workers crashed, or no process could
    /// be started. Told of once in limits::turnedAwayToldEvery for each reason; door() counts all. A penalty
    /// is not told of: there is nothing that a person could do about it.
    void refused(const kith::core::Endpoint& peer, const kith::core::End& why);
    void finished();

private:
    struct Private;

    /// Of workers to come: as the preferences say, or as allowNoSandbox() did.
    void tellSandbox();

    [[nodiscard]] Conversation* begin(Direction direction, const core::Endpoint& peer);
    void follow(Conversation* conversation);
    /// From here on it is in all(), with its ordinal.
    void announce(Conversation* conversation);
    void onConversationChanged(Conversation* conversation);
    void onConversationEnded(Conversation* conversation);
    /// At most limits::endedConversations that have ended stay.
    void dropOldest();
    void finishIfIdle();
    /// Calls `then` when it is known who we are and whom we know, unless `context` is gone by then.
    void whenReady(QObject* context, std::function<void()> then);

    // In messenger_outgoing.cpp.
    void dialPlain(Conversation* conversation);
    void dialAgain(Conversation* conversation, const OutgoingTarget& target);
    core::Result<Conversation*> connectByInvite(const std::string& link);
    core::Result<Conversation*> connectByAddress(const core::Endpoint& typed, const core::Endpoint& ascii);
    core::Result<Conversation*> connectContact(const core::PublicKey& key, const OutgoingTarget& target);
    core::Result<Conversation*> connectStranger(const core::Endpoint& dialled, const OutgoingTarget& target);
    void call(Conversation* conversation, const OutgoingTarget& target);
    void onAnswered(Conversation* conversation, OutgoingCall* call, const core::PublicKey& key);
    void onCallFailed(Conversation* conversation, OutgoingCall* call, const core::End& end);
    [[nodiscard]] std::optional<core::Reason> whyNotDial(const core::Endpoint& where) const;
    [[nodiscard]] std::optional<core::Reason> whyNotCall(const OutgoingTarget& target) const;
    [[nodiscard]] bool isHostedHere(const core::Endpoint& where) const;

    // In messenger_people.cpp.
    /// The contact's conversation, where there is one.
    [[nodiscard]] Conversation* find(const core::PublicKey& key) const;
    /// The conversation turned out to be with this contact: itself, or the one there was already.
    [[nodiscard]] Conversation* settle(Conversation* conversation, const core::PublicKey& key);
    /// `old` goes on as `current`.
    void replace(Conversation* old, Conversation* current);
    [[nodiscard]] Conversation::Hooks hooksOf(Conversation* conversation, std::function<void()> dialAgain);
    void dialContact(Conversation* conversation);
    /// Blocked, or stopped until a person has decided.
    [[nodiscard]] bool isUnwanted(const core::PublicKey& key) const;
    void onProfile(Conversation* conversation, Session* session, const core::Profile& profile, bool first);
    void noteAddresses(const Session& session, const core::Profile& profile);
    void onPersonChanged(const core::PublicKey& key);
    /// Our own PROFILE, as it is now; again where it has changed.
    [[nodiscard]] core::Profile profile() const;
    void tellProfile();

    // In messenger_incoming.cpp.
    void receive(core::UniqueFd connection);
    [[nodiscard]] std::optional<core::Reason> whyNotAsk(const core::Endpoint& peer) const;
    [[nodiscard]] bool plainAllowed(const core::Endpoint& peer) const;
    void onPlainRequested(IncomingCall* call, const core::Endpoint& peer, const QString& preview);
    void onPlainOpened(IncomingCall* call, const core::Endpoint& peer);
    void onSecured(IncomingCall* call);
    void onRefused(IncomingCall* call, core::Reason why);
    void onCallerEnded(IncomingCall* call, const core::End& end);
    void onIncomingChanged(Conversation* conversation);
    /// The conversation that asks about this call, or null.
    [[nodiscard]] Conversation* askingAbout(const IncomingCall* call) const;
    [[nodiscard]] std::unique_ptr<IncomingCall> takeCaller(IncomingCall* call);
    void tellTurnedAway(const core::Endpoint& peer);

    // In messenger_door.cpp.
    /// Why it is turned away before anything is started for it.
    [[nodiscard]] std::optional<core::Reason> whyNotReceive(const core::Endpoint& peer);
    [[nodiscard]] Origin originOf(const core::Endpoint& peer);
    /// Starts a worker for it, at once or when another has given way; or drops it.
    void serve(core::UniqueFd connection, const core::Endpoint& peer);
    void startServing(Newcomer newcomer);
    void endForAnother(Admission::Ticket loser, Newcomer newcomer);
    void turnAway(const core::Endpoint& peer, Admission::Refusal why);
    /// It is no longer one of the unauthenticated.
    void leaveDoor(const IncomingCall* call);
    void noteMisdeed(const core::Endpoint& peer, Misdeed misdeed);
    /// What its end says about a caller that never proved who it is.
    void judge(const IncomingCall* call, const core::End& end);
    /// refused(), unless it was told of a moment ago.
    void tellRefused(const core::Endpoint& peer, const core::End& why);
    [[nodiscard]] std::size_t sessionsMost() const;

    // In messenger_strangers.cpp.
    void onCalled(IncomingCall* call);
    void receiveCaller(IncomingCall* call);
    void tryInvite(IncomingCall* call);
    void decide(IncomingCall* call);
    void admit(IncomingCall* call);
    void onAdmitted(IncomingCall* call);
    void askAbout(IncomingCall* call, bool asIfFirst);
    void wireRequest(Conversation* conversation, IncomingCall* call);
    void onKnocked(IncomingCall* call);
    void admitStranger(Conversation* conversation, IncomingCall* call);
    void onStrangerEnded(Conversation* conversation);
    /// A request that was not answered: too late, or the peer left after it had said something.
    [[nodiscard]] static bool wasMissed(const Conversation* conversation);
    /// One for an address, limits::missedRequests in all.
    void foldMissed(Conversation* newest);
    /// One more for foldedRequests(), unless this address or key is among them.
    void fold(const core::Endpoint& peer, const std::optional<core::PublicKey>& key);
    void refreshRequests();

    // In messenger_past.cpp.
    void onHistoryChanged();
    void onHistoryBegunAnew();
    void listPast(const QList<store::Conversation>& stored);
    Conversation* addPast(const store::Conversation& stored);
    /// What ended more than a day ago leaves the list; search finds it.
    void dropPast();

    Preferences& preferences_;
    History& history_;
    Identity& identity_;
    People& people_;
    Invites& invites_;
    std::optional<AcceptPolicy> acceptPolicy_;
    Hosting* hosting_;
    ConversationList* conversations_;
    QList<Conversation*> requests_;
    QList<Conversation*> all_;
    std::unique_ptr<Private> d_;
};

} // namespace kith::model

// Everything one person does with one profile: hosting, connecting, the conversations.
#pragma once

#include "core/result.h"
#include "model/conversation.h"
#include "model/conversation_list.h"
#include "model/hosting.h"

#include <QList>
#include <QObject>

#include <memory>
#include <optional>

namespace kith::model {

class History;
class Identity;
class Invites;
class People;
class Preferences;

/// Who comes in, beside contacts and those who bring an invite.
enum class AcceptPolicy : quint8 {
    Ask,   ///< everyone is asked about (the default)
    Known, ///< nobody: strangers are closed without a word; plain-text peers always are strangers
    All,   ///< everyone (`kith-cli host --accept all`)
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

    /// Requests that nobody answered and that are not among requests() any more, since Kith was started: they
    /// are told as one number.
    [[nodiscard]] int foldedRequests() const;

    /// Decides instead of Preferences::onlyKnown().
    void setAcceptPolicy(AcceptPolicy policy);
    [[nodiscard]] AcceptPolicy acceptPolicy() const;
    /// What Conversation::keepsHistory() is at first, of conversations that begin from here on; true until
    /// this is called.
    void setKeepsHistory(bool keep);
    /// Decides about plain text from everywhere, whatever the preferences say (`kith-cli host --plain`).
    void setPlainText(bool allowed);

    /// Dials: an address, or an invite's link (never in plain text). `typed` is what a person typed. Errors
    /// at once: AddressInvalid, InviteInvalid, TooManySessions, HeldOff, OwnAddress, OwnKey, Blocked,
    /// KeyChanged (a stopped contact), IdentityUnusable; everything later is the conversation's end. The
    /// conversation is in conversations() at once. An address that is stored for a contact expects that
    /// contact's key.
    core::Result<Conversation*> connectTo(const QString& typed, bool plainText);
    /// Dials a contact, at the addresses it was seen at, the last seen first, each until one answers with its
    /// key. Errors: as above, UnknownPeer, AddressInvalid (no address of theirs is known).
    core::Result<Conversation*> connectTo(const core::PublicKey& contact);
    /// After KeyChanged: dials the same address anew, expecting whoever answers there, as somebody new. The
    /// contact stays stopped. Errors: as above.
    core::Result<Conversation*> connectAsSomebodyNew(Conversation* stopped);
    /// The conversation with a contact; made where there is none. Null where the key is no contact's.
    Conversation* conversationWith(const core::PublicKey& contact);
    /// Answers a request that came to nothing: the stranger becomes a contact, who comes in without a
    /// question the next time. Nothing happens where it has no key.
    void acceptLater(Conversation* missed);
    /// Ends what there is with this key and lets it in no more, a stranger's too; People::unblock() takes it
    /// back.
    void block(const core::PublicKey& key);

    /// The conversation of a row of the history: the one there is, or a past one, which is in no list;
    /// dismiss() it when it is shown no more.
    Conversation* open(const store::Conversation& stored);

    /// Ends a conversation, erases it from the history with everything that belongs to it, and dismisses it;
    /// its historyFailed() where that cannot be.
    void remove(Conversation* conversation);

    /// Takes a conversation that has ended, or an answered request, out of every list and deletes it later.
    void dismiss(Conversation* conversation);

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
    /// requests() changed.
    void requestsChanged();
    /// A plain-text program was turned away, as plain text is off for its address; told once for each
    /// address.
    void turnedAway(const kith::core::Endpoint& peer);
    /// A connection was dropped before anybody was asked: too many, held off, or no process could be started.
    void refused(const kith::core::Endpoint& peer, const kith::core::End& why);
    void finished();

private:
    struct Private;

    Conversation* begin(Direction direction, core::Endpoint peer);
    /// From here on it is in all(), with its ordinal.
    void announce(Conversation* conversation);
    void onConversationChanged(Conversation* conversation);
    void onConversationEnded(Conversation* conversation);
    void onHistoryChanged();
    void onHistoryBegunAnew();
    void listPast(const QList<store::Conversation>& stored);
    Conversation* addPast(const store::Conversation& stored);
    /// What ended more than a day ago leaves the list; search finds it.
    void dropPast();
    /// At most limits::endedConversations that have ended stay.
    void dropOldest();
    void finishIfIdle();
    /// Conversations that have a worker.
    [[nodiscard]] std::size_t sessions() const;

    void dial(Conversation* conversation, const core::Endpoint& ascii);
    void dialAgain(Conversation* conversation);
    [[nodiscard]] std::optional<core::Reason> whyNotDial(const core::Endpoint& where) const;
    [[nodiscard]] bool isHostedHere(const core::Endpoint& where) const;

    // In messenger_incoming.cpp.
    void receive(core::UniqueFd connection);
    [[nodiscard]] std::optional<core::Reason> whyNotReceive(const core::Endpoint& peer) const;
    [[nodiscard]] bool plainAllowed(const core::Endpoint& peer) const;
    void onIncomingChanged(Conversation* conversation);
    void onStrangerEnded(Conversation* conversation);
    /// A request that was not answered: too late, or the peer left after it had typed something.
    [[nodiscard]] static bool wasMissed(const Conversation* conversation);
    /// One for an address, limits::missedRequests in all.
    void foldMissed(Conversation* newest);
    void refreshRequests();
    void tellTurnedAway(const core::Endpoint& peer);

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

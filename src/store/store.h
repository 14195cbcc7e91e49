// The history, contacts, settings: what survives. This header and values.h are all that the model needs, and
// output_file.h where it writes a file for a person.
#pragma once

#include "core/result.h"
#include "store/values.h"

#include <QDeadlineTimer>
#include <QFuture>
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QPromise>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace kith::store {

class Connection;
class Delivery;
class Lane;
struct ConnectionTarget;
struct Job;

/// Where a profile's history is.
struct StorePlace {
    QString directory; ///< the profile's folder; it exists, and is private (0700)
    QString vfs;       ///< an SQLite VFS by its name, for fault tests; empty: SQLite's own
};

/// What every call gives: a value or why not. Finishes in the Store's thread, from its event loop, never
/// within the call itself where that asks the disk.
template <typename T>
using Pending = QFuture<core::Result<T>>;
using PendingStatus = QFuture<core::Status>;

/// Calls `then` with the result in the Store's thread, unless `context` is gone by then. (QFuture::then with
/// a context asserts in Qt 6.4 that the context still lives.) Both live in the Store's thread.
template <typename T, typename Then>
void whenDone(QFuture<core::Result<T>> future, QObject* context, Then then) {
    future.then([guard = QPointer<QObject>(context), then = std::move(then)](core::Result<T> result) mutable {
        if (guard)
            then(std::move(result));
    });
}

/// A profile's history. Duty: to keep what it said it has kept, and to tell why where it cannot. Owned by the
/// model; lives in, and is called from, the model's thread (the GUI thread), and never waits: each call is
/// worked off by a thread of the Store's own, writes by one, reads by another.
///
/// - A write's future finishes when the write is flushed to the disk. Writes take effect in the order of the
///   calls; those that are queued together share one transaction and one flush, and one that fails changes
///   nothing for the others.
/// - A read sees every write whose future has finished when it is called.
/// - Calls before open() has finished wait for it. Where opening failed, and after close(), every call fails
///   with that reason (StoreUnavailable after close).
/// - Errors of any call beside those named at it: StoreFull, StoreReadOnly, StoreDamaged, StoreLocked,
///   StoreUnavailable. A write that failed has changed nothing.
///
/// Destroying the Store finishes what is queued, waiting limits::storeClose at most in all, counted from
/// close() where that was called; close() does the same without waiting.
class Store final : public QObject {
    Q_OBJECT
public:
    explicit Store(StorePlace place, QObject* parent = nullptr);
    ~Store() override;

    // --- opening and closing -----------------------------------------------------------------------------

    /// Opens, makes or migrates the history; see Opened for the states it may be found in. Errors:
    /// StoreNewer, StoreDamaged (then beginAnew() is the way on), StoreLocked, StoreReadOnly, StoreFull,
    /// StoreUnavailable. Once; again after close().
    [[nodiscard]] Pending<Opened> open();
    /// As open(), but whatever history is there is put aside first: renamed, never deleted.
    [[nodiscard]] Pending<Opened> beginAnew();
    /// Finishes what is queued and closes the files. Nothing may be asked meanwhile.
    [[nodiscard]] PendingStatus close();

    // --- conversations -----------------------------------------------------------------------------------

    /// The list, the conversation where something happened last first; with `endedSince`, without those that
    /// ended before and have no draft. Cheap whatever their length.
    [[nodiscard]] Pending<QList<Conversation>> conversations(std::optional<qint64> endedSince = {});
    /// Nothing where there is none of this id.
    [[nodiscard]] Pending<std::optional<Conversation>> conversation(ConversationId id);
    /// `address` as core::toText writes it.
    [[nodiscard]] Pending<ConversationId> addPlainConversation(const QString& address, qint64 startedAt);
    /// The conversation with a contact, made where there is none. Errors: UnknownPeer.
    [[nodiscard]] Pending<ConversationId> conversationWith(const PublicKey& key, qint64 startedAt);
    // Each of these gives UnknownPeer where there is no such conversation.
    [[nodiscard]] PendingStatus endConversation(ConversationId id, qint64 endedAt);
    [[nodiscard]] PendingStatus setTitle(ConversationId id, const QString& title);
    /// Off: entries that come from now on are not stored. What is stored stays until clearHistory().
    [[nodiscard]] PendingStatus setKeepHistory(ConversationId id, bool keep);
    /// Errors: TextTooLong.
    [[nodiscard]] PendingStatus saveDraft(ConversationId id, const QString& text);
    /// The peer's entries up to `upTo` no longer count as unread; later ones do.
    [[nodiscard]] PendingStatus markRead(ConversationId id, EntryRow upTo);
    /// Erases all entries there are now. When the future finishes nobody sees them any more, not even after a
    /// crash; they leave the files in small steps afterwards, until erased() is emitted.
    [[nodiscard]] PendingStatus clearHistory(ConversationId id);
    /// Erases the conversation too, with its draft and its streams.
    [[nodiscard]] PendingStatus removeConversation(ConversationId id);

    // --- entries -----------------------------------------------------------------------------------------

    /// Errors: UnknownPeer, TextTooLong.
    [[nodiscard]] Pending<Appended> append(const NewEntry& entry);
    /// All of them or none, in order.
    [[nodiscard]] Pending<QList<Appended>> appendAll(const QList<NewEntry>& entries);
    /// How far one of our own entries has come. False where none of this id is kept.
    [[nodiscard]] Pending<bool> setState(ConversationId id, const EntryId& entry, EntryState state,
                                         std::optional<core::Reason> failure = {});
    /// Costs the same anywhere in a conversation of any length. An unknown conversation is an empty one.
    [[nodiscard]] Pending<Page> page(const PageRequest& request);
    [[nodiscard]] Pending<SearchResult> search(const SearchRequest& request);
    [[nodiscard]] Pending<QList<Stream>> streams(ConversationId id);

    // --- people ------------------------------------------------------------------------------------------

    [[nodiscard]] Pending<QList<Contact>> contacts();
    /// New, or known by its key: name, alias and trust are replaced.
    [[nodiscard]] PendingStatus putContact(const Contact& contact);
    /// Removes its conversation too, as removeConversation() does. Errors: UnknownPeer.
    [[nodiscard]] PendingStatus removeContact(const PublicKey& key);
    /// Errors: UnknownPeer.
    [[nodiscard]] PendingStatus noteAddress(const PublicKey& key, const ContactAddress& address);
    /// The last seen first.
    [[nodiscard]] Pending<QList<ContactAddress>> addresses(const PublicKey& key);
    /// Everybody's at once, each list as above.
    [[nodiscard]] Pending<QHash<PublicKey, QList<ContactAddress>>> addresses();

    /// Errors: UsageError where limits::invitesAlive are alive.
    [[nodiscard]] PendingStatus addInvite(const Invite& invite);
    [[nodiscard]] Pending<QList<Invite>> invites();
    [[nodiscard]] Pending<bool> revokeInvite(const InviteId& id);
    /// In one transaction: spends the invite on the contact's key and stores the contact.
    [[nodiscard]] Pending<InviteUse> useInvite(const InviteId& id, const Contact& contact, qint64 now);

    /// Errors: UsageError unless it has a key or an address, and not both.
    [[nodiscard]] PendingStatus addBlock(const Block& block);
    /// False where there was none.
    [[nodiscard]] Pending<bool> removeBlock(const Block& block);
    [[nodiscard]] Pending<QList<Block>> blocks();

    /// Remembers that this profile is this key. The secret key is never given to the Store.
    [[nodiscard]] PendingStatus noteIdentity(const PublicKey& key, qint64 now);
    [[nodiscard]] Pending<QList<PublicKey>> identities();

    // --- settings ----------------------------------------------------------------------------------------

    [[nodiscard]] Pending<QHash<QString, QString>> settings();
    /// Errors: UsageError for a name or value over its limit.
    [[nodiscard]] PendingStatus putSetting(const QString& name, const QString& value);
    [[nodiscard]] PendingStatus removeSetting(const QString& name);

    // --- files -------------------------------------------------------------------------------------------
    // Worked off by a thread of their own, one after another: neither reads nor writes wait for them. They do
    // not wait for open().

    /// Errors: UnknownPeer, FileExists, FileFailed; StoreFull where there is no room for the file.
    [[nodiscard]] Pending<Exported> exportHistory(const ExportRequest& request);
    /// The whole profile in one file (backup.h has the format); it holds the secret key. The file's size.
    /// Errors: UsageError (a name that is not a plain file's), FileExists, FileFailed, StoreFull.
    [[nodiscard]] Pending<qint64> backup(const BackupRequest& request);
    /// Reads all of the file. Errors: StoreDamaged.
    [[nodiscard]] PendingStatus check();
    /// Makes this profile of a backup; the Store is not open (before open(), after close() or a failed open).
    /// Nothing is touched before all of the backup is checked. Errors: BackupInvalid, StoreNewer,
    /// ProfileOccupied (the profile holds something, and `replace` was not said), StoreFull, FileFailed,
    /// UsageError where the Store is open.
    [[nodiscard]] Pending<Restored> restore(const RestoreRequest& request);

Q_SIGNALS:
    /// What was cleared or removed before is no longer in any byte of the history's files.
    void erased();
    /// A part of the file could not be read. What can be, still is; the next open() looks at all of it.
    void damageFound(const kith::core::Error& error);

private:
    enum class Phase : std::uint8_t { Closed, Opening, Open, Failed, Closing };
    template <typename T>
    using Work = std::function<core::Result<T>(Connection&)>;
    /// How a write is worked off: with others, alone, or as one that makes room.
    enum class Manner : std::uint8_t { Together, Alone, Erasing };

    template <typename T>
    [[nodiscard]] Pending<T> read(Work<T> work);
    template <typename T>
    [[nodiscard]] Pending<T> write(Work<T> work, Manner manner = Manner::Together);
    /// Gives the job to `lane`; where that cannot be, it is done with the reason.
    void give(Lane* lane, Job job);
    template <typename T>
    [[nodiscard]] Pending<T> errand(Work<T> work);
    [[nodiscard]] Lane* errandLane();
    [[nodiscard]] Pending<Opened> start(bool anew);
    void openFinished(const core::Result<Opened>& result, const ConnectionTarget& forReading);
    void readDamageFound(const core::Error& error);
    [[nodiscard]] core::Error refusal() const;

    StorePlace place_;
    Phase phase_ = Phase::Closed;
    bool indexRepaired_ = false;
    std::optional<core::Error> openError_;
    std::shared_ptr<Delivery> delivery_;
    std::unique_ptr<Lane> writer_;
    std::unique_ptr<Lane> reader_;
    std::unique_ptr<Lane> errands_; ///< made when first needed
    std::unique_ptr<Lane> restoring_;
    std::unique_ptr<ConnectionTarget> forReading_; ///< while open
    std::vector<Job> early_;                       ///< reads that wait for open()
    std::shared_ptr<QPromise<core::Result<Opened>>> opening_;
    std::shared_ptr<QPromise<core::Status>> closing_;
    QDeadlineTimer closeBy_; ///< while Closing
};

} // namespace kith::store

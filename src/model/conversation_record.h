// What the history holds of one conversation, and what is on its way there. Inside model/ alone.
#pragma once

#include "core/result.h"
#include "core/state.h"
#include "store/store.h"

#include <QObject>
#include <QString>

#include <deque>
#include <optional>

namespace kith::model {

class History;

/// What became of an entry that was to be kept.
struct Settled {
    store::NewEntry entry;              ///< of one's own to a contact: with its place in the stream
    qint64 place = 0;                   ///< Message::id
    bool kept = false;                  ///< it is in the history, flushed
    std::optional<core::Error> refused; ///< it could not be stored, and the history is not given up
    bool again = false;                 ///< it is there already: it was shown before
    bool other = false;                 ///< another one with its id is there
};

/// Stores the entries of one conversation in the order they are given, making its row with the first. Owned
/// by the Conversation; GUI thread; never blocks.
///
/// Where the conversation, or the whole history, keeps nothing, an entry is settled as not kept. Where a
/// write fails though it should not (a full disk), it is settled as refused: one's own message must not go
/// out then.
///
/// With a contact one's own entries get their place in a stream as they are stored, and the numbers are
/// counted where nothing is kept, too. What never comes near the store goes by a stream of its own, which
/// ends with the program: the numbers of the stored one would be given twice.
class ConversationRecord final : public QObject {
    Q_OBJECT

public:
    ConversationRecord(History& history, QString address, qint64 startedAt, QObject* parent);
    /// One that is stored.
    ConversationRecord(History& history, const store::Conversation& stored, QObject* parent);

    /// Nothing is stored before it is known whose it is: until setContact().
    void awaitContact() { awaits_ = true; }
    /// It is the one with this contact from here on. Nothing has been said in it yet.
    void setContact(const core::PublicKey& key);
    /// Makes, or finds, the row of a contact's.
    void open();

    /// settled() comes for each, in this order: from within this call where nothing is to be stored and
    /// nothing is on its way, later otherwise. The conversation is filled in.
    void add(const store::NewEntry& entry);
    /// Nothing is on its way.
    [[nodiscard]] bool isIdle() const { return waiting_.empty(); }
    /// More is on its way than limits::storingEntries or limits::storingText; not before half of it is
    /// stored.
    [[nodiscard]] bool isFull() const { return full_; }
    /// One's own messages are on their way.
    [[nodiscard]] bool holdsOwn() const;

    [[nodiscard]] History& history() const { return history_; }
    /// 0 while there is no row.
    [[nodiscard]] store::ConversationId id() const { return id_; }
    [[nodiscard]] bool keepsHistory() const { return keeps_ && !off_; }
    void setKeepsHistory(bool keep);
    /// Keeps nothing, until setKeepsHistory(); what is stored says nothing of it.
    void keepNothingNow() { off_ = true; }
    void saveDraft(const QString& text);
    void markRead();
    void setState(const store::EntryId& entry, core::MessageState state, std::optional<core::Reason> why);
    /// It is over: the row says so, or goes where nothing was ever said.
    void end(qint64 endedAt);
    /// Erases the entries, or everything; then cleared() or removed(), or failed().
    void clear();
    void remove();
    /// A new history was begun: nothing of this one is in it.
    void forget();

Q_SIGNALS:
    void settled(const kith::model::Settled& settled);
    /// id() is there now; of a contact's, with what the row had.
    void rowMade(const std::optional<kith::store::Conversation>& found);
    /// isFull() changed.
    void fullChanged();
    /// isIdle() again, after the last settled().
    void idle();
    void cleared();
    void removed();
    /// Something beside an entry could not be written.
    void failed(const kith::core::Error& error);

private:
    enum class Progress : quint8 { Given, Asked, Kept, NotKept, Failed };
    /// One entry on its way.
    struct Waiting {
        store::NewEntry entry;
        Progress progress = Progress::Given;
        store::EntryRow row{};
        core::Error error{};
        store::Appended::Outcome outcome = store::Appended::Outcome::Stored;
    };

    void pumpLater();
    void pump();
    void makeRow();
    void onRow(const core::Result<store::ConversationId>& row);
    void readRow(store::ConversationId row);
    void onRowRead(store::ConversationId row, const core::Result<QList<store::Stream>>& streams);
    void rowFailed(const core::Error& error);
    /// There is something to be stored, and no row that could take it.
    [[nodiscard]] bool wantsRow() const { return !awaits_ && (!id_ || (key_ && !placed_)); }
    void place(store::NewEntry& entry);
    void ask(Waiting& waiting);
    void onAnswer(const store::EntryId& entry, const core::Result<store::Appended>& answer);
    void settleFront();
    void weigh();
    [[nodiscard]] bool keepsNow() const;
    void watch(const store::PendingStatus& write);

    History& history_;
    QString address_;
    qint64 startedAt_;
    std::optional<core::PublicKey> key_; ///< of the contact
    store::ConversationId id_{};
    bool keeps_ = true;
    bool off_ = false;
    bool said_ = false;  ///< entries are, or were, in the row
    bool draft_ = false; ///< and a draft is
    bool making_ = false;
    bool pumping_ = false;
    bool full_ = false;
    bool awaits_ = false;       ///< awaitContact() was called
    bool wanted_ = false;       ///< open() was called
    bool placed_ = false;       ///< own_ is the stored stream
    store::StreamPosition own_; ///< the last number given
    store::StreamPosition unstored_{store::StreamId::random(), 0};
    std::size_t bytes_ = 0;            ///< of what is on its way
    std::optional<QString> nextDraft_; ///< to be stored with the row
    qint64 lastPlace_ = 0;
    store::EntryRow lastRow_{};
    std::deque<Waiting> waiting_;
};

} // namespace kith::model

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
    store::NewEntry entry;
    qint64 place = 0;                   ///< Message::id
    bool kept = false;                  ///< it is in the history, flushed
    std::optional<core::Error> refused; ///< it could not be stored, and the history is not given up
};

/// Stores the entries of one plain-text conversation in the order they are given, making its row with the
/// first. Owned by the Conversation; GUI thread; never blocks.
///
/// Where the conversation, or the whole history, keeps nothing, an entry is settled as not kept. Where a
/// write fails though it should not (a full disk), it is settled as refused: one's own message must not go
/// out then.
class ConversationRecord final : public QObject {
    Q_OBJECT

public:
    ConversationRecord(History& history, QString address, qint64 startedAt, QObject* parent);
    /// One that is stored.
    ConversationRecord(History& history, const store::Conversation& stored, QObject* parent);

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
    [[nodiscard]] bool keepsHistory() const { return keeps_; }
    void setKeepsHistory(bool keep);
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
    /// id() is there now.
    void rowMade();
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
    };

    void pumpLater();
    void pump();
    void makeRow();
    void onRow(const core::Result<store::ConversationId>& row);
    void ask(Waiting& waiting);
    void onAnswer(const store::EntryId& entry, const core::Result<store::Appended>& answer);
    void settleFront();
    void weigh();
    [[nodiscard]] bool keepsNow() const;
    void watch(const store::PendingStatus& write);

    History& history_;
    QString address_;
    qint64 startedAt_;
    store::ConversationId id_{};
    bool keeps_ = true;
    bool said_ = false;  ///< entries are, or were, in the row
    bool draft_ = false; ///< and a draft is
    bool making_ = false;
    bool pumping_ = false;
    bool full_ = false;
    std::size_t bytes_ = 0;            ///< of what is on its way
    std::optional<QString> nextDraft_; ///< to be stored with the row
    qint64 lastPlace_ = 0;
    store::EntryRow lastRow_{};
    std::deque<Waiting> waiting_;
};

} // namespace kith::model

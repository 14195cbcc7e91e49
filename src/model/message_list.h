// The messages of one conversation, as an item model: a part of it, around a place.
#pragma once

#include "core/state.h"
#include "store/values.h"

#include <QAbstractListModel>
#include <QDateTime>
#include <QPointer>
#include <QString>

#include <deque>

namespace kith::model {

class History;

/// One message as window and terminal show it. A value.
struct Message {
    qint64 id = 0; ///< its place: unique and ascending in its conversation; a stored one's never changes
    bool mine = false;
    QString text; ///< plain text, never mark-up; may have several lines
    QDateTime written;
    core::MessageState state = core::MessageState::Sent; ///< of one's own messages alone
    store::EntryId entry{}; ///< its name everywhere: here, in events, and at the peer
};

/// A message's name in events and files.
[[nodiscard]] QString idText(const store::EntryId& entry);
/// The place of a stored entry; between it and the next there is room for messages that are not kept.
[[nodiscard]] qint64 placeOf(store::EntryRow row);
/// A stored entry as it is shown. `over`: its plain-text conversation has ended, and what still waited in it
/// never went out.
[[nodiscard]] Message messageOf(const store::Entry& entry, bool over);

/// The messages of one conversation around a place, oldest first: what is looked at, at most
/// limits::messagesInMemory rows and limits::messageBytesInMemory of text, so that nothing here depends on
/// how long the conversation is. Where there are more, pages are read from the history as they are asked for,
/// and rows at the far end leave. Messages that the history does not keep are held here (within the same
/// bounds) and stand among the others at their place.
///
/// Owned by its Conversation; GUI thread. Rows come and leave at both ends and never move; only `state`
/// changes. A page that cannot be read is left out and readFailed() tells.
class MessageList final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole + 1, ///< qint64
        MineRole,                  ///< bool
        TimeRole,                  ///< QDateTime, local time
        StateRole,                 ///< int(core::MessageState)
    };

    explicit MessageList(QObject* parent);

    /// Qt::DisplayRole is the text.
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    [[nodiscard]] const Message& at(int row) const { return messages_[static_cast<std::size_t>(row)]; }
    [[nodiscard]] const Message* last() const { return messages_.empty() ? nullptr : &messages_.back(); }
    /// The row of a place, or of the next one after it; rowCount() where there is none.
    [[nodiscard]] int rowOf(qint64 id) const;

    /// There are older, or newer, messages than the rows.
    [[nodiscard]] bool moreBefore() const { return moreBefore_; }
    [[nodiscard]] bool moreAfter() const { return moreAfter_; }

    /// Reads one more page at that end; nothing happens where there is none, or one is under way.
    void fetchBefore();
    void fetchAfter();
    /// The rows become the newest ones; loaded() when they are there. Nothing where they are that already.
    void showLatest();
    /// The rows become those around a place; loaded() when they are there.
    void showAround(qint64 id);

    /// A new message, the last of all. Where the rows are elsewhere (moreAfter()) it is found there later.
    void append(const Message& message, bool kept);
    /// False where no such message is held.
    bool setState(const store::EntryId& entry, core::MessageState state);
    /// Every message is gone, from here alone.
    void clear();

    /// Where to read from; before this there are only the messages appended. `stored`: there are messages
    /// already. With `over` what waits is shown as failed.
    void setSource(History* history, store::ConversationId conversation, bool stored);
    void setOver(bool over) { over_ = over; }

Q_SIGNALS:
    /// What showLatest() or showAround() asked for is there.
    void loaded();
    /// What fetchBefore() or fetchAfter() asked for has been put in, and moreBefore() and moreAfter() say so.
    void fetched();
    void readFailed(const kith::core::Error& error);

private:
    enum class Where : quint8 { Replace, Before, After };

    void request(const store::PageRequest& page, Where where);
    void take(const core::Result<store::Page>& page, Where where, quint64 question);
    void prepend(std::deque<Message> page);
    void extend(std::deque<Message> page);
    void replace(std::deque<Message> page);
    /// The page's messages, with those that are not kept at their places: after `after` and before `before`.
    [[nodiscard]] std::deque<Message> merged(const store::Page& page, qint64 after, qint64 before) const;
    void dropFront();
    void dropBack();
    /// How many rows there are too many, counted from the front or from the back.
    [[nodiscard]] int surplus(bool fromFront) const;

    QPointer<History> history_;
    store::ConversationId conversation_{};
    std::deque<Message> messages_;
    std::deque<Message> unkept_; ///< what only this list holds
    std::size_t bytes_ = 0;      ///< of the rows' texts
    std::size_t unkeptBytes_ = 0;
    bool moreBefore_ = false;
    bool moreAfter_ = false;
    bool over_ = false;
    bool reading_ = false;
    bool readingBefore_ = false; ///< what is read goes before the first row
    bool missed_ = false;        ///< a message came behind the rows while a page was read
    quint64 question_ = 0;       ///< of the answer that is waited for; older ones are dropped
};

} // namespace kith::model

// The messages of one conversation, as an item model.
#pragma once

#include "core/state.h"

#include <QAbstractListModel>
#include <QDateTime>
#include <QString>

#include <deque>

namespace kith::model {

/// One message as window and terminal show it. A value.
struct Message {
    qint64 id = 0; ///< unique and ascending within this run of the program
    bool mine = false;
    QString text; ///< plain text, never mark-up; may have several lines
    QDateTime written;
    core::MessageState state = core::MessageState::Sent; ///< of one's own messages alone
};

/// The messages of one conversation, oldest first, at most limits::messagesInMemory of them and
/// limits::messageBytesInMemory of text: the oldest rows leave at the front. Owned by its Conversation; GUI
/// thread. Rows never move; only `state` changes.
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

    void append(Message message);
    /// False where no message of that id is held.
    bool setState(qint64 id, core::MessageState state);

private:
    std::deque<Message> messages_;
    std::size_t bytes_ = 0; ///< of their texts
};

} // namespace kith::model

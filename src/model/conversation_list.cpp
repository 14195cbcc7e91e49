#include "model/conversation_list.h"

#include "model/conversation.h"

#include <algorithm>

namespace kith::model {

ConversationList::ConversationList(QObject* parent)
    : QAbstractListModel(parent) {}

int ConversationList::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant ConversationList::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    Conversation* const conversation = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return conversation->host();
    case ConversationRole:
        return QVariant::fromValue(conversation);
    case StateRole:
        return static_cast<int>(conversation->state());
    case PreviewRole:
        return conversation->lastText();
    case TimeRole:
        return conversation->lastTime().isValid() ? conversation->lastTime() : conversation->since();
    case UnreadRole:
        return conversation->unread();
    default:
        return {};
    }
}

int ConversationList::rowOf(const Conversation* conversation) const {
    const auto found = std::ranges::find(rows_, conversation);
    return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

void ConversationList::add(Conversation* conversation) {
    if (rowOf(conversation) >= 0)
        return;
    beginInsertRows({}, 0, 0);
    rows_.insert(rows_.begin(), conversation);
    endInsertRows();
    connect(conversation, &Conversation::changed, this, [this, conversation] { refresh(conversation); });
    connect(conversation, &Conversation::unreadChanged, this,
            [this, conversation] { refresh(conversation); });
    connect(conversation, &Conversation::messageAdded, this, [this, conversation] {
        moveToTop(conversation);
        refresh(conversation);
    });
}

void ConversationList::remove(Conversation* conversation) {
    const int row = rowOf(conversation);
    if (row < 0)
        return;
    conversation->disconnect(this);
    beginRemoveRows({}, row, row);
    rows_.erase(rows_.begin() + row);
    endRemoveRows();
}

void ConversationList::refresh(Conversation* conversation) {
    const int row = rowOf(conversation);
    if (row >= 0)
        Q_EMIT dataChanged(index(row), index(row));
}

void ConversationList::moveToTop(Conversation* conversation) {
    const int row = rowOf(conversation);
    if (row <= 0)
        return;
    beginMoveRows({}, row, row, {}, 0);
    std::rotate(rows_.begin(), rows_.begin() + row, rows_.begin() + row + 1);
    endMoveRows();
}

} // namespace kith::model

#include "model/message_list.h"

#include "core/limits.h"

#include <algorithm>
#include <utility>

namespace kith::model {

namespace limits = core::limits;

namespace {

std::size_t bytesOf(const Message& message) {
    return static_cast<std::size_t>(message.text.size()) * sizeof(QChar);
}

} // namespace

MessageList::MessageList(QObject* parent)
    : QAbstractListModel(parent) {}

int MessageList::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(messages_.size());
}

QVariant MessageList::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Message& message = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return message.text;
    case IdRole:
        return message.id;
    case MineRole:
        return message.mine;
    case TimeRole:
        return message.written;
    case StateRole:
        return static_cast<int>(message.state);
    default:
        return {};
    }
}

void MessageList::append(Message message) {
    bytes_ += bytesOf(message);
    const int row = static_cast<int>(messages_.size());
    beginInsertRows({}, row, row);
    messages_.push_back(std::move(message));
    endInsertRows();
    // The newest stays, however long it is.
    while (messages_.size() > 1 &&
           (messages_.size() > limits::messagesInMemory || bytes_ > limits::messageBytesInMemory)) {
        beginRemoveRows({}, 0, 0);
        bytes_ -= bytesOf(messages_.front());
        messages_.pop_front();
        endRemoveRows();
    }
}

bool MessageList::setState(qint64 id, core::MessageState state) {
    const auto found = std::ranges::lower_bound(messages_, id, {}, &Message::id);
    if (found == messages_.end() || found->id != id)
        return false;
    if (found->state == state)
        return true;
    found->state = state;
    const QModelIndex changed = index(static_cast<int>(found - messages_.begin()));
    Q_EMIT dataChanged(changed, changed, {StateRole});
    return true;
}

} // namespace kith::model

#include "gui/conversation_rows.h"

#include "gui/conversation_words.h"
#include "gui/theme.h"
#include "model/conversation.h"
#include "model/conversation_list.h"

#include <algorithm>

namespace kith::gui {

using core::ConversationState;
using model::Conversation;
using model::ConversationList;

void ConversationRows::setList(ConversationList& list) {
    list_ = &list;
    connect(list_, &QAbstractItemModel::rowsInserted, this, &ConversationRows::sync);
    connect(list_, &QAbstractItemModel::rowsMoved, this, &ConversationRows::sync);
    connect(list_, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex&, int first, int last) {
                // A conversation does not outlive its row.
                for (int row = first; row <= last; ++row) {
                    const auto found = std::ranges::find(rows_, list_->at(row));
                    if (found == rows_.end())
                        continue;
                    const int at = static_cast<int>(found - rows_.begin());
                    beginRemoveRows({}, at, at);
                    rows_.erase(found);
                    endRemoveRows();
                }
            });
    connect(list_, &QAbstractItemModel::rowsRemoved, this, &ConversationRows::sync);
    connect(list_, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex& from) {
        sync();
        refresh(list_->at(from.row()));
    });
    sync();
}

void ConversationRows::setFoldOpen(bool open) {
    if (open == foldOpen_)
        return;
    foldOpen_ = open;
    sync();
    refresh(nullptr);
}

std::vector<Conversation*> ConversationRows::wanted() {
    std::vector<Conversation*> live;
    std::vector<Conversation*> ended;
    endedUnread_ = 0;
    for (int row = 0; row < list_->rowCount(); ++row) {
        Conversation* conversation = list_->at(row);
        const bool over = conversation->state() == ConversationState::Ended &&
                          conversation->kind() == model::PeerKind::Plain;
        (over ? ended : live).push_back(conversation);
        if (over)
            endedUnread_ += conversation->unread();
    }
    ended_ = static_cast<int>(ended.size());
    if (!ended.empty())
        live.push_back(nullptr);
    if (foldOpen_)
        live.insert(live.end(), ended.begin(), ended.end());
    return live;
}

void ConversationRows::removeUnwanted(const std::vector<Conversation*>& wanted) {
    for (int row = static_cast<int>(rows_.size()) - 1; row >= 0; --row) {
        if (std::ranges::find(wanted, rows_[static_cast<std::size_t>(row)]) != wanted.end())
            continue;
        beginRemoveRows({}, row, row);
        rows_.erase(rows_.begin() + row);
        endRemoveRows();
    }
}

void ConversationRows::sync() {
    const int endedBefore = ended_;
    const int unreadBefore = endedUnread_;
    const std::vector<Conversation*> now = wanted();
    removeUnwanted(now);
    for (std::size_t row = 0; row < now.size(); ++row) {
        const auto here = rows_.begin() + static_cast<std::ptrdiff_t>(row);
        const auto found = std::find(here, rows_.end(), now[row]);
        const int to = static_cast<int>(row);
        if (found == rows_.end()) {
            beginInsertRows({}, to, to);
            rows_.insert(here, now[row]);
            endInsertRows();
        } else if (found != here) {
            const int from = static_cast<int>(found - rows_.begin());
            beginMoveRows({}, from, from, {}, to);
            std::rotate(here, found, found + 1);
            endMoveRows();
        }
    }
    if (ended_ != endedBefore || endedUnread_ != unreadBefore)
        refresh(nullptr);
}

void ConversationRows::refresh(const Conversation* conversation) {
    const int row = rowOf(conversation);
    if (row >= 0)
        Q_EMIT dataChanged(index(row), index(row));
}

int ConversationRows::rowOf(const Conversation* conversation) const {
    const auto found = std::ranges::find(rows_, conversation);
    return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

int ConversationRows::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

Conversation* ConversationRows::conversationAt(const QModelIndex& index) {
    return index.isValid() ? index.data(ConversationList::ConversationRole).value<Conversation*>() : nullptr;
}

bool ConversationRows::isFold(const QModelIndex& index) {
    return index.data(FoldRole).toBool();
}

QVariant ConversationRows::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    Conversation* conversation = rows_[static_cast<std::size_t>(index.row())];
    if (conversation == nullptr)
        return foldData(role);
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole || role == Qt::ToolTipRole)
        return conversationData(*conversation, role);
    return list_->data(list_->index(list_->rowOf(conversation)), role);
}

QVariant ConversationRows::conversationData(const Conversation& conversation, int role) {
    const QString title = titleOf(conversation);
    if (role == Qt::DisplayRole)
        return title;
    if (role == Qt::ToolTipRole)
        return plainToolTip(title + QLatin1Char('\n') + stateOf(conversation));
    const QString line = tr("%1, %2").arg(isolated(title), stateOf(conversation));
    return conversation.unread() > 0 ? tr("%1, %2 unread").arg(line, QString::number(conversation.unread()))
                                     : line;
}

QVariant ConversationRows::foldData(int role) const {
    switch (role) {
    case Qt::DisplayRole:
        return tr("Ended plain text (%1)").arg(ended_);
    case Qt::AccessibleTextRole:
        return foldOpen_ ? tr("Ended plain text, %1, shown below").arg(ended_)
                         : tr("Ended plain text, %1, folded away").arg(ended_);
    case Qt::ToolTipRole:
        return plainToolTip(tr("Ended conversations leave this list after a day; search finds them."));
    case FoldRole:
        return true;
    case FoldOpenRole:
        return foldOpen_;
    case FoldUnreadRole:
        return foldOpen_ ? 0 : endedUnread_;
    default:
        return {};
    }
}

} // namespace kith::gui

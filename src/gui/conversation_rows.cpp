#include "gui/conversation_rows.h"

#include "gui/theme.h"
#include "model/conversation.h"
#include "model/conversation_list.h"
#include "words/sentences.h"

namespace kith::gui {

using model::Conversation;
using model::ConversationList;

QString titleOf(const Conversation& conversation) {
    return words::conversationTitle(conversation.host(), conversation.ordinal());
}

QString stateOf(const Conversation& conversation) {
    return words::stateLine(conversation.state(),
                            {conversation.host(), conversation.dialled(), false, -1, {}});
}

Conversation* ConversationRows::conversationAt(const QModelIndex& index) {
    return index.isValid() ? index.data(ConversationList::ConversationRole).value<Conversation*>() : nullptr;
}

QVariant ConversationRows::data(const QModelIndex& index, int role) const {
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole)
        return QIdentityProxyModel::data(index, role);
    const Conversation* conversation = conversationAt(index);
    if (conversation == nullptr)
        return {};
    const QString title = titleOf(*conversation);
    if (role == Qt::DisplayRole)
        return title;
    if (role == Qt::ToolTipRole)
        return plainToolTip(title + QLatin1Char('\n') + stateOf(*conversation));
    const QString line = tr("%1, %2").arg(title, stateOf(*conversation));
    return conversation->unread() > 0 ? tr("%1, %2 unread").arg(line).arg(conversation->unread()) : line;
}

} // namespace kith::gui

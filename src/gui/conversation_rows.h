// The conversations with their words. GUI thread.
#pragma once

#include <QIdentityProxyModel>

namespace kith::model {
class Conversation;
}

namespace kith::gui {

/// The model's conversations as the side bar shows and a screen reader reads them: title, and "title, state,
/// 2 unread". Owned by the side bar; GUI thread.
class ConversationRows final : public QIdentityProxyModel {
    Q_OBJECT

public:
    using QIdentityProxyModel::QIdentityProxyModel;

    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    /// Null where the index is none of this model's.
    [[nodiscard]] static model::Conversation* conversationAt(const QModelIndex& index);
};

/// The title of a conversation, wherever it stands.
[[nodiscard]] QString titleOf(const model::Conversation& conversation);
/// Its state in words.
[[nodiscard]] QString stateOf(const model::Conversation& conversation);

} // namespace kith::gui

// The conversations with their words, in the order of the side bar. GUI thread.
#pragma once

#include <QAbstractListModel>

#include <vector>

namespace kith::model {
class Conversation;
class ConversationList;
} // namespace kith::model

namespace kith::gui {

/// The model's conversations as the side bar shows and a screen reader reads them: contacts and those that go
/// on, and below them one row under which what has ended in plain text is folded. Title, and "title, state, 2
/// unread". Owned by the side bar; GUI thread.
class ConversationRows final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        FoldRole = Qt::UserRole + 100, ///< bool: it is the row of the ended ones
        FoldOpenRole,                  ///< bool: those are shown below it
        FoldUnreadRole,                ///< int: unread of those that are folded away
    };

    using QAbstractListModel::QAbstractListModel;

    /// Once; the list must outlive this.
    void setList(model::ConversationList& list);

    /// Those that have ended are shown. At first they are folded away.
    [[nodiscard]] bool isFoldOpen() const { return foldOpen_; }
    void setFoldOpen(bool open);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    /// -1 where it has no row, or is folded away.
    [[nodiscard]] int rowOf(const model::Conversation* conversation) const;
    /// Null for the fold, and where the index is none of this model's.
    [[nodiscard]] static model::Conversation* conversationAt(const QModelIndex& index);
    [[nodiscard]] static bool isFold(const QModelIndex& index);

private:
    /// Makes the rows what they are to be, one change after another, so that a view keeps its place.
    void sync();
    void refresh(const model::Conversation* conversation);
    [[nodiscard]] std::vector<model::Conversation*> wanted();
    void removeUnwanted(const std::vector<model::Conversation*>& wanted);
    [[nodiscard]] QVariant foldData(int role) const;
    [[nodiscard]] static QVariant conversationData(const model::Conversation& conversation, int role);

    model::ConversationList* list_ = nullptr;
    std::vector<model::Conversation*> rows_; ///< null is the fold
    int ended_ = 0;
    int endedUnread_ = 0;
    bool foldOpen_ = false;
};

} // namespace kith::gui

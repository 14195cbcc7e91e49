// The conversations of the side bar, as an item model.
#pragma once

#include <QAbstractListModel>

#include <vector>

namespace kith::model {

class Conversation;

/// Conversations that are connecting or were open at some time, newest activity first. Owned by the
/// Messenger, which owns the conversations too; GUI thread. A row's Conversation lives as long as its row.
class ConversationList final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        ConversationRole = Qt::UserRole + 1, ///< Conversation*, as QVariant::fromValue
        StateRole,                           ///< int(core::ConversationState)
        PreviewRole,                         ///< QString: the last message, its first line
        TimeRole,                            ///< QDateTime of the last message, or since()
        UnreadRole,                          ///< int
    };

    explicit ConversationList(QObject* parent);

    /// Qt::DisplayRole is host(); words/ makes the title.
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    [[nodiscard]] Conversation* at(int row) const { return rows_[static_cast<std::size_t>(row)]; }
    /// -1 where it is not in the list.
    [[nodiscard]] int rowOf(const Conversation* conversation) const;

    void add(Conversation* conversation);
    void remove(Conversation* conversation);

private:
    void refresh(Conversation* conversation);
    void moveToTop(Conversation* conversation);

    std::vector<Conversation*> rows_;
};

} // namespace kith::model

Q_DECLARE_METATYPE(kith::model::Conversation*)

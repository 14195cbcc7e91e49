// How a row of the conversation list looks. GUI thread.
#pragma once

#include <QStyledItemDelegate>

namespace kith::gui {

/// Paints avatar, title, time, one line of preview, unread count and the mark of the state. Owned by the side
/// bar; GUI thread.
class ConversationDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace kith::gui

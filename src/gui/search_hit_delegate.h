// Draws one hit of a search. GUI thread.
#pragma once

#include "model/history.h"

#include <QStyledItemDelegate>

namespace kith::gui {

/// The part of a hit's text that fits on a line: one line, beginning near its first match.
struct Snippet {
    QString text;
    QList<store::TextRange> matches; ///< in `text`
};

/// `width` in characters, about. Text of peers: it is drawn character by character, never read as mark-up.
[[nodiscard]] Snippet snippetOf(const QString& text, const QList<store::TextRange>& matches, qsizetype width);

/// A row: the conversation, the time, and the line with what was found in bold. Owned by the search page; GUI
/// thread.
class SearchHitDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace kith::gui

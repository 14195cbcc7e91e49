#include "gui/conversation_delegate.h"

#include "gui/avatar.h"
#include "gui/conversation_rows.h"
#include "gui/conversation_words.h"
#include "gui/message_layout.h"
#include "gui/theme.h"
#include "model/conversation.h"
#include "model/conversation_list.h"

#include <QGuiApplication>
#include <QLocale>
#include <QPainter>

namespace kith::gui {

using core::ConversationState;
using model::ConversationList;

namespace {

QString shortTime(const QDateTime& time) {
    if (!time.isValid())
        return {};
    if (time.date() == QDate::currentDate())
        return timeOfDay(time);
    return QLocale().toString(time.date(), QLocale::ShortFormat);
}

/// Draws the pill and returns its width with the gap before it; 0 where nothing is unread.
int paintUnread(QPainter& painter, const QRect& line, int unread, int u, const Colours& colours) {
    if (unread == 0)
        return 0;
    const QString text = unread > 99 ? QStringLiteral("99+") : QString::number(unread);
    painter.setFont(Theme::smallFont());
    const int height = 5 * u;
    const int width = std::max(height, painter.fontMetrics().horizontalAdvance(text) + 3 * u);
    const QRect pill(line.right() + 1 - width, line.center().y() - height / 2, width, height);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.accent);
    painter.drawRoundedRect(pill, height / 2.0, height / 2.0);
    painter.setPen(colours.onAccent);
    painter.drawText(pill, Qt::AlignCenter, text);
    return width + 2 * u;
}

void paintWords(QPainter& painter, const QRect& area, const QModelIndex& index, int u,
                const Colours& colours) {
    const QFontMetrics strong(Theme::strongFont());
    const QFontMetrics small(Theme::smallFont());
    const int top = area.top() + (area.height() - strong.height() - small.height() - u) / 2;
    QRect upper(area.left(), top, area.width(), strong.height());
    QRect lower(area.left(), upper.bottom() + 1 + u, area.width(), small.height());

    const QString time = shortTime(index.data(ConversationList::TimeRole).toDateTime());
    painter.setFont(Theme::smallFont());
    painter.setPen(colours.secondText);
    painter.drawText(upper, Qt::AlignRight | Qt::AlignVCenter, time);
    upper.setRight(upper.right() - small.horizontalAdvance(time) - 2 * u);

    painter.setFont(Theme::strongFont());
    painter.setPen(colours.text);
    painter.drawText(
        upper, Qt::AlignLeft | Qt::AlignVCenter,
        strong.elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideRight, upper.width()));

    const int unread = index.data(ConversationList::UnreadRole).toInt();
    lower.setRight(lower.right() - paintUnread(painter, lower, unread, u, colours));
    QString preview = index.data(ConversationList::PreviewRole).toString();
    if (preview.isEmpty()) {
        if (const auto* conversation = ConversationRows::conversationAt(index))
            preview = stateOf(*conversation);
    }
    painter.setFont(Theme::smallFont());
    painter.setPen(unread > 0 ? colours.text : colours.secondText);
    painter.drawText(lower, Qt::AlignLeft | Qt::AlignVCenter,
                     small.elidedText(preview, Qt::ElideRight, lower.width()));
}

/// A small triangle that points at what is folded away, and the words.
void paintFold(QPainter& painter, QRect area, const QModelIndex& index, int u, const Colours& colours) {
    const bool open = index.data(ConversationRows::FoldOpenRole).toBool();
    const QPointF middle(area.left() + 1.5 * u, area.center().y() + 0.5);
    const qreal half = 1.1 * u;
    const QPolygonF triangle =
        open ? QPolygonF({middle + QPointF(-half, -half / 2), middle + QPointF(half, -half / 2),
                          middle + QPointF(0, half / 2)})
             : QPolygonF({middle + QPointF(-half / 2, -half), middle + QPointF(half / 2, 0),
                          middle + QPointF(-half / 2, half)});
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.secondText);
    painter.drawPolygon(triangle);
    area.setLeft(area.left() + 5 * u);
    area.setRight(area.right() - paintUnread(painter, area,
                                             index.data(ConversationRows::FoldUnreadRole).toInt(), u,
                                             colours));
    painter.setFont(Theme::smallFont());
    painter.setPen(colours.secondText);
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideRight,
                                                      area.width()));
}

} // namespace

QSize ConversationDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    Q_UNUSED(option)
    const int u = Theme::unit();
    if (ConversationRows::isFold(index))
        return {50 * u, std::max(10 * u, QFontMetrics(Theme::smallFont()).height() + 5 * u)};
    const int text =
        QFontMetrics(Theme::strongFont()).height() + QFontMetrics(Theme::smallFont()).height() + 7 * u;
    return {50 * u, std::max(16 * u, text)};
}

void ConversationDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const {
    const int u = Theme::unit();
    const Colours colours = Colours::current();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect row = option.rect.adjusted(u, u / 4, -u, -u / 4);
    const bool chosen = option.state.testFlag(QStyle::State_Selected);
    if (chosen || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(chosen ? colours.chosen : colours.hover);
        painter->drawRoundedRect(row, 2 * u, 2 * u);
    }
    if (option.state.testFlag(QStyle::State_HasFocus) &&
        option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
        painter->setPen(QPen(colours.accent, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(row.adjusted(1, 1, -1, -1), 2 * u, 2 * u);
    }
    if (ConversationRows::isFold(index)) {
        paintFold(*painter, option.rect.adjusted(4 * u, 0, -4 * u, 0), index, u, colours);
        painter->restore();
        return;
    }
    const auto* conversation = ConversationRows::conversationAt(index);
    if (conversation == nullptr) {
        painter->restore();
        return;
    }
    const int side = 10 * u;
    const QRect avatar(option.rect.left() + 3 * u, option.rect.center().y() - side / 2, side, side);
    paintAvatar(*painter, avatar, conversation->name(), conversation->state() == ConversationState::Ended);
    const QRectF mark(avatar.right() - 3 * u + 1, avatar.bottom() - 3 * u + 1, 3.5 * u, 3.5 * u);
    painter->setPen(Qt::NoPen);
    painter->setBrush(chosen ? colours.chosen : colours.window);
    painter->drawEllipse(mark.adjusted(-1, -1, 1, 1));
    paintStateMark(*painter, mark, markOf(*conversation), colours);
    paintWords(*painter, option.rect.adjusted(16 * u, 0, -4 * u, 0), index, u, colours);
    painter->restore();
}

} // namespace kith::gui

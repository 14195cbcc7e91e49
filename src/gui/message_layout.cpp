#include "gui/message_layout.h"

#include "gui/icons.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace kith::gui {

using core::MessageState;

namespace {

/// A rectangle with a radius of its own at each corner.
QPainterPath rounded(const QRectF& r, qreal topLeft, qreal topRight, qreal bottomRight, qreal bottomLeft) {
    QPainterPath path;
    path.moveTo(r.left() + topLeft, r.top());
    path.lineTo(r.right() - topRight, r.top());
    path.arcTo(QRectF(r.right() - 2 * topRight, r.top(), 2 * topRight, 2 * topRight), 90, -90);
    path.lineTo(r.right(), r.bottom() - bottomRight);
    path.arcTo(
        QRectF(r.right() - 2 * bottomRight, r.bottom() - 2 * bottomRight, 2 * bottomRight, 2 * bottomRight),
        0, -90);
    path.lineTo(r.left() + bottomLeft, r.bottom());
    path.arcTo(QRectF(r.left(), r.bottom() - 2 * bottomLeft, 2 * bottomLeft, 2 * bottomLeft), 270, -90);
    path.lineTo(r.left(), r.top() + topLeft);
    path.arcTo(QRectF(r.left(), r.top(), 2 * topLeft, 2 * topLeft), 180, -90);
    path.closeSubpath();
    return path;
}

qreal naturalWidth(const QTextLayout& layout) {
    qreal width = 0;
    for (int i = 0; i < layout.lineCount(); ++i)
        width = std::max(width, layout.lineAt(i).naturalTextWidth());
    return width;
}

} // namespace

int MessageMeasures::columnWidth() const {
    return std::max(10 * unit, std::min(190 * unit, width) - 8 * unit);
}

int MessageMeasures::columnLeft() const {
    return (width - columnWidth()) / 2;
}

int MessageMeasures::maxTextWidth() const {
    const int characters = 70 * QFontMetrics(font).averageCharWidth();
    // In a narrow window three quarters would leave nothing to read in.
    const int share = width < 120 * unit ? columnWidth() * 86 / 100 : columnWidth() * 75 / 100;
    return std::max(8 * unit, std::min(characters, share - 6 * unit));
}

QString dayName(const QDate& day) {
    const QDate today = QDate::currentDate();
    if (day == today)
        return QCoreApplication::translate("MessageView", "Today");
    if (day == today.addDays(-1))
        return QCoreApplication::translate("MessageView", "Yesterday");
    return QLocale().toString(day, QLocale::LongFormat);
}

QString timeOfDay(const QDateTime& time) {
    // The C locale's short format has seconds.
    QString format = QLocale().timeFormat(QLocale::ShortFormat);
    format.remove(QLatin1String(":ss"));
    return QLocale().toString(time.time(), format);
}

MessageLayout::MessageLayout(const model::Message& message, const MessageNeighbours& neighbours,
                             const MessageMeasures& measures)
    : neighbours_(neighbours)
    , mine_(message.mine)
    , unit_(measures.unit)
    , width_(measures.width)
    , smallFont_(measures.smallFont)
    , markSize_(message.mine && message.state != MessageState::Sent ? 4 * measures.unit : 0) {
    if (neighbours_.newDay)
        day_ = dayName(message.written.date());
    if (neighbours_.endsGroup)
        time_ = timeOfDay(message.written);
    links_ = linksIn(message.text);
    splitText(message.text, measures);
    placeBubble(measures);
}

void MessageLayout::splitText(const QString& text, const MessageMeasures& measures) {
    int start = 0;
    while (start <= text.size()) {
        int end = static_cast<int>(text.indexOf(QLatin1Char('\n'), start));
        if (end < 0)
            end = static_cast<int>(text.size());
        Paragraph paragraph;
        paragraph.start = start;
        const QString part = text.mid(start, end - start);
        paragraph.layout = std::make_unique<QTextLayout>(part, measures.font);
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        option.setTextDirection(part.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
        option.setAlignment(part.isRightToLeft() ? Qt::AlignRight : Qt::AlignLeft);
        option.setTabStopDistance(QFontMetricsF(measures.font).horizontalAdvance(QLatin1Char(' ')) * 4);
        paragraph.layout->setTextOption(option);
        paragraph.layout->setCacheEnabled(true);
        markLinks(paragraph);
        breakLines(paragraph, measures.maxTextWidth());
        paragraphs_.push_back(std::move(paragraph));
        start = end + 1;
    }
}

void MessageLayout::markLinks(Paragraph& paragraph) const {
    const auto length = static_cast<int>(paragraph.layout->text().size());
    QList<QTextLayout::FormatRange> ranges;
    for (const Link& link : links_) {
        const int from = link.from - paragraph.start;
        if (from < 0 || from + link.length > length)
            continue; // of another paragraph; no link goes over the end of one
        QTextLayout::FormatRange range;
        range.start = from;
        range.length = link.length;
        range.format.setFontUnderline(true);
        range.format.setForeground(Colours::current().link);
        ranges.append(range);
    }
    paragraph.layout->setFormats(ranges);
}

void MessageLayout::breakLines(Paragraph& paragraph, qreal width) const {
    QTextLayout& layout = *paragraph.layout;
    layout.beginLayout();
    qreal y = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition(QPointF(0, y));
        y += std::ceil(line.height());
    }
    layout.endLayout();
}

void MessageLayout::placeBubble(const MessageMeasures& measures) {
    const QFontMetrics small(smallFont_);
    int y = neighbours_.startsGroup ? 3 * unit_ : unit_ / 2;
    if (neighbours_.newDay) {
        dayRect_ = QRect(0, 5 * unit_, width_, small.height() + unit_);
        y = dayRect_.bottom() + 1 + 5 * unit_;
    }

    const bool hasFoot = !time_.isEmpty() || markSize_ > 0;
    const int footWidth =
        hasFoot ? small.horizontalAdvance(time_) + (markSize_ > 0 ? markSize_ + unit_ : 0) : 0;
    qreal textWidth = 0;
    for (const Paragraph& paragraph : paragraphs_)
        textWidth = std::max(textWidth, naturalWidth(*paragraph.layout));
    const QTextLayout& last = *paragraphs_.back().layout;
    const bool lastIsRtl = last.textOption().textDirection() == Qt::RightToLeft;
    const qreal lastLine = last.lineCount() > 0 ? last.lineAt(last.lineCount() - 1).naturalTextWidth() : 0;
    const qreal besideIt = lastLine + 3 * unit_ + footWidth;
    const bool footBeside = hasFoot && !lastIsRtl && besideIt <= measures.maxTextWidth();
    if (hasFoot)
        textWidth = std::max(textWidth, footBeside ? besideIt : footWidth);
    const int inner = static_cast<int>(std::ceil(textWidth)) + 1;

    const int bubbleWidth = inner + 6 * unit_;
    const int left =
        mine_ ? measures.columnLeft() + measures.columnWidth() - bubbleWidth : measures.columnLeft();
    qreal textY = y + 2 * unit_;
    for (Paragraph& paragraph : paragraphs_) {
        if (paragraph.layout->textOption().textDirection() == Qt::RightToLeft)
            breakLines(paragraph, inner);
        paragraph.position = QPointF(left + 3 * unit_, textY);
        textY += paragraph.layout->boundingRect().height();
    }
    int bottom = static_cast<int>(std::ceil(textY));
    if (hasFoot) {
        const int footTop = footBeside ? bottom - small.height() + unit_ / 2 : bottom;
        foot_ = QRect(left + 3 * unit_ + inner - footWidth, footTop, footWidth, small.height());
        bottom = std::max(bottom, foot_.bottom() + 1 - (footBeside ? unit_ / 2 : 0));
    }
    bubble_ = QRect(left, y, bubbleWidth, bottom + 2 * unit_ - y);
    height_ = bubble_.bottom() + 1;
}

const MessageLayout::Paragraph& MessageLayout::paragraphAt(int y) const {
    for (const Paragraph& paragraph : paragraphs_) {
        if (y < paragraph.position.y() + paragraph.layout->boundingRect().height())
            return paragraph;
    }
    return paragraphs_.back();
}

int MessageLayout::offsetAt(const QPoint& point) const {
    if (point.y() < bubble_.top())
        return 0;
    const Paragraph& paragraph = paragraphAt(point.y());
    const QTextLayout& layout = *paragraph.layout;
    if (point.y() > bubble_.bottom())
        return paragraph.start + static_cast<int>(layout.text().size());
    const QPointF inside = point - paragraph.position;
    for (int i = 0; i < layout.lineCount(); ++i) {
        const QTextLine line = layout.lineAt(i);
        if (inside.y() < line.y() + line.height() || i == layout.lineCount() - 1)
            return paragraph.start + line.xToCursor(inside.x());
    }
    return paragraph.start;
}

const Link* MessageLayout::linkAt(const QPoint& point) const {
    if (links_.isEmpty() || !overText(point))
        return nullptr;
    const Paragraph& paragraph = paragraphAt(point.y());
    const QPointF inside = point - paragraph.position;
    for (int i = 0; i < paragraph.layout->lineCount(); ++i) {
        const QTextLine line = paragraph.layout->lineAt(i);
        if (inside.y() < line.y() || inside.y() >= line.y() + line.height() ||
            !line.naturalTextRect().contains(QPointF(inside.x(), line.y() + 1)))
            continue;
        const int offset = paragraph.start + line.xToCursor(inside.x(), QTextLine::CursorOnCharacter);
        for (const Link& link : links_) {
            if (offset >= link.from && offset < link.from + link.length)
                return &link;
        }
    }
    return nullptr;
}

bool MessageLayout::overText(const QPoint& point) const {
    return bubble_.adjusted(unit_, unit_, -unit_, -unit_).contains(point) && !foot_.contains(point);
}

void MessageLayout::drawBubble(QPainter& painter, const QPoint& origin, const Colours& colours) const {
    const qreal big = 3 * unit_;
    const qreal small = unit_;
    const qreal upper = neighbours_.startsGroup || neighbours_.newDay ? big : small;
    const qreal lower = neighbours_.endsGroup ? big : small;
    const QRectF rect = QRectF(bubble_).translated(origin);
    painter.setPen(Qt::NoPen);
    painter.setBrush(mine_ ? colours.ownBubble : colours.otherBubble);
    painter.drawPath(mine_ ? rounded(rect, big, upper, lower, big) : rounded(rect, upper, big, big, lower));
}

void MessageLayout::drawDayLine(QPainter& painter, const QPoint& origin, const Colours& colours) const {
    const QRect rect = dayRect_.translated(origin);
    const int textWidth = QFontMetrics(smallFont_).horizontalAdvance(day_) + 6 * unit_;
    const int side = std::max(0, std::min(rect.width() - textWidth - 8 * unit_, 60 * unit_) / 2);
    const int middle = rect.center().x();
    painter.setPen(colours.hairline);
    painter.drawLine(middle - textWidth / 2 - side, rect.center().y(), middle - textWidth / 2,
                     rect.center().y());
    painter.drawLine(middle + textWidth / 2, rect.center().y(), middle + textWidth / 2 + side,
                     rect.center().y());
    painter.setPen(colours.secondText);
    painter.setFont(smallFont_);
    painter.drawText(rect, Qt::AlignCenter, day_);
}

void MessageLayout::drawFoot(QPainter& painter, const QPoint& origin, const Colours& colours,
                             MessageState state, bool waitingMark) const {
    const QRect rect = foot_.translated(origin);
    painter.setPen(colours.secondText);
    painter.setFont(smallFont_);
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, time_);
    if (!mine_ || markSize_ == 0 || (state == MessageState::Waiting && !waitingMark))
        return;
    const bool failed = state == MessageState::Failed;
    const QPixmap mark =
        iconPixmap(failed ? QStringLiteral("alert") : QStringLiteral("clock"), markSize_,
                   failed ? colours.danger : colours.secondText, painter.device()->devicePixelRatioF());
    painter.drawPixmap(rect.right() + 1 - markSize_, rect.center().y() - markSize_ / 2, mark);
}

void MessageLayout::draw(QPainter& painter, const QPoint& origin, const Colours& colours,
                         const SelectedRange& selected, MessageState state, bool waitingMark) const {
    if (!day_.isEmpty())
        drawDayLine(painter, origin, colours);
    drawBubble(painter, origin, colours);
    painter.setPen(colours.text);
    for (const Paragraph& paragraph : paragraphs_) {
        const int length = static_cast<int>(paragraph.layout->text().size());
        const int from = std::clamp(selected.from - paragraph.start, 0, length);
        const int to = std::clamp(selected.to - paragraph.start, 0, length);
        QList<QTextLayout::FormatRange> ranges;
        if (from < to) {
            QTextLayout::FormatRange range;
            range.start = from;
            range.length = to - from;
            range.format.setBackground(colours.accent);
            range.format.setForeground(colours.onAccent);
            ranges.append(range);
        }
        paragraph.layout->draw(&painter, paragraph.position + origin, ranges);
    }
    if (!foot_.isEmpty())
        drawFoot(painter, origin, colours, state, waitingMark);
}

} // namespace kith::gui

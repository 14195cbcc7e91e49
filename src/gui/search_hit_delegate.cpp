#include "gui/search_hit_delegate.h"

#include "gui/colours.h"
#include "gui/message_layout.h"
#include "gui/search_hits.h"
#include "gui/theme.h"

#include <QLocale>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>

namespace kith::gui {

namespace {

/// Of the text before the first match so much is shown.
constexpr qsizetype before = 24;

QString timeOf(const QDateTime& time) {
    if (time.date() == QDate::currentDate())
        return timeOfDay(time);
    return QLocale().toString(time.date(), QLocale::ShortFormat) + QLatin1Char(' ') + timeOfDay(time);
}

void paintLine(QPainter& painter, const QRect& rect, const Snippet& snippet, const QString& author,
               const Colours& colours) {
    QTextLayout layout(author + snippet.text, painter.font());
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    const bool rightToLeft = snippet.text.isRightToLeft();
    option.setTextDirection(rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
    option.setAlignment(rightToLeft ? Qt::AlignRight : Qt::AlignLeft);
    layout.setTextOption(option);
    QList<QTextLayout::FormatRange> formats;
    for (const store::TextRange& match : snippet.matches) {
        QTextLayout::FormatRange format;
        format.start = static_cast<int>(author.size() + match.from);
        format.length = static_cast<int>(match.length);
        format.format.setFontWeight(QFont::Bold);
        format.format.setForeground(colours.text);
        formats.append(format);
    }
    layout.setFormats(formats);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(rect.width());
    layout.endLayout();
    painter.save();
    painter.setClipRect(rect, Qt::IntersectClip);
    layout.draw(&painter, rect.topLeft());
    painter.restore();
}

} // namespace

Snippet snippetOf(const QString& text, const QList<store::TextRange>& matches, qsizetype width) {
    const qsizetype first = matches.isEmpty() ? 0 : matches.constFirst().from;
    qsizetype start = std::max<qsizetype>(0, first - before);
    if (start > 0) {
        // At a word, where one begins near; never inside a character of two units.
        const qsizetype space = text.indexOf(QLatin1Char(' '), start);
        if (space >= 0 && space < first)
            start = space + 1;
        else if (text[start].isLowSurrogate())
            ++start;
    }
    qsizetype end = std::min(text.size(), start + width);
    if (end < text.size() && text[end].isLowSurrogate())
        --end;
    Snippet snippet;
    snippet.text = text.mid(start, end - start);
    for (QChar& c : snippet.text) {
        if (c.category() == QChar::Other_Control || c == QChar::LineSeparator ||
            c == QChar::ParagraphSeparator)
            c = QLatin1Char(' ');
    }
    const QString left = start > 0 ? QStringLiteral("…") : QString();
    for (const store::TextRange& match : matches) {
        const qsizetype from = std::max(match.from, start);
        const qsizetype to = std::min(match.from + match.length, end);
        if (from < to)
            snippet.matches.append({from - start + left.size(), to - from});
    }
    snippet.text = left + snippet.text + (end < text.size() ? QStringLiteral("…") : QString());
    return snippet;
}

QSize SearchHitDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    Q_UNUSED(option)
    Q_UNUSED(index)
    const int u = Theme::unit();
    return {50 * u,
            QFontMetrics(Theme::strongFont()).height() + QFontMetrics(Theme::smallFont()).height() + 6 * u};
}

void SearchHitDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const {
    const auto* hits = qobject_cast<const SearchHits*>(index.model());
    if (hits == nullptr)
        return;
    const int u = Theme::unit();
    const Colours colours = Colours::current();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect row = option.rect.adjusted(2 * u, u / 4, -2 * u, -u / 4);
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

    const QFontMetrics small(Theme::smallFont());
    const QFontMetrics strong(Theme::strongFont());
    const QRect area = option.rect.adjusted(4 * u, 2 * u + u / 2, -4 * u, 0);
    QRect upper(area.left(), area.top(), area.width(), small.height());
    const QRect lower(area.left(), upper.bottom() + 1 + u / 2, area.width(), strong.height());
    const QString time = timeOf(index.data(SearchHits::TimeRole).toDateTime());
    painter->setFont(Theme::smallFont());
    painter->setPen(colours.secondText);
    painter->drawText(upper, Qt::AlignRight | Qt::AlignVCenter, time);
    upper.setRight(upper.right() - small.horizontalAdvance(time) - 2 * u);
    painter->drawText(
        upper, Qt::AlignLeft | Qt::AlignVCenter,
        small.elidedText(index.data(SearchHits::TitleRole).toString(), Qt::ElideRight, upper.width()));

    const store::SearchHit& hit = hits->at(index.row());
    painter->setFont(option.font);
    painter->setPen(mixed(colours.text, 0.85, colours.base));
    // Narrow letters are half as wide as the average.
    const qsizetype fitting = 2 * lower.width() / std::max(1, QFontMetrics(option.font).averageCharWidth());
    paintLine(*painter, lower, snippetOf(hit.entry.text, hit.matches, fitting),
              hit.entry.mine ? SearchHits::tr("You: ") : QString(), colours);
    painter->restore();
}

} // namespace kith::gui

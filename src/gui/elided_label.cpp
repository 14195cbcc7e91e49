#include "gui/elided_label.h"

#include "gui/theme.h"

#include <QPainter>
#include <QStyle>

namespace kith::gui {

ElidedLabel::ElidedLabel(QWidget* parent)
    : QLabel(parent) {
    setTextFormat(Qt::PlainText);
}

QSize ElidedLabel::minimumSizeHint() const {
    return {0, QLabel::minimumSizeHint().height()};
}

QString ElidedLabel::line() const {
    return text().replace(QLatin1Char('\n'), QLatin1Char(' '));
}

QString ElidedLabel::shownText() const {
    const int width = contentsRect().width();
    QString shown = line();
    while (!separator_.isEmpty() && fontMetrics().horizontalAdvance(shown) > width) {
        const qsizetype part = shown.indexOf(separator_);
        if (part < 0)
            break;
        shown.remove(0, part + separator_.size());
    }
    return fontMetrics().elidedText(shown, Qt::ElideRight, width);
}

void ElidedLabel::paintEvent(QPaintEvent* event) {
    Q_UNUSED(event)
    QPainter painter(this);
    const QRect rect = contentsRect();
    const QString shown = shownText();
    const QString tip = shown == line() ? QString() : plainToolTip(line());
    if (toolTip() != tip)
        setToolTip(tip);
    style()->drawItemText(&painter, rect, static_cast<int>(alignment()), palette(), isEnabled(), shown,
                          foregroundRole());
}

} // namespace kith::gui

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

void ElidedLabel::paintEvent(QPaintEvent* event) {
    Q_UNUSED(event)
    QPainter painter(this);
    const QRect rect = contentsRect();
    const QString line = QString(text()).replace(QLatin1Char('\n'), QLatin1Char(' '));
    const QString shown = fontMetrics().elidedText(line, Qt::ElideRight, rect.width());
    const QString tip = shown == line ? QString() : plainToolTip(line);
    if (toolTip() != tip)
        setToolTip(tip);
    style()->drawItemText(&painter, rect, static_cast<int>(alignment()), palette(), isEnabled(), shown,
                          foregroundRole());
}

} // namespace kith::gui

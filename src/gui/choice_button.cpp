#include "gui/choice_button.h"

#include "gui/theme.h"

#include <QGuiApplication>
#include <QPainter>
#include <QStyleOptionButton>
#include <QStylePainter>

namespace kith::gui {

ChoiceButton::ChoiceButton(QWidget* parent)
    : QPushButton(parent) {}

void ChoiceButton::setChoice(const QIcon& icon, const QString& word, const QString& line) {
    icon_ = icon;
    word_ = word;
    line_ = line;
    setAccessibleDescription(line);
    update();
}

QSize ChoiceButton::sizeHint() const {
    const int u = Theme::unit();
    const int text = QFontMetrics(Theme::smallFont()).horizontalAdvance(line_);
    return {text + 20 * u, 18 * u};
}

void ChoiceButton::paintEvent(QPaintEvent* event) {
    Q_UNUSED(event)
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    painter.drawControl(QStyle::CE_PushButtonBevel, option);

    const int u = Theme::unit();
    const Colours colours = Colours::current();
    const int side = 6 * u;
    icon_.paint(&painter, QRect(5 * u, (height() - side) / 2, side, side));
    const QFontMetrics strong(Theme::strongFont());
    const QFontMetrics small(Theme::smallFont());
    const int left = 15 * u;
    const int width = this->width() - left - 3 * u;
    int y = (height() - strong.height() - small.height() - u / 2) / 2;
    painter.setFont(Theme::strongFont());
    painter.setPen(colours.text);
    painter.drawText(QRect(left, y, width, strong.height()), Qt::AlignLeft | Qt::AlignVCenter, word_);
    y += strong.height() + u / 2;
    painter.setFont(Theme::smallFont());
    painter.setPen(colours.secondText);
    painter.drawText(QRect(left, y, width, small.height()), Qt::AlignLeft | Qt::AlignVCenter,
                     small.elidedText(line_, Qt::ElideRight, width));
}

} // namespace kith::gui

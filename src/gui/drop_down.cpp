#include "gui/drop_down.h"

#include "gui/icons.h"
#include "gui/theme.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOptionComboBox>

namespace kith::gui {

namespace {

void paintArrow(QWidget& box) {
    QStyleOptionComboBox option;
    option.initFrom(&box);
    option.subControls = QStyle::SC_ComboBoxArrow;
    const QRect area =
        box.style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxArrow, &box);
    const int side = 4 * Theme::unit();
    const QRect place = QStyle::alignedRect(box.layoutDirection(), Qt::AlignCenter, {side, side}, area);
    QPainter painter(&box);
    icon(QStringLiteral("chevron"), Tint::Second)
        .paint(&painter, place, Qt::AlignCenter, box.isEnabled() ? QIcon::Normal : QIcon::Disabled);
}

} // namespace

void ChoiceBox::paintEvent(QPaintEvent* event) {
    QComboBox::paintEvent(event);
    paintArrow(*this);
}

void DateBox::paintEvent(QPaintEvent* event) {
    QDateEdit::paintEvent(event);
    paintArrow(*this);
}

} // namespace kith::gui

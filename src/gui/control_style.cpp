#include "gui/control_style.h"

#include "gui/colours.h"
#include "gui/icons.h"
#include "gui/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace kith::gui {

ControlStyle::ControlStyle()
    : QProxyStyle(QStringLiteral("fusion")) {}

int ControlStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    const int u = Theme::unit();
    if (metric == PM_IndicatorWidth || metric == PM_IndicatorHeight)
        return 4 * u;
    if (metric == PM_CheckBoxLabelSpacing)
        return 2 * u;
    return QProxyStyle::pixelMetric(metric, option, widget);
}

void ControlStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                 const QWidget* widget) const {
    if (element != PE_IndicatorCheckBox) {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        return;
    }
    const int u = Theme::unit();
    const Colours colours = Colours::current();
    const bool on = option->state.testFlag(State_On);
    const bool enabled = option->state.testFlag(State_Enabled);
    const bool focused =
        option->state.testFlag(State_HasFocus) && option->state.testFlag(State_KeyboardFocusChange);
    const QColor faint = mixed(colours.text, 0.42, colours.base);
    const QColor ground = on ? (enabled ? colours.accent : faint) : colours.base;
    const QColor border =
        on && !focused ? ground : (enabled ? (focused ? colours.text : colours.secondText) : faint);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(border, focused ? 2 : 1.5));
    painter->setBrush(ground);
    painter->drawRoundedRect(QRectF(option->rect).adjusted(1, 1, -1, -1), u, u);
    if (on) {
        const int side = option->rect.width();
        painter->drawPixmap(option->rect.topLeft(),
                            iconPixmap(QStringLiteral("check"), side, colours.onAccent,
                                       painter->device()->devicePixelRatioF()));
    }
    painter->restore();
}

} // namespace kith::gui

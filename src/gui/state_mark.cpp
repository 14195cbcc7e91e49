#include "gui/state_mark.h"

#include <QPainter>
#include <QPainterPath>

namespace kith::gui {

using core::ConversationState;

void paintStateMark(QPainter& painter, const QRectF& rect, ConversationState state, const Colours& colours) {
    const QRectF r = rect.adjusted(1, 1, -1, -1);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    switch (state) {
    case ConversationState::Connecting:
    case ConversationState::Asking:
    case ConversationState::Closing:
        painter.setPen(QPen(colours.secondText, 1.5));
        painter.drawEllipse(r);
        painter.setBrush(colours.secondText);
        painter.drawPie(r, 90 * 16, 180 * 16);
        break;
    case ConversationState::Open: {
        QPainterPath diamond;
        diamond.moveTo(r.center().x(), r.top());
        diamond.lineTo(r.right(), r.center().y());
        diamond.lineTo(r.center().x(), r.bottom());
        diamond.lineTo(r.left(), r.center().y());
        diamond.closeSubpath();
        painter.fillPath(diamond, colours.caution);
        break;
    }
    case ConversationState::Ended:
        painter.setPen(QPen(colours.secondText, 1.5));
        painter.drawEllipse(r);
        break;
    }
    painter.restore();
}

StateMark::StateMark(QWidget* parent)
    : QWidget(parent) {}

void StateMark::setState(ConversationState state) {
    state_ = state;
    update();
}

void StateMark::paintEvent(QPaintEvent* event) {
    Q_UNUSED(event)
    QPainter painter(this);
    paintStateMark(painter, rect(), state_, Colours::current());
}

} // namespace kith::gui

#include "gui/state_mark.h"

#include <QPainter>
#include <QPainterPath>

namespace kith::gui {

namespace {

QPainterPath diamondIn(const QRectF& r) {
    QPainterPath diamond;
    diamond.moveTo(r.center().x(), r.top());
    diamond.lineTo(r.right(), r.center().y());
    diamond.lineTo(r.center().x(), r.bottom());
    diamond.lineTo(r.left(), r.center().y());
    diamond.closeSubpath();
    return diamond;
}

void paintExclamation(QPainter& painter, const QRectF& r, const QColor& colour) {
    const qreal thick = r.width() / 4;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(QRectF(r.center().x() - thick / 2, r.top(), thick, r.height() * 0.62), thick / 2,
                            thick / 2);
    painter.drawEllipse(QRectF(r.center().x() - thick / 2, r.bottom() - thick, thick, thick));
}

} // namespace

void paintStateMark(QPainter& painter, const QRectF& rect, Mark mark, const Colours& colours) {
    const QRectF r = rect.adjusted(1, 1, -1, -1);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    switch (mark) {
    case Mark::UnderWay:
        painter.setPen(QPen(colours.secondText, 1.5));
        painter.drawEllipse(r);
        painter.setBrush(colours.secondText);
        painter.drawPie(r, 90 * 16, 180 * 16);
        break;
    case Mark::Secure:
        painter.setPen(Qt::NoPen);
        painter.setBrush(colours.accent);
        painter.drawEllipse(r);
        break;
    case Mark::PlainText:
        painter.fillPath(diamondIn(r), colours.caution);
        break;
    case Mark::Away:
        painter.setPen(QPen(colours.secondText, 1.5));
        painter.drawEllipse(r);
        break;
    case Mark::Stopped:
        paintExclamation(painter, r, colours.danger);
        break;
    case Mark::Blocked: {
        painter.setPen(QPen(colours.secondText, 1.5));
        painter.drawEllipse(r);
        const qreal inset = r.width() * 0.15;
        painter.drawLine(QPointF(r.left() + inset, r.bottom() - inset),
                         QPointF(r.right() - inset, r.top() + inset));
        break;
    }
    }
    painter.restore();
}

StateMark::StateMark(QWidget* parent)
    : QWidget(parent) {}

void StateMark::setMark(Mark mark) {
    mark_ = mark;
    update();
}

void StateMark::paintEvent(QPaintEvent* event) {
    Q_UNUSED(event)
    QPainter painter(this);
    paintStateMark(painter, rect(), mark_, Colours::current());
}

} // namespace kith::gui

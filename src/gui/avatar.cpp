#include "gui/avatar.h"

#include "gui/colours.h"

#include <QPainter>
#include <QTextBoundaryFinder>

namespace kith::gui {

namespace {

/// The first character as a person counts it, so that a letter keeps its accents.
QString initial(const QString& name) {
    for (qsizetype i = 0; i < name.size(); ++i) {
        if (!name[i].isLetterOrNumber() && !name[i].isSurrogate())
            continue;
        const QString rest = name.mid(i);
        QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, rest);
        const qsizetype end = finder.toNextBoundary();
        return rest.left(end > 0 ? end : 1).toUpper();
    }
    return QStringLiteral("#");
}

} // namespace

void paintAvatar(QPainter& painter, const QRectF& rect, const QString& name, bool dim) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (dim)
        painter.setOpacity(0.55);
    painter.setPen(Qt::NoPen);
    painter.setBrush(avatarColour(name));
    painter.drawEllipse(rect);
    QFont font = painter.font();
    font.setPixelSize(qRound(rect.height() * 0.42));
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(Qt::white);
    painter.drawText(rect, Qt::AlignCenter, initial(name));
    painter.restore();
}

Avatar::Avatar(QWidget* parent)
    : QWidget(parent) {}

void Avatar::setName(const QString& name) {
    name_ = name;
    update();
}

void Avatar::paintEvent(QPaintEvent* event) {
    Q_UNUSED(event)
    QPainter painter(this);
    paintAvatar(painter, rect(), name_);
}

} // namespace kith::gui

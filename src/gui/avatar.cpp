#include "gui/avatar.h"

#include "gui/colours.h"
#include "gui/icons.h"

#include <QPainter>
#include <QTextBoundaryFinder>

#include <algorithm>

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

/// An address has no initial that would tell anything.
bool isAddress(const QString& name) {
    return name.contains(QLatin1Char(':')) || std::all_of(name.begin(), name.end(), [](QChar c) {
               return c.isDigit() || c == QLatin1Char('.');
           });
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
    if (isAddress(name)) {
        const int side = qRound(rect.height() * 0.5);
        const QPointF corner(rect.center().x() - side / 2.0, rect.center().y() - side / 2.0);
        painter.drawPixmap(corner, iconPixmap(QStringLiteral("window"), side, Qt::white,
                                              painter.device()->devicePixelRatioF()));
    } else {
        painter.drawText(rect, Qt::AlignCenter, initial(name));
    }
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

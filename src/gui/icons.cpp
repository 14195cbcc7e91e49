#include "gui/icons.h"

#include "gui/colours.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace kith::gui {

namespace {

/// Draws one icon of the resource in the palette's colours. Owned by its QIcon; GUI thread. A picture that
/// cannot be read leaves its place empty.
class TintedIcon final : public QIconEngine {
public:
    TintedIcon(QString name, Tint tint)
        : name_(std::move(name))
        , tint_(tint) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
        Q_UNUSED(state)
        const int side = qMin(rect.width(), rect.height());
        const qreal ratio = painter->device()->devicePixelRatioF();
        const QPoint at = rect.center() - QPoint((side - 1) / 2, (side - 1) / 2);
        painter->drawPixmap(at, iconPixmap(name_, side, colour(mode), ratio));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        return scaledPixmap(size, mode, state, 1);
    }

    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override {
        Q_UNUSED(state)
        const int side = qMin(size.width(), size.height());
        return iconPixmap(name_, qRound(side / scale), colour(mode), scale);
    }

    [[nodiscard]] QIconEngine* clone() const override { return new TintedIcon(name_, tint_); }

private:
    [[nodiscard]] QColor colour(QIcon::Mode mode) const {
        const Colours colours = Colours::current();
        if (mode == QIcon::Disabled)
            return mixed(colours.text, 0.42, colours.base);
        switch (tint_) {
        case Tint::Text:
            return colours.text;
        case Tint::Second:
            return colours.secondText;
        case Tint::OnAccent:
            return colours.onAccent;
        case Tint::Accent:
            return colours.link;
        }
        return colours.text;
    }

    QString name_;
    Tint tint_;
};

} // namespace

QIcon icon(const QString& name, Tint tint) {
    return QIcon(new TintedIcon(name, tint));
}

QPixmap iconPixmap(const QString& name, int size, const QColor& colour, qreal ratio) {
    const QString key = QLatin1String("kith/") + name + QLatin1Char('/') + QString::number(size) +
                        QLatin1Char('/') + colour.name() + QLatin1Char('/') + QString::number(ratio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QSvgRenderer renderer(QLatin1String(":/icons/") + name + QLatin1String(".svg"));
    pixmap = QPixmap(QSize(size, size) * ratio);
    pixmap.fill(Qt::transparent);
    if (renderer.isValid()) {
        QPainter painter(&pixmap);
        renderer.render(&painter, QRectF(QPointF(), QSizeF(pixmap.size())));
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(pixmap.rect(), colour);
    }
    pixmap.setDevicePixelRatio(ratio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

} // namespace kith::gui

#include "gui/qr_code.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPainter>
#include <QtMath>
#include <qrencode.h>

#include <algorithm>
#include <memory>

namespace kith::gui {

namespace {

constexpr int quietZone = 4;         // ISO/IEC 18004 section 9.1
constexpr int comfortablePixels = 4; // a module on a screen at arm's length
constexpr int smallestPixels = 2;

QImage symbolOf(const QString& text) {
    const bool ascii =
        std::all_of(text.begin(), text.end(), [](QChar c) { return c > u'\0' && c < u'\x7f'; });
    if (text.isEmpty() || !ascii)
        return {};
    constexpr int smallestVersionThatFits = 0;
    constexpr int caseMatters = 1;
    // Level M mends 15 % of the symbol: a reflection on the screen.
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString(text.toLatin1().constData(), smallestVersionThatFits, QR_ECLEVEL_M, QR_MODE_8,
                            caseMatters),
        &QRcode_free);
    if (!code) // too long, or out of memory
        return {};
    QImage symbol(code->width + 2 * quietZone, code->width + 2 * quietZone, QImage::Format_RGB32);
    symbol.fill(Qt::white);
    for (int y = 0; y < code->width; ++y) {
        for (int x = 0; x < code->width; ++x) {
            if ((code->data[y * code->width + x] & 1U) != 0)
                symbol.setPixelColor(x + quietZone, y + quietZone, Qt::black);
        }
    }
    return symbol;
}

QAccessibleInterface* makeAccessible(const QString& key, QObject* object) {
    Q_UNUSED(key)
    auto* code = qobject_cast<QrCode*>(object);
    return code != nullptr ? new QAccessibleWidget(code, QAccessible::Graphic) : nullptr;
}

} // namespace

QrCode::QrCode(QWidget* parent)
    : QWidget(parent) {
    static const bool installed = [] {
        QAccessible::installFactory(makeAccessible);
        return true;
    }();
    Q_UNUSED(installed)
    QSizePolicy square(QSizePolicy::Preferred, QSizePolicy::Preferred);
    square.setHeightForWidth(true);
    setSizePolicy(square);
}

void QrCode::setText(const QString& text) {
    if (text == text_)
        return;
    text_ = text;
    symbol_ = symbolOf(text);
    updateGeometry();
    update();
}

QSize QrCode::sizeHint() const {
    return symbol_.size() * comfortablePixels;
}

QSize QrCode::minimumSizeHint() const {
    return symbol_.size() * smallestPixels;
}

void QrCode::paintEvent(QPaintEvent* event) {
    Q_UNUSED(event)
    if (symbol_.isNull())
        return;
    QPainter painter(this);
    // In device pixels: a logical pixel may be one and a quarter of them, and begin between two.
    const QTransform toDevice = painter.deviceTransform();
    const QRectF room = toDevice.mapRect(QRectF(rect()));
    const QRect whole(QPoint(qCeil(room.left()), qCeil(room.top())),
                      QPoint(qFloor(room.right()) - 1, qFloor(room.bottom()) - 1));
    const int pixels = std::min(whole.width(), whole.height()) / symbol_.width();
    if (pixels < 1)
        return;
    const int side = pixels * symbol_.width();
    const QPoint corner = whole.topLeft() + QPoint(whole.width() - side, whole.height() - side) / 2;
    const QRectF target = toDevice.inverted().mapRect(QRectF(QRect(corner, QSize(side, side))));
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(target, symbol_);
}

} // namespace kith::gui

// Kith's line icons, in the colours of the palette. GUI thread.
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

namespace kith::gui {

/// What an icon is tinted with.
enum class Tint : quint8 {
    Text,     ///< as the text beside it
    Second,   ///< as second text
    OnAccent, ///< on a control filled with the accent
    Accent,
};

/// The icon `name` of resources/icons, e.g. "host". It is drawn in the colour that the palette has at the
/// time of drawing, so it follows light and dark by itself. A name that does not exist gives an empty icon.
[[nodiscard]] QIcon icon(const QString& name, Tint tint = Tint::Text);

/// The same as a picture of `size` logical pixels in one colour, for delegates and views that paint
/// themselves. Kept in QPixmapCache.
[[nodiscard]] QPixmap iconPixmap(const QString& name, int size, const QColor& colour, qreal ratio);

} // namespace kith::gui

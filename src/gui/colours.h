// The colours everything is drawn with, mixed from the desktop's palette. GUI thread.
#pragma once

#include <QColor>
#include <QPalette>
#include <QString>

namespace kith::gui {

/// One set of colours, mixed from a palette in the shares that make bubbles, hairlines and second text
/// legible on it. A value; cheap to make, so whoever paints makes it anew and thereby follows the desktop.
struct Colours {
    bool dark = false;
    QColor text;       ///< on base
    QColor secondText; ///< on base, window and the other's bubble, at least 4.5:1
    QColor base;       ///< under messages and in fields
    QColor window;     ///< side bar and bars
    QColor hairline;
    QColor accent;
    QColor onAccent;
    QColor link;        ///< the accent, as far towards the text as 4.5:1 on base and window asks for
    QColor ownBubble;   ///< one's own messages
    QColor otherBubble; ///< the other's
    QColor hover;
    QColor chosen; ///< the row that is shown
    QColor danger;
    QColor caution;
    QColor good;

    [[nodiscard]] static Colours of(const QPalette& palette);
    /// Of the program's palette. Never of a widget's: a style sheet changes that one.
    [[nodiscard]] static Colours current();
};

/// `amount` of `colour` laid over `under`, both opaque.
[[nodiscard]] QColor mixed(const QColor& colour, qreal amount, const QColor& under);

/// The contrast of two colours as WCAG 2.1 counts it: 1 to 21.
[[nodiscard]] qreal contrast(const QColor& one, const QColor& other);

/// One of some calm colours, always the same for the same name: what an avatar is filled with. White on it
/// has at least 4.5:1.
[[nodiscard]] QColor avatarColour(const QString& name);

/// Kith's own palettes, for desktops that give none.
[[nodiscard]] QPalette ownPalette(bool dark);

} // namespace kith::gui

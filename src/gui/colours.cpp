#include "gui/colours.h"

#include <QGuiApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace kith::gui {

namespace {

qreal linear(qreal channel) {
    return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

qreal luminance(const QColor& colour) {
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

/// `colour`, moved towards `text` just as far as it takes to be read on both grounds.
QColor readable(const QColor& colour, const QColor& text, const QColor& ground, const QColor& other) {
    for (int step = 0; step < 20; ++step) {
        const QColor candidate = mixed(text, step * 0.05, colour);
        if (contrast(candidate, ground) >= 4.6 && contrast(candidate, other) >= 4.6)
            return candidate;
    }
    return text;
}

} // namespace

QColor mixed(const QColor& colour, qreal amount, const QColor& under) {
    const auto mix = [amount](int a, int b) {
        return static_cast<int>(std::lround(a * amount + b * (1 - amount)));
    };
    return {mix(colour.red(), under.red()), mix(colour.green(), under.green()),
            mix(colour.blue(), under.blue())};
}

qreal contrast(const QColor& one, const QColor& other) {
    const qreal a = luminance(one);
    const qreal b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

Colours Colours::of(const QPalette& palette) {
    Colours c;
    c.text = palette.color(QPalette::Active, QPalette::Text);
    c.base = palette.color(QPalette::Active, QPalette::Base);
    c.window = palette.color(QPalette::Active, QPalette::Window);
    c.accent = palette.color(QPalette::Active, QPalette::Highlight);
    c.onAccent = palette.color(QPalette::Active, QPalette::HighlightedText);
    c.dark = c.base.lightnessF() < 0.5F;
    c.hairline = mixed(c.text, 0.12, c.base);
    c.ownBubble = mixed(c.accent, c.dark ? 0.30 : 0.16, c.base);
    c.otherBubble = mixed(c.text, c.dark ? 0.12 : 0.07, c.base);
    c.hover = mixed(c.text, c.dark ? 0.08 : 0.05, c.window);
    c.chosen = mixed(c.accent, c.dark ? 0.28 : 0.16, c.window);
    const QColor darkest = c.dark ? c.ownBubble : c.otherBubble;
    c.secondText = readable(mixed(c.text, 0.60, c.base), c.text, darkest, c.dark ? c.chosen : c.ownBubble);
    c.link = readable(c.accent, c.text, c.base, c.otherBubble);
    c.danger = c.dark ? QColor(0xF2, 0xB8, 0xB5) : QColor(0xB3, 0x26, 0x1E);
    c.caution = c.dark ? QColor(0xF0, 0xC0, 0x4A) : QColor(0x7A, 0x59, 0x00);
    c.good = c.dark ? QColor(0x7F, 0xD1, 0x9B) : QColor(0x1B, 0x73, 0x3C);
    return c;
}

Colours Colours::current() {
    return of(QGuiApplication::palette());
}

QColor avatarColour(const QString& name) {
    static constexpr std::array<QRgb, 8> colours = {0x2F5FA8, 0x8A4B2D, 0x2E6F5B, 0x7A3E8E,
                                                    0x9A3F5C, 0x4C5FA0, 0x5C6B1F, 0x20707F};
    // Not qHash: its seed differs from run to run, and a person's colour should not.
    quint32 sum = 2166136261U;
    for (const QChar c : name)
        sum = (sum ^ c.unicode()) * 16777619U;
    return QColor::fromRgb(colours[sum % colours.size()]);
}

QPalette ownPalette(bool dark) {
    const QColor window = dark ? QColor(0x1C, 0x1E, 0x22) : QColor(0xF4, 0xF5, 0xF7);
    const QColor base = dark ? QColor(0x23, 0x26, 0x2B) : QColor(0xFF, 0xFF, 0xFF);
    const QColor text = dark ? QColor(0xE7, 0xE9, 0xEC) : QColor(0x1B, 0x1D, 0x21);
    const QColor accent = dark ? QColor(0x8A, 0xB4, 0xF8) : QColor(0x1F, 0x5F, 0xC4);
    const QColor onAccent = dark ? QColor(0x0B, 0x1A, 0x33) : QColor(0xFF, 0xFF, 0xFF);
    const QColor faint = mixed(text, 0.45, window);

    QPalette palette(text, dark ? QColor(0x2C, 0x2F, 0x35) : QColor(0xEB, 0xED, 0xF0),
                     mixed(text, 0.2, window), mixed(text, 0.5, window), mixed(text, 0.3, window), text,
                     dark ? text : QColor(Qt::white), base, window);
    palette.setColor(QPalette::AlternateBase, mixed(text, 0.04, base));
    palette.setColor(QPalette::ToolTipBase, dark ? QColor(0x33, 0x37, 0x3D) : QColor(0x2B, 0x2E, 0x33));
    palette.setColor(QPalette::ToolTipText, QColor(0xF2, 0xF3, 0xF5));
    palette.setColor(QPalette::PlaceholderText, mixed(text, 0.62, base));
    palette.setColor(QPalette::Highlight, accent);
    palette.setColor(QPalette::HighlightedText, onAccent);
    palette.setColor(QPalette::Link, accent);
    palette.setColor(QPalette::LinkVisited, accent);
    for (const QPalette::ColorRole role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, faint);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, mixed(text, 0.2, window));
    return palette;
}

} // namespace kith::gui

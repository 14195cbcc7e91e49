// What a style sheet cannot draw in the colours of a palette. GUI thread.
#pragma once

#include <QProxyStyle>

namespace kith::gui {

/// Fusion with check boxes that can be seen on a dark ground too: Fusion outlines them in a colour darker
/// than the window. Owned by QApplication; GUI thread.
class ControlStyle final : public QProxyStyle {
    Q_OBJECT

public:
    ControlStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    [[nodiscard]] int pixelMetric(PixelMetric metric, const QStyleOption* option,
                                  const QWidget* widget) const override;
};

} // namespace kith::gui

// A QR code to point a telephone or another computer's camera at. GUI thread.
#pragma once

#include <QImage>
#include <QString>
#include <QWidget>

namespace kith::gui {

/// Paints the QR code (ISO/IEC 18004) of a text, made by libqrencode: dark on white whatever the palette, as
/// many cameras take no other, each module a whole number of device pixels, a quiet zone of four modules
/// around it, in the middle of the widget. Nothing is painted where there is no text, where it has other
/// characters than ASCII or more than fit into a symbol, and where the widget has not a device pixel for each
/// module. What it is for is said by accessibleName and accessibleDescription, which its form sets; a screen
/// reader meets a picture. Owned by its form.
class QrCode final : public QWidget {
    Q_OBJECT

public:
    explicit QrCode(QWidget* parent = nullptr);

    /// Encodes it at once: some milliseconds for the longest invite.
    void setText(const QString& text);
    [[nodiscard]] QString text() const { return text_; }
    /// Is there nothing to show?
    [[nodiscard]] bool isEmpty() const { return symbol_.isNull(); }

    /// A square in which a module is a few pixels; nothing where it is empty.
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override { return width; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString text_;
    QImage symbol_; ///< a pixel for each module, the quiet zone around it; null where it is empty
};

} // namespace kith::gui

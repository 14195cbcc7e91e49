// How Kith looks: palette, measures and the shapes of the controls. GUI thread.
#pragma once

#include "gui/colours.h"

#include <QObject>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace kith::gui {

class DesktopSettings;

/// Follows the desktop: light or dark, accent, font and scale; gives Kith's own two palettes where the
/// desktop gives none. One for the program, owned by main() and made before the first widget. A desktop that
/// does not answer is taken as light.
class Theme final : public QObject {
    Q_OBJECT

public:
    explicit Theme(QObject* parent = nullptr);
    ~Theme() override;

    /// Light or dark whatever the desktop says: for pictures and tests.
    void force(bool dark);

    /// Everything is a multiple of it: max(4, a font height / 4.5), in logical pixels.
    [[nodiscard]] static int unit();
    /// The second, smaller size of text: 0.85 of the first and never below 9 pt.
    [[nodiscard]] static QFont smallFont();
    [[nodiscard]] static QFont strongFont();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void apply();

    DesktopSettings* desktop_;
    bool ownPalettes_ = false;
    bool applying_ = false;
    QString applied_;
};

/// To be called once after setupUi(): brings the form's margins, spacings and fixed sizes, which are drawn
/// for u = 4, to the unit of the person's font, and makes every label show plain text, as what peers send may
/// stand in any of them.
void fitToUnit(QWidget* form);

/// Makes a dialog as high as its wrapped texts need at its width. Once, after everything is in it.
void fitHeight(QWidget* dialog);

/// A text as a tool tip that is shown as it is: Qt would take `<b>` in it for mark-up.
[[nodiscard]] QString plainToolTip(const QString& text);

} // namespace kith::gui

#include "gui/theme.h"

#include "gui/control_style.h"
#include "gui/desktop_settings.h"
#include "gui/style_sheet.h"

#include <QApplication>
#include <QEvent>
#include <QFontMetrics>
#include <QLabel>
#include <QLayout>
#include <QScopedValueRollback>
#include <QStyle>
#include <QStyleFactory>
#include <QWidget>

#include <algorithm>
#include <cmath>

namespace kith::gui {

namespace {

int scaled(int pixels, int unit) {
    return pixels * unit / 4;
}

} // namespace

Theme::Theme(QObject* parent)
    : QObject(parent)
    , desktop_(new DesktopSettings(this)) {
    // A desktop that says nothing leaves Qt with Fusion and Fusion's own palette.
    const QStyle* style = QApplication::style();
    ownPalettes_ =
        style->name() == QLatin1String("fusion") &&
        QApplication::palette().color(QPalette::Window) == style->standardPalette().color(QPalette::Window);
    if (style->name() == QLatin1String("fusion"))
        QApplication::setStyle(new ControlStyle);
    connect(desktop_, &DesktopSettings::changed, this, &Theme::apply);
    qApp->installEventFilter(this);
    apply();
}

Theme::~Theme() = default;

void Theme::force(bool dark) {
    disconnect(desktop_, nullptr, this, nullptr);
    ownPalettes_ = false;
    QApplication::setPalette(ownPalette(dark));
    apply();
}

void Theme::apply() {
    if (applying_)
        return;
    const QScopedValueRollback<bool> guard(applying_, true);
    if (ownPalettes_) {
        const QPalette palette = ownPalette(desktop_->prefersDark());
        if (QApplication::palette() != palette)
            QApplication::setPalette(palette);
    }
    const QString sheet = styleSheetFor(Colours::current(), unit(), QApplication::font());
    if (sheet == applied_)
        return;
    applied_ = sheet;
    qApp->setStyleSheet(sheet);
}

bool Theme::eventFilter(QObject* watched, QEvent* event) {
    if (watched == qApp &&
        (event->type() == QEvent::ApplicationPaletteChange || event->type() == QEvent::ApplicationFontChange))
        apply();
    return QObject::eventFilter(watched, event);
}

int Theme::unit() {
    const int height = QFontMetrics(QApplication::font()).height();
    return std::max(4, static_cast<int>(std::lround(height / 4.5)));
}

QFont Theme::smallFont() {
    QFont font = QApplication::font();
    font.setPointSizeF(smallPointSize(font));
    return font;
}

QFont Theme::strongFont() {
    QFont font = QApplication::font();
    font.setWeight(QFont::DemiBold);
    return font;
}

void fitToUnit(QWidget* form) {
    for (QLabel* label : form->findChildren<QLabel*>()) {
        label->setTextFormat(Qt::PlainText);
        if (!label->wordWrap() || label->minimumWidth() != 0)
            continue;
        // Else the longest word decides how narrow the window may be, and a peer chooses it. (A minimum width
        // of 1 would do that too, and have the window made as tall as the text is at that width.)
        QSizePolicy policy = label->sizePolicy();
        policy.setHorizontalPolicy(QSizePolicy::Ignored);
        label->setSizePolicy(policy);
    }
    const int u = Theme::unit();
    for (QLabel* label : form->findChildren<QLabel*>()) {
        if (label->property("below").toString() == QLatin1String("check"))
            label->setIndent(6 * u); // a check box's indicator and the gap behind it
    }
    if (u == 4)
        return;
    for (QLayout* layout : form->findChildren<QLayout*>()) {
        const QMargins m = layout->contentsMargins();
        layout->setContentsMargins(scaled(m.left(), u), scaled(m.top(), u), scaled(m.right(), u),
                                   scaled(m.bottom(), u));
        if (layout->spacing() > 0)
            layout->setSpacing(scaled(layout->spacing(), u));
    }
    QList<QWidget*> widgets = form->findChildren<QWidget*>();
    widgets.append(form);
    for (QWidget* widget : widgets) {
        if (widget->minimumWidth() > 0 && !widget->isWindow())
            widget->setMinimumWidth(scaled(widget->minimumWidth(), u));
        if (widget->minimumHeight() > 0 && !widget->isWindow())
            widget->setMinimumHeight(scaled(widget->minimumHeight(), u));
        if (widget->maximumWidth() < QWIDGETSIZE_MAX)
            widget->setMaximumWidth(scaled(widget->maximumWidth(), u));
        if (widget->maximumHeight() < QWIDGETSIZE_MAX)
            widget->setMaximumHeight(scaled(widget->maximumHeight(), u));
    }
}

void fitHeight(QWidget* dialog) {
    const QLayout* layout = dialog->layout();
    const int width = std::max(scaled(dialog->width(), Theme::unit()), layout->totalMinimumSize().width());
    // Not the height of the layout's size hint: that is the one at the width Qt would like best, which
    // depends on the font and may be much narrower.
    const int height =
        layout->hasHeightForWidth() ? layout->totalHeightForWidth(width) : layout->totalSizeHint().height();
    dialog->resize(width, height);
}

QString plainToolTip(const QString& text) {
    return text.isEmpty() ? QString() : QLatin1String("<qt>") + text.toHtmlEscaped() + QLatin1String("</qt>");
}

} // namespace kith::gui

// What a person, or a program in a person's place, does with a window: finds, presses, reads.
#pragma once

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QMenu>
#include <QString>
#include <QTest>
#include <QWidget>

namespace kith::test {

/// What assistive technology finds under a stable name, and a person sees; null where there is none. Dialogs
/// are their window's children.
template <typename Widget>
Widget* find(QWidget& window, const QString& name) {
    for (Widget* widget : window.findChildren<Widget*>()) {
        if (widget->accessibleName() == name && widget->isVisible())
            return widget;
    }
    return nullptr;
}

template <typename Widget>
Widget* waitFor(QWidget& window, const QString& name) {
    return QTest::qWaitFor([&] { return find<Widget>(window, name) != nullptr; }) ? find<Widget>(window, name)
                                                                                  : nullptr;
}

inline bool press(QWidget& window, const QString& name) {
    auto* button = waitFor<QAbstractButton>(window, name);
    if (button != nullptr)
        QTest::mouseClick(button, Qt::LeftButton);
    return button != nullptr;
}

/// A text that some visible label shows.
inline bool shows(QWidget& window, const QString& text) {
    for (const QLabel* label : window.findChildren<QLabel*>()) {
        if (label->isVisible() && label->text().contains(text))
            return true;
    }
    return false;
}

inline bool waitUntilShown(QWidget& window, const QString& text) {
    return QTest::qWaitFor([&] { return shows(window, text); });
}

/// Chooses an entry of one of the window's menus, as it is read; false where it is not offered now.
inline bool chooseFromMenu(QWidget& window, const QString& text) {
    for (const QMenu* menu : window.findChildren<QMenu*>()) {
        for (QAction* action : menu->actions()) {
            if (action->text() == text && action->isVisible() && action->isEnabled()) {
                action->trigger();
                return true;
            }
        }
    }
    return false;
}

/// The dialog of that class which is open over the window; null where none is or comes.
template <typename Dialog>
Dialog* waitForDialog(QWidget& window) {
    const auto open = [&]() -> Dialog* {
        for (Dialog* dialog : window.findChildren<Dialog*>()) {
            if (dialog->isVisible())
                return dialog;
        }
        return nullptr;
    };
    return QTest::qWaitFor([&] { return open() != nullptr; }) ? open() : nullptr;
}

} // namespace kith::test

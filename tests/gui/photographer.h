// What takes the pictures of kith_screenshots.
#pragma once

#include "gui/main_window.h"
#include "model/conversation.h"

#include <QAbstractButton>
#include <QLineEdit>
#include <QString>
#include <QTest>
#include <QWidget>

namespace kith::test {

/// Takes the pictures of one theme and width.
class Photographer final {
public:
    Photographer(const QString& folder, bool dark, int width)
        : prefix_(folder + (dark ? QStringLiteral("/dark-") : QStringLiteral("/light-")) +
                  QString::number(width) + QLatin1Char('-'))
        , width_(width) {}

    [[nodiscard]] int width() const { return width_; }

    void take(QWidget& widget, const QString& name) const {
        if (widget.isWindow() && qobject_cast<gui::MainWindow*>(&widget) != nullptr)
            widget.resize(width_, 640);
        widget.show();
        QTest::qWait(60);
        const QString file = prefix_ + name + QStringLiteral(".png");
        if (!widget.grab().save(file))
            qFatal("cannot write %s", qPrintable(file));
    }

private:
    QString prefix_;
    int width_;
};

inline QWidget* named(QWidget& window, const QString& name) {
    for (QWidget* widget : window.findChildren<QWidget*>()) {
        if (widget->accessibleName() == name && widget->isVisible())
            return widget;
    }
    qFatal("no %s", qPrintable(name));
}

inline void press(QWidget& window, const QString& name) {
    qobject_cast<QAbstractButton*>(named(window, name))->click();
    QTest::qWait(30);
}

inline void type(QWidget& window, const QString& name, const QString& text) {
    qobject_cast<QLineEdit*>(named(window, name))->setText(text);
}

/// A conversation, from its beginning to its last word.
void talk(model::Conversation* here, model::Conversation* there);

/// The connections, and the window of the README.
void takeConnections(const Photographer& photographer);

/// Everything about who somebody is: strangers, invites, the safety number, a changed key.
void takePeople(const Photographer& photographer);

} // namespace kith::test

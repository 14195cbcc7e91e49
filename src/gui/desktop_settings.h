// What the desktop says about looks. GUI thread.
#pragma once

#include <QObject>

QT_BEGIN_NAMESPACE
class QDBusVariant;
QT_END_NAMESPACE

namespace kith::gui {

/// Dark or light and reduced motion, from org.freedesktop.portal.Settings over D-Bus (Qt 6.4 has neither),
/// asked without waiting. Where there is no portal, or no D-Bus at all, it stays as it begins: light. Owned
/// by the Theme; GUI thread.
class DesktopSettings final : public QObject {
    Q_OBJECT

public:
    explicit DesktopSettings(QObject* parent);

    [[nodiscard]] bool prefersDark() const { return dark_; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void onSettingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void ask();
    void takeScheme(uint scheme);

    bool dark_ = false;
};

} // namespace kith::gui

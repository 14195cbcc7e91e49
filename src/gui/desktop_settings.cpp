#include "gui/desktop_settings.h"

#ifdef KITH_DBUS
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#endif

namespace kith::gui {

DesktopSettings::DesktopSettings(QObject* parent)
    : QObject(parent) {
    // Asked from the event loop: the first window does not wait for a bus.
    QMetaObject::invokeMethod(this, &DesktopSettings::ask, Qt::QueuedConnection);
}

void DesktopSettings::takeScheme(uint scheme) {
    // org.freedesktop.appearance color-scheme: 0 no preference, 1 dark, 2 light.
    const bool dark = scheme == 1;
    if (dark == dark_)
        return;
    dark_ = dark;
    Q_EMIT changed();
}

#ifdef KITH_DBUS

void DesktopSettings::ask() {
    if (!qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS") &&
        !qEnvironmentVariableIsSet("XDG_RUNTIME_DIR"))
        return;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    const QString service = QStringLiteral("org.freedesktop.portal.Desktop");
    const QString path = QStringLiteral("/org/freedesktop/portal/desktop");
    const QString interface = QStringLiteral("org.freedesktop.portal.Settings");
    bus.connect(service, path, interface, QStringLiteral("SettingChanged"), this,
                SLOT(onSettingChanged(QString, QString, QDBusVariant)));
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, interface, QStringLiteral("Read"));
    call << QStringLiteral("org.freedesktop.appearance") << QStringLiteral("color-scheme");
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* done) {
        const QDBusPendingReply<QDBusVariant> reply = *done;
        done->deleteLater();
        if (reply.isError())
            return;
        // Read() wraps its value in one variant more than ReadOne(), which older portals do not have.
        QVariant value = reply.value().variant();
        if (value.canConvert<QDBusVariant>())
            value = value.value<QDBusVariant>().variant();
        takeScheme(value.toUInt());
    });
}

void DesktopSettings::onSettingChanged(const QString& group, const QString& key, const QDBusVariant& value) {
    if (group == QLatin1String("org.freedesktop.appearance") && key == QLatin1String("color-scheme"))
        takeScheme(value.variant().toUInt());
}

#else

void DesktopSettings::ask() {}

void DesktopSettings::onSettingChanged(const QString&, const QString&, const QDBusVariant&) {}

#endif

} // namespace kith::gui

#include "gui/firewall.h"

namespace kith::gui {

QString firewallCommand(quint16 port, const std::function<bool(const QString&)>& installed) {
    if (installed(QStringLiteral("/usr/sbin/ufw")))
        return QStringLiteral("sudo ufw allow %1/tcp").arg(port);
    if (installed(QStringLiteral("/usr/bin/firewall-cmd")))
        return QStringLiteral("sudo firewall-cmd --permanent --add-port=%1/tcp && sudo firewall-cmd --reload")
            .arg(port);
    return {};
}

} // namespace kith::gui

// What a person can type to let others through this computer's firewall. GUI thread.
#pragma once

#include <QString>

#include <functional>

namespace kith::gui {

/// The command for the firewall that is installed here (ufw or firewalld), or nothing where neither is.
/// `installed` says whether a program of that path exists.
[[nodiscard]] QString firewallCommand(quint16 port, const std::function<bool(const QString&)>& installed);

} // namespace kith::gui

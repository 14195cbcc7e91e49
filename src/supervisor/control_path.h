// Where the control socket is, as a name that fits into a socket address, and who is at its other end. Used
// in the program, on the GUI thread.
#pragma once

#include "core/unique_fd.h"

#include <QString>

namespace kith::supervisor {

/// A path that bind(2) and connect(2) take: sun_path has 108 bytes on Linux and 104 on macOS, and a profile's
/// path may be longer. On Linux a long one goes through its folder's descriptor, /proc/self/fd/N/control, and
/// holds for as long as this value lives. A move-only value.
class ControlPath final {
public:
    ControlPath() = default;
    explicit ControlPath(const QString& path);

    /// Empty where the path is too long (macOS) or its folder cannot be opened; why() says so then, in the
    /// system's words.
    [[nodiscard]] const QString& name() const { return name_; }
    [[nodiscard]] const QString& why() const { return why_; }

private:
    core::UniqueFd folder_;
    QString name_;
    QString why_;
};

/// Does this user hold the other end of a connected AF_UNIX socket? (SO_PEERCRED, getpeereid)
[[nodiscard]] bool isOurs(qintptr socket);

} // namespace kith::supervisor

// The listening sockets: one for IPv6 and one for IPv4, on one port. Plain POSIX; the listener worker only.
#pragma once

#include "core/result.h"
#include "core/unique_fd.h"

#include <cstdint>
#include <vector>

namespace kith::worker::net {

/// What listenOn() made: at least one socket.
struct ListeningSockets {
    std::vector<core::UniqueFd> sockets;
    std::uint16_t port = 0;
    bool v4 = false;
    bool v6 = false;
};

/// Binds and listens on [::]:port (IPV6_V6ONLY) and 0.0.0.0:port, SO_REUSEADDR set before each bind, so that
/// connections in TIME_WAIT never keep it waiting; SO_REUSEPORT never, as it would split connections between
/// two programs. A family that this computer does not have is left out; a port that somebody holds on one of
/// the two is PortTaken, whether bind(2) or listen(2) tells. Port 0: the kernel chooses one that is free on
/// both. Errors: PortTaken, PortForbidden, ListenFailed, DescriptorsSpent; number is errno.
[[nodiscard]] core::Result<ListeningSockets> listenOn(std::uint16_t port);

/// accept(2) of one connection, non-blocking and close-on-exec. Errors: ListenFailed with errno (EAGAIN:
/// none).
[[nodiscard]] core::Result<core::UniqueFd> acceptOn(int listening);

} // namespace kith::worker::net

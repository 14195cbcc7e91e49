// Options of a peer's socket. Plain POSIX; workers only.
#pragma once

#include "core/endpoint.h"
#include "core/traffic.h"
#include "core/unique_fd.h"

#include <chrono>
#include <optional>

namespace kith::worker::net {

/// socket(2), TCP, non-blocking, close-on-exec, no SIGPIPE. Without a descriptor where it fails (see errno).
[[nodiscard]] core::UniqueFd tcpSocket(int family);

/// Non-blocking, close-on-exec and no SIGPIPE, for a descriptor that came from elsewhere.
[[nodiscard]] bool adopt(int fd);

/// A connected peer, and where it is: nothing where it was gone before that could be asked.
struct Peer {
    core::UniqueFd fd;
    std::optional<core::Endpoint> address; ///< numeric
};

/// Everything about a connected peer that the sandbox does not allow: TCP_NODELAY and keepalive (macOS:
/// TCP_KEEPALIVE), its address. What a kernel does not know is left out: it shortens a wait, no more.
[[nodiscard]] Peer introduce(core::UniqueFd fd);

/// TCP_USER_TIMEOUT (macOS: TCP_RXT_CONNDROPTIME): the peer is gone when data is unacknowledged for so long.
void setUnacknowledged(int fd, std::chrono::seconds most);

/// Our FIN.
void sendEnd(int fd);
/// Reads what is there, and drops it: close(2) with unread bytes would send a RST, and the peer could lose
/// what it has not read.
void dropUnread(int fd);

/// What has gone over a connection (TCP_INFO; macOS: TCP_CONNECTION_INFO).
[[nodiscard]] core::Traffic trafficOf(int fd);

/// The pending error of a socket (SO_ERROR), which it clears.
[[nodiscard]] int takeError(int fd);

} // namespace kith::worker::net

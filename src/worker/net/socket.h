// Options of a peer's socket. Plain POSIX; workers only.
#pragma once

#include "core/unique_fd.h"

#include <chrono>

namespace kith::worker::net {

/// socket(2), TCP, non-blocking, close-on-exec, no SIGPIPE. Without a descriptor where it fails (see errno).
[[nodiscard]] core::UniqueFd tcpSocket(int family);

/// Non-blocking, close-on-exec and no SIGPIPE, for a descriptor that came from elsewhere.
[[nodiscard]] bool adopt(int fd);

/// A connected peer: TCP_NODELAY, keepalive and TCP_USER_TIMEOUT (macOS: TCP_KEEPALIVE,
/// TCP_RXT_CONNDROPTIME), by which it is gone when data is unacknowledged for so long. What a kernel does not
/// know is left out: it shortens a wait, no more.
void setPeerOptions(int fd, std::chrono::seconds unacknowledged);

/// Our FIN.
void sendEnd(int fd);
/// Reads what is there, and drops it: close(2) with unread bytes would send a RST, and the peer could lose
/// what it has not read.
void dropUnread(int fd);

/// The pending error of a socket (SO_ERROR), which it clears.
[[nodiscard]] int takeError(int fd);

} // namespace kith::worker::net

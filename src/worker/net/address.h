// Socket addresses as values. Plain POSIX; workers only.
#pragma once

#include "core/endpoint.h"

#include <optional>

#include <sys/socket.h>

namespace kith::worker::net {

/// An IPv4 or IPv6 socket address and its length.
struct Address {
    sockaddr_storage storage{};
    socklen_t length = sizeof(sockaddr_storage);

    [[nodiscard]] int family() const { return storage.ss_family; }
    [[nodiscard]] sockaddr* raw() { return reinterpret_cast<sockaddr*>(&storage); }
    [[nodiscard]] const sockaddr* raw() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

/// As an endpoint with a numeric host. A scope is given as its number (`fe80::1%2`): its name would take
/// another socket. IPv4-mapped IPv6 addresses become IPv4. Nothing for another family.
[[nodiscard]] std::optional<core::Endpoint> toEndpoint(const Address& address);

/// getpeername(2), getsockname(2).
[[nodiscard]] std::optional<Address> peerOf(int fd);
[[nodiscard]] std::optional<Address> localOf(int fd);

} // namespace kith::worker::net

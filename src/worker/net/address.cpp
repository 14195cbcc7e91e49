#include "worker/net/address.h"

#include <array>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace kith::worker::net {

std::optional<core::Endpoint> toEndpoint(const Address& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (address.family() == AF_INET) {
        sockaddr_in in{};
        std::memcpy(&in, &address.storage, sizeof in);
        if (::inet_ntop(AF_INET, &in.sin_addr, text.data(), text.size()) == nullptr)
            return std::nullopt;
        return core::Endpoint{text.data(), ntohs(in.sin_port)};
    }
    if (address.family() != AF_INET6)
        return std::nullopt;
    sockaddr_in6 in{};
    std::memcpy(&in, &address.storage, sizeof in);
    if (IN6_IS_ADDR_V4MAPPED(&in.sin6_addr)) {
        if (::inet_ntop(AF_INET, in.sin6_addr.s6_addr + 12, text.data(), text.size()) == nullptr)
            return std::nullopt;
        return core::Endpoint{text.data(), ntohs(in.sin6_port)};
    }
    if (::inet_ntop(AF_INET6, &in.sin6_addr, text.data(), text.size()) == nullptr)
        return std::nullopt;
    std::string host = text.data();
    if (in.sin6_scope_id != 0)
        host += "%" + std::to_string(in.sin6_scope_id);
    return core::Endpoint{std::move(host), ntohs(in.sin6_port)};
}

std::optional<Address> peerOf(int fd) {
    Address address;
    if (::getpeername(fd, address.raw(), &address.length) != 0)
        return std::nullopt;
    return address;
}

std::optional<Address> localOf(int fd) {
    Address address;
    if (::getsockname(fd, address.raw(), &address.length) != 0)
        return std::nullopt;
    return address;
}

} // namespace kith::worker::net

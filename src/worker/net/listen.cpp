#include "worker/net/listen.h"

#include "core/limits.h"
#include "worker/net/address.h"
#include "worker/net/socket.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <netinet/in.h>
#include <sys/socket.h>

namespace kith::worker::net {

namespace {

namespace limits = core::limits;

/// A port that the kernel chose for IPv4 may be taken on IPv6; another is as good.
constexpr int portTries = 16;

core::Error failure(int number, const char* step) {
    switch (number) {
    case EADDRINUSE:
        return {core::Reason::PortTaken, number, step};
    case EACCES:
    case EPERM:
        return {core::Reason::PortForbidden, number, step};
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
        return {core::Reason::DescriptorsSpent, number, step};
    default:
        return {core::Reason::ListenFailed, number, step};
    }
}

bool familyMissing(int number) {
    return number == EAFNOSUPPORT || number == EPROTONOSUPPORT || number == EADDRNOTAVAIL;
}

Address anyAddress(int family, std::uint16_t port) {
    Address address;
    if (family == AF_INET6) {
        sockaddr_in6 in{};
        in.sin6_family = AF_INET6;
        in.sin6_addr = in6addr_any;
        in.sin6_port = htons(port);
        std::memcpy(&address.storage, &in, sizeof in);
        address.length = sizeof in;
    } else {
        sockaddr_in in{};
        in.sin_family = AF_INET;
        in.sin_addr.s_addr = htonl(INADDR_ANY);
        in.sin_port = htons(port);
        std::memcpy(&address.storage, &in, sizeof in);
        address.length = sizeof in;
    }
    return address;
}

core::Result<core::UniqueFd> listenOnFamily(int family, std::uint16_t port) {
    core::UniqueFd fd = tcpSocket(family);
    if (!fd)
        return failure(errno, "socket");
    const int on = 1;
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0)
        return failure(errno, "SO_REUSEADDR");
    if (family == AF_INET6 && ::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) != 0)
        return failure(errno, "IPV6_V6ONLY");
    const Address address = anyAddress(family, port);
    if (::bind(fd.get(), address.raw(), address.length) != 0)
        return failure(errno, "bind");
    // At once: between bind and listen another user may take the port, and then it is listen that says so.
    if (::listen(fd.get(), limits::listenBacklog) != 0)
        return failure(errno, "listen");
    return fd;
}

std::uint16_t portOf(int fd) {
    const auto local = localOf(fd);
    const auto endpoint = local ? toEndpoint(*local) : std::nullopt;
    return endpoint ? endpoint->port : 0;
}

core::Result<ListeningSockets> listenOnce(std::uint16_t port) {
    ListeningSockets out;
    auto v4 = listenOnFamily(AF_INET, port);
    if (!v4 && !familyMissing(v4.error().number))
        return v4.error();
    if (v4) {
        out.port = portOf(v4->get());
        out.v4 = true;
        out.sockets.push_back(std::move(v4).value());
    }
    auto v6 = listenOnFamily(AF_INET6, out.v4 ? out.port : port);
    if (!v6 && (!out.v4 || !familyMissing(v6.error().number)))
        return v6.error();
    if (v6) {
        out.port = portOf(v6->get());
        out.v6 = true;
        out.sockets.push_back(std::move(v6).value());
    }
    return out;
}

} // namespace

core::Result<ListeningSockets> listenOn(std::uint16_t port) {
    auto sockets = listenOnce(port);
    for (int i = 1;
         port == 0 && i < portTries && !sockets && sockets.error().reason == core::Reason::PortTaken; ++i)
        sockets = listenOnce(port);
    return sockets;
}

core::Result<core::UniqueFd> acceptOn(int listening) {
#if defined(__linux__)
    core::UniqueFd fd(::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!fd)
        return core::Error{core::Reason::ListenFailed, errno, "accept4"};
#else
    core::UniqueFd fd(::accept(listening, nullptr, nullptr));
    if (!fd)
        return core::Error{core::Reason::ListenFailed, errno, "accept"};
    if (!adopt(fd.get()))
        return core::Error{core::Reason::ListenFailed, ECONNABORTED, "fcntl"};
#endif
    return fd;
}

} // namespace kith::worker::net

#include "worker/net/socket.h"

#include "core/limits.h"
#include "worker/net/address.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <utility>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace kith::worker::net {

namespace {

namespace limits = core::limits;

void setOption(int fd, int level, int name, int value) {
    ::setsockopt(fd, level, name, &value, sizeof value);
}

} // namespace

core::UniqueFd tcpSocket(int family) {
#if defined(SOCK_CLOEXEC)
    return core::UniqueFd(::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_TCP));
#else
    core::UniqueFd fd(::socket(family, SOCK_STREAM, IPPROTO_TCP));
    if (fd && !adopt(fd.get()))
        fd.reset();
    return fd;
#endif
}

bool adopt(int fd) {
    const int flags = ::fcntl(fd, F_GETFL);
    if (flags < 0 || ::fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0 || ::fcntl(fd, F_SETFD, FD_CLOEXEC) != 0)
        return false;
#if defined(SO_NOSIGPIPE)
    setOption(fd, SOL_SOCKET, SO_NOSIGPIPE, 1);
#endif
    return true;
}

Peer introduce(core::UniqueFd connected) {
    const int fd = connected.get();
    setOption(fd, IPPROTO_TCP, TCP_NODELAY, 1);
    setOption(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
    setOption(fd, IPPROTO_TCP, TCP_KEEPINTVL, limits::keepAliveInterval);
    setOption(fd, IPPROTO_TCP, TCP_KEEPCNT, limits::keepAliveProbes);
#if defined(TCP_KEEPIDLE)
    setOption(fd, IPPROTO_TCP, TCP_KEEPIDLE, limits::keepAliveIdle);
#elif defined(TCP_KEEPALIVE)
    setOption(fd, IPPROTO_TCP, TCP_KEEPALIVE, limits::keepAliveIdle);
#endif
    const auto address = peerOf(fd);
    return {std::move(connected), address ? toEndpoint(*address) : std::nullopt};
}

void setUnacknowledged(int fd, std::chrono::seconds most) {
#if defined(TCP_USER_TIMEOUT)
    setOption(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, static_cast<int>(std::chrono::milliseconds(most).count()));
#elif defined(TCP_RXT_CONNDROPTIME)
    setOption(fd, IPPROTO_TCP, TCP_RXT_CONNDROPTIME, static_cast<int>(most.count()));
#endif
}

void sendEnd(int fd) {
    ::shutdown(fd, SHUT_WR);
}

void dropUnread(int fd) {
    std::array<char, limits::readChunk>
        bytes; // NOLINT(cppcoreguidelines-pro-type-member-init): recv fills it
    for (int i = 0; i<limits::lastReads&& ::recv(fd, bytes.data(), bytes.size(), 0)> 0; ++i) {
    }
}

int takeError(int fd) {
    int error = 0;
    socklen_t size = sizeof error;
    return ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

} // namespace kith::worker::net

#include "ipc/descriptors.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/socket.h>

namespace kith::ipc {

namespace {

constexpr std::array<char, 8> magic = {'K', 'I', 'T', 'H', 'F', 'D', '0', '1'};
constexpr std::size_t headerSize = 16;

// Room for a second descriptor: a message that carries more than one is noticed, not cut short in silence.
constexpr std::size_t controlSize = CMSG_SPACE(2 * sizeof(int));

#ifdef MSG_NOSIGNAL
constexpr int sendFlags = MSG_NOSIGNAL | MSG_DONTWAIT;
#else
constexpr int sendFlags = MSG_DONTWAIT; // macOS: SIGPIPE is ignored in every process that calls this
#endif
#ifdef MSG_CMSG_CLOEXEC
constexpr int receiveFlags = MSG_CMSG_CLOEXEC | MSG_DONTWAIT;
#else
constexpr int receiveFlags = MSG_DONTWAIT;
#endif

using Header = std::array<char, headerSize>;

Header headerFor(std::uint64_t token) {
    Header header{};
    std::memcpy(header.data(), magic.data(), magic.size());
    for (std::size_t i = 0; i < 8; ++i)
        header[8 + i] = static_cast<char>(static_cast<unsigned char>(token >> (56 - 8 * i)));
    return header;
}

std::uint64_t tokenOf(const Header& header) {
    std::uint64_t token = 0;
    for (std::size_t i = 0; i < 8; ++i)
        token = (token << 8) | static_cast<unsigned char>(header[8 + i]);
    return token;
}

core::Error channelBroke(int number, const char* detail) {
    return {core::Reason::WorkerBroke, number, detail};
}

/// Takes every descriptor out of a received message into owners, so that none is left over on any path.
std::array<core::UniqueFd, 2> descriptorsOf(msghdr& message, std::size_t& count) {
    std::array<core::UniqueFd, 2> fds;
    count = 0;
    for (cmsghdr* c = CMSG_FIRSTHDR(&message); c != nullptr; c = CMSG_NXTHDR(&message, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
            continue;
        const std::size_t bytes = c->cmsg_len - CMSG_LEN(0);
        for (std::size_t i = 0; i < bytes / sizeof(int); ++i) {
            int fd = -1;
            std::memcpy(&fd, CMSG_DATA(c) + i * sizeof(int), sizeof fd);
            core::UniqueFd owner(fd);
            if (count < fds.size())
                fds[count] = std::move(owner);
            ++count;
        }
    }
    return fds;
}

} // namespace

core::Result<bool> passDescriptor(int channel, std::uint64_t token, int fd) {
    Header header = headerFor(token);
    iovec part{header.data(), header.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* c = CMSG_FIRSTHDR(&message);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof fd);
    std::memcpy(CMSG_DATA(c), &fd, sizeof fd);

    ssize_t sent = 0;
    do {
        sent = ::sendmsg(channel, &message, sendFlags);
    } while (sent < 0 && errno == EINTR);
    if (sent == static_cast<ssize_t>(header.size()))
        return true;
    if (sent >= 0)
        return channelBroke(0, "half a header was taken");
    if (errno == EAGAIN || errno == EWOULDBLOCK)
        return false;
    if (errno == ETOOMANYREFS || errno == EMFILE || errno == ENOBUFS || errno == ENOMEM)
        return core::Error{core::Reason::DescriptorsSpent, errno, "sendmsg"};
    return channelBroke(errno, "sendmsg");
}

core::Result<std::optional<PassedDescriptor>> takeDescriptor(int channel) {
    Header header{};
    iovec part{header.data(), header.size()};
    alignas(cmsghdr) std::array<char, controlSize> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();

    ssize_t got = 0;
    do {
        got = ::recvmsg(channel, &message, receiveFlags);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return std::optional<PassedDescriptor>();
        return channelBroke(errno, "recvmsg");
    }
    std::size_t count = 0;
    std::array<core::UniqueFd, 2> fds = descriptorsOf(message, count);
    if (got == 0)
        return core::Error{core::Reason::PeerClosed, 0, "descriptor channel"};
    const bool headed = got == static_cast<ssize_t>(headerSize) &&
                        std::memcmp(header.data(), magic.data(), magic.size()) == 0;
    if (headed && count == 0 && (message.msg_flags & MSG_CTRUNC) != 0)
        return std::optional(PassedDescriptor{tokenOf(header), {}}); // EMFILE, see net/core/scm.c
    if (!headed || count != 1 || (message.msg_flags & MSG_CTRUNC) != 0)
        return channelBroke(0, "not one descriptor with a header");
#ifndef MSG_CMSG_CLOEXEC
    ::fcntl(fds[0].get(), F_SETFD, FD_CLOEXEC);
#endif
    return std::optional(PassedDescriptor{tokenOf(header), std::move(fds[0])});
}

} // namespace kith::ipc

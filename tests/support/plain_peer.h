// For tests: a plain-text peer, as a classic chat program is one: a blocking socket and no protocol.
#pragma once

#include "core/unique_fd.h"

#include <QByteArray>
#include <QString>

#include <array>
#include <cerrno>
#include <utility>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace kith::tests {

/// A TCP socket to or on 127.0.0.1. Reading never blocks: poll it with QTRY_….
class PlainPeer final {
public:
    PlainPeer() = default;
    explicit PlainPeer(quint16 port)
        : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
        const sockaddr_in address = loopback(port);
        if (::connect(fd_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            fd_.reset();
    }
    /// From another address of this computer: 127.0.0.0 and this number.
    PlainPeer(quint16 port, quint32 from)
        : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in source = loopback(0);
        source.sin_addr.s_addr = htonl(0x7f000000U + from);
        const sockaddr_in address = loopback(port);
        if (::bind(fd_.get(), reinterpret_cast<const sockaddr*>(&source), sizeof source) != 0 ||
            ::connect(fd_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            fd_.reset();
    }
    explicit PlainPeer(core::UniqueFd accepted)
        : fd_(std::move(accepted)) {}

    [[nodiscard]] bool isOpen() const { return static_cast<bool>(fd_); }
    bool write(const QByteArray& bytes) {
        return ::send(fd_.get(), bytes.constData(), static_cast<std::size_t>(bytes.size()), MSG_NOSIGNAL) ==
               bytes.size();
    }
    /// Everything that has come so far.
    const QByteArray& read() {
        std::array<char, 65536> bytes{};
        ssize_t got = 0;
        while ((got = ::recv(fd_.get(), bytes.data(), bytes.size(), MSG_DONTWAIT)) > 0)
            text_.append(bytes.data(), got);
        ended_ = ended_ || got == 0 || (got < 0 && errno == ECONNRESET);
        return text_;
    }
    /// End-of-file was read.
    bool isAtEnd() {
        read();
        return ended_;
    }
    /// As read(), which begins anew behind it.
    QByteArray takeRead() { return std::exchange(text_, {}); }
    void endWriting() { ::shutdown(fd_.get(), SHUT_WR); }
    void close() { fd_.reset(); }
    [[nodiscard]] int descriptor() const { return fd_.get(); }

    static sockaddr_in loopback(quint16 port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return address;
    }

private:
    core::UniqueFd fd_;
    QByteArray text_;
    bool ended_ = false;
};

/// Listens on a port of the kernel's choice of 127.0.0.1.
class PlainHost final {
public:
    PlainHost()
        : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address = PlainPeer::loopback(0);
        socklen_t size = sizeof address;
        if (::bind(fd_.get(), reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
            ::listen(fd_.get(), 8) == 0 &&
            ::getsockname(fd_.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0)
            port_ = ntohs(address.sin_port);
    }
    [[nodiscard]] quint16 port() const { return port_; }
    [[nodiscard]] QString address() const { return QStringLiteral("127.0.0.1:%1").arg(port_); }
    /// Waits for the next peer, which has connected already.
    [[nodiscard]] PlainPeer accept() {
        return PlainPeer(core::UniqueFd(::accept(fd_.get(), nullptr, nullptr)));
    }
    void close() { fd_.reset(); }
    [[nodiscard]] int descriptor() const { return fd_.get(); }

private:
    core::UniqueFd fd_;
    quint16 port_ = 0;
};

} // namespace kith::tests

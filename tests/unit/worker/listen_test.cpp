#include "worker/net/address.h"
#include "worker/net/listen.h"

#include <QTest>

#include <cstring>
#include <tuple>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace kith;
using namespace kith::worker;

namespace {

/// A plain socket of the test's own, bound to a wildcard port; it listens if asked to.
core::UniqueFd hold(int family, std::uint16_t port, bool reuse, bool listening) {
    core::UniqueFd fd(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int on = 1;
    if (reuse)
        ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (family == AF_INET6)
        ::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    sockaddr_in6 in6{};
    in6.sin6_family = AF_INET6;
    in6.sin6_port = htons(port);
    sockaddr_in in4{};
    in4.sin_family = AF_INET;
    in4.sin_port = htons(port);
    const int bound = family == AF_INET6 ? ::bind(fd.get(), reinterpret_cast<sockaddr*>(&in6), sizeof in6)
                                         : ::bind(fd.get(), reinterpret_cast<sockaddr*>(&in4), sizeof in4);
    if (bound != 0 || (listening && ::listen(fd.get(), 1) != 0))
        fd.reset();
    return fd;
}

core::UniqueFd connectTo(std::uint16_t port) {
    core::UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in in{};
    in.sin_family = AF_INET;
    in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    in.sin_port = htons(port);
    if (::connect(fd.get(), reinterpret_cast<sockaddr*>(&in), sizeof in) != 0)
        fd.reset();
    return fd;
}

bool readable(int fd) {
    pollfd entry{fd, POLLIN, 0};
    return ::poll(&entry, 1, 5000) == 1;
}

} // namespace

/// The matrix of a port that is free, held, half held, or in TIME_WAIT.
class ListenTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bothFamiliesOnOnePort();
    void row37_aPortThatListensSomewhereIsTaken_data();
    void row37_aPortThatListensSomewhereIsTaken();
    void row36_aPortTakenBetweenBindAndListenIsToldByListen();
    void row37_hostingAgainAtOnceWithConnectionsInTimeWait();
    void row37_aPortBelow1024IsForbiddenToAnOrdinaryUser();
    void acceptedConnectionsAreNonBlocking();
};

void ListenTest::bothFamiliesOnOnePort() {
    const auto sockets = net::listenOn(0);
    QVERIFY(sockets.ok());
    QVERIFY(sockets->port != 0);
    QVERIFY(sockets->v4);
    for (const core::UniqueFd& fd : sockets->sockets) {
        QCOMPARE(net::toEndpoint(*net::localOf(fd.get()))->port, sockets->port);
        int on = 0;
        socklen_t size = sizeof on;
        ::getsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, &size);
        QCOMPARE(on, 1);
        ::getsockopt(fd.get(), SOL_SOCKET, SO_REUSEPORT, &on, &size);
        QCOMPARE(on, 0);
    }
    QCOMPARE(sockets->sockets.size(), std::size_t(int(sockets->v4) + int(sockets->v6)));
}

void ListenTest::row37_aPortThatListensSomewhereIsTaken_data() {
    QTest::addColumn<int>("family");
    QTest::addColumn<bool>("reuse");
    QTest::newRow("IPv4") << AF_INET << false;
    QTest::newRow("IPv4, SO_REUSEADDR") << AF_INET << true;
    QTest::newRow("IPv6") << AF_INET6 << false;
    QTest::newRow("IPv6, SO_REUSEADDR") << AF_INET6 << true;
}

void ListenTest::row37_aPortThatListensSomewhereIsTaken() {
    QFETCH(int, family);
    QFETCH(bool, reuse);
    std::uint16_t port = 0;
    {
        const auto free = net::listenOn(0);
        QVERIFY(free.ok());
        if (family == AF_INET6 && !free->v6)
            QSKIP("no IPv6 here");
        port = free->port;
    }
    const core::UniqueFd holder = hold(family, port, reuse, true);
    QVERIFY(bool(holder));
    const auto sockets = net::listenOn(port);
    QVERIFY(!sockets.ok());
    QCOMPARE(sockets.error().reason, core::Reason::PortTaken);
    QCOMPARE(sockets.error().number, EADDRINUSE);
}

void ListenTest::row36_aPortTakenBetweenBindAndListenIsToldByListen() {
    // Two sockets with SO_REUSEADDR may both be bound; the second to listen is told (facts of Linux).
    const core::UniqueFd first = hold(AF_INET, 0, true, false);
    const std::uint16_t port = net::toEndpoint(*net::localOf(first.get()))->port;
    const core::UniqueFd second = hold(AF_INET, port, true, false);
    QVERIFY(bool(second));
    QCOMPARE(::listen(second.get(), 1), 0);
    const auto sockets = net::listenOn(port);
    QVERIFY(!sockets.ok());
    QCOMPARE(sockets.error().reason, core::Reason::PortTaken);
    // And while the other is only bound, with SO_REUSEADDR, ours comes first.
    const core::UniqueFd third = hold(AF_INET, 0, true, false);
    const std::uint16_t free = net::toEndpoint(*net::localOf(third.get()))->port;
    QVERIFY(net::listenOn(free).ok());
}

void ListenTest::row37_hostingAgainAtOnceWithConnectionsInTimeWait() {
    std::uint16_t port = 0;
    {
        const auto sockets = net::listenOn(0);
        QVERIFY(sockets.ok());
        port = sockets->port;
        const core::UniqueFd client = connectTo(port);
        QVERIFY(bool(client));
        QVERIFY(readable(sockets->sockets.front().get()));
        auto accepted = net::acceptOn(sockets->sockets.front().get());
        QVERIFY(accepted.ok());
        // This side closes first, so TIME_WAIT is on the listening port.
        std::move(accepted).value().reset();
        QVERIFY(readable(client.get()));
    }
    const auto again = net::listenOn(port);
    QVERIFY2(again.ok(), "connections in TIME_WAIT must not keep the port");
    QCOMPARE(again->port, port);
}

void ListenTest::row37_aPortBelow1024IsForbiddenToAnOrdinaryUser() {
    if (::geteuid() == 0)
        QSKIP("root may take any port");
    const auto sockets = net::listenOn(81);
    if (sockets.ok())
        QSKIP("this system lets everyone take low ports (net.ipv4.ip_unprivileged_port_start)");
    QVERIFY(sockets.error().reason == core::Reason::PortForbidden ||
            sockets.error().reason == core::Reason::PortTaken);
}

void ListenTest::acceptedConnectionsAreNonBlocking() {
    const auto sockets = net::listenOn(0);
    QVERIFY(sockets.ok());
    QCOMPARE(net::acceptOn(sockets->sockets.front().get()).error().number, EAGAIN);
    const core::UniqueFd client = connectTo(sockets->port);
    QVERIFY(readable(sockets->sockets.front().get()));
    const auto accepted = net::acceptOn(sockets->sockets.front().get());
    QVERIFY(accepted.ok());
    char byte = 0;
    QCOMPARE(::recv(accepted->get(), &byte, 1, 0), ssize_t(-1));
    QCOMPARE(errno, EAGAIN);
}

QTEST_GUILESS_MAIN(ListenTest)
#include "listen_test.moc"

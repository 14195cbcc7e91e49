#include "core/limits.h"
#include "worker/net/dial.h"
#include "worker/net/listen.h"
#include "worker/net/socket.h"
#include "worker/signals.h"
#include "worker/wait.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <cstring>

#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

using namespace kith;
using namespace kith::worker;
using kith::core::Clock;

namespace {

core::Result<core::UniqueFd> dial(const core::Endpoint& endpoint) {
    net::Dialer dialer(endpoint, Clock::now());
    while (true) {
        std::vector<pollfd> entries = dialer.entries();
        waitFor(entries, dialer.deadline());
        auto connection = dialer.advance(entries, Clock::now());
        if (!connection.ok() || *connection)
            return connection;
    }
}

net::Address address(const char* host) {
    return *net::numericAddress({host, 5188});
}

} // namespace

/// Reaching a host by name or number (RFC 8305).
class DialTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { installSignals(); }
    void familiesTakeTurnsFromTheFirst();
    void aListeningPortIsReachedByNumberAndByName_data();
    void aListeningPortIsReachedByNumberAndByName();
    void aPortWhereNothingListensRefuses();
    void aNameThatDoesNotExistIsToldApart();
    void anUnreachableAddressIsToldApart();
    void aPortNeverAnswersItself();
};

void DialTest::familiesTakeTurnsFromTheFirst() {
    const auto order = net::interleaved(
        {address("::1"), address("::2"), address("::3"), address("10.0.0.1"), address("10.0.0.2")});
    QStringList hosts;
    for (const net::Address& a : order)
        hosts << QString::fromStdString(net::toEndpoint(a)->host);
    QCOMPARE(hosts, QStringList({QStringLiteral("::1"), QStringLiteral("10.0.0.1"), QStringLiteral("::2"),
                                 QStringLiteral("10.0.0.2"), QStringLiteral("::3")}));
    QVERIFY(net::interleaved({}).empty());
}

void DialTest::aListeningPortIsReachedByNumberAndByName_data() {
    QTest::addColumn<QByteArray>("host");
    for (const char* host : {"127.0.0.1", "::1", "localhost"})
        QTest::newRow(host) << QByteArray(host);
}

void DialTest::aListeningPortIsReachedByNumberAndByName() {
    QFETCH(QByteArray, host);
    const auto sockets = net::listenOn(0);
    QVERIFY(sockets.ok());
    if (host == "::1" && !sockets->v6)
        QSKIP("no IPv6 here");
    const auto connection = dial({host.toStdString(), sockets->port});
    QVERIFY(connection.ok());
    QCOMPARE(net::toEndpoint(*net::peerOf(connection->get()))->port, sockets->port);
}

void DialTest::aPortWhereNothingListensRefuses() {
    std::uint16_t port = 0;
    {
        const auto sockets = net::listenOn(0);
        QVERIFY(sockets.ok());
        port = sockets->port;
    }
    QCOMPARE(dial({"127.0.0.1", port}).error().reason, core::Reason::ConnectionRefused);
    QCOMPARE(dial({"localhost", port}).error().reason, core::Reason::ConnectionRefused);
}

void DialTest::aNameThatDoesNotExistIsToldApart() {
    QElapsedTimer timer;
    timer.start();
    // RFC 6761 section 6.4: .invalid never resolves; without any resolver it is the look-up that fails.
    const auto connection = dial({"no-such-host.invalid", 5188});
    QVERIFY(!connection.ok());
    QVERIFY(connection.error().reason == core::Reason::NameNotFound ||
            connection.error().reason == core::Reason::NameLookupFailed);
    QVERIFY(timer.elapsed() < 11000);
}

void DialTest::anUnreachableAddressIsToldApart() {
    // A link-local address on an interface that does not exist is refused by getaddrinfo or by connect.
    const auto connection = dial({"fe80::1", 5188});
    QVERIFY(!connection.ok());
    QVERIFY(connection.error().reason == core::Reason::NetworkUnreachable ||
            connection.error().reason == core::Reason::ConnectFailed);
}

void DialTest::aPortNeverAnswersItself() {
    // TCP's simultaneous open lets a socket connect to its own port (RFC 9293 section 3.5). A network of its
    // own with two ports for outgoing connections makes it happen within a few tries; nobody listens there.
    if (::unshare(CLONE_NEWNET) != 0)
        QSKIP("needs root for a network namespace of its own");
    const core::UniqueFd fd(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ifreq loopback{};
    std::strcpy(loopback.ifr_name, "lo");
    loopback.ifr_flags = IFF_UP | IFF_RUNNING;
    QCOMPARE(::ioctl(fd.get(), SIOCSIFFLAGS, &loopback), 0);
    QFile range(QStringLiteral("/proc/sys/net/ipv4/ip_local_port_range"));
    if (!range.open(QIODevice::WriteOnly) || range.write("45000 45001") < 0 || !range.flush())
        QSKIP("the range of local ports cannot be set here");
    for (int i = 0; i < 64; ++i)
        QCOMPARE(dial({"127.0.0.1", 45000}).error().reason, core::Reason::ConnectionRefused);
}

QTEST_GUILESS_MAIN(DialTest)
#include "dial_test.moc"

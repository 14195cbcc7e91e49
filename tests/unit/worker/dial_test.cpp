#include "core/limits.h"
#include "worker/net/dial.h"
#include "worker/net/listen.h"
#include "worker/net/socket.h"
#include "worker/signals.h"
#include "worker/wait.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <cstdlib>
#include <cstring>
#include <optional>

#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
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

/// A network and mounts of this process's own, in which "silent" is four addresses, two of each family, that
/// swallow everything, "refusing" is three where nothing listens, and "late" is one of the first kind and one
/// of the second; false where that is not allowed.
bool enterOwnNetwork(const QTemporaryDir& folder) {
    if (::unshare(CLONE_NEWNET | CLONE_NEWNS) != 0)
        return false;
    QFile hosts(folder.filePath(QStringLiteral("hosts")));
    QFile order(folder.filePath(QStringLiteral("nsswitch.conf")));
    if (!hosts.open(QIODevice::WriteOnly) || !order.open(QIODevice::WriteOnly))
        return false;
    hosts.write("192.0.2.1 silent\n192.0.2.2 silent\n2001:db8::1 silent\n2001:db8::2 silent\n"
                "127.0.0.2 refusing\n127.0.0.3 refusing\n127.0.0.4 refusing\n"
                "2001:db8::1 late\n127.0.0.2 late\n");
    order.write("hosts: files\n");
    hosts.close();
    order.close();
    // What is routed to the loopback and is no address of its own comes in again and is dropped: nobody
    // answers.
    if (std::system("mount --make-rprivate / && ip link set lo up && ip addr add fd00::1/128 dev lo nodad && "
                    "ip route add 192.0.2.0/24 dev lo && ip -6 route add 2001:db8::/32 dev lo") != 0)
        return false;
    const auto put = [](const QFile& file, const char* over) {
        return ::mount(QFile::encodeName(file.fileName()).constData(), over, nullptr, MS_BIND, nullptr) == 0;
    };
    return put(hosts, "/etc/hosts") && put(order, "/etc/nsswitch.conf");
}

/// A dialer whose clock the test turns; what the kernel says comes when it comes.
class Dialling final {
public:
    explicit Dialling(const char* host)
        : dialer_({host, 5188}, now) {}

    /// Looks once at what there is; waits for something where that is wanted.
    void look(bool wait = false) {
        std::vector<pollfd> entries = dialer_.entries();
        waitFor(entries, Clock::now() + (wait ? std::chrono::seconds(10) : std::chrono::seconds(0)));
        auto connection = dialer_.advance(entries, now);
        if (const auto attempt = dialer_.takeAttempt())
            attempts << QString::fromStdString(attempt->host);
        if (!connection.ok())
            error = connection.error();
        else
            connected = connected || *connection;
    }
    /// Until the name is looked up and the first attempt begun.
    bool begin() {
        while (attempts.isEmpty() && !error && dialer_.resolving())
            look(true);
        return attempts.size() == 1 && !error;
    }
    [[nodiscard]] core::Deadline deadline() const { return dialer_.deadline(); }

    core::TimePoint now = Clock::now();
    const core::TimePoint start = now;
    QStringList attempts;
    std::optional<core::Error> error;
    bool connected = false;

private:
    net::Dialer dialer_;
};

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
    void aSilentAddressIsFollowedByTheNextAndAllEndAfterTenSeconds();
    void aFailureIsFollowedByTheNextAtOnce();
    void aSilentFirstDoesNotHideTheAnswerOfTheNext();
    void aPortNeverAnswersItself();

private:
    bool inOwnNetwork() {
        entered_ = entered_ || enterOwnNetwork(folder_);
        return entered_;
    }

    QTemporaryDir folder_; ///< its files stand in the place of /etc's until the test ends
    bool entered_ = false;
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

void DialTest::aSilentAddressIsFollowedByTheNextAndAllEndAfterTenSeconds() {
    if (!inOwnNetwork())
        QSKIP("needs root for a network namespace of its own");
    Dialling dialling("silent");
    QVERIFY(dialling.begin());
    for (int attempt = 2; attempt <= 4; ++attempt) {
        const core::TimePoint next = dialling.now + core::limits::connectionAttemptDelay;
        QVERIFY(dialling.deadline() == next);
        dialling.now = next - std::chrono::milliseconds(1);
        dialling.look();
        QCOMPARE(dialling.attempts.size(), attempt - 1);
        dialling.now = next;
        dialling.look();
        QCOMPARE(dialling.attempts.size(), attempt);
    }
    QCOMPARE(dialling.now - dialling.start, 3 * core::limits::connectionAttemptDelay);
    QVERIFY(core::limits::connectionAttemptDelay == std::chrono::milliseconds(250));
    // Each once, and the families in turn.
    QCOMPARE(QSet<QString>(dialling.attempts.begin(), dialling.attempts.end()).size(), 4);
    for (int i = 1; i < 4; ++i)
        QVERIFY(dialling.attempts[i].contains(u':') != dialling.attempts[i - 1].contains(u':'));
    const core::TimePoint end = dialling.start + std::chrono::seconds(10);
    QVERIFY(dialling.deadline() == end);
    dialling.now = end - std::chrono::milliseconds(1);
    dialling.look();
    QVERIFY(!dialling.error && !dialling.connected);
    dialling.now = end;
    dialling.look();
    QVERIFY(dialling.error);
    QCOMPARE(dialling.error->reason, core::Reason::NoAnswer);
}

void DialTest::aFailureIsFollowedByTheNextAtOnce() {
    if (!inOwnNetwork())
        QSKIP("needs root for a network namespace of its own");
    Dialling dialling("refusing");
    QVERIFY(dialling.begin());
    // The clock stands still: what is tried now is tried because another has failed.
    while (!dialling.error)
        dialling.look(true);
    QCOMPARE(dialling.error->reason, core::Reason::ConnectionRefused);
    QCOMPARE(dialling.attempts.size(), 3);
    QCOMPARE(QSet<QString>(dialling.attempts.begin(), dialling.attempts.end()).size(), 3);
}

void DialTest::aSilentFirstDoesNotHideTheAnswerOfTheNext() {
    if (!inOwnNetwork())
        QSKIP("needs root for a network namespace of its own");
    const auto sockets = net::listenOn(5188);
    QVERIFY(sockets.ok());
    Dialling dialling("late");
    QVERIFY(dialling.begin());
    const bool silentFirst = dialling.attempts.first().contains(u':');
    if (silentFirst) {
        dialling.look();
        QVERIFY(!dialling.connected);
        dialling.now += core::limits::connectionAttemptDelay;
    }
    while (!dialling.error && !dialling.connected)
        dialling.look(true);
    QVERIFY(dialling.connected);
    QCOMPARE(dialling.attempts.last(), QStringLiteral("127.0.0.2"));
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

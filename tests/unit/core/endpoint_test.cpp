#include "core/endpoint.h"

#include <QTest>

using namespace kith::core;

/// What a person may type as an address, and what is refused.
class EndpointTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void takesWhatAPersonPastes_data();
    void takesWhatAPersonPastes();
    void refusesWhatIsNoAddress_data();
    void refusesWhatIsNoAddress();
    void knowsWhereAnAddressWorks_data();
    void knowsWhereAnAddressWorks();
    void displaysWhatParsesToTheSame();
};

void EndpointTest::takesWhatAPersonPastes_data() {
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("port");
    QTest::newRow("v4") << QByteArray("192.168.1.7") << QByteArray("192.168.1.7") << 5188;
    QTest::newRow("v4 and port") << QByteArray("192.168.1.7:6000") << QByteArray("192.168.1.7") << 6000;
    QTest::newRow("blanks") << QByteArray("  anna.local \n") << QByteArray("anna.local") << 5188;
    QTest::newRow("name and port") << QByteArray("anna:1") << QByteArray("anna") << 1;
    QTest::newRow("v6") << QByteArray("fe80::1%eth0") << QByteArray("fe80::1%eth0") << 5188;
    QTest::newRow("v6 in brackets") << QByteArray("[fe80::1%eth0]:5188") << QByteArray("fe80::1%eth0")
                                    << 5188;
    QTest::newRow("loopback v6") << QByteArray("::1") << QByteArray("::1") << 5188;
    QTest::newRow("trailing dot") << QByteArray("example.org.") << QByteArray("example.org.") << 5188;
    QTest::newRow("idn") << QByteArray("b\xc3\xbc"
                                       "cher.example:65535")
                         << QByteArray("b\xc3\xbc"
                                       "cher.example")
                         << 65535;
    QTest::newRow("digits and letters") << QByteArray("10a") << QByteArray("10a") << 5188;
}

void EndpointTest::takesWhatAPersonPastes() {
    QFETCH(QByteArray, typed);
    QFETCH(QByteArray, host);
    QFETCH(int, port);
    const auto endpoint = parseEndpoint(typed.toStdString());
    QVERIFY(endpoint.ok());
    QCOMPARE(QByteArray::fromStdString(endpoint->host), host);
    QCOMPARE(int(endpoint->port), port);
}

void EndpointTest::refusesWhatIsNoAddress_data() {
    QTest::addColumn<QByteArray>("typed");
    for (const char* bad : {"",
                            "   ",
                            ":",
                            ":5188",
                            "host:",
                            "host:0",
                            "host:65536",
                            "host:51x8",
                            "host:-1",
                            "a b",
                            "[::1",
                            "[::1]x",
                            "[::1]:",
                            "[1.2.3.4]:5188",
                            "1.2.3",
                            "1.2.3.4.5",
                            "256.1.1.1",
                            "0x7f.1",
                            "127.1:5188",
                            "2130706433",
                            "a..b",
                            ".a",
                            "-a",
                            "user@host",
                            "http://host",
                            "fe80::1%",
                            "fe80::1%et/h0",
                            "a/b",
                            "host:5188:1",
                            "fe80::1%aaaaaaaaaaaaaaaa"})
        QTest::newRow(bad) << QByteArray(bad);
    QTest::newRow("long") << QByteArray(600, 'a');
    QTest::newRow("long label") << QByteArray(64, 'a') + ".example";
    QTest::newRow("nul behind an address") << QByteArray("::\0x", 4);
    QTest::newRow("nul") << QByteArray("a\0b", 3);
}

void EndpointTest::refusesWhatIsNoAddress() {
    QFETCH(QByteArray, typed);
    const auto endpoint = parseEndpoint(typed.toStdString());
    QVERIFY(!endpoint.ok());
    QCOMPARE(endpoint.error().reason, Reason::AddressInvalid);
}

void EndpointTest::knowsWhereAnAddressWorks_data() {
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("kind");
    const auto row = [](const char* host, HostKind kind) {
        QTest::newRow(host) << QByteArray(host) << int(kind);
    };
    row("localhost", HostKind::Name);
    row("127.0.0.1", HostKind::Loopback);
    row("127.255.0.9", HostKind::Loopback);
    row("::1", HostKind::Loopback);
    row("::ffff:127.0.0.1", HostKind::Loopback);
    row("169.254.3.4", HostKind::LinkLocal);
    row("fe80::1%eth0", HostKind::LinkLocal);
    row("10.0.0.1", HostKind::Private);
    row("172.31.0.1", HostKind::Private);
    row("172.32.0.1", HostKind::Public);
    row("192.168.1.7", HostKind::Private);
    row("100.64.0.1", HostKind::Private);
    row("fd00::1", HostKind::Private);
    row("2001:db8::1", HostKind::Public);
    row("8.8.8.8", HostKind::Public);
    QTest::newRow("nul behind an address") << QByteArray("::1\0x", 5) << int(HostKind::Name);
}

void EndpointTest::knowsWhereAnAddressWorks() {
    QFETCH(QByteArray, host);
    QFETCH(int, kind);
    QCOMPARE(int(hostKind(host.toStdString())), kind);
}

void EndpointTest::displaysWhatParsesToTheSame() {
    for (const Endpoint& e :
         {Endpoint{"192.168.1.7", 5188}, Endpoint{"192.168.1.7", 1}, Endpoint{"::1", 5188},
          Endpoint{"fe80::1%eth0", 6000}, Endpoint{"anna", 6000}}) {
        QCOMPARE(parseEndpoint(toDisplay(e)).value(), e);
        QCOMPARE(parseEndpoint(toText(e)).value(), e);
    }
    QCOMPARE(toDisplay({"192.168.1.7", 5188}), std::string("192.168.1.7"));
    QCOMPARE(toText({"::1", 5188}), std::string("[::1]:5188"));
}

QTEST_GUILESS_MAIN(EndpointTest)
#include "endpoint_test.moc"

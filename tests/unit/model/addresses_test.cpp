#include "model/local_addresses.h"
#include "model/peer_address.h"

#include <QTest>

using namespace kith;
using namespace kith::model;

/// Which computer an address means.
class AddressesTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneComputerHasOneKey_data();
    void oneComputerHasOneKey();
    void loopbackIsThisComputer_data();
    void loopbackIsThisComputer();
    void addressesThatOthersUseAreOnesOwn();
    void namesBecomeAscii();
    void whatBecomesAnAddressInDisguiseIsRefused();
};

void AddressesTest::oneComputerHasOneKey_data() {
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::addColumn<bool>("same");
    const auto row = [](const char* one, const char* other, bool same) {
        QTest::addRow("%s %s", one, other) << QString::fromLatin1(one) << QString::fromLatin1(other) << same;
    };
    row("192.0.2.1", "192.0.2.1", true);
    row("192.0.2.1", "192.0.2.2", false);
    row("2001:db8::1", "2001:db8::ffff:1:2:3", true);
    row("2001:db8::1", "2001:db8:0:1::1", false);
    row("fe80::1%eth0", "fe80::2%eth0", false);
    row("fe80::1", "fe80::2", false);
    row("::1", "::2", false);
    row("Example.org", "example.ORG", true);
}

void AddressesTest::oneComputerHasOneKey() {
    QFETCH(QString, one);
    QFETCH(QString, other);
    QFETCH(bool, same);
    QCOMPARE(addressKey(one.toStdString()) == addressKey(other.toStdString()), same);
}

void AddressesTest::loopbackIsThisComputer_data() {
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("here");
    const auto row = [](const char* host, bool here) {
        QTest::newRow(host) << QString::fromLatin1(host) << here;
    };
    row("127.0.0.1", true);
    row("127.9.9.9", true);
    row("::1", true);
    row("0:0:0:0:0:0:0:1", true);
    row("localhost", true);
    row("x.localhost", true);
    row("0.0.0.0", true);
    row("::", true);
    row("192.0.2.1", false);
    row("2001:db8::1", false);
    row("example.org", false);
    row("notlocalhost", false);
}

void AddressesTest::loopbackIsThisComputer() {
    QFETCH(QString, host);
    QFETCH(bool, here);
    QCOMPARE(isThisComputer(host.toStdString()), here);
}

void AddressesTest::addressesThatOthersUseAreOnesOwn() {
    const std::vector<core::Endpoint> addresses = localAddresses(1234);
    for (const core::Endpoint& address : addresses) {
        QVERIFY2(isThisComputer(address.host), address.host.c_str());
        QCOMPARE(address.port, std::uint16_t(1234));
        const core::HostKind kind = core::hostKind(address.host);
        QVERIFY(kind == core::HostKind::Private || kind == core::HostKind::Public);
    }
}

void AddressesTest::namesBecomeAscii() {
    const auto plain = toAscii({"example.org", 7});
    QCOMPARE(plain->host, std::string("example.org"));
    const auto umlaut = toAscii({"b\xC3\xBC"
                                 "cher.example",
                                 7});
    QVERIFY(umlaut.ok());
    QCOMPARE(umlaut->host, std::string("xn--bcher-kva.example"));
    QCOMPARE(umlaut->port, std::uint16_t(7));
}

void AddressesTest::whatBecomesAnAddressInDisguiseIsRefused() {
    // Full-width digits: "127.1", which inet_aton takes for 127.0.0.1.
    const auto disguised = toAscii({"\xEF\xBC\x91\xEF\xBC\x92\xEF\xBC\x97.\xEF\xBC\x91", 7});
    QVERIFY(!disguised.ok());
    QCOMPARE(core::code(disguised.error().reason), core::code(core::Reason::AddressInvalid));
}

QTEST_GUILESS_MAIN(AddressesTest)
#include "addresses_test.moc"

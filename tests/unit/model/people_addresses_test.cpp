#include "core/limits.h"
#include "model/history.h"
#include "model/people.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace kith;
using namespace kith::model;
using namespace Qt::StringLiterals;
using core::PublicKey;
using store::Trust;

namespace {

const PublicKey ann = PublicKey::random();
const PublicKey bob = PublicKey::random();
const PublicKey eve = PublicKey::random();

QStringList hostsOf(const Person& person) {
    QStringList hosts;
    for (const store::ContactAddress& address : person.addresses)
        hosts << address.host;
    return hosts;
}

} // namespace

/// Where contacts are looked for, and where they are expected.
class PeopleAddressesTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void addressesAreRememberedTheLastSeenFirst();
    void anAddressBelongsToWhoWasSeenThereLast();
    void aPrivateAddressIsSomebodyElsesInAnotherNetwork();
    void nobodyIsExpectedWhereTheyOnlySayToBe();
    void whereTheyCameFromIsRememberedAndNotCalled();

private:
    void restart();
    [[nodiscard]] Person person(const PublicKey& key) const;

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<History> history_;
    std::unique_ptr<People> people_;
};

void PeopleAddressesTest::init() {
    folder_ = std::make_unique<QTemporaryDir>();
    restart();
}

void PeopleAddressesTest::cleanup() {
    people_.reset();
    history_.reset(); // finishes what is queued
    folder_.reset();
}

void PeopleAddressesTest::restart() {
    people_.reset();
    history_.reset();
    history_ = std::make_unique<History>(folder_->path());
    people_ = std::make_unique<People>(*history_);
    history_->open();
    QTRY_VERIFY(people_->isReady() && history_->state() == History::State::Open);
}

/// Nobody where the key is not known.
Person PeopleAddressesTest::person(const PublicKey& key) const {
    const Person* found = people_->find(key);
    return found != nullptr ? *found : Person();
}

void PeopleAddressesTest::addressesAreRememberedTheLastSeenFirst() {
    people_->meet(ann, u"Ann"_s, Trust::Unverified);
    for (int n = 0; n < core::limits::contactAddresses + 5; ++n)
        people_->noteAddress(ann, {"192.0.2." + std::to_string(n), 5188}, u"home"_s);
    QCOMPARE(person(ann).addresses.size(), core::limits::contactAddresses);
    people_->noteAddress(ann, {"192.0.2.7", 5188}, u"home"_s);
    people_->noteAddress(ann, {"192.0.2.7", 5188}, u"work"_s); // elsewhere, another computer
    people_->noteAddress(ann, {"192.0.2.7", 5189}, u"work"_s);
    const QStringList hosts = hostsOf(person(ann));
    QCOMPARE(hosts.size(), core::limits::contactAddresses);
    QCOMPARE(hosts.mid(0, 4), (QStringList{u"192.0.2.7"_s, u"192.0.2.7"_s, u"192.0.2.7"_s, u"192.0.2.20"_s}));
    people_->noteAddress(ann, {"", 5188}, {});
    people_->noteAddress(ann, {"ann.example", 0}, {});
    people_->noteAddress(ann, {std::string(core::limits::hostName + 1, 'x'), 5188}, {});
    QCOMPARE(hostsOf(person(ann)), hosts);
    people_->noteAddress(eve, {"192.0.2.99", 5188}, {});
    QVERIFY(people_->find(eve) == nullptr);
    restart();
    QCOMPARE(hostsOf(person(ann)), hosts);
}

void PeopleAddressesTest::anAddressBelongsToWhoWasSeenThereLast() {
    people_->meet(ann, u"Ann"_s, Trust::Unverified);
    people_->meet(bob, u"Bob"_s, Trust::Unverified);
    people_->noteAddress(ann, {"192.0.2.1", 5188}, {});
    QTest::qWait(2); // two moments of the clock
    people_->noteAddress(bob, {"192.0.2.1", 5188}, {});
    QVERIFY(people_->atAddress({"192.0.2.1", 5188}) != nullptr);
    QCOMPARE(people_->atAddress({"192.0.2.1", 5188})->key, bob);
    QVERIFY(people_->atAddress({"192.0.2.1", 5189}) == nullptr);
    QVERIFY(people_->atAddress({"192.0.2.2", 5188}) == nullptr);
    people_->remove(bob);
    QCOMPARE(people_->atAddress({"192.0.2.1", 5188})->key, ann);
}

void PeopleAddressesTest::aPrivateAddressIsSomebodyElsesInAnotherNetwork() {
    people_->meet(ann, u"Ann"_s, Trust::Unverified);
    people_->noteAddress(ann, {"192.0.2.1", 5188}, u"198.51.100.0/24"_s); // where this computer is not
    people_->noteAddress(ann, {"192.0.2.2", 5188}, {});
    QVERIFY(people_->atAddress({"192.0.2.1", 5188}) == nullptr);
    QVERIFY(people_->atAddress({"192.0.2.2", 5188}) != nullptr);
    QCOMPARE(person(ann).addresses.size(), 2); // it is not forgotten
    const QList<store::ContactAddress> here = people_->addressesHere(ann);
    QCOMPARE(here.size(), 1);
    QCOMPARE(here.first().host, u"192.0.2.2"_s);
    QVERIFY(people_->addressesHere(eve).isEmpty());
}

void PeopleAddressesTest::nobodyIsExpectedWhereTheyOnlySayToBe() {
    people_->meet(ann, u"Ann"_s, Trust::Unverified);
    people_->meet(bob, u"Bob"_s, Trust::Unverified);
    people_->noteAddress(ann, {"192.0.2.1", 5188}, {});
    QTest::qWait(2); // two moments of the clock
    people_->noteTold(bob, {"192.0.2.1", 5188}, {});
    people_->noteTold(bob, {"192.0.2.2", 5188}, {});
    for (int round = 0; round < 2; ++round) {
        QCOMPARE(people_->atAddress({"192.0.2.1", 5188})->key, ann);
        QVERIFY(people_->atAddress({"192.0.2.2", 5188}) == nullptr);
        QCOMPARE(people_->addressesHere(bob).size(), 2); // he is looked for there
        restart();
    }
    // Reached is reached, and telling it again makes nothing of it.
    people_->noteAddress(bob, {"192.0.2.2", 5188}, {});
    people_->noteTold(bob, {"192.0.2.2", 5188}, {});
    QTest::qWait(2);
    people_->noteTold(ann, {"192.0.2.2", 5188}, {});
    people_->noteTold(ann, {"192.0.2.1", 5188}, {});
    for (int round = 0; round < 2; ++round) {
        QCOMPARE(people_->atAddress({"192.0.2.2", 5188})->key, bob);
        QCOMPARE(people_->atAddress({"192.0.2.1", 5188})->key, ann);
        restart();
    }
}

void PeopleAddressesTest::whereTheyCameFromIsRememberedAndNotCalled() {
    const auto proved = [this] {
        QStringList hosts;
        people_->forEachProved([&hosts](const store::ContactAddress& each) { hosts << each.host; });
        hosts.sort();
        return hosts;
    };
    people_->meet(ann, u"Ann"_s, Trust::Unverified);
    people_->noteAddress(ann, {"192.0.2.1", 5188}, {});
    people_->noteTold(ann, {"192.0.2.2", 5188}, {}); // which proves nothing
    people_->noteCame(ann, "198.51.100.1");
    QCOMPARE(proved(), (QStringList{u"192.0.2.1"_s, u"198.51.100.1"_s}));
    QCOMPARE(people_->addressesHere(ann).size(), 2);
    QVERIFY(people_->atAddress({"198.51.100.1", 0}) == nullptr);
    // Who moves about all day is still called where they host.
    for (int n = 2; n < 40; ++n)
        people_->noteCame(ann, "198.51.100." + std::to_string(n));
    QCOMPARE(proved().size(), 1 + core::limits::contactOrigins);
    QCOMPARE(people_->addressesHere(ann).size(), 2);
    const QStringList before = proved();
    QVERIFY(before.contains(u"198.51.100.39"_s));
    restart();
    QCOMPARE(proved(), before);
    QCOMPARE(people_->addressesHere(ann).size(), 2);
}

QTEST_GUILESS_MAIN(PeopleAddressesTest)
#include "people_addresses_test.moc"

#include "model/admission.h"

#include <QTest>

#include <algorithm>

using namespace kith::model;
using namespace std::chrono_literals;
namespace limits = kith::core::limits;
using Refusal = Admission::Refusal;
using Time = Admission::Time;

/// What a caller may cost before anybody knows who it is: rule by rule, with a clock of the test's own.
class AdmissionTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneAddressHasItsShare();
    void anAddressIsAsOneComputerHasIt_data();
    void anAddressIsAsOneComputerHasIt();
    void strangersLeaveRoomForContacts();
    void contactsTakeTheReserveAndMore();
    void theOldestGivesWayAfterAWhileAlone();
    void oneAddressGivesWayToItself();
    void noStrangerTakesAContactsPlace();
    void aContactTakesAStrangersPlaceFirst();
    void whoLeftMakesRoom();
    void neverMoreStartsInASecondThanMayBe();
    void theLastStartsAreForContacts();
    void whoIsTurnedAwayCostsNoStart();
    void whoComesBackStartsNothingAndPushesNobody();
    void theFirstMisdeedsAreForgiven_data();
    void theFirstMisdeedsAreForgiven();
    void misdeedsAreForgottenInTime();
    void penaltiesGrow();
    void penaltiesShrinkAgain();
    void whatBeganBeforeAPenaltyDoesNotRaiseIt();
    void aContactsAddressIsHeldOffBriefly();
    void anIpv6SiteIsHeldOffToo();
    void aSiteOfSeveralPeopleIsNotHeldOffForOne();
    void withoutPenaltiesNobodyIsHeldOff();
    void theTableHasABound();
    void aPenaltyIsNotWashedAwayByOtherAddresses();
    void aFullTableOfPenaltiesTakesNobody();
    void whatIsForgottenMakesRoomInTheTable();

private:
    static Origin stranger(unsigned number) {
        return Origin::of("10." + std::to_string(number >> 16U) + '.' + std::to_string(number >> 8U & 255U) +
                              '.' + std::to_string(number & 255U),
                          false);
    }
    static Origin contact(unsigned number) {
        Origin origin = stranger(number);
        origin.contacts = true;
        return origin;
    }
    /// Fills what strangers may have; the tickets, the oldest first.
    std::vector<Admission::Ticket> fill(Admission& door) const {
        std::vector<Admission::Ticket> tickets;
        for (unsigned i = 0; i < limits::unauthenticated - limits::unauthenticatedReserved; ++i)
            tickets.push_back(door.arrive(stranger(100 + i), begin_ + std::chrono::milliseconds(i)).ticket);
        return tickets;
    }
    static void misbehave(Admission& door, const Origin& from, unsigned times, Time now) {
        for (unsigned i = 0; i < times; ++i)
            door.note(from, Misdeed::Broke, now);
    }

    const Time begin_ = Time(1h);
};

void AdmissionTest::oneAddressHasItsShare() {
    Admission door;
    for (std::size_t i = 0; i < limits::unauthenticatedPerAddress; ++i)
        QVERIFY(!door.arrive(stranger(1), begin_).refusal);
    QCOMPARE(door.arrive(stranger(1), begin_).refusal, Refusal::AddressFull);
    QVERIFY(!door.arrive(stranger(2), begin_).refusal);
}

void AdmissionTest::anAddressIsAsOneComputerHasIt_data() {
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::addColumn<bool>("same");
    QTest::newRow("IPv4 /32") << "192.0.2.1"
                              << "192.0.2.2" << false;
    QTest::newRow("IPv6 /64") << "2001:db8:1:2::1"
                              << "2001:db8:1:2:ffff::9" << true;
    QTest::newRow("IPv6, another /64") << "2001:db8:1:2::1"
                                       << "2001:db8:1:3::1" << false;
    QTest::newRow("loopback") << "127.0.0.1"
                              << "127.0.0.2" << false;
    QTest::newRow("link-local") << "fe80::1%eth0"
                                << "fe80::2%eth0" << false;
}

void AdmissionTest::anAddressIsAsOneComputerHasIt() {
    QFETCH(QString, one);
    QFETCH(QString, other);
    QFETCH(bool, same);
    Admission door;
    for (std::size_t i = 0; i < limits::unauthenticatedPerAddress; ++i)
        QVERIFY(!door.arrive(Origin::of(one.toStdString(), false), begin_).refusal);
    QCOMPARE(door.arrive(Origin::of(other.toStdString(), false), begin_).refusal.has_value(), same);
}

void AdmissionTest::strangersLeaveRoomForContacts() {
    Admission door;
    fill(door);
    QCOMPARE(door.arrive(stranger(1), begin_ + 100ms).refusal, Refusal::DoorFull);
    for (unsigned i = 0; i < limits::unauthenticatedReserved; ++i)
        QVERIFY(!door.arrive(contact(200 + i), begin_ + 100ms).refusal);
    QCOMPARE(door.unauthenticated(), limits::unauthenticated);
    QCOMPARE(door.arrive(contact(1), begin_ + 100ms).refusal, Refusal::DoorFull);
}

void AdmissionTest::contactsTakeTheReserveAndMore() {
    Admission door;
    for (unsigned i = 0; i < limits::unauthenticated; ++i)
        QVERIFY(!door.arrive(contact(i), begin_).refusal);
    QCOMPARE(door.arrive(stranger(100), begin_).refusal, Refusal::DoorFull);
    QCOMPARE(door.arrive(contact(100), begin_).refusal, Refusal::DoorFull);
}

void AdmissionTest::theOldestGivesWayAfterAWhileAlone() {
    Admission door;
    const std::vector<Admission::Ticket> tickets = fill(door);
    QCOMPARE(door.arrive(stranger(1), begin_ + limits::givesWayAfter - 1ms).refusal, Refusal::DoorFull);
    const Admission::Verdict first = door.arrive(stranger(1), begin_ + limits::givesWayAfter);
    QVERIFY(!first.refusal);
    QCOMPARE(first.givesWay, tickets[0]);
    // The next is a millisecond younger.
    QCOMPARE(door.arrive(stranger(2), begin_ + limits::givesWayAfter).refusal, Refusal::DoorFull);
    QCOMPARE(door.arrive(stranger(2), begin_ + limits::givesWayAfter + 1ms).givesWay, tickets[1]);
    QCOMPARE(door.unauthenticated(), tickets.size());
}

void AdmissionTest::oneAddressGivesWayToItself() {
    Admission door;
    const Admission::Ticket other = door.arrive(stranger(2), begin_ - 1s).ticket;
    const Admission::Ticket oldest = door.arrive(stranger(1), begin_).ticket;
    for (std::size_t i = 1; i < limits::unauthenticatedPerAddress; ++i)
        QVERIFY(!door.arrive(stranger(1), begin_ + 1ms).refusal);
    const Admission::Verdict next = door.arrive(stranger(1), begin_ + limits::givesWayAfter);
    QVERIFY(next.givesWay != other);
    QCOMPARE(next.givesWay, oldest);
}

void AdmissionTest::noStrangerTakesAContactsPlace() {
    Admission door;
    for (unsigned i = 0; i < limits::unauthenticated; ++i)
        QVERIFY(!door.arrive(contact(i), begin_).refusal);
    QCOMPARE(door.arrive(stranger(100), begin_ + 5s).refusal, Refusal::DoorFull);
    QVERIFY(door.arrive(contact(100), begin_ + 5s).givesWay.has_value());
}

void AdmissionTest::aContactTakesAStrangersPlaceFirst() {
    Admission door;
    for (unsigned i = 0; i < limits::unauthenticatedReserved; ++i)
        QVERIFY(!door.arrive(contact(200 + i), begin_ - 1s).refusal);
    const std::vector<Admission::Ticket> strangers = fill(door);
    QCOMPARE(door.arrive(contact(1), begin_ + 5s).givesWay, strangers[0]);
}

void AdmissionTest::whoLeftMakesRoom() {
    Admission door;
    const std::vector<Admission::Ticket> tickets = fill(door);
    door.leave(tickets[3]);
    door.leave(tickets[3]);
    const Admission::Verdict verdict = door.arrive(stranger(1), begin_ + 100ms);
    QVERIFY(!verdict.refusal && !verdict.givesWay);
}

void AdmissionTest::neverMoreStartsInASecondThanMayBe() {
    Admission door;
    std::vector<Time> started;
    for (int ms = 0; ms < 5000; ++ms) { // a thousand a second, each gone at once
        const Time now = begin_ + std::chrono::milliseconds(ms);
        const Admission::Verdict verdict = door.arrive(contact(static_cast<unsigned>(ms)), now);
        if (verdict.refusal)
            continue;
        started.push_back(now);
        door.leave(verdict.ticket);
    }
    QVERIFY(started.size() >= 5 * limits::workerStarts - 1);
    for (std::size_t i = limits::workerStarts; i < started.size(); ++i)
        QVERIFY(started[i] - started[i - limits::workerStarts] >= 1s);
}

void AdmissionTest::theLastStartsAreForContacts() {
    Admission door;
    const auto startsOf = [&](bool contacts) {
        unsigned starts = 0;
        for (unsigned i = 0; i < 2U * limits::workerStarts; ++i) {
            const Admission::Verdict verdict = door.arrive(contacts ? contact(i) : stranger(i), begin_);
            starts += verdict.refusal ? 0U : 1U;
            door.leave(verdict.ticket);
        }
        return starts;
    };
    QCOMPARE(startsOf(false), limits::workerStarts - limits::workerStartsReserved);
    QCOMPARE(startsOf(true), limits::workerStartsReserved);
    QCOMPARE(door.arrive(contact(1), begin_).refusal, Refusal::TooFast);
}

void AdmissionTest::whoIsTurnedAwayCostsNoStart() {
    Admission door;
    fill(door);
    for (unsigned i = 0; i < 1000; ++i)
        QCOMPARE(door.arrive(stranger(1000 + i), begin_ + 100ms).refusal, Refusal::DoorFull);
    QVERIFY(!door.arrive(contact(1), begin_ + 100ms).refusal);
}

void AdmissionTest::whoComesBackStartsNothingAndPushesNobody() {
    Admission door;
    QVERIFY(door.back(stranger(1), begin_));
    fill(door);
    QVERIFY(!door.back(stranger(2), begin_ + 10s));
    QCOMPARE(door.unauthenticated(), limits::unauthenticated - limits::unauthenticatedReserved);
}

void AdmissionTest::theFirstMisdeedsAreForgiven_data() {
    QTest::addColumn<Misdeed>("misdeed");
    QTest::addColumn<unsigned>("most");
    QTest::newRow("broke") << Misdeed::Broke << limits::misdeeds;
    QTest::newRow("left") << Misdeed::Left << limits::misdeeds * limits::leavingsInAMisdeed;
}

void AdmissionTest::theFirstMisdeedsAreForgiven() {
    QFETCH(Misdeed, misdeed);
    QFETCH(unsigned, most);
    Admission door;
    for (unsigned i = 0; i < most; ++i)
        door.note(stranger(1), misdeed, begin_);
    QVERIFY(!door.arrive(stranger(1), begin_).refusal);
    door.note(stranger(1), misdeed, begin_);
    QCOMPARE(door.arrive(stranger(1), begin_).refusal, Refusal::HeldOff);
    QVERIFY(!door.arrive(stranger(2), begin_).refusal);
}

void AdmissionTest::misdeedsAreForgottenInTime() {
    Admission door;
    for (int i = 0; i < 1000; ++i)
        misbehave(door, stranger(1), 1, begin_ + i * limits::misdeedForgotten);
    QCOMPARE(door.heldOff(stranger(1), begin_ + 1000 * limits::misdeedForgotten), 0s);
}

void AdmissionTest::penaltiesGrow() {
    Admission door;
    Time now = begin_;
    std::vector<std::chrono::seconds> penalties;
    for (int i = 0; i < 9; ++i) {
        unsigned took = 0;
        for (; door.heldOff(stranger(1), now) == 0s; ++took)
            misbehave(door, stranger(1), 1, now);
        QCOMPARE(took, std::max(limits::misdeeds >> unsigned(i), 1U) + 1);
        penalties.push_back(std::chrono::ceil<std::chrono::seconds>(door.heldOff(stranger(1), now)));
        QCOMPARE(door.arrive(stranger(1), now + penalties.back() - 1ms).refusal, Refusal::HeldOff);
        now += penalties.back();
        QVERIFY(!door.arrive(stranger(1), now).refusal);
    }
    QCOMPARE(penalties,
             (std::vector<std::chrono::seconds>{15s, 30s, 60s, 120s, 240s, 480s, 600s, 600s, 600s}));
}

void AdmissionTest::penaltiesShrinkAgain() {
    Admission door;
    misbehave(door, stranger(1), limits::misdeeds + 1, begin_);
    const Time second = begin_ + 15s;
    misbehave(door, stranger(1), limits::misdeeds / 2 + 1, second);
    QCOMPARE(door.heldOff(stranger(1), second), 30s);
    const Time later = second + 30s + limits::penaltyStepForgotten;
    misbehave(door, stranger(1), limits::misdeeds / 2 + 1, later);
    QCOMPARE(door.heldOff(stranger(1), later), 30s); // and not 60
    const Time muchLater = later + 30s + 2 * limits::penaltyStepForgotten;
    misbehave(door, stranger(1), limits::misdeeds, muchLater);
    QCOMPARE(door.heldOff(stranger(1), muchLater), 0s);
    misbehave(door, stranger(1), 1, muchLater);
    QCOMPARE(door.heldOff(stranger(1), muchLater), 15s);
}

void AdmissionTest::whatBeganBeforeAPenaltyDoesNotRaiseIt() {
    Admission door;
    misbehave(door, stranger(1), 100 * limits::misdeeds, begin_);
    QCOMPARE(door.heldOff(stranger(1), begin_), 15s);
}

void AdmissionTest::aContactsAddressIsHeldOffBriefly() {
    Admission door;
    Time now = begin_;
    for (int i = 0; i < 8; ++i) {
        misbehave(door, stranger(1), limits::misdeeds + 1, now);
        QVERIFY(door.heldOff(contact(1), now) > 0s);
        QVERIFY(door.heldOff(contact(1), now) <= limits::penaltyFirst);
        now += door.heldOff(stranger(1), now);
    }
}

void AdmissionTest::anIpv6SiteIsHeldOffToo() {
    Admission door;
    const auto address = [](unsigned net) {
        return Origin::of("2001:db8:7:" + std::to_string(net) + "::1", false);
    };
    for (unsigned i = 0; i <= limits::misdeedsOfASite; ++i)
        misbehave(door, address(i), 1, begin_);
    QCOMPARE(door.arrive(address(9999), begin_).refusal, Refusal::HeldOff);
    QVERIFY(!door.arrive(Origin::of("2001:db8:8::1", false), begin_).refusal);
}

void AdmissionTest::aSiteOfSeveralPeopleIsNotHeldOffForOne() {
    Admission door;
    Time now = begin_;
    const Origin bad = Origin::of("2001:db8:7:1::1", false);
    for (int i = 0; i < 4; ++i) {
        misbehave(door, bad, limits::misdeeds + 1, now);
        now += door.heldOff(bad, now) + limits::misdeeds * limits::misdeedForgotten;
    }
    QVERIFY(!door.arrive(Origin::of("2001:db8:7:2::1", false), now).refusal);
}

void AdmissionTest::withoutPenaltiesNobodyIsHeldOff() {
    Admission door;
    door.setPenalties(false);
    misbehave(door, stranger(1), 10000, begin_);
    QVERIFY(!door.arrive(stranger(1), begin_).refusal);
    QCOMPARE(door.size(), std::size_t(0));
}

void AdmissionTest::theTableHasABound() {
    Admission door;
    for (unsigned i = 0; i < limits::addressTable + 300; ++i)
        misbehave(door, stranger(i), 1, begin_ + std::chrono::microseconds(i));
    QCOMPARE(door.size(), limits::addressTable);
}

void AdmissionTest::aPenaltyIsNotWashedAwayByOtherAddresses() {
    Admission door;
    misbehave(door, stranger(0), limits::misdeeds + 1, begin_);
    for (unsigned i = 1; i < limits::addressTable + 300; ++i)
        misbehave(door, stranger(i), 2, begin_ + 1ms);
    QCOMPARE(door.arrive(stranger(0), begin_ + 2ms).refusal, Refusal::HeldOff);
    // Nor is the memory of it, once it is over.
    const Time later = begin_ + 16s;
    for (unsigned i = 1; i < limits::addressTable + 300; ++i)
        misbehave(door, stranger(i), 2, later);
    misbehave(door, stranger(0), limits::misdeeds / 2 + 1, later);
    QCOMPARE(door.heldOff(stranger(0), later), 30s);
}

void AdmissionTest::aFullTableOfPenaltiesTakesNobody() {
    Admission door;
    for (unsigned i = 0; i < limits::addressTable; ++i)
        misbehave(door, stranger(i), limits::misdeeds + 1, begin_);
    const Origin late = stranger(2 * limits::addressTable);
    misbehave(door, late, limits::misdeeds + 1, begin_);
    QCOMPARE(door.size(), limits::addressTable);
    QVERIFY(!door.arrive(late, begin_).refusal);
    for (unsigned i = 0; i < limits::addressTable; ++i)
        QCOMPARE(door.arrive(stranger(i), begin_).refusal, Refusal::HeldOff);
}

void AdmissionTest::whatIsForgottenMakesRoomInTheTable() {
    Admission door;
    for (unsigned i = 0; i < limits::addressTable; ++i)
        misbehave(door, stranger(i), 1, begin_);
    misbehave(door, stranger(2 * limits::addressTable), 1, begin_ + limits::misdeedForgotten);
    QCOMPARE(door.size(), std::size_t(1));
}

QTEST_APPLESS_MAIN(AdmissionTest)
#include "admission_test.moc"

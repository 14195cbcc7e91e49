#include "core/limits.h"
#include "supervisor/crash_guard.h"

#include <QTest>

using namespace std::chrono_literals;
using kith::supervisor::CrashGuard;
namespace limits = kith::core::limits;

namespace {

using Time = CrashGuard::Clock::time_point;
const Time zero{};
const std::string peer = "192.0.2.1";

bool open(const CrashGuard& guard, Time now, const std::string& key = peer) {
    return guard.verdict(key, now).open;
}

} // namespace

/// Threats row 52: two crashes hold a peer off, then it is tried ever more rarely, and after five no more.
class CrashGuardTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nobodyIsHeldAtFirst();
    void row52_crashesHoldLongerAndLonger_data();
    void row52_crashesHoldLongerAndLonger();
    void jitterTakesARandomPartOfTheSpan();
    void row52_afterTheLastOneItWaitsForAPerson();
    void aPersonWaitsAtMostOneHold();
    void aLongLifeForgivesEarlierCrashes();
    void crashesAreForgottenInTime();
    void addressesDoNotShareTheirCrashes();
    void theTableIsBounded();
};

void CrashGuardTest::nobodyIsHeldAtFirst() {
    const CrashGuard guard;
    QVERIFY(open(guard, zero));
    QCOMPARE(guard.crashes(peer, zero), 0U);
}

void CrashGuardTest::row52_crashesHoldLongerAndLonger_data() {
    QTest::addColumn<int>("crashes");
    QTest::addColumn<int>("heldSeconds"); // with the longest jitter; -1: for good
    QTest::newRow("first") << 1 << 0;
    QTest::newRow("second") << 2 << 60;
    QTest::newRow("third") << 3 << 1;
    QTest::newRow("fourth") << 4 << 2;
    QTest::newRow("fifth") << 5 << -1;
    QTest::newRow("ninth") << 9 << -1;
}

void CrashGuardTest::row52_crashesHoldLongerAndLonger() {
    QFETCH(int, crashes);
    QFETCH(int, heldSeconds);
    CrashGuard guard([] { return 1.0; });
    for (int i = 0; i < crashes; ++i)
        guard.crashed(peer, zero, 1s);
    const CrashGuard::Verdict verdict = guard.verdict(peer, zero);
    QCOMPARE(verdict.open, heldSeconds == 0);
    if (heldSeconds > 0) {
        QCOMPARE(*verdict.wait, CrashGuard::Clock::duration(std::chrono::seconds(heldSeconds)));
        QVERIFY(!open(guard, zero + std::chrono::seconds(heldSeconds) - 1ns));
        QVERIFY(open(guard, zero + std::chrono::seconds(heldSeconds)));
    } else {
        QVERIFY(!verdict.wait);
    }
}

void CrashGuardTest::jitterTakesARandomPartOfTheSpan() {
    double part = 0.25;
    CrashGuard guard([&] { return part; });
    for (int i = 0; i < 3; ++i)
        guard.crashed(peer, zero, 1s);
    QCOMPARE(*guard.verdict(peer, zero).wait, CrashGuard::Clock::duration(250ms));
    part = 7; // a broken source of randomness does not break the bound
    guard.crashed(peer, zero, 1s);
    QCOMPARE(*guard.verdict(peer, zero).wait, CrashGuard::Clock::duration(2s));
}

void CrashGuardTest::row52_afterTheLastOneItWaitsForAPerson() {
    CrashGuard guard;
    for (unsigned i = 0; i < limits::crashesBeforeStop; ++i)
        guard.crashed(peer, zero, 1s);
    QVERIFY(!open(guard, zero + limits::crashMemory - 1s));
    guard.forget(peer);
    QVERIFY(open(guard, zero));
    QCOMPARE(guard.size(), std::size_t(0));
}

void CrashGuardTest::aPersonWaitsAtMostOneHold() {
    CrashGuard guard;
    for (unsigned i = 0; i < limits::crashesBeforeStop + 3; ++i)
        guard.crashed(peer, zero, 1s);
    QCOMPARE(*guard.verdictForPerson(peer, zero + 10s).wait,
             CrashGuard::Clock::duration(limits::crashHold - 10s));
    QVERIFY(guard.verdictForPerson(peer, zero + limits::crashHold).open);
}

void CrashGuardTest::aLongLifeForgivesEarlierCrashes() {
    CrashGuard guard;
    guard.crashed(peer, zero, 1s);
    guard.crashed(peer, zero, limits::crashMemory);
    QCOMPARE(guard.crashes(peer, zero), 1U);
    guard.endedWell(peer, limits::crashMemory - 1s);
    QCOMPARE(guard.crashes(peer, zero), 1U);
    guard.endedWell(peer, limits::crashMemory);
    QCOMPARE(guard.crashes(peer, zero), 0U);
}

void CrashGuardTest::crashesAreForgottenInTime() {
    CrashGuard guard;
    for (unsigned i = 0; i < limits::crashesBeforeStop; ++i)
        guard.crashed(peer, zero, 1s);
    QVERIFY(open(guard, zero + limits::crashMemory));
    guard.crashed(peer, zero + limits::crashMemory, 1s);
    QCOMPARE(guard.crashes(peer, zero + limits::crashMemory), 1U);
}

void CrashGuardTest::addressesDoNotShareTheirCrashes() {
    CrashGuard guard;
    for (int i = 0; i < 5; ++i)
        guard.crashed(peer, zero, 1s);
    QVERIFY(open(guard, zero, "192.0.2.2"));
}

void CrashGuardTest::theTableIsBounded() {
    CrashGuard guard;
    for (std::size_t i = 0; i < limits::crashTable + 100; ++i)
        guard.crashed(std::to_string(i), zero + std::chrono::milliseconds(i), 1s);
    QCOMPARE(guard.size(), limits::crashTable);
    const Time now = zero + std::chrono::milliseconds(limits::crashTable + 100);
    QCOMPARE(guard.crashes("0", now), 0U); // the oldest gave way
    QCOMPARE(guard.crashes(std::to_string(limits::crashTable + 99), now), 1U);
}

QTEST_GUILESS_MAIN(CrashGuardTest)
#include "crash_guard_test.moc"

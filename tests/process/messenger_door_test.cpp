#include "support/handshakes.h"
#include "support/messenger_fixture.h"

#include <array>
#include <set>
#include <vector>

#include <fcntl.h>
#include <sys/resource.h>

using namespace kith;
using namespace Qt::StringLiterals;
using core::ConversationState;
using core::HostingState;
using core::Reason;
using model::Conversation;
using model::Messenger;
using tests::patience;
using tests::PlainPeer;

namespace {

namespace limits = core::limits;

constexpr std::size_t forStrangers = limits::unauthenticated - limits::unauthenticatedReserved;
const QByteArray notTls("\x16 and nonsense, which is no TLS whatever it begins with");

/// Session workers of this program, the listener left out.
qsizetype sessionWorkers() {
    return tests::children().size() - 1;
}

/// Every descriptor that this process may have, until it goes.
class NoDescriptors final {
public:
    NoDescriptors() {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        rlimit low = before_;
        // Above what is open, so that select(2)s of others stay within it.
        low.rlim_cur = static_cast<rlim_t>(tests::descriptorCount()) + room;
        ::setrlimit(RLIMIT_NOFILE, &low);
        for (int fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC); fd >= 0;
             fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC))
            taken_.emplace_back(fd);
    }
    ~NoDescriptors() {
        taken_.clear();
        ::setrlimit(RLIMIT_NOFILE, &before_);
    }
    NoDescriptors(const NoDescriptors&) = delete;
    NoDescriptors& operator=(const NoDescriptors&) = delete;

    void giveBack(std::size_t count) { taken_.resize(taken_.size() - count); }

private:
    static constexpr rlim_t room = 16;
    rlimit before_{};
    std::vector<core::UniqueFd> taken_;
};

} // namespace

/// The door of a whole program, with real workers: what callers may cost who have proved nothing.
class MessengerDoorTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { with_.cleanup(); }
    void row4_oneAddressHasFourWorkers();
    void row4_strangersHaveTenWorkersAndContactsTheRest();
    void row4_theOldestGivesWayAndNoProcessIsOverTheLimit();
    void row4_whoKeepsBreakingTlsIsHeldOff();
    void whoOnlyConnectsAndLeavesIsHeldOffMuchLater();
    void withoutPenaltiesNobodyIsHeldOff();
    void aPersonsAnswerIsNoMisdeed();
    void sessionsInAllAreAsSet();
    void whoIsTurnedAwayIsToldOfOnce();
    void turnedAwayProgramsAreNotToldOneByOne();
    void row53_aFloodOfRequestsIsFolded();
    void withoutDescriptorsASessionSaysSo();
    void withoutDescriptorsTheDoorPausesAndGoesOn();

private:
    [[nodiscard]] PlainPeer from(quint32 address) const {
        return {with_.messenger->hosting()->port(), address};
    }
    [[nodiscard]] const model::DoorCounts& door() const { return with_.messenger->door(); }

    tests::MessengerFixture with_;
};

void MessengerDoorTest::init() {
    with_.init();
    with_.preferences->setPlainFromThisComputer(false); // who says nothing stays for 10 s
    with_.host();
    // Whose threads open and close files until then.
    QTRY_VERIFY_WITH_TIMEOUT(with_.history->state() == model::History::State::Open &&
                                 with_.identity->state() == model::Identity::State::Ready &&
                                 with_.people->isReady() && with_.invites->isReady(),
                             patience);
}

void MessengerDoorTest::row4_oneAddressHasFourWorkers() {
    std::vector<PlainPeer> silent;
    for (std::size_t i = 0; i < limits::unauthenticatedPerAddress; ++i)
        silent.push_back(from(2));
    QTRY_COMPARE_WITH_TIMEOUT(door().started, limits::unauthenticatedPerAddress, patience);
    PlainPeer over = from(2);
    QTRY_VERIFY_WITH_TIMEOUT(over.isAtEnd() || door().gaveWay > 0, patience);
    QCOMPARE(door().addressFull + door().gaveWay, quint64(1));
    QVERIFY(sessionWorkers() <= qsizetype(limits::unauthenticatedPerAddress));
    PlainPeer other = from(3);
    QTRY_COMPARE_WITH_TIMEOUT(door().started, limits::unauthenticatedPerAddress + door().gaveWay + 1,
                              patience);
}

void MessengerDoorTest::row4_strangersHaveTenWorkersAndContactsTheRest() {
    const core::PublicKey& bob = tests::bob().publicKey();
    static_cast<void>(with_.people->meet(bob, u"Bob"_s, store::Trust::Unverified));
    with_.people->noteAddress(bob, {"127.0.0.200", 5188}, {});
    std::vector<PlainPeer> silent;
    for (quint32 i = 0; i < forStrangers; ++i)
        silent.push_back(from(10 + i));
    QTRY_COMPARE_WITH_TIMEOUT(door().started, forStrangers, patience);
    std::vector<PlainPeer> contacts;
    for (std::size_t i = 0; i < limits::unauthenticatedPerAddress; ++i)
        contacts.push_back(from(200));
    QTRY_COMPARE_WITH_TIMEOUT(door().started, forStrangers + limits::unauthenticatedPerAddress, patience);
    QCOMPARE(door().gaveWay, quint64(0));
    for (PlainPeer& each : contacts)
        QVERIFY(!each.isAtEnd());
    for (PlainPeer& each : silent)
        QVERIFY(!each.isAtEnd());
}

void MessengerDoorTest::row4_theOldestGivesWayAndNoProcessIsOverTheLimit() {
    std::vector<PlainPeer> silent;
    for (quint32 i = 0; i < forStrangers; ++i)
        silent.push_back(from(10 + i));
    QTRY_COMPARE_WITH_TIMEOUT(door().started, forStrangers, patience);
    // Others come all the time, and are turned away until the first ones have had their while.
    qsizetype most = 0;
    std::vector<PlainPeer> others;
    QElapsedTimer limit;
    limit.start();
    while (door().gaveWay < forStrangers / 2 && limit.elapsed() < patience) {
        others.push_back(from(100 + quint32(others.size() % 100)));
        QTest::qWait(20);
        most = std::max(most, sessionWorkers());
    }
    QVERIFY(door().gaveWay >= forStrangers / 2);
    QVERIFY2(most <= qsizetype(forStrangers), qPrintable(QString::number(most)));
    QTRY_VERIFY_WITH_TIMEOUT(silent.front().isAtEnd(), patience); // the oldest
    QTRY_VERIFY_WITH_TIMEOUT(door().started > forStrangers, patience);
}

void MessengerDoorTest::row4_whoKeepsBreakingTlsIsHeldOff() {
    QSignalSpy refused(with_.messenger.get(), &Messenger::refused);
    unsigned tries = 0;
    QElapsedTimer limit;
    limit.start();
    while (door().heldOff == 0 && limit.elapsed() < 4 * patience) {
        PlainPeer peer = from(2);
        peer.write(notTls);
        QTRY_VERIFY_WITH_TIMEOUT(peer.isAtEnd(), patience);
        ++tries;
    }
    QVERIFY(door().heldOff > 0);
    QVERIFY(tries > limits::misdeeds);
    const quint64 started = door().started;
    for (int i = 0; i < 20; ++i) {
        PlainPeer peer = from(2);
        QTRY_VERIFY_WITH_TIMEOUT(peer.isAtEnd(), patience);
    }
    QCOMPARE(door().started, started); // a penalty costs no process
    PlainPeer other = from(3);
    QTRY_COMPARE_WITH_TIMEOUT(door().started, started + 1, patience);
    QCOMPARE(refused.size(), 0);
}

void MessengerDoorTest::whoOnlyConnectsAndLeavesIsHeldOffMuchLater() {
    for (unsigned i = 0; i < 2 * limits::misdeeds; ++i) {
        const quint64 started = door().started;
        {
            PlainPeer scan = from(2);
            QTRY_COMPARE_WITH_TIMEOUT(door().started, started + 1, patience);
        }
        QTRY_COMPARE_WITH_TIMEOUT(sessionWorkers(), qsizetype(0), patience);
    }
    QCOMPARE(door().heldOff, quint64(0));
}

void MessengerDoorTest::withoutPenaltiesNobodyIsHeldOff() {
    with_.messenger->setPenalties(false);
    for (unsigned i = 0; i < 2 * limits::misdeeds; ++i) {
        PlainPeer peer = from(2);
        peer.write(notTls);
        QTRY_VERIFY_WITH_TIMEOUT(peer.isAtEnd(), patience);
    }
    QCOMPARE(door().heldOff, quint64(0));
}

void MessengerDoorTest::aPersonsAnswerIsNoMisdeed() {
    with_.preferences->setPlainFromThisComputer(true);
    for (unsigned i = 0; i < limits::misdeeds + 2; ++i) {
        PlainPeer peer = from(2);
        peer.write("hello\n");
        QTRY_COMPARE_WITH_TIMEOUT(with_.messenger->requests().size(), 1, patience);
        with_.messenger->requests().first()->decline();
        QTRY_VERIFY_WITH_TIMEOUT(peer.isAtEnd() && with_.messenger->requests().isEmpty(), patience);
    }
    QCOMPARE(door().heldOff, quint64(0));
}

void MessengerDoorTest::sessionsInAllAreAsSet() {
    with_.messenger->setSessions(3); // the listener among them
    QSignalSpy refused(with_.messenger.get(), &Messenger::refused);
    std::vector<PlainPeer> silent;
    for (quint32 i = 0; i < 2; ++i)
        silent.push_back(from(2 + i));
    QTRY_COMPARE_WITH_TIMEOUT(door().started, quint64(2), patience);
    with_.messenger->setSessions(2);
    PlainPeer over = from(9);
    QTRY_VERIFY_WITH_TIMEOUT(over.isAtEnd(), patience);
    QCOMPARE(door().sessionsFull, quint64(1));
    QCOMPARE(refused.size(), 1);
    QCOMPARE(core::code(refused.at(0).at(1).value<core::End>().reason), core::code(Reason::TooManySessions));
}

void MessengerDoorTest::whoIsTurnedAwayIsToldOfOnce() {
    with_.messenger->setSessions(1);
    QSignalSpy refused(with_.messenger.get(), &Messenger::refused);
    PlainPeer first = from(2);
    QTRY_COMPARE_WITH_TIMEOUT(door().started, quint64(1), patience);
    for (quint32 i = 0; i < 50; ++i) {
        PlainPeer over = from(3 + i);
        QTRY_VERIFY_WITH_TIMEOUT(over.isAtEnd(), patience);
    }
    QCOMPARE(door().sessionsFull, quint64(50));
    QCOMPARE(refused.size(), 1);
}

void MessengerDoorTest::turnedAwayProgramsAreNotToldOneByOne() {
    QSignalSpy turnedAway(with_.messenger.get(), &Messenger::turnedAway);
    for (quint32 i = 0; i < 2 * limits::turnedAwayAtOnce; ++i) {
        PlainPeer peer = from(10 + i);
        peer.write("hello?\n");
        QTRY_VERIFY_WITH_TIMEOUT(peer.isAtEnd(), patience);
    }
    QTRY_COMPARE_WITH_TIMEOUT(sessionWorkers(), qsizetype(0), patience);
    QCOMPARE(turnedAway.size(), qsizetype(limits::turnedAwayAtOnce));
}

void MessengerDoorTest::row53_aFloodOfRequestsIsFolded() {
    with_.preferences->setPlainFromThisComputer(true);
    constexpr quint32 callers = 120;
    qsizetype most = 0;
    for (quint32 i = 0; i < callers; ++i) {
        PlainPeer peer = from(10 + i % 60);
        peer.write("let me in\n");
        QTest::qWait(10);
        most = std::max(most, with_.messenger->requests().size());
    }
    QTRY_COMPARE_WITH_TIMEOUT(sessionWorkers(), qsizetype(0), patience);
    QVERIFY(most <= qsizetype(limits::requests + limits::missedRequests));
    QVERIFY(with_.messenger->requests().size() <= qsizetype(limits::missedRequests));
    QVERIFY(with_.messenger->foldedRequests() > 0);
    QVERIFY(with_.messenger->all().size() <= qsizetype(limits::missedRequests));
}

void MessengerDoorTest::withoutDescriptorsASessionSaysSo() {
    core::Result<Conversation*> dialled = core::Error{};
    {
        const NoDescriptors none;
        dialled = with_.messenger->connectTo(u"127.0.0.1:1"_s, true);
        QVERIFY(dialled.ok());
        QTRY_COMPARE_WITH_TIMEOUT((*dialled)->state(), ConversationState::Ended, patience);
    }
    QCOMPARE(core::code((*dialled)->end().reason), core::code(Reason::DescriptorsSpent));
    QCOMPARE((*dialled)->end().number, EMFILE);
    QCOMPARE(with_.messenger->hosting()->state(), HostingState::On);
}

void MessengerDoorTest::withoutDescriptorsTheDoorPausesAndGoesOn() {
    QSignalSpy paused(with_.messenger->hosting(), &model::Hosting::acceptPaused);
    QSignalSpy refused(with_.messenger.get(), &Messenger::refused);
    const qint64 listener = with_.messenger->hosting()->workerPid();
    {
        NoDescriptors none;
        none.giveBack(1); // for this test's own end
        PlainPeer lost = from(2);
        QVERIFY(lost.isOpen());
        QTRY_COMPARE_WITH_TIMEOUT(paused.size(), 1, patience);
        QCOMPARE(paused.at(0).at(0).toInt(), EMFILE);
        QTRY_VERIFY_WITH_TIMEOUT(lost.isAtEnd(), patience);
        none.giveBack(2); // it comes in, and no worker can be started
        PlainPeer turnedAway = from(3);
        QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, patience);
        QCOMPARE(core::code(refused.at(0).at(1).value<core::End>().reason),
                 core::code(Reason::DescriptorsSpent));
    }
    const quint64 started = door().started;
    PlainPeer peer = from(4);
    QTRY_COMPARE_WITH_TIMEOUT(door().started, started + 1, patience);
    QTRY_COMPARE_WITH_TIMEOUT(sessionWorkers(), qsizetype(1), patience);
    QCOMPARE(with_.messenger->hosting()->workerPid(), listener);
    QCOMPARE(with_.messenger->hosting()->state(), HostingState::On);
}

QTEST_GUILESS_MAIN(MessengerDoorTest)
#include "messenger_door_test.moc"

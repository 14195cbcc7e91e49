#include "support/messenger_fixture.h"

using namespace kith;
using namespace Qt::StringLiterals;
using core::ConversationState;
using core::HostingState;
using core::MessageState;
using core::Reason;
using model::Conversation;
using model::Messenger;
using tests::patience;
using tests::PlainHost;
using tests::PlainPeer;

/// What no peer and no crash can do to a person: fill the requests, the memory or the log, or wear the door
/// down.
class MessengerLimitsTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { with_.init(); }
    void cleanup() { with_.cleanup(); }
    void whoTypedAndLeftIsRememberedAndWhoDidNotIsNot();
    void aRequestThatNobodyAnsweredStays();
    void oneAddressCannotFillTheRequests();
    void plainTextTurnedAwayIsToldOnce();
    void row52_aComputerWhoseWorkersCrashIsHeldOff();
    void aCrashedListenerComesBackAndThenWaits();
    void aDeafPeerCannotFillTheMemory();
    void whatWasQueuedArrivesBeforeDisconnecting();
    void aMissingWorkerIsToldEverywhere();

private:
    tests::MessengerFixture with_;
};

void MessengerLimitsTest::whoTypedAndLeftIsRememberedAndWhoDidNotIsNot() {
    with_.host();
    {
        PlainPeer silent = with_.visitor();
        QTRY_COMPARE_WITH_TIMEOUT(with_.messenger->requests().size(), 1,
                                  patience); // after limits::plainSilence
    }
    QTRY_VERIFY_WITH_TIMEOUT(with_.messenger->requests().isEmpty(), patience);
    QVERIFY(with_.messenger->all().isEmpty());
    for (int i = 0; i < 2; ++i) {
        PlainPeer peer = with_.visitor();
        peer.write("call me back\n");
        QTRY_VERIFY_WITH_TIMEOUT(!with_.messenger->requests().isEmpty() &&
                                     with_.messenger->requests().first()->state() ==
                                         ConversationState::Asking,
                                 patience);
    }
    // One for an address: the newest.
    QTRY_VERIFY_WITH_TIMEOUT(with_.messenger->requests().size() == 1 &&
                                 with_.messenger->requests().first()->state() == ConversationState::Ended,
                             patience);
    Conversation* const missed = with_.messenger->requests().first();
    QCOMPARE(core::code(missed->end().reason), core::code(Reason::PeerClosed));
    QCOMPARE(with_.messenger->all().size(), 1);
    with_.messenger->dismiss(missed);
    QVERIFY(with_.messenger->requests().isEmpty());
}

void MessengerLimitsTest::aRequestThatNobodyAnsweredStays() {
    with_.host();
    PlainPeer peer = with_.visitor();
    peer.write("anybody?\n");
    QTRY_COMPARE_WITH_TIMEOUT(with_.messenger->requests().size(), 1, patience);
    Conversation* const conversation = with_.messenger->requests().first();
    auto* const limit = conversation->findChild<QTimer*>(u"request"_s);
    QVERIFY(limit->isActive());
    QCOMPARE(limit->intervalAsDuration(), std::chrono::milliseconds(core::limits::request));
    limit->start(0); // five minutes later
    QTRY_COMPARE_WITH_TIMEOUT(conversation->state(), ConversationState::Ended, patience);
    QCOMPARE(core::code(conversation->end().reason), core::code(Reason::RequestExpired));
    QCOMPARE(with_.messenger->requests(), QList<Conversation*>{conversation});
    QTRY_VERIFY_WITH_TIMEOUT(peer.isAtEnd(), patience);
}

void MessengerLimitsTest::oneAddressCannotFillTheRequests() {
    with_.host();
    QSignalSpy refused(with_.messenger.get(), &Messenger::refused);
    std::vector<PlainPeer> peers;
    for (std::size_t i = 0; i < core::limits::requestsPerAddress; ++i) {
        peers.push_back(with_.visitor());
        peers.back().write("me\n");
    }
    QTRY_COMPARE_WITH_TIMEOUT(with_.messenger->requests().size(), qsizetype(core::limits::requestsPerAddress),
                              patience);
    QSignalSpy told(with_.messenger.get(), &Messenger::requestsChanged);
    // However often it comes, it is one in a number and no notice of its own.
    for (int i = 0; i < 2; ++i) {
        PlainPeer over = with_.visitor();
        over.write("me too\n");
        QTRY_VERIFY_WITH_TIMEOUT(over.isAtEnd(), patience);
        QCOMPARE(with_.messenger->foldedRequests(), 1);
    }
    QCOMPARE(told.size(), 1);
    QCOMPARE(refused.size(), 0);
    QCOMPARE(with_.messenger->requests().size(), qsizetype(core::limits::requestsPerAddress));
    // The person has seen it.
    with_.messenger->dismissFolded();
    QCOMPARE(with_.messenger->foldedRequests(), 0);
    QCOMPARE(told.size(), 2);
    with_.messenger->dismissFolded();
    QCOMPARE(told.size(), 2);
    PlainPeer later = with_.visitor();
    later.write("still here\n");
    QTRY_COMPARE_WITH_TIMEOUT(with_.messenger->foldedRequests(), 1, patience);
}

void MessengerLimitsTest::plainTextTurnedAwayIsToldOnce() {
    with_.preferences->setPlainFromThisComputer(false);
    with_.host();
    QSignalSpy turnedAway(with_.messenger.get(), &Messenger::turnedAway);
    for (int i = 0; i < 3; ++i) {
        PlainPeer peer = with_.visitor();
        peer.write("hello?\n");
        QTRY_VERIFY_WITH_TIMEOUT(peer.isAtEnd(), patience);
        QCOMPARE(peer.read(), QByteArray());
    }
    QTRY_COMPARE_WITH_TIMEOUT(tests::children().size(), 1, patience);
    QCOMPARE(turnedAway.size(), 1);
    QVERIFY(with_.messenger->all().isEmpty());
}

void MessengerLimitsTest::row52_aComputerWhoseWorkersCrashIsHeldOff() {
    with_.host();
    for (unsigned i = 0; i < core::limits::crashesBeforeHold; ++i) {
        PlainPeer peer = with_.visitor();
        Conversation* const conversation = with_.letIn(peer, "boo\n");
        QVERIFY(conversation != nullptr);
        ::kill(static_cast<pid_t>(conversation->workerPid()), SIGSEGV);
        QTRY_COMPARE_WITH_TIMEOUT(conversation->state(), ConversationState::Ended, patience);
        QCOMPARE(conversation->end().number, SIGSEGV);
    }
    QSignalSpy refused(with_.messenger.get(), &Messenger::refused);
    PlainPeer again = with_.visitor();
    QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, patience);
    QCOMPARE(core::code(refused.at(0).at(1).value<core::End>().reason), core::code(Reason::HeldOff));
    QTRY_VERIFY_WITH_TIMEOUT(again.isAtEnd(), patience);
}

void MessengerLimitsTest::aCrashedListenerComesBackAndThenWaits() {
    with_.host();
    const quint16 port = with_.messenger->hosting()->port();
    const qint64 first = with_.messenger->hosting()->workerPid();
    ::kill(static_cast<pid_t>(first), SIGKILL);
    QTRY_VERIFY_WITH_TIMEOUT(with_.messenger->hosting()->state() == HostingState::On &&
                                 with_.messenger->hosting()->workerPid() != first,
                             patience);
    QCOMPARE(with_.messenger->hosting()->port(), port);
    ::kill(static_cast<pid_t>(with_.messenger->hosting()->workerPid()), SIGKILL);
    QTRY_COMPARE_WITH_TIMEOUT(with_.messenger->hosting()->state(), HostingState::HeldOff, patience);
    QCOMPARE(with_.messenger->hosting()->end().number, SIGKILL);
    QVERIFY(with_.messenger->hosting()->secondsToRetry() > 50 &&
            with_.messenger->hosting()->secondsToRetry() <= 60);
    with_.messenger->hosting()->start(port); // a person asks
    QTRY_COMPARE_WITH_TIMEOUT(with_.messenger->hosting()->state(), HostingState::On, patience);
}

void MessengerLimitsTest::aDeafPeerCannotFillTheMemory() {
    PlainHost other;
    const auto result = with_.messenger->connectTo(other.address(), true);
    QVERIFY(result.ok());
    PlainPeer deaf = other.accept();
    QTRY_COMPARE_WITH_TIMEOUT((*result)->state(), ConversationState::Open, patience);
    const QString longest(qsizetype(core::limits::messageText), u'x');
    QCOMPARE(core::code((*result)->send(longest + u'x').error().reason), core::code(Reason::TextTooLong));
    core::Reason refused = Reason::Internal;
    std::size_t taken = 0;
    QElapsedTimer limit;
    limit.start();
    while (refused == Reason::Internal && limit.elapsed() < patience) {
        const auto sent = (*result)->send(longest);
        if (sent.ok())
            taken += core::limits::messageText;
        else
            refused = sent.error().reason;
        QCoreApplication::processEvents();
    }
    QCOMPARE(core::code(refused), core::code(Reason::OutboxFull));
    QVERIFY(taken >= core::limits::outboxText);
    QSignalSpy failed(*result, &Conversation::messageStateChanged);
    (*result)->disconnectPeer();
    QTRY_COMPARE_WITH_TIMEOUT((*result)->state(), ConversationState::Ended, patience);
    QVERIFY((*result)->end().unsent >= core::limits::outboxText / core::limits::messageText / 2);
    QCOMPARE((*result)->messages()->last()->state, MessageState::Failed);
}

void MessengerLimitsTest::whatWasQueuedArrivesBeforeDisconnecting() {
    PlainHost other;
    const auto result = with_.messenger->connectTo(other.address(), true);
    QVERIFY(result.ok());
    PlainPeer peer = other.accept();
    QTRY_COMPARE_WITH_TIMEOUT((*result)->state(), ConversationState::Open, patience);
    const QString line(1023, u'y');
    for (int i = 0; i < 3000; ++i) // 3 MB: more than is handed over at once
        QVERIFY((*result)->send(line).ok());
    (*result)->disconnectPeer();
    QCOMPARE((*result)->state(), ConversationState::Closing);
    QTRY_VERIFY_WITH_TIMEOUT(peer.isAtEnd(), patience);
    QCOMPARE(peer.read().size(), 3000 * 1024);
    QTRY_COMPARE_WITH_TIMEOUT((*result)->state(), ConversationState::Ended, patience);
    QCOMPARE((*result)->end(), (core::End{Reason::StoppedByUs, 0, 0}));
}

void MessengerLimitsTest::aMissingWorkerIsToldEverywhere() {
    with_.begin(u"/nowhere/kith-worker"_s);
    with_.messenger->hosting()->start(0);
    QTRY_COMPARE_WITH_TIMEOUT(with_.messenger->hosting()->state(), HostingState::Failed, patience);
    QCOMPARE(core::code(with_.messenger->hosting()->end().reason), core::code(Reason::WorkerMissing));
    const auto result = with_.messenger->connectTo(u"127.0.0.1:1"_s, true);
    QVERIFY(result.ok());
    QTRY_COMPARE_WITH_TIMEOUT((*result)->state(), ConversationState::Ended, patience);
    QCOMPARE(core::code((*result)->end().reason), core::code(Reason::WorkerMissing));
}

QTEST_GUILESS_MAIN(MessengerLimitsTest)
#include "messenger_limits_test.moc"

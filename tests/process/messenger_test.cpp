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

/// What one person sees of peers and workers, with real workers and plain sockets as peers.
class MessengerTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { with_.init(); }
    void cleanup() { with_.cleanup(); }
    void aStrangerIsAskedAboutAndLetIn();
    void aDeclinedStrangerHearsNothingButTheEnd();
    void everybodyComesInWhereNobodyIsAsked();
    void aKilledWorkerEndsItsConversationAlone();
    void theDoorReopensOnTheSamePortAtOnce();
    void aTakenPortIsNamedAndNotTriedAgain();
    void whatCannotBeDialledIsRefusedAtOnce_data();
    void whatCannotBeDialledIsRefusedAtOnce();
    void onesOwnDoorIsNotDialled();
    void aFailedCallCanBeTriedAgain();
    void conversationsWithOneHostAreNumbered();
    void shuttingDownEndsEverything();

private:
    tests::MessengerFixture with_;
};

void MessengerTest::aStrangerIsAskedAboutAndLetIn() {
    with_.host();
    QSignalSpy added(with_.messenger.get(), &Messenger::conversationAdded);
    PlainPeer peer = with_.visitor();
    peer.write("hello\n");
    QTRY_COMPARE_WITH_TIMEOUT(with_.messenger->requests().size(), 1, patience);
    Conversation* const conversation = with_.messenger->requests().first();
    QCOMPARE(added.size(), 1);
    QCOMPARE(conversation->state(), ConversationState::Asking);
    QCOMPARE(conversation->peer().host, std::string("127.0.0.1"));
    QVERIFY(conversation->preview().contains(u"hello"_s));
    QVERIFY(conversation->workerPid() > 0);
    QCOMPARE(with_.messenger->conversations()->rowCount(), 0);
    QVERIFY(!conversation->send(u"too early"_s).ok());

    conversation->accept();
    QTRY_COMPARE_WITH_TIMEOUT(conversation->state(), ConversationState::Open, patience);
    QVERIFY(with_.messenger->requests().isEmpty());
    QCOMPARE(with_.messenger->conversations()->rowCount(), 1);
    QTRY_COMPARE_WITH_TIMEOUT(conversation->messages()->rowCount(), 1, patience);
    QCOMPARE(conversation->messages()->last()->text, u"hello"_s);
    QCOMPARE(conversation->unread(), 1);

    const auto sent = conversation->send(u"one\r\ntwo\n"_s);
    QVERIFY(sent.ok());
    QTRY_COMPARE_WITH_TIMEOUT(peer.read(), QByteArray("one\ntwo\n"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(conversation->messages()->last()->state, MessageState::Sent, patience);
    peer.close();
    QTRY_COMPARE_WITH_TIMEOUT(conversation->state(), ConversationState::Ended, patience);
    QCOMPARE(core::code(conversation->end().reason), core::code(Reason::PeerClosed));
    QCOMPARE(conversation->workerPid(), 0);
    QSignalSpy removed(with_.messenger.get(), &Messenger::conversationRemoved);
    with_.messenger->dismiss(conversation);
    QCOMPARE(removed.size(), 1);
    QVERIFY(with_.messenger->all().isEmpty());
    QCOMPARE(with_.messenger->conversations()->rowCount(), 0);
}

void MessengerTest::aDeclinedStrangerHearsNothingButTheEnd() {
    with_.host();
    PlainPeer peer = with_.visitor();
    peer.write("let me in\n");
    QTRY_COMPARE_WITH_TIMEOUT(with_.messenger->requests().size(), 1, patience);
    QSignalSpy ended(with_.messenger->requests().first(), &Conversation::ended);
    with_.messenger->requests().first()->decline();
    QVERIFY(with_.messenger->requests().isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, patience);
    QTRY_VERIFY_WITH_TIMEOUT(peer.isAtEnd(), patience);
    QCOMPARE(peer.read(), QByteArray());
    QVERIFY(with_.messenger->all().isEmpty());
}

void MessengerTest::everybodyComesInWhereNobodyIsAsked() {
    with_.messenger->setAcceptPolicy(model::AcceptPolicy::All);
    with_.preferences->setPlainFromThisComputer(false);
    with_.messenger->setPlainText(true);
    with_.host();
    QSignalSpy requests(with_.messenger.get(), &Messenger::requestsChanged);
    std::vector<PlainPeer> peers;
    for (int i = 0; i < 20; ++i) {
        peers.push_back(with_.visitor());
        peers.back().write("I am " + QByteArray::number(i) + "\n");
        // One after the other: limits::unauthenticatedPerAddress may be at the door at once.
        QTRY_COMPARE_WITH_TIMEOUT(with_.messenger->conversations()->rowCount(), i + 1, patience);
    }
    QCOMPARE(tests::children().size(), 21); // and the listener
    QSet<QString> heard;
    for (Conversation* conversation : with_.messenger->all()) {
        QTRY_COMPARE_WITH_TIMEOUT(conversation->messages()->rowCount(), 1, patience);
        heard.insert(conversation->messages()->last()->text);
        QVERIFY(conversation->send(u"you are "_s + conversation->messages()->last()->text.mid(5)).ok());
    }
    QCOMPARE(heard.size(), 20);
    for (int i = 0; i < 20; ++i)
        QTRY_COMPARE_WITH_TIMEOUT(peers[static_cast<std::size_t>(i)].read(),
                                  QByteArray("you are " + QByteArray::number(i) + "\n"), patience);
    QCOMPARE(requests.size(), 0);
}

void MessengerTest::aKilledWorkerEndsItsConversationAlone() {
    with_.host();
    PlainPeer one = with_.visitor();
    PlainPeer other = with_.visitor();
    Conversation* const killed = with_.letIn(one, "one\n");
    Conversation* const spared = with_.letIn(other, "other\n");
    QVERIFY(killed != nullptr && spared != nullptr);
    QElapsedTimer since;
    since.start();
    ::kill(static_cast<pid_t>(killed->workerPid()), SIGKILL);
    QTRY_VERIFY_WITH_TIMEOUT(one.isAtEnd(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(killed->state(), ConversationState::Ended, patience);
    QCOMPARE(killed->end(), (core::End{Reason::WorkerCrashed, SIGKILL, 0}));
    QCOMPARE(spared->state(), ConversationState::Open);
    QVERIFY(spared->send(u"still here"_s).ok());
    QTRY_COMPARE_WITH_TIMEOUT(other.read(), QByteArray("still here\n"), patience);
}

void MessengerTest::theDoorReopensOnTheSamePortAtOnce() {
    with_.host();
    const quint16 port = with_.messenger->hosting()->port();
    PlainPeer peer = with_.visitor();
    Conversation* const conversation = with_.letIn(peer, "hi\n");
    QVERIFY(conversation != nullptr);
    with_.messenger->hosting()->stop();
    QCOMPARE(with_.messenger->hosting()->state(), HostingState::Off);
    with_.messenger->hosting()->start(port); // while the old listener may still be there
    QTRY_COMPARE_WITH_TIMEOUT(with_.messenger->hosting()->state(), HostingState::On, patience);
    QCOMPARE(with_.messenger->hosting()->port(), port);
    QCOMPARE(conversation->state(), ConversationState::Open); // who is here stays
    QVERIFY(with_.visitor().isOpen());
}

void MessengerTest::aTakenPortIsNamedAndNotTriedAgain() {
    const PlainHost other;
    with_.messenger->hosting()->start(other.port());
    QTRY_COMPARE_WITH_TIMEOUT(with_.messenger->hosting()->state(), HostingState::Failed, patience);
    QCOMPARE(core::code(with_.messenger->hosting()->end().reason), core::code(Reason::PortTaken));
    QCOMPARE(with_.messenger->hosting()->port(), other.port());
    QCOMPARE(with_.messenger->hosting()->secondsToRetry(), -1);
    QVERIFY(!with_.messenger->hosting()->isBusy());
}

void MessengerTest::whatCannotBeDialledIsRefusedAtOnce_data() {
    QTest::addColumn<QString>("typed");
    QTest::newRow("nothing") << u""_s;
    QTest::newRow("half an address") << u"127.1"_s;
    QTest::newRow("in disguise") << u"\uff11\uff12\uff17.\uff11"_s;
}

void MessengerTest::whatCannotBeDialledIsRefusedAtOnce() {
    QFETCH(QString, typed);
    for (const bool plain : {true, false}) {
        const auto result = with_.messenger->connectTo(typed, plain);
        QVERIFY(!result.ok());
        QCOMPARE(core::code(result.error().reason), core::code(Reason::AddressInvalid));
    }
    QVERIFY(with_.messenger->all().isEmpty());
}

void MessengerTest::onesOwnDoorIsNotDialled() {
    with_.host();
    for (const QString& name : {u"127.0.0.1"_s, u"localhost"_s, u"[::1]"_s}) {
        const auto result =
            with_.messenger->connectTo(name + u":%1"_s.arg(with_.messenger->hosting()->port()), true);
        QVERIFY(!result.ok());
        QCOMPARE(core::code(result.error().reason), core::code(Reason::OwnAddress));
    }
    // Another program on this computer is somebody else.
    PlainHost other;
    const auto result = with_.messenger->connectTo(other.address(), true);
    QVERIFY(result.ok());
    QTRY_COMPARE_WITH_TIMEOUT((*result)->state(), ConversationState::Open, patience);
}

void MessengerTest::aFailedCallCanBeTriedAgain() {
    PlainHost nobody;
    const QString address = nobody.address();
    nobody.close();
    const auto result = with_.messenger->connectTo(address, true);
    QVERIFY(result.ok());
    Conversation* const conversation = *result;
    QCOMPARE(conversation->state(), ConversationState::Connecting);
    QCOMPARE(with_.messenger->conversations()->rowOf(conversation), 0);
    for (int i = 0; i < 2; ++i) {
        QTRY_COMPARE_WITH_TIMEOUT(conversation->state(), ConversationState::Ended, patience);
        QCOMPARE(core::code(conversation->end().reason), core::code(Reason::ConnectionRefused));
        conversation->tryAgain();
        QCOMPARE(conversation->state(), ConversationState::Connecting);
    }
    conversation->disconnectPeer(); // Cancel
    QTRY_COMPARE_WITH_TIMEOUT(conversation->state(), ConversationState::Ended, patience);
    QVERIFY(with_.preferences->recentAddresses().isEmpty());
}

void MessengerTest::conversationsWithOneHostAreNumbered() {
    PlainHost other;
    QList<Conversation*> calls;
    for (int i = 0; i < 3; ++i) {
        const auto result = with_.messenger->connectTo(other.address(), true);
        QVERIFY(result.ok());
        calls.append(*result);
        QCOMPARE(calls.last()->ordinal(), i + 1);
        QTRY_COMPARE_WITH_TIMEOUT(calls.last()->state(), ConversationState::Open, patience);
    }
    QCOMPARE(with_.preferences->recentAddresses(), QStringList{other.address()});
    calls[1]->disconnectPeer();
    QTRY_COMPARE_WITH_TIMEOUT(calls[1]->state(), ConversationState::Ended, patience);
    const auto result = with_.messenger->connectTo(other.address(), true);
    QVERIFY(result.ok());
    QCOMPARE((*result)->ordinal(), 2);
    QTRY_COMPARE_WITH_TIMEOUT((*result)->state(), ConversationState::Open, patience);
}

void MessengerTest::shuttingDownEndsEverything() {
    with_.host();
    std::vector<PlainPeer> peers;
    for (int i = 0; i < 4; ++i)
        peers.push_back(with_.visitor());
    QVERIFY(with_.letIn(peers[0], "in\n") != nullptr);
    peers[1].write("asking\n");
    const auto calling = with_.messenger->connectTo(u"192.0.2.1"_s, true);
    QVERIFY(calling.ok());
    QSignalSpy finished(with_.messenger.get(), &Messenger::finished);
    QElapsedTimer since;
    since.start();
    with_.messenger->shutDown();
    QVERIFY(since.elapsed() < 500);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
    QVERIFY(tests::children().isEmpty());
    for (PlainPeer& peer : peers)
        QTRY_VERIFY_WITH_TIMEOUT(peer.isAtEnd(), patience);
    QVERIFY(!with_.messenger->connectTo(u"127.0.0.1:1"_s, true).ok());
    // cleanup() asks once more; the answer is the same
    with_.begin(QStringLiteral(KITH_WORKER));
}

QTEST_GUILESS_MAIN(MessengerTest)
#include "messenger_test.moc"

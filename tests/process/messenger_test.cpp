#include "core/limits.h"
#include "model/messenger.h"
#include "model/preferences.h"
#include "support/plain_peer.h"
#include "support/process_watch.h"

#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace kith;
using namespace Qt::StringLiterals;
using core::ConversationState;
using core::HostingState;
using core::MessageState;
using core::Reason;
using model::Conversation;
using model::Messenger;
using tests::PlainHost;
using tests::PlainPeer;

namespace {

constexpr int patience = 15000;

} // namespace

/// What one person sees of peers and workers, with real workers and plain sockets as peers.
class MessengerTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void aStrangerIsAskedAboutAndLetIn();
    void aDeclinedStrangerHearsNothingButTheEnd();
    void whoTypedAndLeftIsRememberedAndWhoDidNotIsNot();
    void aRequestThatNobodyAnsweredStays();
    void oneAddressCannotFillTheRequests();
    void everybodyComesInWhereNobodyIsAsked();
    void plainTextTurnedAwayIsToldOnce();
    void aKilledWorkerEndsItsConversationAlone();
    void aComputerWhoseWorkersCrashIsHeldOff();
    void theDoorReopensOnTheSamePortAtOnce();
    void aCrashedListenerComesBackAndThenWaits();
    void aTakenPortIsNamedAndNotTriedAgain();
    void whatCannotBeDialledIsRefusedAtOnce_data();
    void whatCannotBeDialledIsRefusedAtOnce();
    void onesOwnDoorIsNotDialled();
    void aFailedCallCanBeTriedAgain();
    void conversationsWithOneHostAreNumbered();
    void aDeafPeerCannotFillTheMemory();
    void whatWasQueuedArrivesBeforeDisconnecting();
    void shuttingDownEndsEverything();
    void aMissingWorkerIsToldEverywhere();

private:
    void host();
    [[nodiscard]] PlainPeer visitor() const { return PlainPeer(messenger_->hosting()->port()); }
    /// A peer that is let in, and its conversation.
    Conversation* letIn(PlainPeer& peer, const QByteArray& hello);

    std::unique_ptr<model::Preferences> preferences_;
    std::unique_ptr<Messenger> messenger_;
    std::unique_ptr<tests::LoopWatch> loop_;
    qsizetype descriptors_ = 0;
};

void MessengerTest::init() {
    descriptors_ = tests::descriptorCount();
    preferences_ = std::make_unique<model::Preferences>();
    messenger_ = std::make_unique<Messenger>(QStringLiteral(KITH_WORKER), *preferences_);
    loop_ = std::make_unique<tests::LoopWatch>();
}

void MessengerTest::cleanup() {
    QVERIFY2(loop_->longestMilliseconds() <= 500, qPrintable(QString::number(loop_->longestMilliseconds())));
    loop_.reset();
    QSignalSpy finished(messenger_.get(), &Messenger::finished);
    messenger_->shutDown();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
    messenger_.reset();
    QVERIFY(tests::children().isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(tests::descriptorCount(), descriptors_, patience);
}

void MessengerTest::host() {
    messenger_->hosting()->start(0);
    QTRY_COMPARE_WITH_TIMEOUT(messenger_->hosting()->state(), HostingState::On, patience);
}

Conversation* MessengerTest::letIn(PlainPeer& peer, const QByteArray& hello) {
    const auto before = messenger_->requests().size();
    peer.write(hello);
    if (!QTest::qWaitFor([&] { return messenger_->requests().size() > before; }, patience))
        return nullptr;
    Conversation* const conversation = messenger_->requests().last();
    conversation->accept();
    if (!QTest::qWaitFor([&] { return conversation->state() == ConversationState::Open; }, patience))
        return nullptr;
    return conversation;
}

void MessengerTest::aStrangerIsAskedAboutAndLetIn() {
    host();
    QSignalSpy added(messenger_.get(), &Messenger::conversationAdded);
    PlainPeer peer = visitor();
    peer.write("hello\n");
    QTRY_COMPARE_WITH_TIMEOUT(messenger_->requests().size(), 1, patience);
    Conversation* const conversation = messenger_->requests().first();
    QCOMPARE(added.size(), 1);
    QCOMPARE(conversation->state(), ConversationState::Asking);
    QCOMPARE(conversation->peer().host, std::string("127.0.0.1"));
    QVERIFY(conversation->preview().contains(u"hello"_s));
    QVERIFY(conversation->workerPid() > 0);
    QCOMPARE(messenger_->conversations()->rowCount(), 0);
    QVERIFY(!conversation->send(u"too early"_s).ok());

    conversation->accept();
    QTRY_COMPARE_WITH_TIMEOUT(conversation->state(), ConversationState::Open, patience);
    QVERIFY(messenger_->requests().isEmpty());
    QCOMPARE(messenger_->conversations()->rowCount(), 1);
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
    QSignalSpy removed(messenger_.get(), &Messenger::conversationRemoved);
    messenger_->dismiss(conversation);
    QCOMPARE(removed.size(), 1);
    QVERIFY(messenger_->all().isEmpty());
    QCOMPARE(messenger_->conversations()->rowCount(), 0);
}

void MessengerTest::aDeclinedStrangerHearsNothingButTheEnd() {
    host();
    PlainPeer peer = visitor();
    peer.write("let me in\n");
    QTRY_COMPARE_WITH_TIMEOUT(messenger_->requests().size(), 1, patience);
    QSignalSpy ended(messenger_->requests().first(), &Conversation::ended);
    messenger_->requests().first()->decline();
    QVERIFY(messenger_->requests().isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, patience);
    QTRY_VERIFY_WITH_TIMEOUT(peer.isAtEnd(), patience);
    QCOMPARE(peer.read(), QByteArray());
    QVERIFY(messenger_->all().isEmpty());
}

void MessengerTest::whoTypedAndLeftIsRememberedAndWhoDidNotIsNot() {
    host();
    {
        PlainPeer silent = visitor();
        QTRY_COMPARE_WITH_TIMEOUT(messenger_->requests().size(), 1, patience); // after limits::plainSilence
    }
    QTRY_VERIFY_WITH_TIMEOUT(messenger_->requests().isEmpty(), patience);
    QVERIFY(messenger_->all().isEmpty());
    for (int i = 0; i < 2; ++i) {
        PlainPeer peer = visitor();
        peer.write("call me back\n");
        QTRY_VERIFY_WITH_TIMEOUT(!messenger_->requests().isEmpty() &&
                                     messenger_->requests().first()->state() == ConversationState::Asking,
                                 patience);
    }
    // One for an address: the newest.
    QTRY_VERIFY_WITH_TIMEOUT(messenger_->requests().size() == 1 &&
                                 messenger_->requests().first()->state() == ConversationState::Ended,
                             patience);
    Conversation* const missed = messenger_->requests().first();
    QCOMPARE(core::code(missed->end().reason), core::code(Reason::PeerClosed));
    QCOMPARE(messenger_->all().size(), 1);
    messenger_->dismiss(missed);
    QVERIFY(messenger_->requests().isEmpty());
}

void MessengerTest::aRequestThatNobodyAnsweredStays() {
    host();
    PlainPeer peer = visitor();
    peer.write("anybody?\n");
    QTRY_COMPARE_WITH_TIMEOUT(messenger_->requests().size(), 1, patience);
    Conversation* const conversation = messenger_->requests().first();
    auto* const limit = conversation->findChild<QTimer*>(u"request"_s);
    QVERIFY(limit->isActive());
    QCOMPARE(limit->intervalAsDuration(), std::chrono::milliseconds(core::limits::request));
    limit->start(0); // five minutes later
    QTRY_COMPARE_WITH_TIMEOUT(conversation->state(), ConversationState::Ended, patience);
    QCOMPARE(core::code(conversation->end().reason), core::code(Reason::RequestExpired));
    QCOMPARE(messenger_->requests(), QList<Conversation*>{conversation});
    QTRY_VERIFY_WITH_TIMEOUT(peer.isAtEnd(), patience);
}

void MessengerTest::oneAddressCannotFillTheRequests() {
    host();
    QSignalSpy refused(messenger_.get(), &Messenger::refused);
    std::vector<PlainPeer> peers;
    for (std::size_t i = 0; i < core::limits::requestsPerAddress; ++i) {
        peers.push_back(visitor());
        peers.back().write("me\n");
    }
    QTRY_COMPARE_WITH_TIMEOUT(messenger_->requests().size(), qsizetype(core::limits::requestsPerAddress),
                              patience);
    PlainPeer over = visitor();
    QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, patience);
    QTRY_VERIFY_WITH_TIMEOUT(over.isAtEnd(), patience);
    QCOMPARE(messenger_->requests().size(), qsizetype(core::limits::requestsPerAddress));
}

void MessengerTest::everybodyComesInWhereNobodyIsAsked() {
    messenger_->setAcceptPolicy(model::AcceptPolicy::All);
    preferences_->setPlainFromThisComputer(false);
    messenger_->setPlainText(true);
    host();
    QSignalSpy requests(messenger_.get(), &Messenger::requestsChanged);
    std::vector<PlainPeer> peers;
    for (int i = 0; i < 20; ++i) {
        peers.push_back(visitor());
        peers.back().write("I am " + QByteArray::number(i) + "\n");
    }
    QTRY_COMPARE_WITH_TIMEOUT(messenger_->conversations()->rowCount(), 20, patience);
    QCOMPARE(tests::children().size(), 21); // and the listener
    QSet<QString> heard;
    for (Conversation* conversation : messenger_->all()) {
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

void MessengerTest::plainTextTurnedAwayIsToldOnce() {
    preferences_->setPlainFromThisComputer(false);
    host();
    QSignalSpy turnedAway(messenger_.get(), &Messenger::turnedAway);
    for (int i = 0; i < 3; ++i) {
        PlainPeer peer = visitor();
        peer.write("hello?\n");
        QTRY_VERIFY_WITH_TIMEOUT(peer.isAtEnd(), patience);
        QCOMPARE(peer.read(), QByteArray());
    }
    QTRY_COMPARE_WITH_TIMEOUT(tests::children().size(), 1, patience);
    QCOMPARE(turnedAway.size(), 1);
    QVERIFY(messenger_->all().isEmpty());
}

void MessengerTest::aKilledWorkerEndsItsConversationAlone() {
    host();
    PlainPeer one = visitor();
    PlainPeer other = visitor();
    Conversation* const killed = letIn(one, "one\n");
    Conversation* const spared = letIn(other, "other\n");
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

void MessengerTest::aComputerWhoseWorkersCrashIsHeldOff() {
    // Threats row 52.
    host();
    for (unsigned i = 0; i < core::limits::crashesBeforeHold; ++i) {
        PlainPeer peer = visitor();
        Conversation* const conversation = letIn(peer, "boo\n");
        QVERIFY(conversation != nullptr);
        ::kill(static_cast<pid_t>(conversation->workerPid()), SIGSEGV);
        QTRY_COMPARE_WITH_TIMEOUT(conversation->state(), ConversationState::Ended, patience);
        QCOMPARE(conversation->end().number, SIGSEGV);
    }
    QSignalSpy refused(messenger_.get(), &Messenger::refused);
    PlainPeer again = visitor();
    QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, patience);
    QCOMPARE(core::code(refused.at(0).at(1).value<core::End>().reason), core::code(Reason::HeldOff));
    QTRY_VERIFY_WITH_TIMEOUT(again.isAtEnd(), patience);
}

void MessengerTest::theDoorReopensOnTheSamePortAtOnce() {
    host();
    const quint16 port = messenger_->hosting()->port();
    PlainPeer peer = visitor();
    Conversation* const conversation = letIn(peer, "hi\n");
    QVERIFY(conversation != nullptr);
    messenger_->hosting()->stop();
    QCOMPARE(messenger_->hosting()->state(), HostingState::Off);
    messenger_->hosting()->start(port); // while the old listener may still be there
    QTRY_COMPARE_WITH_TIMEOUT(messenger_->hosting()->state(), HostingState::On, patience);
    QCOMPARE(messenger_->hosting()->port(), port);
    QCOMPARE(conversation->state(), ConversationState::Open); // who is here stays
    QVERIFY(visitor().isOpen());
}

void MessengerTest::aCrashedListenerComesBackAndThenWaits() {
    host();
    const quint16 port = messenger_->hosting()->port();
    const qint64 first = messenger_->hosting()->workerPid();
    ::kill(static_cast<pid_t>(first), SIGKILL);
    QTRY_VERIFY_WITH_TIMEOUT(messenger_->hosting()->state() == HostingState::On &&
                                 messenger_->hosting()->workerPid() != first,
                             patience);
    QCOMPARE(messenger_->hosting()->port(), port);
    ::kill(static_cast<pid_t>(messenger_->hosting()->workerPid()), SIGKILL);
    QTRY_COMPARE_WITH_TIMEOUT(messenger_->hosting()->state(), HostingState::HeldOff, patience);
    QCOMPARE(messenger_->hosting()->end().number, SIGKILL);
    QVERIFY(messenger_->hosting()->secondsToRetry() > 50 && messenger_->hosting()->secondsToRetry() <= 60);
    messenger_->hosting()->start(port); // a person asks
    QTRY_COMPARE_WITH_TIMEOUT(messenger_->hosting()->state(), HostingState::On, patience);
}

void MessengerTest::aTakenPortIsNamedAndNotTriedAgain() {
    const PlainHost other;
    messenger_->hosting()->start(other.port());
    QTRY_COMPARE_WITH_TIMEOUT(messenger_->hosting()->state(), HostingState::Failed, patience);
    QCOMPARE(core::code(messenger_->hosting()->end().reason), core::code(Reason::PortTaken));
    QCOMPARE(messenger_->hosting()->port(), other.port());
    QCOMPARE(messenger_->hosting()->secondsToRetry(), -1);
    QVERIFY(!messenger_->hosting()->isBusy());
}

void MessengerTest::whatCannotBeDialledIsRefusedAtOnce_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("plain");
    QTest::addColumn<Reason>("reason");
    QTest::newRow("nothing") << u""_s << true << Reason::AddressInvalid;
    QTest::newRow("half an address") << u"127.1"_s << true << Reason::AddressInvalid;
    QTest::newRow("in disguise") << u"\uff11\uff12\uff17.\uff11"_s << true << Reason::AddressInvalid;
    QTest::newRow("without the choice") << u"127.0.0.1"_s << false << Reason::PlainNotChosen;
}

void MessengerTest::whatCannotBeDialledIsRefusedAtOnce() {
    QFETCH(QString, typed);
    QFETCH(bool, plain);
    QFETCH(Reason, reason);
    const auto result = messenger_->connectTo(typed, plain);
    QVERIFY(!result.ok());
    QCOMPARE(core::code(result.error().reason), core::code(reason));
    QVERIFY(messenger_->all().isEmpty());
}

void MessengerTest::onesOwnDoorIsNotDialled() {
    host();
    for (const QString& name : {u"127.0.0.1"_s, u"localhost"_s, u"[::1]"_s}) {
        const auto result = messenger_->connectTo(name + u":%1"_s.arg(messenger_->hosting()->port()), true);
        QVERIFY(!result.ok());
        QCOMPARE(core::code(result.error().reason), core::code(Reason::OwnAddress));
    }
    // Another program on this computer is somebody else.
    PlainHost other;
    const auto result = messenger_->connectTo(other.address(), true);
    QVERIFY(result.ok());
    QTRY_COMPARE_WITH_TIMEOUT((*result)->state(), ConversationState::Open, patience);
}

void MessengerTest::aFailedCallCanBeTriedAgain() {
    PlainHost nobody;
    const QString address = nobody.address();
    nobody.close();
    const auto result = messenger_->connectTo(address, true);
    QVERIFY(result.ok());
    Conversation* const conversation = *result;
    QCOMPARE(conversation->state(), ConversationState::Connecting);
    QCOMPARE(messenger_->conversations()->rowOf(conversation), 0);
    for (int i = 0; i < 2; ++i) {
        QTRY_COMPARE_WITH_TIMEOUT(conversation->state(), ConversationState::Ended, patience);
        QCOMPARE(core::code(conversation->end().reason), core::code(Reason::ConnectionRefused));
        conversation->tryAgain();
        QCOMPARE(conversation->state(), ConversationState::Connecting);
    }
    conversation->disconnectPeer(); // Cancel
    QTRY_COMPARE_WITH_TIMEOUT(conversation->state(), ConversationState::Ended, patience);
    QVERIFY(preferences_->recentAddresses().isEmpty());
}

void MessengerTest::conversationsWithOneHostAreNumbered() {
    PlainHost other;
    QList<Conversation*> calls;
    for (int i = 0; i < 3; ++i) {
        const auto result = messenger_->connectTo(other.address(), true);
        QVERIFY(result.ok());
        calls.append(*result);
        QCOMPARE(calls.last()->ordinal(), i + 1);
        QTRY_COMPARE_WITH_TIMEOUT(calls.last()->state(), ConversationState::Open, patience);
    }
    QCOMPARE(preferences_->recentAddresses(), QStringList{other.address()});
    calls[1]->disconnectPeer();
    QTRY_COMPARE_WITH_TIMEOUT(calls[1]->state(), ConversationState::Ended, patience);
    const auto result = messenger_->connectTo(other.address(), true);
    QVERIFY(result.ok());
    QCOMPARE((*result)->ordinal(), 2);
    QTRY_COMPARE_WITH_TIMEOUT((*result)->state(), ConversationState::Open, patience);
}

void MessengerTest::aDeafPeerCannotFillTheMemory() {
    PlainHost other;
    const auto result = messenger_->connectTo(other.address(), true);
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

void MessengerTest::whatWasQueuedArrivesBeforeDisconnecting() {
    PlainHost other;
    const auto result = messenger_->connectTo(other.address(), true);
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

void MessengerTest::shuttingDownEndsEverything() {
    host();
    std::vector<PlainPeer> peers;
    for (int i = 0; i < 4; ++i)
        peers.push_back(visitor());
    QVERIFY(letIn(peers[0], "in\n") != nullptr);
    peers[1].write("asking\n");
    const auto calling = messenger_->connectTo(u"192.0.2.1"_s, true);
    QVERIFY(calling.ok());
    QSignalSpy finished(messenger_.get(), &Messenger::finished);
    QElapsedTimer since;
    since.start();
    messenger_->shutDown();
    QVERIFY(since.elapsed() < 500);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
    QVERIFY(tests::children().isEmpty());
    for (PlainPeer& peer : peers)
        QTRY_VERIFY_WITH_TIMEOUT(peer.isAtEnd(), patience);
    QVERIFY(!messenger_->connectTo(u"127.0.0.1:1"_s, true).ok());
    // cleanup() asks once more; the answer is the same
    messenger_ = std::make_unique<Messenger>(QStringLiteral(KITH_WORKER), *preferences_);
}

void MessengerTest::aMissingWorkerIsToldEverywhere() {
    messenger_ = std::make_unique<Messenger>(u"/nowhere/kith-worker"_s, *preferences_);
    messenger_->hosting()->start(0);
    QTRY_COMPARE_WITH_TIMEOUT(messenger_->hosting()->state(), HostingState::Failed, patience);
    QCOMPARE(core::code(messenger_->hosting()->end().reason), core::code(Reason::WorkerMissing));
    const auto result = messenger_->connectTo(u"127.0.0.1:1"_s, true);
    QVERIFY(result.ok());
    QTRY_COMPARE_WITH_TIMEOUT((*result)->state(), ConversationState::Ended, patience);
    QCOMPARE(core::code((*result)->end().reason), core::code(Reason::WorkerMissing));
}

QTEST_GUILESS_MAIN(MessengerTest)
#include "messenger_test.moc"

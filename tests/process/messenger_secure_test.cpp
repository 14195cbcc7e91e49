#include "support/somebody.h"

#include <csignal>

using namespace kith;
using namespace Qt::StringLiterals;
using core::ConversationState;
using core::MessageState;
using core::Reason;
using model::Conversation;
using model::Messenger;
using model::PeerKind;
using tests::longPatience;
using tests::Somebody;

namespace {

QStringList textsOf(const Conversation* conversation) {
    QStringList texts;
    for (int row = 0; row < conversation->messages()->rowCount(); ++row)
        texts << conversation->messages()->at(row).text;
    return texts;
}

QList<store::Entry> storedIn(Somebody& whose, const Conversation* conversation) {
    store::PageRequest request;
    request.conversation = conversation->stored();
    request.before = 1000;
    const auto page = tests::await(whose.history().store().page(request));
    return page && *page ? (*page)->entries : QList<store::Entry>();
}

} // namespace

/// Two people who connect securely, with real workers: who is asked, who comes in, and what is said.
class MessengerSecureTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void aStrangerWaitsIsAskedAboutAndComesIn();
    void aDeclinedStrangerIsToldNo();
    void aRequestInVainIsAnsweredLater();
    void aStrangerWhoLeavesIsMissed();
    void whatIsSaidIsStoredOnceAtBothEnds();
    void entriesKeepTheirStreamAndNumbers();
    void aContactComesBackByTheContactAlone();
    void aContactsConversationOutlivesTheProgram();
    void aKilledWorkerEndsTheSessionAlone();
    void everybodyComesInWhereNobodyIsAsked();
    void whoComesToAFullHouseIsAskedAbout();
    void onlyKnownPeopleComeIn();
    void theNameInAChangedProfileIsTaken();

private:
    std::unique_ptr<Somebody> ann_;
    std::unique_ptr<Somebody> bob_;
    QString address_; ///< where Ann hosts
};

void MessengerSecureTest::init() {
    ann_ = std::make_unique<Somebody>(u"Ann"_s);
    bob_ = std::make_unique<Somebody>(u"Bob"_s);
    address_ = ann_->host();
    QVERIFY(!address_.isEmpty());
}

void MessengerSecureTest::cleanup() {
    bob_.reset();
    ann_.reset();
    QVERIFY(tests::children().isEmpty());
}

void MessengerSecureTest::aStrangerWaitsIsAskedAboutAndComesIn() {
    Conversation* const call = bob_->dial(address_);
    QVERIFY(call);
    QCOMPARE(call->kind(), PeerKind::Unsettled);
    QCOMPARE(bob_->messenger().conversations()->rowOf(call), 0);
    QTRY_COMPARE_WITH_TIMEOUT(call->state(), ConversationState::Waiting, longPatience);
    QVERIFY(call->workerPid() > 0);

    Conversation* const request = ann_->request();
    QVERIFY(request);
    QCOMPARE(request->kind(), PeerKind::Stranger);
    QCOMPARE(request->name(), u"Bob"_s);
    QCOMPARE(request->key(), std::optional(bob_->key()));
    QVERIFY(!request->asIfForTheFirstTime());
    QVERIFY(!ann_->knows(*bob_));
    QVERIFY(!request->send(u"too early"_s).ok());

    request->accept();
    QVERIFY(ann_->openWith(*bob_));
    QVERIFY(bob_->openWith(*ann_));
    QCOMPARE(ann_->with(*bob_), request);
    QCOMPARE(bob_->with(*ann_), call);
    QVERIFY(ann_->messenger().requests().isEmpty());
    QCOMPARE(request->name(), u"Bob"_s);
    QCOMPARE(call->name(), u"Ann"_s);
    QVERIFY(call->session() && call->session()->cipher.startsWith(u"TLS_"_s));
    QVERIFY(ann_->knows(*bob_) && !ann_->knows(*bob_)->verified());
    QVERIFY(bob_->knows(*ann_) && !bob_->knows(*ann_)->verified());
    QCOMPARE(ann_->messenger().all().size(), 1);
    QCOMPARE(bob_->messenger().all().size(), 1);
}

void MessengerSecureTest::aDeclinedStrangerIsToldNo() {
    Conversation* const call = bob_->dial(address_);
    QVERIFY(call && ann_->request());
    ann_->request()->decline();
    QTRY_COMPARE_WITH_TIMEOUT(call->state(), ConversationState::Ended, longPatience);
    QCOMPARE(core::code(call->end().reason), core::code(Reason::NotLetIn));
    QTRY_VERIFY_WITH_TIMEOUT(ann_->messenger().all().isEmpty(), longPatience);
    QVERIFY(!ann_->knows(*bob_) && !bob_->knows(*ann_));
}

void MessengerSecureTest::aRequestInVainIsAnsweredLater() {
    Conversation* const call = bob_->dial(address_);
    Conversation* const request = ann_->request();
    QVERIFY(call && request);
    auto* const limit = request->findChild<QTimer*>(u"request"_s);
    QVERIFY(limit->isActive());
    QCOMPARE(limit->intervalAsDuration(), std::chrono::milliseconds(core::limits::request));
    limit->start(0); // five minutes later
    QTRY_COMPARE_WITH_TIMEOUT(call->state(), ConversationState::Ended, longPatience);
    QCOMPARE(core::code(call->end().reason), core::code(Reason::Unanswered));
    QTRY_COMPARE_WITH_TIMEOUT(request->state(), ConversationState::Ended, longPatience);
    QCOMPARE(ann_->messenger().requests(), QList<Conversation*>{request});
    QCOMPARE(core::code(request->end().reason), core::code(Reason::RequestExpired));

    ann_->messenger().acceptLater(request);
    QVERIFY(ann_->messenger().requests().isEmpty());
    QVERIFY(ann_->knows(*bob_));
    call->tryAgain();
    QVERIFY(ann_->openWith(*bob_));
    QVERIFY(bob_->openWith(*ann_));
    QVERIFY(ann_->messenger().requests().isEmpty());
}

void MessengerSecureTest::aStrangerWhoLeavesIsMissed() {
    Conversation* const call = bob_->dial(address_);
    Conversation* const request = ann_->request();
    QVERIFY(call && request);
    call->disconnectPeer();
    QTRY_COMPARE_WITH_TIMEOUT(request->state(), ConversationState::Ended, longPatience);
    QCOMPARE(core::code(request->end().reason), core::code(Reason::PeerClosed));
    QCOMPARE(ann_->messenger().requests(), QList<Conversation*>{request});
    QCOMPARE(request->name(), u"Bob"_s);
}

void MessengerSecureTest::whatIsSaidIsStoredOnceAtBothEnds() {
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    Conversation* const anns = ann_->with(*bob_);
    Conversation* const bobs = bob_->with(*ann_);
    const auto first = store::EntryId::random();
    QVERIFY(anns->send(u"hello\r\nBob\n"_s, first).ok());
    QTRY_COMPARE_WITH_TIMEOUT(textsOf(bobs), QStringList{u"hello\nBob"_s}, longPatience);
    QCOMPARE(bobs->messages()->last()->entry, first);
    QCOMPARE(bobs->unread(), 1);
    QVERIFY(bobs->send(u"hello Ann"_s).ok());
    QTRY_COMPARE_WITH_TIMEOUT(textsOf(anns), (QStringList{u"hello\nBob"_s, u"hello Ann"_s}), longPatience);
    QTRY_COMPARE_WITH_TIMEOUT(anns->messages()->at(0).state, MessageState::Sent, longPatience);
    QTRY_COMPARE_WITH_TIMEOUT(bobs->messages()->at(1).state, MessageState::Sent, longPatience);
    QVERIFY(anns->stored() && bobs->stored());
    const QList<store::Entry> annsRows = storedIn(*ann_, anns);
    const QList<store::Entry> bobsRows = storedIn(*bob_, bobs);
    QCOMPARE(annsRows.size(), 2);
    QCOMPARE(bobsRows.size(), 2);
    for (int row = 0; row < 2; ++row) {
        QCOMPARE(annsRows[row].id, bobsRows[row].id);
        QCOMPARE(annsRows[row].text, bobsRows[row].text);
        QCOMPARE(annsRows[row].writtenAt, bobsRows[row].writtenAt);
        QVERIFY(annsRows[row].mine != bobsRows[row].mine);
    }
}

void MessengerSecureTest::entriesKeepTheirStreamAndNumbers() {
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    for (int round = 0; round < 2; ++round) {
        for (int n = 1; n <= 3; ++n)
            QVERIFY(bob_->with(*ann_)->send(QString::number(3 * round + n)).ok());
        QTRY_COMPARE_WITH_TIMEOUT(ann_->with(*bob_)->lastText(), QString::number(3 * round + 3),
                                  longPatience);
        if (round == 0) {
            QVERIFY(tests::part(*bob_, *ann_));
            bob_->startAgain();
            QVERIFY(bob_->dial(*ann_));
            QVERIFY(bob_->openWith(*ann_));
        }
    }
    const auto ours = tests::await(bob_->history().store().streams(bob_->with(*ann_)->stored()));
    const auto theirs = tests::await(ann_->history().store().streams(ann_->with(*bob_)->stored()));
    QVERIFY(ours && *ours && theirs && *theirs);
    QCOMPARE((*ours)->size(), 1);
    QCOMPARE((*theirs)->size(), 1);
    QVERIFY((*ours)->first().mine && !(*theirs)->first().mine);
    QCOMPARE((*ours)->first().id, (*theirs)->first().id);
    QCOMPARE((*ours)->first().lastNumber, 6);
    QCOMPARE((*theirs)->first().lastNumber, 6);
    QCOMPARE((*ours)->first().lastEntry, (*theirs)->first().lastEntry);
    const QList<store::Entry> rows = storedIn(*ann_, ann_->with(*bob_));
    for (int row = 0; row < rows.size(); ++row)
        QCOMPARE(rows[row].number, row + 1);
}

void MessengerSecureTest::aContactComesBackByTheContactAlone() {
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    Conversation* const anns = ann_->with(*bob_);
    Conversation* const bobs = bob_->with(*ann_);
    QVERIFY(anns->send(u"before"_s).ok());
    QTRY_COMPARE_WITH_TIMEOUT(bobs->lastText(), u"before"_s, longPatience);
    QVERIFY(tests::part(*bob_, *ann_));
    QCOMPARE(core::code(bobs->end().reason), core::code(Reason::StoppedByUs));
    QCOMPARE(core::code(anns->end().reason), core::code(Reason::PeerClosed));
    QVERIFY(!anns->send(u"nobody there"_s).ok());

    QCOMPARE(bob_->dial(*ann_), bobs);
    QVERIFY(bob_->openWith(*ann_));
    QVERIFY(ann_->openWith(*bob_));
    QCOMPARE(ann_->with(*bob_), anns);
    QVERIFY(ann_->messenger().requests().isEmpty());
    QVERIFY(anns->send(u"after"_s).ok());
    QTRY_COMPARE_WITH_TIMEOUT(textsOf(bobs), (QStringList{u"before"_s, u"after"_s}), longPatience);
    QVERIFY(tests::part(*ann_, *bob_));
    bobs->tryAgain();
    QVERIFY(bob_->openWith(*ann_));
    // The same by the address that is known to be Ann's.
    QVERIFY(tests::part(*ann_, *bob_));
    QCOMPARE(bob_->dial(address_), bobs);
    QVERIFY(bob_->openWith(*ann_));
}

void MessengerSecureTest::aContactsConversationOutlivesTheProgram() {
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    QVERIFY(ann_->with(*bob_)->send(u"kept"_s).ok());
    QTRY_COMPARE_WITH_TIMEOUT(bob_->with(*ann_)->lastText(), u"kept"_s, longPatience);
    bob_->with(*ann_)->setDraft(u"half a sen"_s);
    bob_->startAgain();
    QTRY_COMPARE_WITH_TIMEOUT(bob_->messenger().conversations()->rowCount(), 1, longPatience);
    Conversation* const again = bob_->with(*ann_);
    QVERIFY(again);
    QCOMPARE(again, bob_->messenger().conversations()->at(0));
    QVERIFY(again->isPast());
    QCOMPARE(again->name(), u"Ann"_s);
    QCOMPARE(again->state(), ConversationState::Ended);
    QCOMPARE(again->lastText(), u"kept"_s);
    QCOMPARE(again->unread(), 1);
    QCOMPARE(again->draft(), u"half a sen"_s);
    again->messages()->showLatest();
    QTRY_COMPARE_WITH_TIMEOUT(textsOf(again), QStringList{u"kept"_s}, longPatience);
    QSignalSpy added(&bob_->messenger(), &Messenger::conversationAdded);
    QVERIFY(bob_->dial(*ann_));
    QVERIFY(bob_->openWith(*ann_));
    QCOMPARE(added.size(), 1);
    QVERIFY(!again->isPast());
    QVERIFY(ann_->with(*bob_)->send(u"new"_s).ok());
    QTRY_COMPARE_WITH_TIMEOUT(textsOf(again), (QStringList{u"kept"_s, u"new"_s}), longPatience);
}

void MessengerSecureTest::aKilledWorkerEndsTheSessionAlone() {
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    Conversation* const bobs = bob_->with(*ann_);
    ::kill(static_cast<pid_t>(bobs->workerPid()), SIGKILL);
    QTRY_COMPARE_WITH_TIMEOUT(bobs->state(), ConversationState::Ended, longPatience);
    QCOMPARE(bobs->end(), (core::End{Reason::WorkerCrashed, SIGKILL, 0}));
    QTRY_COMPARE_WITH_TIMEOUT(ann_->with(*bob_)->state(), ConversationState::Ended, longPatience);
    QVERIFY(bob_->dial(*ann_));
    QVERIFY(bob_->openWith(*ann_));
    QVERIFY(bobs->send(u"still here"_s).ok());
    QTRY_COMPARE_WITH_TIMEOUT(ann_->with(*bob_)->lastText(), u"still here"_s, longPatience);
}

void MessengerSecureTest::everybodyComesInWhereNobodyIsAsked() {
    ann_->messenger().setAcceptPolicy(model::AcceptPolicy::All);
    QSignalSpy requests(&ann_->messenger(), &Messenger::requestsChanged);
    QVERIFY(bob_->dial(address_));
    QVERIFY(bob_->openWith(*ann_));
    QVERIFY(ann_->openWith(*bob_));
    QCOMPARE(ann_->with(*bob_)->name(), u"Bob"_s);
    QCOMPARE(requests.size(), 0);
    QCOMPARE(ann_->messenger().all().size(), 1);
}

void MessengerSecureTest::whoComesToAFullHouseIsAskedAbout() {
    ann_->messenger().setAcceptPolicy(model::AcceptPolicy::All);
    while (!ann_->people().isFull())
        ann_->people().meet(core::PublicKey::random(), {}, store::Trust::Unverified);
    QVERIFY(bob_->dial(address_));
    Conversation* const request = ann_->request();
    QVERIFY(request);
    QVERIFY(!ann_->knows(*bob_));
    request->accept();
    QVERIFY(ann_->openWith(*bob_));
    QVERIFY(tests::part(*bob_, *ann_));
    // Who is known comes in all the same.
    QVERIFY(bob_->dial(*ann_));
    QVERIFY(bob_->openWith(*ann_));
    QVERIFY(ann_->messenger().requests().isEmpty());
}

void MessengerSecureTest::onlyKnownPeopleComeIn() {
    ann_->preferences().setOnlyKnown(true);
    Conversation* const call = bob_->dial(address_);
    QVERIFY(call);
    QTRY_COMPARE_WITH_TIMEOUT(call->state(), ConversationState::Ended, longPatience);
    QCOMPARE(core::code(call->end().reason), core::code(Reason::HostClosed));
    QVERIFY(!bob_->knows(*ann_) && !ann_->knows(*bob_));
    QVERIFY(ann_->messenger().all().isEmpty());
    ann_->preferences().setOnlyKnown(false);
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    ann_->preferences().setOnlyKnown(true);
    QVERIFY(tests::part(*bob_, *ann_));
    QVERIFY(bob_->dial(*ann_));
    QVERIFY(bob_->openWith(*ann_));
}

void MessengerSecureTest::theNameInAChangedProfileIsTaken() {
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    ann_->preferences().setName(u"Ann \u202eB.\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(bob_->with(*ann_)->name(), u"Ann B."_s, longPatience);
    bob_->people().rename(ann_->key(), u"my sister"_s);
    QCOMPARE(bob_->with(*ann_)->name(), u"my sister"_s);
}

QTEST_GUILESS_MAIN(MessengerSecureTest)
#include "messenger_secure_test.moc"

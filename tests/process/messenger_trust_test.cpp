#include "support/forwarder.h"
#include "support/somebody.h"

#include <QSet>

#include <csignal>
#include <functional>
#include <memory>

using namespace kith;
using namespace Qt::StringLiterals;
using core::ConversationState;
using core::Reason;
using model::Conversation;
using model::Messenger;
using model::PeerKind;
using tests::longPatience;
using tests::Somebody;

namespace {

core::Endpoint endpointOf(const QString& address) {
    return *core::parseEndpoint(address.toStdString());
}

/// What connecting to it ends with; Internal where it does not end in time.
Reason endOf(const Conversation* conversation) {
    const bool ended =
        conversation != nullptr &&
        QTest::qWaitFor([&] { return conversation->state() == ConversationState::Ended; }, longPatience);
    return ended ? conversation->end().reason : Reason::Internal;
}

template <typename T>
Reason refusal(const core::Result<T>& result) {
    return result.ok() ? Reason::Internal : result.error().reason;
}

} // namespace

/// Whom people take each other for: contacts at new addresses, deleted ones, changed keys, blocks.
class MessengerTrustTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void aContactAtANewAddressComesInWithoutAQuestion();
    void whoDeletedTheOtherIsAskedAboutAsIfForTheFirstTime();
    void whoAskedAsIfForTheFirstTimeIsAcceptedLater();
    void whoWasDeletedByTheOtherAsksLikeAStranger();
    void anAddressOfAnotherNetworkIsNobodys();
    void row22_aChangedKeyStopsTheContact();
    void row22_aChangedKeyThatAsksFirstStopsTheContactToo();
    void aHostThatClosedForAReasonThatIsOverIsAskedAgain();
    void aContactFoundOnTheWayIsComparedWithItself();
    void somebodyElseWhereAContactOnlySaysToBeStopsNobody();
    void whoAnswersInsteadBecomesSomebodyNew();
    void aStoppedContactIsNotLetIn();
    void aBlockedPersonIsGone();
    void whoIsBlockedOnTheWayInDoesNotComeIn_data();
    void whoIsBlockedOnTheWayInDoesNotComeIn();
    void blockingAnswersARequestThatCameToNothing();
    void row20_onesOwnKeyIsNotSomebody();
    void row50_twoWhoDialAtOnceKeepOneSession();
    void aNewSessionTakesOverFromADeadOne();
    void oneRequestForAKey();
    void whoBothAskAreBothLetIn();
    void oneAddressCannotFillTheRequests();

private:
    /// Calls `then` when this conversation dials for the `dial`th time, the one under way counted, before
    /// anybody has answered.
    void whenDialled(Conversation* conversation, int dial, const std::function<void()>& then);
    [[nodiscard]] QString inviteOf(Somebody& host, const QString& address, const QDateTime& until);

    std::unique_ptr<Somebody> ann_;
    std::unique_ptr<Somebody> bob_;
    QString address_; ///< where Ann hosts
};

void MessengerTrustTest::init() {
    ann_ = std::make_unique<Somebody>(u"Ann"_s);
    bob_ = std::make_unique<Somebody>(u"Bob"_s);
    address_ = ann_->host();
    QVERIFY(!address_.isEmpty());
}

void MessengerTrustTest::cleanup() {
    bob_.reset();
    ann_.reset();
    QVERIFY(tests::children().isEmpty());
}

QString MessengerTrustTest::inviteOf(Somebody& host, const QString& address, const QDateTime& until) {
    const auto link = tests::await(
        host.invites().make(host.key(), {endpointOf(address)}, host.preferences().name(), until));
    return link && *link ? **link : QString();
}

void MessengerTrustTest::whenDialled(Conversation* conversation, int dial,
                                     const std::function<void()>& then) {
    auto pids = std::make_shared<QSet<qint64>>();
    if (const qint64 now = conversation->workerPid(); now != 0)
        pids->insert(now);
    connect(conversation, &Conversation::changed, this, [conversation, dial, then, pids] {
        const qint64 pid = conversation->workerPid();
        if (pid == 0 || pids->contains(pid))
            return;
        pids->insert(pid);
        if (pids->size() == dial)
            then();
    });
}

// --- known callers ---------------------------------------------------------------------------------------

void MessengerTrustTest::aContactAtANewAddressComesInWithoutAQuestion() {
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    QVERIFY(tests::part(*bob_, *ann_));
    Conversation* const bobs = bob_->with(*ann_);
    ann_->messenger().hosting()->stop();
    QTRY_VERIFY(!ann_->messenger().hosting()->isBusy());
    const QString moved = ann_->host();
    QVERIFY(moved != address_);
    QSignalSpy requests(&ann_->messenger(), &Messenger::requestsChanged);
    QSignalSpy replaced(&bob_->messenger(), &Messenger::conversationReplaced);
    QSignalSpy removed(&bob_->messenger(), &Messenger::conversationRemoved);
    Conversation* const call = bob_->dial(moved);
    QVERIFY(call && call != bobs);
    call->setDraft(u"already typing"_s);
    QVERIFY(bob_->openWith(*ann_));
    QVERIFY(ann_->openWith(*bob_));
    QCOMPARE(bob_->with(*ann_), bobs);
    QCOMPARE(replaced.size(), 1);
    QCOMPARE(replaced.at(0).at(0).value<Conversation*>(), call);
    QCOMPARE(replaced.at(0).at(1).value<Conversation*>(), bobs);
    QCOMPARE(removed.size(), 1);
    QCOMPARE(bobs->draft(), u"already typing"_s);
    QCOMPARE(requests.size(), 0);
    QCOMPARE(bob_->messenger().all().size(), 1);
    QCOMPARE(ann_->messenger().all().size(), 1);
    // From now on this address is hers.
    QVERIFY(bob_->people().atAddress(endpointOf(moved)) != nullptr);
    QVERIFY(tests::part(*ann_, *bob_));
    QCOMPARE(bob_->dial(moved), bobs);
    QVERIFY(bob_->openWith(*ann_));
}

void MessengerTrustTest::whoDeletedTheOtherIsAskedAboutAsIfForTheFirstTime() {
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    Conversation* const anns = ann_->with(*bob_);
    bob_->people().remove(ann_->key());
    QTRY_VERIFY_WITH_TIMEOUT(bob_->messenger().all().isEmpty(), longPatience);
    QCOMPARE(core::code(endOf(anns)), core::code(Reason::PeerClosed));
    Conversation* const call = bob_->dial(address_);
    QVERIFY(call);
    Conversation* const request = ann_->request();
    QVERIFY(request && request != anns);
    QVERIFY(request->asIfForTheFirstTime());
    QCOMPARE(request->key(), std::optional(bob_->key()));
    QCOMPARE(call->state(), ConversationState::Waiting);
    QSignalSpy replaced(&ann_->messenger(), &Messenger::conversationReplaced);
    request->accept();
    QVERIFY(ann_->openWith(*bob_));
    QVERIFY(bob_->openWith(*ann_));
    QCOMPARE(replaced.size(), 1);
    QCOMPARE(ann_->with(*bob_), anns);
    QCOMPARE(bob_->with(*ann_), call);
}

void MessengerTrustTest::whoAskedAsIfForTheFirstTimeIsAcceptedLater() {
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    for (int round = 0; round < 2; ++round) {
        bob_->people().remove(ann_->key());
        QTRY_VERIFY_WITH_TIMEOUT(bob_->messenger().all().isEmpty(), longPatience);
        Conversation* const call = bob_->dial(address_);
        QVERIFY(call);
        // What was accepted was used up the last time: she is asked anew.
        Conversation* const request = ann_->request();
        QVERIFY(request && request->asIfForTheFirstTime());
        call->disconnectPeer();
        QTRY_COMPARE_WITH_TIMEOUT(request->state(), ConversationState::Ended, longPatience);
        ann_->messenger().acceptLater(request);
        QVERIFY(ann_->messenger().requests().isEmpty() && ann_->knows(*bob_)->expected);
        ann_->startAgain();
        QCOMPARE(ann_->host(endpointOf(address_).port), address_);
        QVERIFY(ann_->knows(*bob_)->expected);
        QSignalSpy requests(&ann_->messenger(), &Messenger::requestsChanged);
        QVERIFY(endOf(call) != Reason::Internal);
        call->tryAgain();
        QVERIFY(ann_->openWith(*bob_));
        QVERIFY(bob_->openWith(*ann_));
        QCOMPARE(requests.size(), 0);
        QVERIFY(!ann_->knows(*bob_)->expected);
    }
}

void MessengerTrustTest::anAddressOfAnotherNetworkIsNobodys() {
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    QVERIFY(tests::part(*ann_, *bob_));
    const core::Endpoint elsewhere = endpointOf(bob_->host());
    ann_->people().noteAddress(bob_->key(), elsewhere, u"198.51.100.0/24"_s);
    QCOMPARE(core::code(refusal(ann_->messenger().connectTo(bob_->key()))),
             core::code(Reason::AddressInvalid));
    QVERIFY(ann_->people().atAddress(elsewhere) == nullptr);
    ann_->people().noteAddress(bob_->key(), elsewhere, {});
    QVERIFY(ann_->dial(*bob_));
    QVERIFY(ann_->openWith(*bob_));
}

void MessengerTrustTest::whoWasDeletedByTheOtherAsksLikeAStranger() {
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    Conversation* const bobs = bob_->with(*ann_);
    ann_->people().remove(bob_->key());
    QCOMPARE(core::code(endOf(bobs)), core::code(Reason::PeerClosed));
    QCOMPARE(bob_->dial(*ann_), bobs);
    Conversation* const request = ann_->request();
    QVERIFY(request);
    QVERIFY(!request->asIfForTheFirstTime());
    QCOMPARE(request->name(), u"Bob"_s);
    QCOMPARE(bobs->state(), ConversationState::Waiting);
    request->accept();
    QVERIFY(ann_->openWith(*bob_));
    QCOMPARE(bob_->openWith(*ann_), bobs);
}

// --- changed keys ----------------------------------------------------------------------------------------

void MessengerTrustTest::row22_aChangedKeyStopsTheContact() {
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    QVERIFY(tests::part(*bob_, *ann_));
    ann_->messenger().hosting()->stop();
    QTRY_VERIFY(!ann_->messenger().hosting()->isBusy());
    Somebody other(u"Ann"_s);
    other.messenger().setAcceptPolicy(model::AcceptPolicy::All);
    QCOMPARE(other.host(endpointOf(address_).port), address_);
    Conversation* const bobs = bob_->dial(*ann_);
    QCOMPARE(core::code(endOf(bobs)), core::code(Reason::KeyChanged));
    QCOMPARE(bobs->otherKey(), std::optional(other.key()));
    QCOMPARE(bobs->key(), std::optional(ann_->key()));
    QVERIFY(bob_->knows(*ann_) && bob_->knows(*ann_)->stopped());
    QVERIFY(!bob_->knows(other) && !other.knows(*bob_));
    QTRY_VERIFY(other.messenger().all().isEmpty());
    // It stays so until a person decides.
    QCOMPARE(core::code(refusal(bob_->messenger().connectTo(ann_->key()))), core::code(Reason::KeyChanged));
    QCOMPARE(core::code(refusal(bob_->messenger().connectTo(address_, false))),
             core::code(Reason::KeyChanged));
    other.end();
    QCOMPARE(ann_->host(endpointOf(address_).port), address_);
    bob_->people().resume(ann_->key());
    QCOMPARE(bob_->dial(*ann_), bobs);
    QVERIFY(bob_->openWith(*ann_));
    QVERIFY(!bobs->otherKey());
}

void MessengerTrustTest::row22_aChangedKeyThatAsksFirstStopsTheContactToo() {
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    QVERIFY(tests::part(*bob_, *ann_));
    ann_->messenger().hosting()->stop();
    QTRY_VERIFY(!ann_->messenger().hosting()->isBusy());
    Somebody other(u"Ann"_s);
    QCOMPARE(other.host(endpointOf(address_).port), address_);
    QSignalSpy requests(&other.messenger(), &Messenger::requestsChanged);
    Conversation* const bobs = bob_->dial(address_);
    QCOMPARE(core::code(endOf(bobs)), core::code(Reason::KeyChanged));
    QVERIFY(!bobs->otherKey()); // it shows its key to nobody it does not know
    QVERIFY(bob_->knows(*ann_) && bob_->knows(*ann_)->stopped());
    QTRY_VERIFY(tests::children().size() <= 1);
    QCOMPARE(requests.size(), 0); // nobody was bothered
}

void MessengerTrustTest::aHostThatClosedForAReasonThatIsOverIsAskedAgain() {
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    QVERIFY(tests::part(*bob_, *ann_));
    Conversation* const bobs = bob_->with(*ann_);
    ann_->people().remove(bob_->key());
    // She takes nobody while he names her, and asks about strangers when he looks who is there.
    ann_->messenger().setAcceptPolicy(model::AcceptPolicy::Known);
    whenDialled(bobs, 2, [this] { ann_->messenger().setAcceptPolicy(model::AcceptPolicy::Ask); });
    QCOMPARE(bob_->dial(*ann_), bobs);
    Conversation* const request = ann_->request();
    QVERIFY(request);
    QCOMPARE(request->name(), u"Bob"_s);
    QVERIFY(!bob_->knows(*ann_)->stopped());
    request->accept();
    QVERIFY(ann_->openWith(*bob_));
    QCOMPARE(bob_->openWith(*ann_), bobs);
}

void MessengerTrustTest::aContactFoundOnTheWayIsComparedWithItself() {
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    QVERIFY(tests::part(*bob_, *ann_));
    tests::Forwarder router(endpointOf(address_).port); // where Bob does not know her
    // She knows him, turns him away when he names her, and knows him again.
    const auto call = bob_->messenger().connectTo(router.address(), false);
    QVERIFY(call.ok());
    whenDialled(*call, 2, [this] { ann_->people().setCompared(bob_->key(), false); });
    whenDialled(*call, 3, [this] { ann_->people().resume(bob_->key()); });
    QCOMPARE(core::code(endOf(*call)), core::code(Reason::HostClosed));
    QVERIFY(!(*call)->otherKey());
    QVERIFY(!bob_->knows(*ann_)->stopped());
}

void MessengerTrustTest::somebodyElseWhereAContactOnlySaysToBeStopsNobody() {
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    QVERIFY(tests::part(*bob_, *ann_));
    Somebody other(u"Carol"_s);
    other.messenger().setAcceptPolicy(model::AcceptPolicy::All);
    bob_->people().noteTold(ann_->key(), endpointOf(other.host()), {});
    // Carol's is tried first; Ann is at the other one.
    Conversation* const bobs = bob_->dial(*ann_);
    QCOMPARE(bob_->openWith(*ann_), bobs);
    QVERIFY(tests::part(*bob_, *ann_));
    ann_->messenger().hosting()->stop();
    QTRY_VERIFY(!ann_->messenger().hosting()->isBusy());
    bob_->people().noteTold(ann_->key(), endpointOf(other.host(0)), {});
    QCOMPARE(bob_->dial(*ann_), bobs);
    QVERIFY(endOf(bobs) != Reason::KeyChanged);
    QVERIFY(!bob_->knows(*ann_)->stopped() && !bob_->knows(other) && !other.knows(*bob_));
}

void MessengerTrustTest::whoAnswersInsteadBecomesSomebodyNew() {
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    QVERIFY(tests::part(*bob_, *ann_));
    ann_->messenger().hosting()->stop();
    QTRY_VERIFY(!ann_->messenger().hosting()->isBusy());
    Somebody other(u"Carol"_s);
    QCOMPARE(other.host(endpointOf(address_).port), address_);
    Conversation* const bobs = bob_->dial(*ann_);
    QCOMPARE(core::code(endOf(bobs)), core::code(Reason::KeyChanged));
    QVERIFY(bobs->offersSomebodyNew());
    const auto anew = bob_->messenger().connectAsSomebodyNew(bobs);
    QVERIFY(anew.ok());
    QVERIFY(*anew != bobs);
    Conversation* const request = other.request();
    QVERIFY(request);
    request->accept();
    QCOMPARE(bob_->openWith(other), *anew);
    QVERIFY(bob_->knows(*ann_)->stopped());
    QVERIFY(!bob_->knows(other)->verified());
    // The address is the newcomer's now.
    QVERIFY(tests::part(*bob_, other));
    QCOMPARE(bob_->dial(address_), *anew);
    QVERIFY(bob_->openWith(other));
}

void MessengerTrustTest::aStoppedContactIsNotLetIn() {
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    Conversation* const bobs = bob_->with(*ann_);
    ann_->people().setCompared(bob_->key(), false);
    QCOMPARE(core::code(endOf(ann_->with(*bob_))), core::code(Reason::KeyChanged));
    QVERIFY(endOf(bobs) != Reason::Internal);
    QCOMPARE(bob_->dial(*ann_), bobs);
    QCOMPARE(core::code(endOf(bobs)), core::code(Reason::HostClosed));
    QVERIFY(ann_->messenger().requests().isEmpty());
}

// --- blocked, and ourselves ------------------------------------------------------------------------------

void MessengerTrustTest::aBlockedPersonIsGone() {
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    Conversation* const bobs = bob_->with(*ann_);
    ann_->messenger().block(bob_->key());
    QCOMPARE(core::code(endOf(ann_->with(*bob_))), core::code(Reason::Blocked));
    QVERIFY(endOf(bobs) != Reason::Internal);
    QSignalSpy requests(&ann_->messenger(), &Messenger::requestsChanged);
    QCOMPARE(bob_->dial(*ann_), bobs);
    QCOMPARE(core::code(endOf(bobs)), core::code(Reason::HostClosed));
    QVERIFY(!bob_->knows(*ann_)->stopped());
    QCOMPARE(requests.size(), 0);
    QCOMPARE(core::code(refusal(ann_->messenger().connectTo(bob_->key()))), core::code(Reason::Blocked));
    ann_->people().unblock(bob_->key());
    QCOMPARE(bob_->dial(*ann_), bobs);
    QVERIFY(bob_->openWith(*ann_));
    // A stranger too.
    Somebody carol(u"Carol"_s);
    QVERIFY(carol.dial(address_));
    QVERIFY(ann_->request());
    ann_->messenger().block(carol.key());
    QTRY_VERIFY_WITH_TIMEOUT(ann_->messenger().requests().isEmpty(), longPatience);
    QVERIFY(endOf(carol.messenger().all().first()) != Reason::Internal);
    carol.messenger().all().first()->tryAgain();
    QCOMPARE(core::code(endOf(carol.messenger().all().first())), core::code(Reason::HostClosed));
}

void MessengerTrustTest::whoIsBlockedOnTheWayInDoesNotComeIn_data() {
    QTest::addColumn<bool>("blocked");
    QTest::newRow("blocked") << true;
    QTest::newRow("stopped") << false;
}

void MessengerTrustTest::whoIsBlockedOnTheWayInDoesNotComeIn() {
    QFETCH(bool, blocked);
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    QVERIFY(tests::part(*bob_, *ann_));
    Conversation* const anns = ann_->with(*bob_);
    // Ann has let him in, and his PROFILE is not here: his worker stands still from that moment on.
    qint64 held = 0;
    connect(anns, &Conversation::changed, this, [&] {
        if (held == 0 && anns->workerPid() != 0 && bob_->with(*ann_)->workerPid() != 0) {
            held = bob_->with(*ann_)->workerPid();
            ::kill(static_cast<pid_t>(held), SIGSTOP);
        }
    });
    QVERIFY(bob_->dial(*ann_));
    QTRY_VERIFY_WITH_TIMEOUT(held != 0, longPatience);
    QCOMPARE(anns->state(), ConversationState::Ended);
    bool opened = false;
    connect(anns, &Conversation::changed, this,
            [&] { opened = opened || anns->state() == ConversationState::Open; });
    if (blocked)
        ann_->messenger().block(bob_->key());
    else
        ann_->people().setCompared(bob_->key(), false);
    ::kill(static_cast<pid_t>(held), SIGCONT);
    QVERIFY(endOf(bob_->with(*ann_)) != Reason::Internal);
    QTRY_COMPARE_WITH_TIMEOUT(tests::children().size(), 1, longPatience); // the listener
    QVERIFY(!opened);
    QCOMPARE(anns->state(), ConversationState::Ended);
}

void MessengerTrustTest::blockingAnswersARequestThatCameToNothing() {
    Somebody carol(u"Carol"_s);
    Conversation* const call = carol.dial(address_);
    QVERIFY(call && ann_->request());
    call->disconnectPeer();
    QTRY_VERIFY_WITH_TIMEOUT(ann_->messenger().requests().size() == 1 &&
                                 ann_->messenger().requests().first()->state() == ConversationState::Ended,
                             longPatience);
    ann_->messenger().block(carol.key());
    QVERIFY(ann_->messenger().requests().isEmpty());
    QVERIFY(!ann_->knows(carol));
}

void MessengerTrustTest::row20_onesOwnKeyIsNotSomebody() {
    QCOMPARE(core::code(refusal(ann_->messenger().connectTo(address_, false))),
             core::code(Reason::OwnAddress));
    const QString link = inviteOf(*ann_, address_, QDateTime::currentDateTime().addDays(7));
    QCOMPARE(core::code(refusal(ann_->messenger().connectTo(link, false))), core::code(Reason::OwnKey));
    // By an address that only others have.
    tests::Forwarder router(endpointOf(address_).port);
    Conversation* const call = ann_->dial(router.address());
    QCOMPARE(core::code(endOf(call)), core::code(Reason::OwnKey));
    QVERIFY(ann_->messenger().requests().isEmpty());
    QVERIFY(ann_->people().all().isEmpty());
}

// --- two at once -----------------------------------------------------------------------------------------

void MessengerTrustTest::row50_twoWhoDialAtOnceKeepOneSession() {
    bool isNumber = false;
    const int asked = qEnvironmentVariableIntValue("KITH_DIALS", &isNumber);
    const int dials = isNumber ? asked : 50;
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    const QString bobsAddress = bob_->host();
    ann_->people().noteAddress(bob_->key(), endpointOf(bobsAddress), {});
    Conversation* const anns = ann_->with(*bob_);
    Conversation* const bobs = bob_->with(*ann_);
    for (int round = 0; round < dials; ++round) {
        QVERIFY(tests::part(*ann_, *bob_));
        QTRY_COMPARE_WITH_TIMEOUT(tests::children().size(), 2, longPatience); // the listeners
        QCOMPARE(ann_->dial(*bob_), anns);
        QCOMPARE(bob_->dial(*ann_), bobs);
        const auto isSettled = [&] {
            return anns->state() == ConversationState::Open && bobs->state() == ConversationState::Open &&
                   tests::children().size() == 4;
        };
        QVERIFY2(QTest::qWaitFor(isSettled, longPatience),
                 qPrintable(u"round %1: Ann's is %2 (%3), Bob's is %4 (%5), %6 processes"_s.arg(round)
                                .arg(int(anns->state()))
                                .arg(QLatin1StringView(core::code(anns->end().reason)))
                                .arg(int(bobs->state()))
                                .arg(QLatin1StringView(core::code(bobs->end().reason)))
                                .arg(tests::children().size())));
        const QString said = QString::number(round);
        QVERIFY(anns->send(u"a"_s + said).ok() && bobs->send(u"b"_s + said).ok());
        QTRY_VERIFY_WITH_TIMEOUT(anns->messages()->rowCount() == 2 * round + 2 &&
                                     bobs->messages()->rowCount() == 2 * round + 2,
                                 longPatience);
    }
}

void MessengerTrustTest::aNewSessionTakesOverFromADeadOne() {
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    Conversation* const anns = ann_->with(*bob_);
    const qint64 before = anns->workerPid();
    // Bob's machine is gone and back, and Ann has not seen it go.
    ::kill(static_cast<pid_t>(before), SIGSTOP);
    ::kill(static_cast<pid_t>(bob_->with(*ann_)->workerPid()), SIGKILL);
    QVERIFY(endOf(bob_->with(*ann_)) != Reason::Internal);
    QVERIFY(bob_->dial(*ann_));
    QVERIFY(bob_->openWith(*ann_));
    QTRY_VERIFY_WITH_TIMEOUT(anns->workerPid() != before, longPatience);
    QCOMPARE(anns->state(), ConversationState::Open);
    QVERIFY(anns->send(u"are you back?"_s).ok());
    QTRY_COMPARE_WITH_TIMEOUT(bob_->with(*ann_)->lastText(), u"are you back?"_s, longPatience);
    ::kill(static_cast<pid_t>(before), SIGCONT);
    QTRY_COMPARE_WITH_TIMEOUT(tests::children().size(), 3, longPatience);
    QCOMPARE(anns->state(), ConversationState::Open);
}

void MessengerTrustTest::oneRequestForAKey() {
    Conversation* const first = bob_->dial(address_);
    QVERIFY(first && ann_->request());
    // The same person once more, as after a restart that nobody noticed.
    tests::Forwarder router(endpointOf(address_).port);
    Conversation* const second = bob_->dial(router.address());
    QVERIFY(second);
    QCOMPARE(core::code(endOf(first)), core::code(Reason::Superseded));
    QTRY_COMPARE_WITH_TIMEOUT(second->state(), ConversationState::Waiting, longPatience);
    QCOMPARE(ann_->messenger().requests().size(), 1);
    ann_->request()->accept();
    QCOMPARE(bob_->openWith(*ann_), second);
}

void MessengerTrustTest::whoBothAskAreBothLetIn() {
    const QString bobsAddress = bob_->host();
    Conversation* const anns = ann_->dial(bobsAddress);
    Conversation* const bobs = bob_->dial(address_);
    QVERIFY(anns && bobs && ann_->request() && bob_->request());
    ann_->request()->accept();
    QVERIFY(ann_->openWith(*bob_));
    QVERIFY(bob_->openWith(*ann_));
    QTRY_VERIFY_WITH_TIMEOUT(ann_->messenger().requests().isEmpty() &&
                                 bob_->messenger().requests().isEmpty() && tests::children().size() == 4,
                             longPatience);
    QCOMPARE(ann_->with(*bob_)->state(), ConversationState::Open);
    QCOMPARE(bob_->with(*ann_)->state(), ConversationState::Open);
    QTRY_COMPARE(ann_->messenger().all().size(), 1);
    QTRY_COMPARE(bob_->messenger().all().size(), 1);
}

void MessengerTrustTest::oneAddressCannotFillTheRequests() {
    std::vector<std::unique_ptr<Somebody>> crowd;
    for (std::size_t n = 0; n < core::limits::requestsPerAddress; ++n) {
        crowd.push_back(std::make_unique<Somebody>(u"Stranger %1"_s.arg(n)));
        QVERIFY(crowd.back()->dial(address_));
        QTRY_COMPARE_WITH_TIMEOUT(ann_->messenger().requests().size(), qsizetype(n) + 1, longPatience);
    }
    QCOMPARE(ann_->messenger().foldedRequests(), 0);
    Conversation* const over = bob_->dial(address_);
    QCOMPARE(core::code(endOf(over)), core::code(Reason::HostClosed));
    QCOMPARE(ann_->messenger().foldedRequests(), 1);
    // An invited one comes in all the same.
    QVERIFY(bob_->dial(inviteOf(*ann_, address_, QDateTime::currentDateTime().addDays(1))));
    QVERIFY(ann_->openWith(*bob_));
    // All of them give up: the newest stays, the others are a number.
    crowd.clear();
    QTRY_COMPARE_WITH_TIMEOUT(ann_->messenger().requests().size(), 1, longPatience);
    QCOMPARE(ann_->messenger().foldedRequests(), 1); // an address counts once
}

QTEST_GUILESS_MAIN(MessengerTrustTest)
#include "messenger_trust_test.moc"

#include "core/invite.h"
#include "support/somebody.h"

using namespace kith;
using namespace Qt::StringLiterals;
using core::ConversationState;
using core::Reason;
using model::Conversation;
using model::Messenger;
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

/// What an invite brings its bearer, and what it does not: the host's key, verified, a way in, once.
class MessengerInvitesTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void anInviteBringsAVerifiedContact();
    void anInviteWorksOnceAndForItsBearer();
    void anExpiredInviteIsAStrangers();
    void anInviteIsTriedAgainWhole();
    void row23_anInviteNeverTakesAnotherKey();
    void row23_anInviteStopsNoContact();

private:
    [[nodiscard]] QString inviteOf(Somebody& host, const QString& address, const QDateTime& until);

    std::unique_ptr<Somebody> ann_;
    std::unique_ptr<Somebody> bob_;
    QString address_; ///< where Ann hosts
};

void MessengerInvitesTest::init() {
    ann_ = std::make_unique<Somebody>(u"Ann"_s);
    bob_ = std::make_unique<Somebody>(u"Bob"_s);
    address_ = ann_->host();
    QVERIFY(!address_.isEmpty());
}

void MessengerInvitesTest::cleanup() {
    bob_.reset();
    ann_.reset();
    QVERIFY(tests::children().isEmpty());
}

QString MessengerInvitesTest::inviteOf(Somebody& host, const QString& address, const QDateTime& until) {
    const auto link = tests::await(
        host.invites().make(host.key(), {endpointOf(address)}, host.preferences().name(), until));
    return link && *link ? **link : QString();
}

void MessengerInvitesTest::anInviteBringsAVerifiedContact() {
    const QString link = inviteOf(*ann_, address_, QDateTime::currentDateTime().addDays(7));
    QVERIFY(!link.isEmpty());
    QSignalSpy requests(&ann_->messenger(), &Messenger::requestsChanged);
    Conversation* const call = bob_->dial(link);
    QVERIFY(call);
    QCOMPARE(call->key(), std::optional(ann_->key()));
    QCOMPARE(bob_->openWith(*ann_), call);
    QVERIFY(ann_->openWith(*bob_));
    QVERIFY(bob_->knows(*ann_)->verified());
    // It proves nothing of his to her.
    QCOMPARE(ann_->knows(*bob_)->trust, store::Trust::Unverified);
    QCOMPARE(ann_->knows(*bob_)->name, u"Bob"_s);
    QCOMPARE(requests.size(), 0);
    QCOMPARE(ann_->invites().all().first().usedBy, std::optional(bob_->key()));
}

void MessengerInvitesTest::anInviteWorksOnceAndForItsBearer() {
    const QString link = inviteOf(*ann_, address_, QDateTime::currentDateTime().addDays(7));
    QVERIFY(bob_->dial(link));
    QVERIFY(bob_->openWith(*ann_));
    QVERIFY(ann_->openWith(*bob_));
    QVERIFY(tests::part(*bob_, *ann_));
    Somebody carol(u"Carol"_s);
    Conversation* const call = carol.dial(link);
    QVERIFY(call);
    Conversation* const request = ann_->request();
    QVERIFY(request);
    QCOMPARE(request->name(), u"Carol"_s);
    QCOMPARE(call->state(), ConversationState::Waiting);
    QVERIFY(!ann_->knows(carol));
    request->decline();
    QCOMPARE(core::code(endOf(call)), core::code(Reason::NotLetIn));
    // Who used it comes again by it, even where they were forgotten meanwhile.
    ann_->people().remove(bob_->key());
    QVERIFY(bob_->dial(link));
    QVERIFY(bob_->openWith(*ann_));
    QVERIFY(ann_->openWith(*bob_));
}

void MessengerInvitesTest::anExpiredInviteIsAStrangers() {
    const QString link = inviteOf(*ann_, address_, QDateTime::currentDateTime().addMSecs(50));
    QVERIFY(!link.isEmpty());
    QTRY_VERIFY(!ann_->invites().all().first().isAlive(QDateTime::currentDateTime()));
    QVERIFY(bob_->dial(link));
    QVERIFY(ann_->request());
    // It still proves to Bob who she is.
    ann_->request()->accept();
    QVERIFY(bob_->openWith(*ann_));
    QVERIFY(bob_->knows(*ann_)->verified());
    QVERIFY(!ann_->knows(*bob_)->verified());
}

void MessengerInvitesTest::anInviteIsTriedAgainWhole() {
    // Bob knows Ann at one address, and her invite names another.
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    QVERIFY(tests::part(*bob_, *ann_));
    ann_->messenger().hosting()->stop();
    QTRY_VERIFY(!ann_->messenger().hosting()->isBusy());
    const QString moved = ann_->host();
    QVERIFY(moved != address_);
    const auto link =
        tests::await(ann_->invites().make(ann_->key(), {endpointOf(address_), endpointOf(moved)}, u"Ann"_s,
                                          QDateTime::currentDateTime().addDays(7)));
    QVERIFY(link && *link);
    ann_->messenger().hosting()->stop();
    QTRY_VERIFY(!ann_->messenger().hosting()->isBusy());
    Conversation* const bobs = bob_->dial(**link);
    QCOMPARE(core::code(endOf(bobs)), core::code(Reason::ConnectionRefused));
    QCOMPARE(ann_->host(endpointOf(moved).port), moved);
    bobs->tryAgain();
    QCOMPARE(bob_->openWith(*ann_), bobs);
    QVERIFY(bob_->people().atAddress(endpointOf(moved)) != nullptr);
    QVERIFY(tests::part(*bob_, *ann_));
    bobs->tryAgain();
    QCOMPARE(bob_->openWith(*ann_), bobs);
}

void MessengerInvitesTest::row23_anInviteNeverTakesAnotherKey() {
    Somebody mallory(u"Ann"_s);
    mallory.messenger().setAcceptPolicy(model::AcceptPolicy::All);
    const core::Invite invite{{endpointOf(mallory.host())},
                              ann_->key(),
                              core::InviteId::random(),
                              core::InviteSecret::random(),
                              "Ann"};
    Conversation* const call = bob_->dial(QString::fromStdString(core::toLink(invite)));
    QCOMPARE(core::code(endOf(call)), core::code(Reason::KeyChanged));
    QCOMPARE(call->otherKey(), std::optional(mallory.key()));
    QVERIFY(!bob_->knows(*ann_) && !bob_->knows(mallory) && !mallory.knows(*bob_));
    QVERIFY(!call->offersSomebodyNew()); // it takes nothing on trust
    QCOMPARE(core::code(refusal(bob_->messenger().connectAsSomebodyNew(call))),
             core::code(Reason::KeyChanged));
    call->tryAgain();
    QCOMPARE(call->state(), ConversationState::Connecting);
    QCOMPARE(core::code(endOf(call)), core::code(Reason::KeyChanged));
}

void MessengerInvitesTest::row23_anInviteStopsNoContact() {
    const QString anns = ann_->host();
    QVERIFY(tests::meet(*ann_, *bob_, anns));
    bob_->with(*ann_)->disconnectPeer();
    QTRY_COMPARE(bob_->with(*ann_)->state(), ConversationState::Ended);
    // With Ann's key, and an address of Mallory's own.
    Somebody mallory(u"Ann"_s);
    mallory.messenger().setAcceptPolicy(model::AcceptPolicy::All);
    const core::Invite invite{{endpointOf(mallory.host())},
                              ann_->key(),
                              core::InviteId::random(),
                              core::InviteSecret::random(),
                              "Ann"};
    Conversation* const call = bob_->dial(QString::fromStdString(core::toLink(invite)));
    QCOMPARE(call, bob_->with(*ann_));
    QCOMPARE(core::code(endOf(call)), core::code(Reason::HostClosed));
    QVERIFY(!call->person()->stopped() && !bob_->knows(mallory) && !mallory.knows(*bob_));
    QCOMPARE(bob_->dial(anns), call);
    QVERIFY(bob_->openWith(*ann_) != nullptr);
}

QTEST_GUILESS_MAIN(MessengerInvitesTest)
#include "messenger_invites_test.moc"

#include "support/fake_workers.h"
#include "support/handshakes.h"
#include "support/messenger_fixture.h"

#include <array>
#include <optional>

using namespace kith;
using namespace Qt::StringLiterals;
using core::ConversationState;
using core::Reason;
using model::Conversation;
using tests::patience;

namespace {

constexpr std::array lies = {
    "secure-twice",
    "secure-when-open",
    "secure-without-hello",
    "cipher-moves-the-cursor",
    "plain-when-secure",
    "profile-before-secure",
    "profile-before-auth",
    "entry-before-profile",
    "auth-of-the-other-side",
    "auth-of-a-short-key",
    "auth-twice",
    "auth-when-open",
    "text-when-secure",
    "entry-too-long",
    "entry-not-utf8",
    "entry-without-number",
    "entry-written-unsent",
    "profile-with-a-host-to-look-up",
};

} // namespace

/// Threats row 46, with the whole program above: a worker that is taken over and lies about a secure peer is
/// killed, or refused by the handshake. Nobody is let in, nobody becomes a contact, nothing that it made up
/// is shown, and the program goes on.
class MessengerLiesTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void anHonestWorkerIsTaken_data();
    void anHonestWorkerIsTaken();
    void row46_aWorkerThatLiesIsKilled_data();
    void row46_aWorkerThatLiesIsKilled();
    void row46_aLiarBehindTheDoorIsKilled_data();
    void row46_aLiarBehindTheDoorIsKilled();
    void row46_anImpostorIsRefused_data();
    void row46_anImpostorIsRefused();
    void row46_anImpostorAtAnAddressIsNobody_data();
    void row46_anImpostorAtAnAddressIsNobody();
    void rows46_47_anImpostorAtTheDoorIsRefused_data();
    void rows46_47_anImpostorAtTheDoorIsRefused();

private:
    /// Every worker from here on is the fake one under this name.
    void use(const QString& command);
    /// Bob is a contact, and is dialled.
    Conversation* dialBob();
    [[nodiscard]] const model::Person* knownBob() const {
        return fixture_.people->find(tests::bob().publicKey());
    }
    static QStringList textsOf(const Conversation* conversation);

    tests::MessengerFixture fixture_;
    tests::FakeWorkers fakes_;
};

void MessengerLiesTest::init() {
    fixture_.init();
    fixture_.preferences->setName(u"Ann"_s);
}

void MessengerLiesTest::cleanup() {
    fixture_.cleanup();
}

void MessengerLiesTest::use(const QString& command) {
    fixture_.messenger.reset();
    fixture_.begin(fakes_.program(command));
    fixture_.messenger->setAcceptPolicy(model::AcceptPolicy::All);
    QTRY_VERIFY_WITH_TIMEOUT(fixture_.identity->state() == model::Identity::State::Ready, patience);
    QTRY_VERIFY_WITH_TIMEOUT(fixture_.people->isReady(), patience);
}

Conversation* MessengerLiesTest::dialBob() {
    const core::PublicKey& key = tests::bob().publicKey();
    static_cast<void>(fixture_.people->meet(key, u"Bob"_s, store::Trust::Unverified));
    fixture_.people->noteAddress(key, {"127.0.0.1", 5188}, {});
    const auto result = fixture_.messenger->connectTo(key);
    return result ? *result : nullptr;
}

QStringList MessengerLiesTest::textsOf(const Conversation* conversation) {
    QStringList texts;
    for (int row = 0; row < conversation->messages()->rowCount(); ++row)
        texts << conversation->messages()->at(row).text;
    return texts;
}

void MessengerLiesTest::anHonestWorkerIsTaken_data() {
    QTest::addColumn<bool>("dial");
    QTest::newRow("dialled") << true;
    QTest::newRow("accepted") << false;
}

void MessengerLiesTest::anHonestWorkerIsTaken() {
    // What the tests below find missing is there where nobody lies.
    QFETCH(bool, dial);
    use(u"secure"_s);
    Conversation* conversation = nullptr;
    if (dial) {
        conversation = dialBob();
        QVERIFY(conversation);
    } else {
        fixture_.host();
        QTRY_COMPARE_WITH_TIMEOUT(fixture_.messenger->all().size(), 1, patience);
        conversation = fixture_.messenger->all().first();
    }
    QTRY_COMPARE_WITH_TIMEOUT(conversation->state(), ConversationState::Open, patience);
    QCOMPARE(conversation->kind(), model::PeerKind::Contact);
    QVERIFY(knownBob());
    QTRY_VERIFY_WITH_TIMEOUT(textsOf(conversation).contains(u"profile Ann"_s), patience);
}

void MessengerLiesTest::row46_aWorkerThatLiesIsKilled_data() {
    QTest::addColumn<bool>("unused");
    for (const char* command : lies)
        QTest::newRow(command) << true;
}

void MessengerLiesTest::row46_aWorkerThatLiesIsKilled() {
    use(QString::fromLatin1(QTest::currentDataTag()));
    Conversation* const conversation = dialBob();
    QVERIFY(conversation);
    QTRY_COMPARE_WITH_TIMEOUT(conversation->state(), ConversationState::Ended, patience);
    QCOMPARE(core::code(conversation->end().reason), core::code(Reason::WorkerBroke));
    QCOMPARE(conversation->workerPid(), 0);
    QCOMPARE(textsOf(conversation), QStringList());
    QVERIFY(knownBob() && knownBob()->trust == store::Trust::Unverified);
    QCOMPARE(knownBob()->name, u"Bob"_s);
    QCOMPARE(fixture_.people->all().size(), 1);
}

void MessengerLiesTest::row46_aLiarBehindTheDoorIsKilled_data() {
    row46_aWorkerThatLiesIsKilled_data();
}

void MessengerLiesTest::row46_aLiarBehindTheDoorIsKilled() {
    // The listener, an honest one, passes up one connection. Its worker is told of where nobody was there
    // yet, and with its conversation where somebody was.
    use(QString::fromLatin1(QTest::currentDataTag()));
    std::optional<core::End> end;
    connect(fixture_.messenger.get(), &model::Messenger::refused, this,
            [&](const core::Endpoint&, const core::End& why) { end = why; });
    fixture_.host();
    const auto isOver = [&] {
        for (const Conversation* each : fixture_.messenger->all()) {
            if (each->state() == ConversationState::Ended)
                end = each->end();
        }
        return end.has_value();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isOver(), patience);
    QCOMPARE(core::code(end->reason), core::code(Reason::WorkerBroke));
    QCOMPARE(fixture_.messenger->hosting()->state(), core::HostingState::On);
    for (const Conversation* each : fixture_.messenger->all())
        QCOMPARE(textsOf(each), QStringList());
    fixture_.messenger->disconnect(this);
}

void MessengerLiesTest::row46_anImpostorIsRefused_data() {
    QTest::addColumn<Reason>("reason");
    QTest::addColumn<store::Trust>("trust");
    const auto asBefore = store::Trust::Unverified;
    QTest::newRow("answers-with-another-key") << Reason::KeyChanged << store::Trust::KeyChanged;
    QTest::newRow("answers-from-another-session") << Reason::SignatureWrong << asBefore;
    QTest::newRow("answers-to-another-hello") << Reason::SignatureWrong << asBefore;
    QTest::newRow("answers-for-somebody-else") << Reason::SignatureWrong << asBefore;
    QTest::newRow("answers-with-our-own") << Reason::OwnKey << asBefore;
    QTest::newRow("answers-with-a-small-order-key") << Reason::KeyInvalid << asBefore;
}

void MessengerLiesTest::row46_anImpostorIsRefused() {
    QFETCH(Reason, reason);
    QFETCH(store::Trust, trust);
    use(QString::fromLatin1(QTest::currentDataTag()));
    Conversation* const conversation = dialBob();
    QVERIFY(conversation);
    QTRY_COMPARE_WITH_TIMEOUT(conversation->state(), ConversationState::Ended, patience);
    QCOMPARE(core::code(conversation->end().reason), core::code(reason));
    QCOMPARE(textsOf(conversation), QStringList());
    QVERIFY(knownBob() && knownBob()->trust == trust);
    QCOMPARE(fixture_.people->all().size(), 1);
}

void MessengerLiesTest::row46_anImpostorAtAnAddressIsNobody_data() {
    QTest::addColumn<Reason>("reason");
    QTest::newRow("answers-from-another-session") << Reason::SignatureWrong;
    QTest::newRow("answers-to-another-hello") << Reason::SignatureWrong;
    QTest::newRow("answers-for-somebody-else") << Reason::SignatureWrong;
    QTest::newRow("answers-with-our-own") << Reason::OwnKey;
    QTest::newRow("answers-with-a-small-order-key") << Reason::KeyInvalid;
}

void MessengerLiesTest::row46_anImpostorAtAnAddressIsNobody() {
    QFETCH(Reason, reason);
    use(QString::fromLatin1(QTest::currentDataTag()));
    const auto dialled = fixture_.messenger->connectTo(u"127.0.0.1:5188"_s, false);
    QVERIFY(dialled.ok());
    const Conversation* const conversation = *dialled;
    QTRY_COMPARE_WITH_TIMEOUT(conversation->state(), ConversationState::Ended, patience);
    QCOMPARE(core::code(conversation->end().reason), core::code(reason));
    QVERIFY(!conversation->wasOpen());
    QCOMPARE(conversation->kind(), model::PeerKind::Unsettled);
    QVERIFY(fixture_.people->all().isEmpty());
}

void MessengerLiesTest::rows46_47_anImpostorAtTheDoorIsRefused_data() {
    QTest::addColumn<bool>("unused");
    for (const char* command :
         {"calls-from-another-session", "calls-for-somebody-else", "calls-with-a-small-order-key"})
        QTest::newRow(command) << true;
}

void MessengerLiesTest::rows46_47_anImpostorAtTheDoorIsRefused() {
    const QString command = QString::fromLatin1(QTest::currentDataTag());
    use(command);
    fixture_.host();
    QTRY_VERIFY_WITH_TIMEOUT(fakes_.hasCalled(command), patience);
    QTRY_COMPARE_WITH_TIMEOUT(tests::children().size(), 1, patience); // the listener
    QCOMPARE(fixture_.messenger->hosting()->state(), core::HostingState::On);
    QVERIFY(fixture_.messenger->all().isEmpty());
    QVERIFY(fixture_.people->all().isEmpty());
}

QTEST_GUILESS_MAIN(MessengerLiesTest)
#include "messenger_lies_test.moc"

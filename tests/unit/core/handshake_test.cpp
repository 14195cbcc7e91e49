#include "core/handshake.h"
#include "core/limits.h"
#include "support/fixed_keys.h"
#include "support/handshakes.h"

#include <QTest>

#include <memory>

using namespace kith::core;
using namespace kith::tests;

/// Both halves of the handshake: every transition, and whoever plays with it is refused with the reason
/// named.
class HandshakeTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theyLearnWhoTheOtherIs_data();
    void theyLearnWhoTheOtherIs();
    void everyTransitionOfTheInitiator_data();
    void everyTransitionOfTheInitiator();
    void everyTransitionOfTheResponder_data();
    void everyTransitionOfTheResponder();
    void refusesAHelloThatIsNotLegal_data();
    void refusesAHelloThatIsNotLegal();
    void checksInTheOrderOfTheProtocol_data();
    void checksInTheOrderOfTheProtocol();
    void row22_aHostWithAnotherKeyIsAChangedOne();
    void row20_callingOneselfSaysNothing();
    void signsOnceAndNeverAgain();
    void aHostSignsOnlyForItsOwnKey();
    void row20_anAuthThatComesBackIsRefused();
    void row20_aSignatureOfTheOtherRoleIsNone();
    void row18_anAuthOfAnEarlierSessionIsRefused();
    void row19_anAuthRelayedFromAnotherSessionIsRefused();
    void row21_aHelloThatWasChangedOnTheWayIsRefused_data();
    void row21_aHelloThatWasChangedOnTheWayIsRefused();
    void row47_aSignatureForAnotherHostIsRefused();
    void anInviteIsProvedByItsSecretAlone();
    void anInviteWithoutTheHostsKeyIsNone();
    void onlyWhoHasTheHostsKeyRecognisesIt();
    void aKnockIsTakenOnceAndOnlyIfShort_data();
    void aKnockIsTakenOnceAndOnlyIfShort();
};

void HandshakeTest::theyLearnWhoTheOtherIs_data() {
    QTest::addColumn<bool>("expected");
    QTest::addColumn<bool>("noContactFits");
    QTest::addColumn<bool>("asked");
    QTest::newRow("a contact") << true << false << false;
    QTest::newRow("a contact who asks") << true << false << true;
    QTest::newRow("an address") << false << false << false;
    QTest::newRow("an address, and a person is asked") << false << false << true;
    QTest::newRow("as if for the first time") << false << true << true;
}

void HandshakeTest::theyLearnWhoTheOtherIs() {
    QFETCH(bool, expected);
    QFETCH(bool, noContactFits);
    QFETCH(bool, asked);
    Session s(setupFor(expected, noContactFits));
    const auto auth = s.secure();
    const auto caller = as<ResponderHandshake::Caller>(s.responder.receive(auth));
    QCOMPARE(caller.key, ann().publicKey());
    QCOMPARE(caller.hostKeyUnknown, !expected);
    QCOMPARE(caller.noContactFits, noContactFits);
    QVERIFY(!caller.invite);
    QCOMPARE(caller.chosen, (Chosen{1, 0}));
    if (asked) {
        QCOMPARE(nameOf(s.initiator.receive(s.responder.ask().value())), "asked");
        const auto knocked = as<ResponderHandshake::Knocked>(s.responder.receive(Knock{"Ann"}));
        QCOMPARE(knocked.name, std::string("Ann"));
    }
    const auto verified =
        as<InitiatorHandshake::Verified>(s.initiator.receive(s.responder.admit(bob()).value()));
    QCOMPARE(verified.key, bob().publicKey());
    QCOMPARE(verified.chosen, (Chosen{1, 0}));
}

// Each row: a state, an input, and what must come of it. Whatever is not in `legal` is refused.
void HandshakeTest::everyTransitionOfTheInitiator_data() {
    QTest::addColumn<QByteArray>("state");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("outcome");
    const QHash<QByteArray, QByteArray> legal = {
        {"fresh, expecting: secured", "send"},
        {"fresh, address: secured", "send"},
        {"fresh, first time: secured", "send"},
        {"sent, expecting: auth of R", "verified"},
        {"sent, address: auth of R", "verified"},
        {"sent, first time: auth of R", "verified"},
        {"sent, expecting: wait", "asked"},
        {"sent, address: wait", "asked"},
        {"sent, first time: wait", "asked"},
        {"sent, address: known", "recognise"},
        {"waiting: auth of R", "verified"},
        // Ours to call once: not the peer's fault.
        {"sent, expecting: secured", "refused internal"},
        {"sent, address: secured", "refused internal"},
        {"sent, first time: secured", "refused internal"},
        {"waiting: secured", "refused internal"},
        {"recognised: secured", "refused internal"},
        {"done: secured", "refused internal"},
        {"over: secured", "refused internal"},
        // A signature is looked at only where one may come.
        {"sent, expecting: wrong auth of R", "refused signature-wrong"},
        {"sent, address: wrong auth of R", "refused signature-wrong"},
        {"sent, first time: wrong auth of R", "refused signature-wrong"},
        {"waiting: wrong auth of R", "refused signature-wrong"},
    };
    QSet<QByteArray> used;
    for (const QByteArray& state : initiatorStates()) {
        for (const QByteArray& input : initiatorInputs()) {
            const QByteArray row = state + ": " + input;
            used << row;
            QTest::newRow(row.constData()) << state << input << legal.value(row, "refused protocol-broken");
        }
    }
    for (auto each = legal.begin(); each != legal.end(); ++each)
        QVERIFY2(used.contains(each.key()), each.key().constData());
}

void HandshakeTest::everyTransitionOfTheInitiator() {
    QFETCH(QByteArray, state);
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, outcome);
    const auto s = initiatorIn(state);
    QVERIFY(s);
    QCOMPARE(giveInitiator(*s, input), outcome);
    // Over is the end: nothing brings it back.
    if (outcome.startsWith("refused")) {
        QCOMPARE(giveInitiator(*s, "auth of R"), "refused protocol-broken");
        QCOMPARE(giveInitiator(*s, "wait"), "refused protocol-broken");
    }
}

void HandshakeTest::everyTransitionOfTheResponder_data() {
    QTest::addColumn<QByteArray>("state");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("outcome");
    QHash<QByteArray, QByteArray> legal = {
        {"fresh: secured", "listening"},
        {"ready: auth of I", "caller"},
        {"ready: wrong auth of I", "refused signature-wrong"},
        {"decide, expecting: ask", "wait"},
        {"decide, address: ask", "wait"},
        {"decide, first time: ask", "wait"},
        {"decide, expecting: admit", "auth of R"},
        {"decide, address: admit", "auth of R"},
        {"decide, first time: admit", "auth of R"},
        {"decide, address: recognise", "known"},
        {"asking: knock", "knocked"},
        {"asking: admit", "auth of R"},
        {"asking, knocked: admit", "auth of R"},
        {"done, asked: knock", "knocked"},
    };
    for (const QByteArray& state : responderStates()) {
        // What the program calls at the wrong time is an error of its own, and changes nothing.
        for (const QByteArray& call : responderCalls())
            if (const QByteArray row = state + ": " + call; !legal.contains(row))
                legal.insert(row, "error internal");
        if (const QByteArray row = state + ": secured"; !legal.contains(row))
            legal.insert(row, "refused internal");
    }
    for (const QByteArray& state : responderStates()) {
        for (const QByteArray& input : responderInputs() + responderCalls()) {
            const QByteArray row = state + ": " + input;
            QTest::newRow(row.constData()) << state << input << legal.take(row);
        }
    }
    QVERIFY2(legal.isEmpty(), QByteArrayList(legal.keys()).join("; ").constData());
}

void HandshakeTest::everyTransitionOfTheResponder() {
    QFETCH(QByteArray, state);
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, outcome);
    const auto s = responderIn(state);
    QVERIFY(s);
    QCOMPARE(giveResponder(*s, input), outcome.isEmpty() ? "refused protocol-broken" : outcome);
    if (outcome.isEmpty() || outcome.startsWith("refused")) {
        for (const QByteArray& call : responderCalls())
            QCOMPARE(giveResponder(*s, call), "error internal");
        QCOMPARE(giveResponder(*s, "auth of I"), "refused protocol-broken");
    }
}

void HandshakeTest::refusesAHelloThatIsNotLegal_data() {
    QTest::addColumn<bool>("ofHost");
    QTest::addColumn<int>("at");
    QTest::addColumn<int>("byte");
    QTest::addColumn<QByteArray>("reason");
    const QByteArray broken = "protocol-broken";
    for (const bool ofHost : {false, true}) {
        const auto row = [ofHost](const char* name, int at, int byte, const QByteArray& reason) {
            QTest::addRow("%s of %c", name, ofHost ? 'R' : 'I') << ofHost << at << byte << reason;
        };
        row("no first version", 0, 0, broken);
        row("versions the wrong way round", 1, 0, broken);
        row("bit 1 without bit 0", 6, 2, broken);
        row("an unknown flag", 6, 4, broken);
        row("the highest flag", 6, 0x80, broken);
        row("a byte that must be 0", 7, 1, broken);
    }
    QTest::newRow("a flag of R") << true << 6 << 1 << broken;
    QTest::newRow("both flags of R") << true << 6 << 3 << broken;
}

void HandshakeTest::refusesAHelloThatIsNotLegal() {
    QFETCH(bool, ofHost);
    QFETCH(int, at);
    QFETCH(int, byte);
    QFETCH(QByteArray, reason);
    Session s(setupFor(true));
    HelloBytes hello = ofHost ? s.responder.hello() : s.initiator.hello();
    hello.bytes[std::size_t(at)] = std::uint8_t(byte);
    const Secured heard{hello, s.exporter};
    const QByteArray outcome =
        ofHost ? nameOf(s.initiator.secured(heard, ann())) : nameOf(s.responder.secured(heard));
    QCOMPARE(outcome, "refused " + reason);
}

void HandshakeTest::checksInTheOrderOfTheProtocol_data() {
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<bool>("expecting");
    QTest::addColumn<QByteArray>("ofHost");   // what the initiator says to that key of a host's
    QTest::addColumn<QByteArray>("ofCaller"); // what the responder says to that key of a caller's
    const auto bytes = [](const PublicKey& key) { return QByteArray(key.view().data(), 32); };
    const QByteArray nobody(32, '\0');
    const QByteArray notCanonical(32, '\xFF');
    // No signature in these rows is right: what is said comes before it.
    for (const bool expecting : {false, true}) {
        const auto row = [expecting](const char* name, const QByteArray& key, const char* host,
                                     const char* caller) {
            QTest::addRow("%s%s", name, expecting ? ", another expected" : "")
                << key << expecting << QByteArray(host) << QByteArray(caller);
        };
        row("small order", nobody, "refused key-invalid", "refused key-invalid");
        row("not canonical", notCanonical, "refused key-invalid", "refused key-invalid");
        row("the initiator's own", bytes(ann().publicKey()), "refused own-key", "refused signature-wrong");
        row("somebody's", bytes(eve().publicKey()),
            expecting ? "refused key-changed" : "refused signature-wrong", "refused signature-wrong");
        row("the responder's own", bytes(bob().publicKey()), "refused signature-wrong", "refused own-key");
    }
}

void HandshakeTest::checksInTheOrderOfTheProtocol() {
    QFETCH(QByteArray, key);
    QFETCH(bool, expecting);
    QFETCH(QByteArray, ofHost);
    QFETCH(QByteArray, ofCaller);
    const PublicKey claimed = PublicKey::from(key).value();
    Session s(setupFor(expecting));
    auto auth = s.secure();
    auth.key = claimed;
    auth.signature.bytes[0] ^= 1;
    QCOMPARE(nameOf(s.responder.receive(auth)), ofCaller);
    QCOMPARE(nameOf(s.initiator.receive(AuthResponder{claimed, auth.signature})), ofHost);
}

void HandshakeTest::row22_aHostWithAnotherKeyIsAChangedOne() {
    Session s(setupFor(true), eve());
    (void)s.secure();
    // Even signed as it should be, by a host that really has that key.
    TranscriptParts parts = s.parts();
    parts.responderKey = eve().publicKey();
    const Signature signature = eve().sign(transcript(Side::Responder, parts).view()).value();
    const auto refused =
        as<InitiatorHandshake::Refused>(s.initiator.receive(AuthResponder{eve().publicKey(), signature}));
    QCOMPARE(refused.reason, Reason::KeyChanged);
    QCOMPARE(refused.key, std::optional(eve().publicKey()));
}

void HandshakeTest::row20_callingOneselfSaysNothing() {
    Session s({.expected = ann().publicKey(), .invite = {}});
    QCOMPARE(nameOf(s.initiator.secured({s.responder.hello(), s.exporter}, ann())), "refused own-key");
}

void HandshakeTest::signsOnceAndNeverAgain() {
    Session s(setupFor(false));
    const auto auth = s.secure();
    QCOMPARE(nameOf(s.initiator.secured({s.responder.hello(), Exporter::random()}, ann())),
             "refused internal");
    QCOMPARE(nameOf(s.responder.receive(auth)), "caller");
    QVERIFY(s.responder.admit(bob()).ok());
    QCOMPARE(s.responder.admit(bob()).error().reason, Reason::Internal);
    static_assert(!std::is_copy_constructible_v<InitiatorHandshake>);
    static_assert(!std::is_move_constructible_v<InitiatorHandshake>);
    static_assert(!std::is_copy_constructible_v<ResponderHandshake>);
    static_assert(!std::is_move_constructible_v<ResponderHandshake>);
}

void HandshakeTest::aHostSignsOnlyForItsOwnKey() {
    Session s(setupFor(false));
    QCOMPARE(nameOf(s.responder.receive(s.secure())), "caller");
    QCOMPARE(s.responder.admit(eve()).error().reason, Reason::Internal);
    QVERIFY(s.responder.admit(bob()).ok());
}

void HandshakeTest::row20_anAuthThatComesBackIsRefused() {
    // As it was said: a frame that a host never says. As if it were a host's: our own key.
    Session s(setupFor(false));
    QCOMPARE(nameOf(s.initiator.receive(s.secure())), "refused protocol-broken");
    Session t(setupFor(false));
    const auto auth = t.secure();
    QCOMPARE(nameOf(t.initiator.receive(AuthResponder{auth.key, auth.signature})), "refused own-key");
}

void HandshakeTest::row20_aSignatureOfTheOtherRoleIsNone() {
    // Everything but the role byte is right.
    Session s(setupFor(true));
    (void)s.secure();
    TranscriptParts parts = s.parts();
    parts.responderKey = bob().publicKey();
    const Signature asInitiator = bob().sign(transcript(Side::Initiator, parts).view()).value();
    QCOMPARE(nameOf(s.initiator.receive(AuthResponder{bob().publicKey(), asInitiator})),
             "refused signature-wrong");
    const Signature asResponder = ann().sign(transcript(Side::Responder, parts).view()).value();
    QCOMPARE(nameOf(s.responder.receive(AuthInitiator{ann().publicKey(), asResponder, {}, {}})),
             "refused signature-wrong");
}

void HandshakeTest::row18_anAuthOfAnEarlierSessionIsRefused() {
    Session first(setupFor(true));
    const auto recorded = first.secure();
    QCOMPARE(nameOf(first.responder.receive(recorded)), "caller");
    const auto answer = first.responder.admit(bob()).value();
    Session second(setupFor(true));
    (void)second.secure();
    QCOMPARE(nameOf(second.responder.receive(recorded)), "refused signature-wrong");
    QCOMPARE(nameOf(second.initiator.receive(answer)), "refused signature-wrong");
}

void HandshakeTest::row19_anAuthRelayedFromAnotherSessionIsRefused() {
    // Somebody in between ends TLS on both sides and copies every frame: all is the same but the exporter.
    for (const bool expected : {false, true}) {
        Session s(setupFor(expected));
        const auto sent = as<InitiatorHandshake::Send>(
            s.initiator.secured({s.responder.hello(), Exporter::random()}, ann()));
        QCOMPARE(nameOf(s.responder.secured({s.initiator.hello(), s.exporter})), "listening");
        QCOMPARE(nameOf(s.responder.receive(sent.frame)), "refused signature-wrong");
    }
}

void HandshakeTest::row21_aHelloThatWasChangedOnTheWayIsRefused_data() {
    QTest::addColumn<bool>("ofHost");
    QTest::addColumn<int>("at");
    QTest::addColumn<int>("byte");
    for (const bool ofHost : {false, true}) {
        const auto row = [ofHost](const char* name, int at, int byte) {
            QTest::addRow("%s of %c", name, ofHost ? 'R' : 'I') << ofHost << at << byte;
        };
        row("versions", 1, 2);
        row("features", 5, 1);
        row("nonce", 8, -1);
    }
    QTest::newRow("the flag added") << false << 6 << 1;
    QTest::newRow("both flags added") << false << 6 << 3;
}

void HandshakeTest::row21_aHelloThatWasChangedOnTheWayIsRefused() {
    QFETCH(bool, ofHost);
    QFETCH(int, at);
    QFETCH(int, byte);
    Session s(setupFor(true));
    HelloBytes changed = ofHost ? s.responder.hello() : s.initiator.hello();
    auto& changedByte = changed.bytes[std::size_t(at)];
    changedByte = byte < 0 ? std::uint8_t(~changedByte) : std::uint8_t(byte);
    const HelloBytes toHost = ofHost ? s.initiator.hello() : changed;
    const HelloBytes toCaller = ofHost ? changed : s.responder.hello();
    const auto sent = as<InitiatorHandshake::Send>(s.initiator.secured({toCaller, s.exporter}, ann()));
    QCOMPARE(nameOf(s.responder.secured({toHost, s.exporter})), "listening");
    QCOMPARE(nameOf(s.responder.receive(sent.frame)), "refused signature-wrong");
    // A host that did not look: its own signature gives it away.
    TranscriptParts parts = s.parts();
    parts.initiatorHello = toHost;
    parts.responderHello = s.responder.hello();
    parts.responderKey = bob().publicKey();
    const Signature signature = bob().sign(transcript(Side::Responder, parts).view()).value();
    QCOMPARE(nameOf(s.initiator.receive(AuthResponder{bob().publicKey(), signature})),
             "refused signature-wrong");
}

void HandshakeTest::row47_aSignatureForAnotherHostIsRefused() {
    // What Ann signs for Eve lets nobody in at Bob's, even where all else were the same.
    Session s({.expected = eve().publicKey(), .invite = {}});
    QCOMPARE(nameOf(s.responder.receive(s.secure())), "refused signature-wrong");
}

void HandshakeTest::anInviteIsProvedByItsSecretAlone() {
    const InviteTicket ticket{InviteId::random(), InviteSecret::random()};
    Session s({.expected = bob().publicKey(), .invite = ticket});
    const auto caller = as<ResponderHandshake::Caller>(s.responder.receive(s.secure()));
    QCOMPARE(caller.invite, std::optional(ticket.id));
    QVERIFY(s.responder.proves(ticket.secret));
    QVERIFY(!s.responder.proves(InviteSecret::random()));
    // A proof that is none leaves the caller a stranger with a key of its own.
    Session t({.expected = bob().publicKey(), .invite = ticket});
    auto auth = t.secure();
    auth.proof.bytes[31] ^= 1;
    QCOMPARE(nameOf(t.responder.receive(auth)), "caller");
    QVERIFY(!t.responder.proves(ticket.secret));
    // And where none came, or nobody has called yet, none is proved.
    Session u(setupFor(true));
    QVERIFY(!u.responder.proves(ticket.secret));
    QVERIFY(!as<ResponderHandshake::Caller>(u.responder.receive(u.secure())).invite);
    QVERIFY(!u.responder.proves(ticket.secret));
}

void HandshakeTest::anInviteWithoutTheHostsKeyIsNone() {
    const InviteTicket ticket{InviteId::random(), InviteSecret::random()};
    Session s({.expected = {}, .invite = ticket});
    auto auth = s.secure();
    QVERIFY(auth.invite.isZero());
    QVERIFY(auth.proof.isZero());
    auth.invite = ticket.id;
    auth.proof = inviteProof(ticket.secret, transcript(Side::Initiator, s.parts()));
    QVERIFY(!as<ResponderHandshake::Caller>(s.responder.receive(auth)).invite);
    QVERIFY(!s.responder.proves(ticket.secret));
}

void HandshakeTest::onlyWhoHasTheHostsKeyRecognisesIt() {
    Session s(setupFor(false));
    QCOMPARE(nameOf(s.responder.receive(s.secure())), "caller");
    const auto found =
        as<InitiatorHandshake::Recognise>(s.initiator.receive(s.responder.recognise().value()));
    QCOMPARE(found.exporter, s.exporter);
    QCOMPARE(found.hint, knownHint(bob().publicKey(), found.exporter));
    QVERIFY(found.hint != knownHint(eve().publicKey(), found.exporter));
}

void HandshakeTest::aKnockIsTakenOnceAndOnlyIfShort_data() {
    QTest::addColumn<int>("size");
    QTest::addColumn<QByteArray>("outcome");
    QTest::newRow("empty") << 0 << QByteArray("knocked");
    QTest::newRow("longest") << int(limits::knockName) << QByteArray("knocked");
    QTest::newRow("too long") << int(limits::knockName) + 1 << QByteArray("refused protocol-broken");
}

void HandshakeTest::aKnockIsTakenOnceAndOnlyIfShort() {
    QFETCH(int, size);
    QFETCH(QByteArray, outcome);
    const auto s = responderIn("asking");
    QCOMPARE(nameOf(s->responder.receive(Knock{std::string(std::size_t(size), 'x')})), outcome);
    QCOMPARE(nameOf(s->responder.receive(Knock{"again"})), "refused protocol-broken");
}

QTEST_GUILESS_MAIN(HandshakeTest)
#include "handshake_test.moc"

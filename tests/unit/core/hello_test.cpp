#include "core/hello.h"

#include <QTest>

#include <functional>
#include <set>

using namespace kith::core;

namespace {

template <typename Fixed>
QByteArray hex(const Fixed& bytes) {
    return QByteArray(bytes.view().data(), qsizetype(Fixed::size)).toHex();
}

template <typename Fixed>
Fixed filled(std::uint8_t first) {
    Fixed out;
    for (std::size_t i = 0; i < Fixed::size; ++i)
        out.bytes[i] = std::uint8_t(first + i);
    return out;
}

TranscriptParts someParts() {
    TranscriptParts parts;
    parts.chosen = {1, 0x01020304};
    parts.exporter = filled<Exporter>(0x10);
    parts.initiatorHello = encode(makeHello());
    parts.responderHello = encode(makeHello());
    parts.initiatorKey = filled<PublicKey>(0x40);
    parts.responderKey = filled<PublicKey>(0x80);
    return parts;
}

} // namespace

/// HELLO and what is signed: every byte in its place, and nothing taken that is not legal.
class HelloTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyByteOfAHelloHasItsPlace();
    void whatIsEncodedDecodesToTheSame();
    void everyHelloOfOursIsANewOne();
    void onlyLegalFlagsAreTaken();
    void refusesVersionsThatCannotBe_data();
    void refusesVersionsThatCannotBe();
    void aByteThatMustBeZeroMustBeZero();
    void settlesOnTheNewestVersionOfBoth_data();
    void settlesOnTheNewestVersionOfBoth();
    void settlesOnTheFeaturesOfBoth();
    void everyByteOfWhatIsSignedHasItsPlace();
    void theRoleAloneTellsTheTwoTranscriptsApart();
    void aKeyThatIsNotKnownIsNotNamedByTheInitiator();
    void everyPartOfTheSessionIsSigned();
    void aHintFitsOneHostAndOneSession();
    void aProofFitsOneSecretAndOneTranscript();
    void sha256IsSha256();
    void secretsAreComparedWhole();
};

void HelloTest::everyByteOfAHelloHasItsPlace() {
    Hello hello;
    hello.versionMin = 2;
    hello.versionMax = 7;
    hello.features = 0xA1B2C3D4;
    hello.hostKeyUnknown = true;
    hello.noContactFits = true;
    hello.nonce = filled<Nonce>(0x20);
    QCOMPARE(hex(encode(hello)),
             QByteArray("0207a1b2c3d40300"
                        "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"));
}

void HelloTest::whatIsEncodedDecodesToTheSame() {
    for (const bool unknown : {false, true}) {
        Hello hello = makeHello(unknown, unknown);
        hello.versionMax = 255;
        hello.features = 0xFFFFFFFF;
        QCOMPARE(decode(encode(hello), Side::Initiator).value(), hello);
    }
    const Hello host = makeHello();
    QCOMPARE(decode(encode(host), Side::Responder).value(), host);
}

void HelloTest::everyHelloOfOursIsANewOne() {
    std::set<Nonce> nonces;
    for (int i = 0; i < 100; ++i)
        nonces.insert(makeHello().nonce);
    QCOMPARE(nonces.size(), std::size_t(100));
}

void HelloTest::onlyLegalFlagsAreTaken() {
    HelloBytes bytes = encode(makeHello());
    for (int flags = 0; flags < 256; ++flags) {
        bytes.bytes[6] = std::uint8_t(flags);
        const auto initiator = decode(bytes, Side::Initiator);
        // Bit 1 says something about bit 0 and means nothing without it.
        QCOMPARE(initiator.ok(), flags == 0 || flags == 1 || flags == 3);
        if (!initiator.ok())
            QCOMPARE(initiator.error().reason, Reason::ProtocolBroken);
        const auto responder = decode(bytes, Side::Responder);
        QCOMPARE(responder.ok(), flags == 0);
        if (!responder.ok())
            QCOMPARE(responder.error().reason, Reason::ProtocolBroken);
    }
}

void HelloTest::refusesVersionsThatCannotBe_data() {
    QTest::addColumn<int>("min");
    QTest::addColumn<int>("max");
    QTest::addColumn<bool>("taken");
    QTest::newRow("0 to 0") << 0 << 0 << false;
    QTest::newRow("0 to 1") << 0 << 1 << false;
    QTest::newRow("1 to 0") << 1 << 0 << false;
    QTest::newRow("2 to 1") << 2 << 1 << false;
    QTest::newRow("1 to 1") << 1 << 1 << true;
    QTest::newRow("1 to 255") << 1 << 255 << true;
    QTest::newRow("255 to 255") << 255 << 255 << true;
}

void HelloTest::refusesVersionsThatCannotBe() {
    QFETCH(int, min);
    QFETCH(int, max);
    QFETCH(bool, taken);
    HelloBytes bytes = encode(makeHello());
    bytes.bytes[0] = std::uint8_t(min);
    bytes.bytes[1] = std::uint8_t(max);
    for (const Side side : {Side::Initiator, Side::Responder}) {
        const auto hello = decode(bytes, side);
        QCOMPARE(hello.ok(), taken);
        if (!taken)
            QCOMPARE(hello.error().reason, Reason::ProtocolBroken);
    }
}

void HelloTest::aByteThatMustBeZeroMustBeZero() {
    HelloBytes bytes = encode(makeHello());
    for (int value = 1; value < 256; ++value) {
        bytes.bytes[7] = std::uint8_t(value);
        const auto hello = decode(bytes, Side::Initiator);
        QVERIFY(!hello.ok());
        QCOMPARE(hello.error().reason, Reason::ProtocolBroken);
    }
}

void HelloTest::settlesOnTheNewestVersionOfBoth_data() {
    QTest::addColumn<QList<int>>("own"); // min, max
    QTest::addColumn<QList<int>>("theirs");
    QTest::addColumn<int>("version"); // 0: none
    QTest::addColumn<int>("reason");
    const int none = -1;
    QTest::newRow("both 1") << QList{1, 1} << QList{1, 1} << 1 << none;
    QTest::newRow("they know more") << QList{1, 1} << QList{1, 9} << 1 << none;
    QTest::newRow("we know more") << QList{1, 9} << QList{1, 3} << 3 << none;
    QTest::newRow("they overlap") << QList{2, 5} << QList{4, 9} << 5 << none;
    QTest::newRow("they touch") << QList{4, 9} << QList{1, 4} << 4 << none;
    QTest::newRow("they are too old") << QList{4, 9} << QList{1, 3} << 0 << int(Reason::VersionTooOld);
    QTest::newRow("they are too new") << QList{1, 3} << QList{4, 9} << 0 << int(Reason::VersionTooNew);
}

void HelloTest::settlesOnTheNewestVersionOfBoth() {
    QFETCH(QList<int>, own);
    QFETCH(QList<int>, theirs);
    QFETCH(int, version);
    QFETCH(int, reason);
    Hello left = makeHello();
    left.versionMin = std::uint8_t(own[0]);
    left.versionMax = std::uint8_t(own[1]);
    Hello right = makeHello();
    right.versionMin = std::uint8_t(theirs[0]);
    right.versionMax = std::uint8_t(theirs[1]);
    const auto chosen = choose(left, right);
    QCOMPARE(chosen.ok() ? int(chosen->version) : 0, version);
    QCOMPARE(chosen.ok() ? -1 : int(chosen.error().reason), reason);
}

void HelloTest::settlesOnTheFeaturesOfBoth() {
    Hello left = makeHello();
    left.features = 0b0110;
    Hello right = makeHello();
    right.features = 0b1100;
    QCOMPARE(choose(left, right)->features, 0b0100U);
    QCOMPARE(choose(right, left)->features, 0b0100U);
}

void HelloTest::everyByteOfWhatIsSignedHasItsPlace() {
    TranscriptParts parts = someParts();
    parts.initiatorHello = encode(makeHello(true, true));
    const QByteArray expected = QByteArray("kith-auth-v1").leftJustified(32, '\0').toHex() +
                                "52" // R
                                "01" // version
                                "01" // inside TLS 1.3
                                "03" // flags of I
                                "01020304" +
                                hex(parts.exporter) + hex(sha256(parts.initiatorHello.view())) +
                                hex(sha256(parts.responderHello.view())) + hex(parts.initiatorKey) +
                                hex(parts.responderKey);
    QCOMPARE(hex(transcript(Side::Responder, parts)), expected);
}

void HelloTest::theRoleAloneTellsTheTwoTranscriptsApart() {
    const TranscriptParts parts = someParts();
    Transcript initiator = transcript(Side::Initiator, parts);
    QCOMPARE(initiator.bytes[32], std::uint8_t('I'));
    initiator.bytes[32] = 'R';
    QCOMPARE(initiator, transcript(Side::Responder, parts));
}

void HelloTest::aKeyThatIsNotKnownIsNotNamedByTheInitiator() {
    TranscriptParts parts = someParts();
    parts.initiatorHello = encode(makeHello(true));
    const QByteArray initiator = hex(transcript(Side::Initiator, parts));
    QCOMPARE(initiator.mid(336), QByteArray(64, '0'));
    const QByteArray responder = hex(transcript(Side::Responder, parts));
    QCOMPARE(responder.mid(336), hex(parts.responderKey));
}

void HelloTest::everyPartOfTheSessionIsSigned() {
    const std::vector<std::function<void(TranscriptParts&)>> changes = {
        [](TranscriptParts& p) { p.chosen.version = 2; },
        [](TranscriptParts& p) { p.chosen.features ^= 1U << 31U; },
        [](TranscriptParts& p) { p.exporter.bytes[31] ^= 1; },
        [](TranscriptParts& p) { p.initiatorHello.bytes[39] ^= 1; },
        [](TranscriptParts& p) { p.initiatorHello.bytes[2] ^= 1; },
        [](TranscriptParts& p) { p.initiatorHello.bytes[6] ^= 1; },
        [](TranscriptParts& p) { p.responderHello.bytes[39] ^= 1; },
        [](TranscriptParts& p) { p.initiatorKey.bytes[0] ^= 1; },
        [](TranscriptParts& p) { p.responderKey.bytes[0] ^= 1; },
    };
    const TranscriptParts parts = someParts();
    for (const Side side : {Side::Initiator, Side::Responder}) {
        std::set<Transcript> all = {transcript(side, parts)};
        for (const auto& change : changes) {
            TranscriptParts changed = parts;
            change(changed);
            all.insert(transcript(side, changed));
        }
        QCOMPARE(all.size(), changes.size() + 1);
    }
}

void HelloTest::aHintFitsOneHostAndOneSession() {
    const auto host = filled<PublicKey>(1);
    const auto exporter = filled<Exporter>(2);
    const KnownHint hint = knownHint(host, exporter);
    QCOMPARE(hint, knownHint(host, exporter));
    QVERIFY(hint != knownHint(filled<PublicKey>(2), exporter));
    QVERIFY(hint != knownHint(host, filled<Exporter>(1)));
    const QByteArray hashed = QByteArray("kith-known-v1").leftJustified(32, '\0') +
                              QByteArray::fromHex(hex(host)) + QByteArray::fromHex(hex(exporter));
    QCOMPARE(hex(hint), hex(sha256({hashed.data(), std::size_t(hashed.size())})));
}

void HelloTest::aProofFitsOneSecretAndOneTranscript() {
    const auto secret = filled<InviteSecret>(1);
    TranscriptParts parts = someParts();
    const Transcript t = transcript(Side::Initiator, parts);
    QVERIFY(inviteProof(secret, t) != inviteProof(filled<InviteSecret>(2), t));
    parts.exporter = filled<Exporter>(0x11);
    QVERIFY(inviteProof(secret, t) != inviteProof(secret, transcript(Side::Initiator, parts)));
}

void HelloTest::sha256IsSha256() {
    // FIPS 180-4's examples.
    QCOMPARE(hex(sha256("abc")),
             QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    QCOMPARE(hex(sha256("")), QByteArray("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
}

void HelloTest::secretsAreComparedWhole() {
    QVERIFY(sameSecret("abc", "abc"));
    QVERIFY(sameSecret("", ""));
    QVERIFY(!sameSecret("abc", "abd"));
    QVERIFY(!sameSecret("abc", "ab"));
    QVERIFY(!sameSecret("ab", "abc"));
    QVERIFY(!sameSecret(std::string_view("a\0b", 3), std::string_view("a\0c", 3)));
}

QTEST_GUILESS_MAIN(HelloTest)
#include "hello_test.moc"

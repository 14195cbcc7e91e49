#include "core/hello.h"
#include "core/invite.h"
#include "core/kith_id.h"
#include "core/safety_number.h"
#include "core/signing.h"
#include "support/fixed_keys.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace kith::core;
using namespace kith::tests;

namespace {

QByteArray bytesOf(const QJsonValue& hex) {
    return QByteArray::fromHex(hex.toString().toLatin1());
}

template <typename Fixed>
Fixed fixed(const QJsonValue& hex) {
    const auto value = Fixed::from(bytesOf(hex));
    if (!value)
        qFatal("a vector of another length");
    return *value;
}

template <typename Fixed>
QString hex(const Fixed& bytes) {
    return QString::fromLatin1(QByteArray(bytes.view().data(), qsizetype(Fixed::size)).toHex());
}

Side sideOf(const QJsonObject& each) {
    return each[u"side"].toString() == u"I" ? Side::Initiator : Side::Responder;
}

TranscriptParts partsOf(const QJsonObject& each) {
    TranscriptParts parts;
    parts.chosen = {std::uint8_t(each[u"version"].toInt()), std::uint32_t(each[u"features"].toInteger())};
    parts.exporter = fixed<Exporter>(each[u"exporter"]);
    parts.initiatorHello = fixed<HelloBytes>(each[u"hello_i"]);
    parts.responderHello = fixed<HelloBytes>(each[u"hello_r"]);
    parts.initiatorKey = fixed<PublicKey>(each[u"key_i"]);
    parts.responderKey = fixed<PublicKey>(each[u"key_r"]);
    return parts;
}

} // namespace

/// The published vectors of kith/1. tests/support/kith1_vectors.py checks the same file with another
/// implementation.
class VectorsTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void helloIsAsPublished_data() { rowsOf("hello", 5); }
    void helloIsAsPublished();
    void whatIsNoHelloIsRefused_data() { rowsOf("hello_refused", 6); }
    void whatIsNoHelloIsRefused();
    void bothSidesSignWhatIsPublished_data() { rowsOf("auth", 4); }
    void bothSidesSignWhatIsPublished();
    void aProofIsAsPublished_data() { rowsOf("invite_proof", 1); }
    void aProofIsAsPublished();
    void aHintIsAsPublished_data() { rowsOf("known_hint", 1); }
    void aHintIsAsPublished();
    void keysThatAreNobodysAreNotTaken_data() { rowsOf("unusable_key", 14); }
    void keysThatAreNobodysAreNotTaken();
    void keysComeOutOfTheirFiles_data() { rowsOf("key_file", 3); }
    void keysComeOutOfTheirFiles();
    void anIdIsAsPublished_data() { rowsOf("kith_id", 5); }
    void anIdIsAsPublished();
    void whatIsNoIdIsRefused_data() { rowsOf("kith_id_refused", 6); }
    void whatIsNoIdIsRefused();
    void aSafetyNumberIsAsPublished_data() { rowsOf("safety_number", 4); }
    void aSafetyNumberIsAsPublished();
    void signalsNumberIsAsPublished_data() { rowsOf("numeric_fingerprint", 1); }
    void signalsNumberIsAsPublished();
    void anInviteIsAsPublished_data() { rowsOf("invite", 3); }
    void anInviteIsAsPublished();
    void whatIsNoInviteIsRefused_data() { rowsOf("invite_refused", 16); }
    void whatIsNoInviteIsRefused();

private:
    void rowsOf(const char* kind, qsizetype atLeast);

    QJsonObject published_;
};

void VectorsTest::initTestCase() {
    QFile file(QStringLiteral(KITH_VECTORS));
    QVERIFY2(file.open(QIODevice::ReadOnly), KITH_VECTORS);
    published_ = QJsonDocument::fromJson(file.readAll()).object();
}

void VectorsTest::rowsOf(const char* kind, qsizetype atLeast) {
    QTest::addColumn<QJsonValue>("vector");
    const QJsonArray all = published_[QLatin1String(kind)].toArray();
    QVERIFY2(all.size() >= atLeast, kind);
    for (qsizetype i = 0; i < all.size(); ++i) {
        const QByteArray name = all[i][u"name"].toString().toUtf8();
        QTest::addRow("%d %s", int(i), name.constData()) << all[i].toVariant().toJsonValue();
    }
}

void VectorsTest::helloIsAsPublished() {
    QFETCH(QJsonValue, vector);
    const QJsonObject each = vector.toObject();
    const auto bytes = fixed<HelloBytes>(each[u"bytes"]);
    const auto hello = decode(bytes, sideOf(each));
    QVERIFY(hello.ok());
    QCOMPARE(int(hello->versionMin), each[u"version_min"].toInt());
    QCOMPARE(int(hello->versionMax), each[u"version_max"].toInt());
    QCOMPARE(qint64(hello->features), each[u"features"].toInteger());
    QCOMPARE((hello->hostKeyUnknown ? 1 : 0) + (hello->noContactFits ? 2 : 0), each[u"flags"].toInt());
    QCOMPARE(hex(hello->nonce), each[u"nonce"].toString());
    QCOMPARE(hex(encode(*hello)), each[u"bytes"].toString());
}

void VectorsTest::whatIsNoHelloIsRefused() {
    QFETCH(QJsonValue, vector);
    const QJsonObject each = vector.toObject();
    QVERIFY(!decode(fixed<HelloBytes>(each[u"bytes"]), sideOf(each)).ok());
}

void VectorsTest::bothSidesSignWhatIsPublished() {
    QFETCH(QJsonValue, vector);
    const QJsonObject each = vector.toObject();
    const SigningKey initiator = keyOfSeed(bytesOf(each[u"seed_i"]));
    const SigningKey responder = keyOfSeed(bytesOf(each[u"seed_r"]));
    QCOMPARE(hex(initiator.publicKey()), each[u"key_i"].toString());
    QCOMPARE(hex(responder.publicKey()), each[u"key_r"].toString());
    const TranscriptParts parts = partsOf(each);
    const auto ours = decode(parts.initiatorHello, Side::Initiator);
    const auto theirs = decode(parts.responderHello, Side::Responder);
    QVERIFY(ours.ok() && theirs.ok());
    QCOMPARE(choose(*ours, *theirs).value(), parts.chosen);
    const Transcript i = transcript(Side::Initiator, parts);
    const Transcript r = transcript(Side::Responder, parts);
    QCOMPARE(hex(i), each[u"t_i"].toString());
    QCOMPARE(hex(r), each[u"t_r"].toString());
    QCOMPARE(hex(initiator.sign(i.view()).value()), each[u"signature_i"].toString());
    QCOMPARE(hex(responder.sign(r.view()).value()), each[u"signature_r"].toString());
    QVERIFY(verify(parts.initiatorKey, i.view(), fixed<Signature>(each[u"signature_i"])));
    QVERIFY(verify(parts.responderKey, r.view(), fixed<Signature>(each[u"signature_r"])));
}

void VectorsTest::aProofIsAsPublished() {
    QFETCH(QJsonValue, vector);
    const QJsonObject each = vector.toObject();
    const auto secret = fixed<InviteSecret>(each[u"secret"]);
    QCOMPARE(hex(inviteProof(secret, fixed<Transcript>(each[u"t_i"]))), each[u"proof"].toString());
}

void VectorsTest::aHintIsAsPublished() {
    QFETCH(QJsonValue, vector);
    const QJsonObject each = vector.toObject();
    QCOMPARE(hex(knownHint(fixed<PublicKey>(each[u"key_r"]), fixed<Exporter>(each[u"exporter"]))),
             each[u"hint"].toString());
}

void VectorsTest::keysThatAreNobodysAreNotTaken() {
    QFETCH(QJsonValue, vector);
    QVERIFY(!isUsableKey(fixed<PublicKey>(vector)));
}

void VectorsTest::keysComeOutOfTheirFiles() {
    QFETCH(QJsonValue, vector);
    const QJsonObject each = vector.toObject();
    const auto key = SigningKey::fromPem(each[u"pem"].toString().toStdString(),
                                         each[u"passphrase"].toString().toStdString());
    QVERIFY(key.ok());
    QCOMPARE(hex(key->publicKey()), hex(keyOfSeed(bytesOf(each[u"seed"])).publicKey()));
}

void VectorsTest::anIdIsAsPublished() {
    QFETCH(QJsonValue, vector);
    const QJsonObject each = vector.toObject();
    const auto key = fixed<PublicKey>(each[u"key"]);
    QCOMPARE(QString::fromStdString(toKithId(key)), each[u"id"].toString());
    QCOMPARE(hex(parseKithId(each[u"id"].toString().toStdString()).value()), each[u"key"].toString());
}

void VectorsTest::whatIsNoIdIsRefused() {
    QFETCH(QJsonValue, vector);
    QVERIFY(!parseKithId(vector[u"id"].toString().toStdString()).ok());
}

void VectorsTest::aSafetyNumberIsAsPublished() {
    QFETCH(QJsonValue, vector);
    const QJsonObject each = vector.toObject();
    const std::string number = safetyNumber(fixed<PublicKey>(each[u"one"]), fixed<PublicKey>(each[u"other"]));
    QCOMPARE(QString::fromStdString(number), each[u"number"].toString());
}

void VectorsTest::signalsNumberIsAsPublished() {
    QFETCH(QJsonValue, vector);
    const QJsonObject each = vector.toObject();
    const std::string number = numericFingerprint(
        each[u"identifier_a"].toString().toStdString(), bytesOf(each[u"key_a"]).toStdString(),
        each[u"identifier_b"].toString().toStdString(), bytesOf(each[u"key_b"]).toStdString(), 5200);
    QCOMPARE(QString::fromStdString(number), each[u"number"].toString());
}

void VectorsTest::anInviteIsAsPublished() {
    QFETCH(QJsonValue, vector);
    const QJsonObject each = vector.toObject();
    Invite invite;
    for (const QJsonValue address : each[u"addresses"].toArray())
        invite.addresses.push_back(parseEndpoint(address.toString().toStdString()).value());
    invite.key = fixed<PublicKey>(each[u"key"]);
    invite.id = fixed<InviteId>(each[u"id"]);
    invite.secret = fixed<InviteSecret>(each[u"secret"]);
    invite.name = each[u"name"].toString().toStdString();
    QCOMPARE(QString::fromStdString(toLink(invite)), each[u"link"].toString());
    QVERIFY(parseInvite(each[u"link"].toString().toStdString()).value() == invite);
}

void VectorsTest::whatIsNoInviteIsRefused() {
    QFETCH(QJsonValue, vector);
    QVERIFY(!parseInvite(vector[u"link"].toString().toStdString()).ok());
}

QTEST_GUILESS_MAIN(VectorsTest)
#include "vectors_test.moc"

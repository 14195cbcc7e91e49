#include "core/limits.h"
#include "core/signing.h"
#include "support/fixed_keys.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <utility>

using namespace kith::core;
using namespace kith::tests;
using namespace std::string_literals;

namespace {

template <typename Fixed>
Fixed fromHex(const QByteArray& text) {
    return Fixed::from(QByteArray::fromHex(text)).value_or(Fixed{});
}

template <typename Fixed>
QByteArray hex(const Fixed& bytes) {
    return QByteArray(bytes.view().data(), qsizetype(Fixed::size)).toHex();
}

QByteArray derOf(const std::string& pem) {
    QByteArray lines;
    for (const QByteArray& line : QByteArray::fromStdString(pem).split('\n'))
        lines += line.startsWith("-----") ? QByteArray() : line;
    return QByteArray::fromBase64(lines);
}

const QByteArray aSeed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

/// The key of `aSeed` as `openssl pkcs8 -topk8 -scrypt` of OpenSSL 3.0 writes it, and as it does without
/// -scrypt.
constexpr auto passphrase = "correct horse battery";
constexpr auto byOpenSsl = R"(-----BEGIN ENCRYPTED PRIVATE KEY-----
MIGTME8GCSqGSIb3DQEFDTBCMCEGCSsGAQQB2kcECzAUBAhj1UcqQ9e96wICQAAC
AQgCAQEwHQYJYIZIAWUDBAEqBBCFrZz1yrRFFDWs+98fezUPBECKJTOHw2w4LO/X
fO+U2Bx/jsRA5fcQQe4DVlQsUsG0jScYbVRNLjMXqSXy42r9HRij7mxyroczl9Ap
jCSR042x
-----END ENCRYPTED PRIVATE KEY-----
)";
constexpr auto byOpenSslWithPbkdf2 = R"(-----BEGIN ENCRYPTED PRIVATE KEY-----
MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAiuo34O/UwmHAICCAAw
DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEECzj36IUSfM2wDgGK1zoeroEQBS2
I9LSFaHOhe+sSPJCvoPH+do1tDtbRl21DsqKQ4ODhkSgEEU3QlPrrwUd6He/mLEj
NTrXA3bqmcVyBcgV9pA=
-----END ENCRYPTED PRIVATE KEY-----
)";

} // namespace

/// Ed25519 as RFC 8032 has it, keys that nobody can have, and a secret that stays one.
class SigningTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void signsAsRfc8032Says_data();
    void signsAsRfc8032Says();
    void aSignatureFitsItsMessageItsKeyAndNothingElse();
    void aSignatureHasOneForm();
    void row24_aKeyOfSmallOrderIsNobodys_data();
    void row24_aKeyOfSmallOrderIsNobodys();
    void row24_aKeyThatIsNotCanonicalIsNobodys();
    void everyKeyThatIsMadeIsUsable();
    void everyKeyThatIsMadeIsANewOne();
    void aKeySurvivesItsFile_data();
    void aKeySurvivesItsFile();
    void aFileUnderAPassphraseIsNotReadable();
    void takesWhatOpenSslWrites();
    void theWrongPassphraseIsToldApart();
    void refusesWhatIsNoKeyOfOurs_data();
    void refusesWhatIsNoKeyOfOurs();
    void refusesAFileThatAsksForMoreWork_data();
    void refusesAFileThatAsksForMoreWork();
    void aDamagedFileNeverEndsTheProgram();
    void aKeyThatWasMovedFromSignsNothing();
    void whatIsWipedIsGone();
};

void SigningTest::signsAsRfc8032Says_data() {
    // RFC 8032 section 7.1: TEST 1, 2, 3 and SHA(abc).
    QTest::addColumn<QByteArray>("seed");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("signature");
    QTest::newRow("1") << aSeed
                       << QByteArray("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
                       << QByteArray()
                       << QByteArray("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                                     "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
    QTest::newRow("2") << QByteArray("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
                       << QByteArray("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
                       << QByteArray("72")
                       << QByteArray("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                                     "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    QTest::newRow("3") << QByteArray("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")
                       << QByteArray("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025")
                       << QByteArray("af82")
                       << QByteArray("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                                     "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
    QTest::newRow("SHA(abc)")
        << QByteArray("833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42")
        << QByteArray("ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf")
        << QByteArray("ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                      "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f")
        << QByteArray("dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
                      "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704");
}

void SigningTest::signsAsRfc8032Says() {
    QFETCH(QByteArray, seed);
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, signature);
    const SigningKey self = keyOfSeed(QByteArray::fromHex(seed));
    const std::string bytes = QByteArray::fromHex(message).toStdString();
    QCOMPARE(hex(self.publicKey()), key);
    QCOMPARE(hex(self.sign(bytes).value()), signature);
    QVERIFY(verify(fromHex<PublicKey>(key), bytes, fromHex<Signature>(signature)));
}

void SigningTest::aSignatureFitsItsMessageItsKeyAndNothingElse() {
    const SigningKey self = SigningKey::generate().value();
    const std::string message = "the bytes that both sides sign";
    const Signature signature = self.sign(message).value();
    QVERIFY(verify(self.publicKey(), message, signature));
    QVERIFY(!verify(SigningKey::generate()->publicKey(), message, signature));
    QVERIFY(!verify(self.publicKey(), message + '\0', signature));
    QVERIFY(!verify(self.publicKey(), "", signature));
    for (std::size_t bit = 0; bit < 8 * Signature::size; ++bit) {
        Signature changed = signature;
        changed.bytes[bit / 8] ^= std::uint8_t(1U << bit % 8);
        QVERIFY(!verify(self.publicKey(), message, changed));
    }
    for (std::size_t bit = 0; bit < 8 * message.size(); ++bit) {
        std::string changed = message;
        changed[bit / 8] = char(changed[bit / 8] ^ char(1U << bit % 8));
        QVERIFY(!verify(self.publicKey(), changed, signature));
    }
}

void SigningTest::aSignatureHasOneForm() {
    // S + L, with L the group's order, satisfies the same equation (RFC 8032 section 8.4).
    const auto order = fromHex<Digest>("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    const SigningKey self = keyOfSeed(QByteArray::fromHex(aSeed));
    Signature changed = self.sign("message").value();
    unsigned carry = 0;
    for (std::size_t i = 0; i < Digest::size; ++i) {
        carry += unsigned(changed.bytes[32 + i]) + order.bytes[i];
        changed.bytes[32 + i] = std::uint8_t(carry);
        carry >>= 8U;
    }
    QCOMPARE(carry, 0U);
    QVERIFY(!verify(self.publicKey(), "message", changed));
}

void SigningTest::row24_aKeyOfSmallOrderIsNobodys_data() {
    QTest::addColumn<QByteArray>("key");
    for (const char* key : {
             "0100000000000000000000000000000000000000000000000000000000000000", // order 1
             "0100000000000000000000000000000000000000000000000000000000000080", // ... with the sign of x = 0
             "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // ... y + p
             "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", // ... both
             "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // order 2
             "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", // ... with the sign of x = 0
             "0000000000000000000000000000000000000000000000000000000000000000", // order 4
             "0000000000000000000000000000000000000000000000000000000000000080", // order 4
             "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // ... y + p
             "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", // ... y + p
             "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", // order 8
             "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85", // order 8
             "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", // order 8
             "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa", // order 8
         })
        QTest::newRow(key) << QByteArray(key);
}

void SigningTest::row24_aKeyOfSmallOrderIsNobodys() {
    QFETCH(QByteArray, key);
    const auto nobody = fromHex<PublicKey>(key);
    QVERIFY(!isUsableKey(nobody));
    // S = 0 and R = k * key: with a key of order 1 that fits every message, with one of order 8 every eighth.
    for (const char* r : {"0100000000000000000000000000000000000000000000000000000000000000",
                          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                          "0000000000000000000000000000000000000000000000000000000000000000",
                          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"}) {
        const auto signature = fromHex<Signature>(QByteArray(r) + QByteArray(64, '0'));
        for (char message = 'a'; message <= 'z'; ++message)
            QVERIFY(!verify(nobody, {&message, 1}, signature));
    }
}

void SigningTest::row24_aKeyThatIsNotCanonicalIsNobodys() {
    // y from p - 1 to 2^255 - 1, with either sign: p - 1 is the last canonical one, and of order 2.
    auto key = fromHex<PublicKey>("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
    for (int first = 0xEC; first <= 0xFF; ++first) {
        key.bytes.front() = std::uint8_t(first);
        for (const int last : {0x7F, 0xFF}) {
            key.bytes.back() = std::uint8_t(last);
            QVERIFY(!isUsableKey(key));
        }
    }
    key.bytes.front() = 0xEB;
    QVERIFY(isUsableKey(key));
}

void SigningTest::everyKeyThatIsMadeIsUsable() {
    for (int i = 0; i < 200; ++i)
        QVERIFY(isUsableKey(SigningKey::generate()->publicKey()));
}

void SigningTest::everyKeyThatIsMadeIsANewOne() {
    QVERIFY(SigningKey::generate()->publicKey() != SigningKey::generate()->publicKey());
}

void SigningTest::aKeySurvivesItsFile_data() {
    QTest::addColumn<QByteArray>("passphrase");
    QTest::newRow("none") << QByteArray();
    QTest::newRow("short") << QByteArray("x");
    QTest::newRow("not ASCII") << QByteArray("\xE5\xAF\x86\xE7\xA0\x81 und mehr");
    QTest::newRow("with NUL") << QByteArray("a\0b", 3);
    QTest::newRow("longest") << QByteArray(qsizetype(limits::passphraseMost), 'x');
}

void SigningTest::aKeySurvivesItsFile() {
    QFETCH(QByteArray, passphrase);
    const std::string words = passphrase.toStdString();
    const SigningKey key = SigningKey::generate().value();
    const std::string pem = key.toPem(words).value();
    QVERIFY(pem.size() <= limits::keyFile);
    const auto again = SigningKey::fromPem(pem, words);
    QVERIFY(again.ok());
    QCOMPARE(again->publicKey(), key.publicKey());
    QCOMPARE(again->sign("message").value(), key.sign("message").value());
}

void SigningTest::aFileUnderAPassphraseIsNotReadable() {
    const QByteArray seed = QByteArray::fromHex(aSeed);
    const SigningKey key = keyOfSeed(seed);
    const QByteArray plain = derOf(key.toPem("").value());
    QCOMPARE(plain, pkcs8Head() + seed);
    const std::string first = key.toPem(passphrase).value();
    QVERIFY(!derOf(first).contains(seed.first(8)));
    // Salt and initialisation vector are new ones each time.
    QVERIFY(key.toPem(passphrase).value() != first);
}

void SigningTest::takesWhatOpenSslWrites() {
    const auto key = SigningKey::fromPem(byOpenSsl, passphrase);
    QVERIFY(key.ok());
    QCOMPARE(key->publicKey(), keyOfSeed(QByteArray::fromHex(aSeed)).publicKey());
    // RFC 7468 section 2: what stands around it, and how lines end, says nothing.
    const std::string lines = QByteArray(byOpenSsl).replace('\n', "\r\n").toStdString();
    QVERIFY(SigningKey::fromPem("a note\r\n" + lines + "and another", passphrase).ok());
}

void SigningTest::theWrongPassphraseIsToldApart() {
    for (const std::string& wrong : {""s, "correct horse batterz"s, "correct horse battery "s,
                                     std::string(limits::passphraseMost + 1, 'x')}) {
        const auto key = SigningKey::fromPem(byOpenSsl, wrong);
        QVERIFY(!key.ok());
        QCOMPARE(key.error().reason, Reason::PassphraseWrong);
    }
    // One wrong passphrase in 256 ends in something that looks padded.
    const std::string pem = SigningKey::generate()->toPem("right").value();
    for (int i = 0; i < 5; ++i)
        QCOMPARE(SigningKey::fromPem(pem, "wrong" + std::to_string(i)).error().reason,
                 Reason::PassphraseWrong);
}

void SigningTest::refusesWhatIsNoKeyOfOurs_data() {
    QTest::addColumn<QByteArray>("pem");
    const QByteArray seed = QByteArray::fromHex(aSeed);
    const auto row = [](const char* name, const char* label, const QByteArray& der) {
        QTest::newRow(name) << QByteArray::fromStdString(pemOf(label, der));
    };
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("words") << QByteArray("not a key");
    QTest::newRow("cut") << QByteArray(byOpenSsl).first(200);
    QTest::newRow("too long") << QByteArray::fromStdString(pemOf("PRIVATE KEY", pkcs8Head() + seed)) +
                                     QByteArray(qsizetype(limits::keyFile), '\n');
    QTest::newRow("PBKDF2") << QByteArray(byOpenSslWithPbkdf2);
    row("public", "PUBLIC KEY", QByteArray::fromHex("302a300506032b6570032100") + seed);
    row("another label", "OPENSSH PRIVATE KEY", pkcs8Head() + seed);
    row("empty", "PRIVATE KEY", {});
    row("an empty sequence", "PRIVATE KEY", QByteArray::fromHex("3000"));
    row("something behind it", "PRIVATE KEY", pkcs8Head() + seed + '\0');
    row("X25519", "PRIVATE KEY", QByteArray::fromHex("302e020100300506032b656e04220420") + seed);
    row("a seed of 31 bytes", "PRIVATE KEY",
        QByteArray::fromHex("302d020100300506032b65700421041f") + seed.first(31));
    row("a seed of 33 bytes", "PRIVATE KEY",
        QByteArray::fromHex("302f020100300506032b657004230421") + seed + '\0');
    row("a seed without its own length", "PRIVATE KEY",
        QByteArray::fromHex("302c020100300506032b65700420") + seed);
    row("encrypted nothing", "ENCRYPTED PRIVATE KEY", QByteArray::fromHex("3000"));
    row("not encrypted under that label", "ENCRYPTED PRIVATE KEY", pkcs8Head() + seed);
    row("another cipher", "ENCRYPTED PRIVATE KEY",
        derOf(byOpenSsl).replace(QByteArray::fromHex("6086480165030401"
                                                     "2a"),
                                 QByteArray::fromHex("6086480165030401"
                                                     "02")));
}

void SigningTest::refusesWhatIsNoKeyOfOurs() {
    QFETCH(QByteArray, pem);
    const auto key = SigningKey::fromPem(pem.toStdString(), passphrase);
    QVERIFY(!key.ok());
    QCOMPARE(key.error().reason, Reason::KeyFileInvalid);
}

void SigningTest::refusesAFileThatAsksForMoreWork_data() {
    // N (16384), r (8), p (5) of a file of ours, as DER.
    QTest::addColumn<QByteArray>("numbers");
    QTest::addColumn<bool>("taken");
    QTest::newRow("as it is") << QByteArray("02024000"
                                            "020108"
                                            "020105")
                              << true;
    QTest::newRow("the most p") << QByteArray("02024000"
                                              "020101"
                                              "020140")
                                << true;
    QTest::newRow("more p") << QByteArray("02024000"
                                          "020108"
                                          "020141")
                            << false;
    QTest::newRow("more N") << QByteArray("02027fff"
                                          "020108"
                                          "020101")
                            << false;
    QTest::newRow("more r") << QByteArray("02024000"
                                          "02017f"
                                          "020101")
                            << false;
    QTest::newRow("no p") << QByteArray("02024000"
                                        "020108"
                                        "020100")
                          << false;
    QTest::newRow("negative p") << QByteArray("02024000"
                                              "020108"
                                              "0201ff")
                                << false;
}

void SigningTest::refusesAFileThatAsksForMoreWork() {
    QFETCH(QByteArray, numbers);
    QFETCH(bool, taken);
    const QByteArray ours = QByteArray::fromHex("02024000"
                                                "020108"
                                                "020105");
    QByteArray der = derOf(SigningKey::generate()->toPem(passphrase).value());
    QCOMPARE(der.count(ours), qsizetype(1));
    der.replace(ours, QByteArray::fromHex(numbers));
    const auto key = SigningKey::fromPem(pemOf("ENCRYPTED PRIVATE KEY", der), passphrase);
    // With other numbers that may be, the same passphrase makes another key for the cipher.
    const Reason reason = key.ok() ? Reason::Internal : key.error().reason;
    QCOMPARE(reason == Reason::KeyFileInvalid, !taken);
    QCOMPARE(key.ok(), QByteArray::fromHex(numbers) == ours);
}

void SigningTest::aDamagedFileNeverEndsTheProgram() {
    const std::string pem = keyOfSeed(QByteArray::fromHex(aSeed)).toPem("").value();
    for (std::size_t at = 0; at < pem.size(); ++at) {
        for (const char byte : {'\0', 'A', '/', '-', '\n', '\xFF'}) {
            std::string changed = pem;
            changed[at] = byte;
            const auto key = SigningKey::fromPem(changed, "");
            if (!key.ok())
                QCOMPARE(key.error().reason, Reason::KeyFileInvalid);
        }
        QVERIFY(!SigningKey::fromPem(pem.substr(0, at), "").ok() || at + 1 >= pem.size());
    }
}

void SigningTest::aKeyThatWasMovedFromSignsNothing() {
    SigningKey first = keyOfSeed(QByteArray::fromHex(aSeed));
    const SigningKey second = std::move(first);
    QVERIFY(second.sign("message").ok());
    // NOLINTNEXTLINE(bugprone-use-after-move): that is the claim.
    QCOMPARE(first.sign("message").error().reason, Reason::Internal);
    QCOMPARE(first.toPem("").error().reason, Reason::Internal);
}

void SigningTest::whatIsWipedIsGone() {
    std::string secret(100, 'x');
    const char* const bytes = secret.data();
    wipe(secret);
    QVERIFY(secret.empty());
    QVERIFY(std::all_of(bytes, bytes + 100, [](char c) { return c == '\0'; }));
}

QTEST_GUILESS_MAIN(SigningTest)
#include "signing_test.moc"

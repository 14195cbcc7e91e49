#include "core/safety_number.h"

#include <QTest>

#include <algorithm>

using namespace kith::core;

namespace {

PublicKey keyOf(const char* hex) {
    return *PublicKey::from(QByteArray::fromHex(hex));
}

const PublicKey first = keyOf("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
const PublicKey second = keyOf("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");

} // namespace

/// Both sides see one number, which is Signal's construction over their keys.
class SafetyNumberTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reproducesSignalsVector();
    void isThePublishedOneForTwoKeys();
    void isTheSameOnBothSides();
    void changesWithEveryByteOfAKey();
    void isSixtyDigitsInTwelveGroups();
    void isInTheQrCode();
};

// libsignal, NumericFingerprintGeneratorTest: the number of versions 1 and 2. A key there is a type byte, 5,
// and an X25519 key, and the identifiers are telephone numbers.
void SafetyNumberTest::reproducesSignalsVector() {
    const QByteArray alice =
        QByteArray::fromHex("0506863bc66d02b40d27b8d49ca7c09e9239236f9d7d25d6fcca5ce13c7064d868");
    const QByteArray bob =
        QByteArray::fromHex("05f781b6fb32fed9ba1cf2de978d4d5da28dc34046ae814402b5c0dbd96fda907b");
    const std::string expected = "300354477692869396892869876765458257569162576843440918079131";
    QCOMPARE(numericFingerprint("+14152222222", alice.toStdString(), "+14153333333", bob.toStdString(), 5200),
             expected);
    QCOMPARE(numericFingerprint("+14153333333", bob.toStdString(), "+14152222222", alice.toStdString(), 5200),
             expected);
}

// The keys of RFC 8032 section 7.1; the number was made by tests/support/kith1_vectors.py.
void SafetyNumberTest::isThePublishedOneForTwoKeys() {
    QCOMPARE(safetyNumber(first, second),
             std::string("127142599557802400247735367592148827954079716278805682052264"));
}

void SafetyNumberTest::isTheSameOnBothSides() {
    for (int i = 0; i < 20; ++i) {
        const PublicKey one = PublicKey::random();
        const PublicKey other = PublicKey::random();
        QCOMPARE(safetyNumber(one, other), safetyNumber(other, one));
    }
}

void SafetyNumberTest::changesWithEveryByteOfAKey() {
    const std::string number = safetyNumber(first, second);
    for (std::size_t at = 0; at < PublicKey::size; ++at) {
        PublicKey changed = second;
        changed.bytes[at] ^= static_cast<std::uint8_t>(1U << (at % 8));
        QVERIFY(safetyNumber(first, changed) != number);
    }
}

void SafetyNumberTest::isSixtyDigitsInTwelveGroups() {
    const std::string number = safetyNumber(first, second);
    QCOMPARE(number.size(), std::size_t(60));
    QVERIFY(std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; }));
    QCOMPARE(grouped(number),
             std::string("12714 25995 57802 40024 77353 67592 14882 79540 79716 27880 56820 52264"));
    QCOMPARE(grouped(""), std::string());
}

void SafetyNumberTest::isInTheQrCode() {
    QCOMPARE(safetyCode(first, second),
             std::string("kith-safety:1:127142599557802400247735367592148827954079716278805682052264"));
}

QTEST_GUILESS_MAIN(SafetyNumberTest)
#include "safety_number_test.moc"

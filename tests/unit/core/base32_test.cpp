#include "core/base32.h"

#include <QTest>

using namespace kith::core;

/// Base32 as RFC 4648 has it, without padding, and one text alone for any bytes.
class Base32Test final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writesWhatTheRfcShows_data();
    void writesWhatTheRfcShows();
    void readsWhatItWritesInAnyCase();
    void refusesWhatNoBytesGive_data();
    void refusesWhatNoBytesGive();
};

// RFC 4648 section 10, without the padding.
void Base32Test::writesWhatTheRfcShows_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("0") << QByteArray("") << QByteArray("");
    QTest::newRow("1") << QByteArray("f") << QByteArray("MY");
    QTest::newRow("2") << QByteArray("fo") << QByteArray("MZXQ");
    QTest::newRow("3") << QByteArray("foo") << QByteArray("MZXW6");
    QTest::newRow("4") << QByteArray("foob") << QByteArray("MZXW6YQ");
    QTest::newRow("5") << QByteArray("fooba") << QByteArray("MZXW6YTB");
    QTest::newRow("6") << QByteArray("foobar") << QByteArray("MZXW6YTBOI");
}

void Base32Test::writesWhatTheRfcShows() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, text);
    QCOMPARE(QByteArray::fromStdString(toBase32(bytes.toStdString())), text);
}

void Base32Test::readsWhatItWritesInAnyCase() {
    std::string bytes;
    for (int i = 0; i < 256; ++i) {
        const std::string text = toBase32(bytes);
        QCOMPARE(text.size(), base32Length(bytes.size()));
        for (const QByteArray& written :
             {QByteArray::fromStdString(text), QByteArray::fromStdString(text).toLower()}) {
            const auto read = fromBase32(written.toStdString());
            QVERIFY(read);
            QCOMPARE(std::string(read->begin(), read->end()), bytes);
        }
        bytes.push_back(static_cast<char>(i * 7));
    }
}

void Base32Test::refusesWhatNoBytesGive_data() {
    QTest::addColumn<QByteArray>("text");
    for (const char* length : {"M", "MZX", "MZXW6Y"})
        QTest::newRow(length) << QByteArray(length);
    for (const char* bits : {"MZ", "MZXR", "MZXW7", "MZXW6YR"})
        QTest::newRow(bits) << QByteArray(bits);
    for (const char* character : {"M1", "M0", "M8", "M9", "M=", "M ", "M-", "MY======", "M\xC3\x84ZXQ"})
        QTest::newRow(character) << QByteArray(character);
    QTest::newRow("NUL") << QByteArray("M\0", 2);
}

void Base32Test::refusesWhatNoBytesGive() {
    QFETCH(QByteArray, text);
    QVERIFY(!fromBase32(text.toStdString()));
}

QTEST_GUILESS_MAIN(Base32Test)
#include "base32_test.moc"

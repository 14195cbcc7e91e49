#include "core/text.h"

#include <QTest>

using namespace kith::core;
using namespace std::string_literals;

/// Text from outside becomes valid, bounded and harmless.
class TextTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void illFormedUtf8BecomesOneReplacementPerPart_data();
    void illFormedUtf8BecomesOneReplacementPerPart();
    void anEndInsideASequenceIsToldApart();
    void everyCodePointSurvivesARoundTrip();
    void noControlReachesATerminal();
    void ordinaryTextReachesATerminalUnchanged();
    void namesAreCleanedAndBounded();
};

void TextTest::illFormedUtf8BecomesOneReplacementPerPart_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text");
    const QByteArray r("\xEF\xBF\xBD");
    QTest::newRow("ascii") << QByteArray("abc") << QByteArray("abc");
    QTest::newRow("nul") << QByteArray("a\0b", 3) << "a" + r + "b";
    QTest::newRow("lone continuation") << QByteArray("\x80") << r;
    QTest::newRow("overlong") << QByteArray("\xC0\xAF") << r + r;
    QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << r + r + r;
    QTest::newRow("beyond U+10FFFF") << QByteArray("\xF4\x90\x80\x80") << r + r + r + r;
    QTest::newRow("cut") << QByteArray("\xE2\x82") << r;
    QTest::newRow("unicode table 3-8") << QByteArray("a\xF1\x80\x80\xE1\x80\xC2"
                                                     "b\x80"
                                                     "c\x80\xBF"
                                                     "d")
                                       << "a" + r + r + r + "b" + r + "c" + r + r + "d";
    QTest::newRow("euro") << QByteArray("\xE2\x82\xAC") << QByteArray("\xE2\x82\xAC");
}

void TextTest::illFormedUtf8BecomesOneReplacementPerPart() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, text);
    QCOMPARE(QByteArray::fromStdString(toValidUtf8(bytes.toStdString())), text);
    QVERIFY(isValidUtf8(text.toStdString()));
}

void TextTest::anEndInsideASequenceIsToldApart() {
    QVERIFY(decodeUtf8("\xE2\x82").incomplete);
    QVERIFY(decodeUtf8("\xF0").incomplete);
    QVERIFY(!decodeUtf8("\xF0\x28").incomplete);
    QVERIFY(!decodeUtf8("\x80").incomplete);
}

void TextTest::everyCodePointSurvivesARoundTrip() {
    for (char32_t c = 1; c <= 0x10FFFF; ++c) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        std::string bytes;
        appendUtf8(bytes, c);
        const CodePoint back = decodeUtf8(bytes);
        if (!back.valid || back.value != c || back.length != bytes.size())
            QFAIL(qPrintable(QString::number(c, 16)));
    }
}

void TextTest::noControlReachesATerminal() {
    QCOMPARE(escapeForTerminal("\x1b]0;owned\x07"), "\\x1b]0;owned\\x07"s);
    QCOMPARE(escapeForTerminal("\xC2\x9B"
                               "2J"),
             "\\x9b2J"s);
    QCOMPARE(escapeForTerminal("a\nb\tc\rd\x7F"), "a\\nb\\tc\\x0dd\\x7f"s);
    QCOMPARE(escapeForTerminal("\xE2\x80\xAE"
                               "exe.txt"),
             "\\u{202e}exe.txt"s);
    QCOMPARE(escapeForTerminal("\xE2\x80\x8B\xF3\xA0\x81\x81"), "\\u{200b}\\u{e0041}"s);
    for (char32_t c = 0; c < 0x3000; ++c) {
        std::string bytes;
        appendUtf8(bytes, c);
        const std::string shown = escapeForTerminal(bytes);
        if (isControlOrFormat(c))
            QVERIFY(shown.front() == '\\');
    }
}

void TextTest::ordinaryTextReachesATerminalUnchanged() {
    const std::string text = "Gr\xC3\xBC\xC3\x9F \xE4\xBD\xA0\xE5\xA5\xBD C:\\dir \xF0\x9F\x98\x80";
    QCOMPARE(escapeForTerminal(text), text);
}

void TextTest::namesAreCleanedAndBounded() {
    QCOMPARE(cleanName("  Ann \t\n Lee "), "Ann Lee"s);
    QCOMPARE(cleanName("\xE2\x80\xAE"
                       "Ann\x1b\x00"s),
             "Ann"s);
    QCOMPARE(cleanName(std::string(500, 'x')).size(), std::size_t(64));
    std::string zalgo = "a";
    for (int i = 0; i < 100; ++i)
        zalgo += "\xCC\x81";
    QCOMPARE(cleanName(zalgo).size(), std::size_t(1 + 4 * 2));
    std::string wide;
    for (int i = 0; i < 100; ++i)
        wide += "\xF0\x9F\x98\x80";
    QVERIFY(cleanName(wide).size() <= 256);
    QCOMPARE(cleanName(" \xE2\x80\x8B "), ""s);
}

QTEST_GUILESS_MAIN(TextTest)
#include "text_test.moc"

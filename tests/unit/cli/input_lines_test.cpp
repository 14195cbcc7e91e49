#include "cli/input_lines.h"

#include <QTest>

using namespace kith::cli;

/// Bytes become lines, whatever way they are cut, and no line grows over the bound.
class InputLinesTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anyCutOfTheBytesGivesTheSameLines_data();
    void anyCutOfTheBytesGivesTheSameLines();
    void aLineOfTheBoundIsTakenAndOneMoreIsNot();
    void whatFollowsALongLineIsTaken();
    void aLongLineWithoutAnEndIsToldAtTheEndOfInput();
    void aLongLineTakesNoMemory();
    void whatIsForgottenIsNotGiven();
};

namespace {

QList<InputLine> all(InputLines& lines) {
    QList<InputLine> got;
    while (const std::optional<InputLine> line = lines.next())
        got += *line;
    return got;
}

} // namespace

void InputLinesTest::anyCutOfTheBytesGivesTheSameLines_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("lines");
    QTest::newRow("nothing") << QByteArray() << QByteArrayList();
    QTest::newRow("one") << QByteArray("a\n") << QByteArrayList{"a"};
    QTest::newRow("without an end") << QByteArray("a\nb") << QByteArrayList{"a", "b"};
    QTest::newRow("empty ones") << QByteArray("\n\na\n\n") << QByteArrayList{"", "", "a", ""};
    QTest::newRow("crlf") << QByteArray("a\r\n\r\nb\r\n") << QByteArrayList{"a", "", "b"};
    QTest::newRow("cr inside") << QByteArray("a\rb\n") << QByteArrayList{"a\rb"};
    QTest::newRow("nul and high bytes")
        << QByteArray("a\0\xff\n", 4) << QByteArrayList{QByteArray("a\0\xff", 3)};
    QTest::newRow("just within the bound")
        << QByteArray("12345678\r\n12345678") << QByteArrayList{"12345678", "12345678"};
}

void InputLinesTest::anyCutOfTheBytesGivesTheSameLines() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArrayList, lines);
    for (qsizetype step = 1; step <= bytes.size() + 1; ++step) {
        InputLines input(8);
        QByteArrayList got;
        const auto take = [&] {
            for (const InputLine& line : all(input)) {
                QVERIFY(!line.tooLong);
                got += line.bytes;
            }
        };
        for (qsizetype at = 0; at < bytes.size(); at += step) {
            input.feed(QByteArrayView(bytes).sliced(at, std::min(step, bytes.size() - at)));
            QVERIFY(!input.atEnd());
            take();
        }
        input.end();
        take();
        QVERIFY(input.atEnd());
        QCOMPARE(got, lines);
    }
}

void InputLinesTest::aLineOfTheBoundIsTakenAndOneMoreIsNot() {
    InputLines input(4);
    input.feed("1234\n12345\n");
    QCOMPARE(all(input), (QList<InputLine>{{"1234", false}, {{}, true}}));
}

void InputLinesTest::whatFollowsALongLineIsTaken() {
    InputLines input(4);
    for (int i = 0; i < 100; ++i) {
        input.feed("123");
        QVERIFY(!input.next());
    }
    input.feed("\nab\n");
    QCOMPARE(all(input), (QList<InputLine>{{{}, true}, {"ab", false}}));
    input.end();
    QVERIFY(!input.next());
    QVERIFY(input.atEnd());
}

void InputLinesTest::aLongLineWithoutAnEndIsToldAtTheEndOfInput() {
    InputLines input(4);
    input.feed("123456789");
    QVERIFY(!input.next());
    input.end();
    QVERIFY(!input.atEnd());
    QCOMPARE(all(input), (QList<InputLine>{{{}, true}}));
    QVERIFY(input.atEnd());
}

void InputLinesTest::aLongLineTakesNoMemory() {
    InputLines input(1024);
    const QByteArray piece(64 * 1024, 'x');
    for (int i = 0; i < 4096; ++i) { // 256 MiB: would be noticed in the run's time and memory
        input.feed(piece);
        QVERIFY(!input.next());
    }
    input.feed("\n");
    QVERIFY(input.next()->tooLong);
}

void InputLinesTest::whatIsForgottenIsNotGiven() {
    InputLines lines(10);
    lines.feed("secret\nmore\nand");
    QCOMPARE(lines.next()->bytes, "secret");
    lines.forget();
    QVERIFY(!lines.next());
    lines.feed("next\n");
    QCOMPARE(lines.next()->bytes, "next");
    lines.end();
    QVERIFY(lines.atEnd());
}

QTEST_GUILESS_MAIN(InputLinesTest)
#include "input_lines_test.moc"

#include "core/limits.h"
#include "supervisor/control_line.h"

#include <QTest>

using namespace kith::supervisor;
using namespace Qt::StringLiterals;

/// The control socket's lines: what is written is read back, and nothing else is taken.
class ControlLineTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void commandsComeBack();
    void answersComeBack();
    void whatIsNoCommandIsRefused_data();
    void whatIsNoCommandIsRefused();
    void whatIsNoAnswerIsRefused_data();
    void whatIsNoAnswerIsRefused();
    void aCommandOverTheLimitIsNotSent();
    void linesAreCutAtTheNewline();
};

void ControlLineTest::commandsComeBack() {
    const ControlCommand command{{u"connect"_s, u"a b\n\"\u202e"_s, u""_s}, QByteArray("\0\xFF\n", 3)};
    QByteArray line = toLine(command);
    QCOMPARE(line.count('\n'), 1);
    const auto whole = takeLine(line);
    const auto back = commandOf(*whole);
    QVERIFY(back);
    QCOMPARE(back->words, command.words);
    QCOMPARE(back->input, command.input);
}

void ControlLineTest::answersComeBack() {
    const QByteArray bytes("\0\xFF\n{", 4);
    QByteArray lines = toLine(ControlAnswer(ControlTaken{})) + toLine(ControlAnswer(ControlOut{bytes})) +
                       toLine(ControlAnswer(ControlError{bytes})) + toLine(ControlAnswer(ControlExit{2}));
    QVERIFY(std::holds_alternative<ControlTaken>(*answerOf(*takeLine(lines))));
    QCOMPARE(std::get<ControlOut>(*answerOf(*takeLine(lines))).bytes, bytes);
    QCOMPARE(std::get<ControlError>(*answerOf(*takeLine(lines))).bytes, bytes);
    QCOMPARE(std::get<ControlExit>(*answerOf(*takeLine(lines))).status, 2);
    QVERIFY(!takeLine(lines));
}

void ControlLineTest::whatIsNoCommandIsRefused_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("garbage") << QByteArray("\xFF\x00{", 3);
    QTest::newRow("no object") << QByteArray("[\"open\"]");
    QTest::newRow("no words") << QByteArray("{\"input\":\"\"}");
    QTest::newRow("empty words") << QByteArray("{\"words\":[]}");
    QTest::newRow("a word that is a number") << QByteArray("{\"words\":[1]}");
    QTest::newRow("input that is not base64") << QByteArray("{\"words\":[\"a\"],\"input\":\"?\"}");
    QTest::newRow("nested") << QByteArray(100000, '[');
    QTest::newRow("too many words") << "{\"words\":[" + QByteArray("\"a\",").repeated(64) + "\"a\"]}";
}

void ControlLineTest::whatIsNoCommandIsRefused() {
    QFETCH(QByteArray, line);
    QVERIFY(!commandOf(line));
}

void ControlLineTest::whatIsNoAnswerIsRefused_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("empty object") << QByteArray("{}");
    QTest::newRow("unknown") << QByteArray("{\"kill\":\"\"}");
    QTest::newRow("two at once") << QByteArray("{\"exit\":0,\"out\":\"\"}");
    QTest::newRow("status in words") << QByteArray("{\"exit\":\"0\"}");
    QTest::newRow("out that is not base64") << QByteArray("{\"out\":\"*\"}");
}

void ControlLineTest::whatIsNoAnswerIsRefused() {
    QFETCH(QByteArray, line);
    QVERIFY(!answerOf(line));
}

void ControlLineTest::aCommandOverTheLimitIsNotSent() {
    const auto size = static_cast<qsizetype>(kith::core::limits::controlLine);
    QVERIFY(toLine(ControlCommand{{u"send"_s}, QByteArray(size, 'x')}).isEmpty());
    QVERIFY(!withinLine(QByteArray(size, 'x')));
    QVERIFY(withinLine(QByteArray(size - 1, 'x')));
}

void ControlLineTest::linesAreCutAtTheNewline() {
    QByteArray buffer("one\ntwo\nthr");
    QCOMPARE(*takeLine(buffer), QByteArray("one"));
    QCOMPARE(*takeLine(buffer), QByteArray("two"));
    QVERIFY(!takeLine(buffer));
    QCOMPARE(buffer, QByteArray("thr"));
}

QTEST_GUILESS_MAIN(ControlLineTest)
#include "control_line_test.moc"

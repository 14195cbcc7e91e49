#include "cli/commands.h"

#include <QTest>

using namespace kith::cli;
using namespace Qt::StringLiterals;

/// A line of input is a message or a command, and nothing that comes in can be neither.
class CommandsTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLineIsAMessage_data();
    void aLineIsAMessage();
    void aLineWithASlashIsACommand();
    void anUnknownCommandIsNeverSent();
    void jsonObjectsAreUnderstood();
    void otherJsonIsNotUnderstood_data();
    void otherJsonIsNotUnderstood();
};

void CommandsTest::aLineIsAMessage_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("text");
    QTest::newRow("text") << QByteArray("hello") << u"hello"_s;
    QTest::newRow("empty") << QByteArray("") << u""_s;
    QTest::newRow("spaces stay") << QByteArray("  a  ") << u"  a  "_s;
    QTest::newRow("a slash later") << QByteArray(" /quit") << u" /quit"_s;
    QTest::newRow("two slashes are one") << QByteArray("//quit") << u"/quit"_s;
    QTest::newRow("three are two") << QByteArray("///") << u"//"_s;
    QTest::newRow("utf-8") << QByteArray("gr\xC3\xBC\xC3\x9F") << u"grüß"_s;
    QTest::newRow("not utf-8") << QByteArray("a\xFF\0b", 4) << u"a\uFFFD\uFFFDb"_s;
}

void CommandsTest::aLineIsAMessage() {
    QFETCH(QByteArray, line);
    QFETCH(QString, text);
    QCOMPARE(parseTypedLine(line), InputCommand(SendText{{}, text}));
}

void CommandsTest::aLineWithASlashIsACommand() {
    QCOMPARE(parseTypedLine("/to 127.0.0.1 (2)"), InputCommand(ChoosePeer{u"127.0.0.1 (2)"_s}));
    QCOMPARE(parseTypedLine("/to"), InputCommand(ChoosePeer{}));
    QCOMPARE(parseTypedLine("/accept"), InputCommand(AcceptPeer{}));
    QCOMPARE(parseTypedLine("/accept  ann "), InputCommand(AcceptPeer{u"ann"_s}));
    QCOMPARE(parseTypedLine("/decline ann"), InputCommand(DeclinePeer{u"ann"_s}));
    QCOMPARE(parseTypedLine("/who"), InputCommand(ShowPeers{}));
    QCOMPARE(parseTypedLine("/quit "), InputCommand(Quit{}));
    QCOMPARE(parseTypedLine("/help"), InputCommand(ShowCommands{}));
}

void CommandsTest::anUnknownCommandIsNeverSent() {
    for (const QByteArray& line :
         QByteArrayList{"/", "/quitter", "/TO x", "/usr/bin", "/quit smoking", "/ to x"})
        QVERIFY2(std::holds_alternative<NotUnderstood>(parseTypedLine(line)), line.constData());
    const InputCommand longOne = parseTypedLine("/" + QByteArray(60000, 'x'));
    QVERIFY(std::get<NotUnderstood>(longOne).typed.size() < 1000);
}

void CommandsTest::jsonObjectsAreUnderstood() {
    QCOMPARE(parseJsonLine(R"({"text":"hi"})"), InputCommand(SendText{{}, u"hi"_s}));
    QCOMPARE(parseJsonLine(R"( {"to":"127.0.0.1:1","text":"a\nb"} )"),
             InputCommand(SendText{u"127.0.0.1:1"_s, u"a\nb"_s}));
    QCOMPARE(parseJsonLine(R"({"text":"/quit"})"), InputCommand(SendText{{}, u"/quit"_s}));
    QCOMPARE(parseJsonLine(R"({"text":"a\u0000b","later":1})"), InputCommand(SendText{{}, u"a\uFFFDb"_s}));
    QCOMPARE(parseJsonLine(R"({"accept":"127.0.0.1:1"})"), InputCommand(AcceptPeer{u"127.0.0.1:1"_s}));
    QCOMPARE(parseJsonLine(R"({"decline":"127.0.0.1:1"})"), InputCommand(DeclinePeer{u"127.0.0.1:1"_s}));
}

void CommandsTest::otherJsonIsNotUnderstood_data() {
    QTest::addColumn<QByteArray>("line");
    int row = 0;
    for (const QByteArray& line : QByteArrayList{"",
                                                 " ",
                                                 "hello",
                                                 "1",
                                                 "[]",
                                                 "{}",
                                                 "null",
                                                 "\"text\"",
                                                 R"({"text":1})",
                                                 R"({"text":null})",
                                                 R"({"to":"x"})",
                                                 R"({"to":1,"text":"a"})",
                                                 R"({"accept":true})",
                                                 R"({"decline":[]})",
                                                 R"({"accept":"a","text":"b"})",
                                                 R"({"text":"a"}{"text":"b"})",
                                                 R"({"text":"a")",
                                                 R"({"text":)",
                                                 "{\"text\":\"\xff\"}",
                                                 QByteArray(300000, '['),
                                                 QByteArray(300000, '{')})
        QTest::addRow("%d", row++) << line;
}

void CommandsTest::otherJsonIsNotUnderstood() {
    QFETCH(QByteArray, line);
    QCOMPARE(parseJsonLine(line), InputCommand(NotUnderstood{}));
}

QTEST_GUILESS_MAIN(CommandsTest)
#include "commands_test.moc"

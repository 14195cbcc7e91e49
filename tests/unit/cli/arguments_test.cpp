#include "cli/arguments.h"

#include <QTest>

using namespace kith::cli;
using namespace Qt::StringLiterals;

/// A command line is understood as experience.md gives it, or refused with its first mistake.
class ArgumentsTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hostAloneHasTheDefaults();
    void everyOptionOfHostIsTaken();
    void everyOptionOfConnectIsTaken();
    void optionsMayStandBeforeTheCommand();
    void theLastOfTwoCounts();
    void wordsAfterTwoDashesAreNoOptions();
    void mistakesAreNamed_data();
    void mistakesAreNamed();
    void aMistakeKnowsWhetherJsonWasAskedFor();
    void helpAndVersionNeedNothingElse();
    void helpNamesEveryOptionThatIsTaken();
    void whatIsHandedOverIsUnderstoodAlike();
};

namespace {

Arguments understood(const QStringList& words) {
    const Parsed parsed = parseArguments(words);
    if (const auto* mistake = std::get_if<UsageMistake>(&parsed))
        qWarning("%s", qPrintable(mistake->what));
    return std::holds_alternative<Arguments>(parsed) ? std::get<Arguments>(parsed) : Arguments{};
}

} // namespace

void ArgumentsTest::hostAloneHasTheDefaults() {
    const Arguments a = understood({u"host"_s});
    QCOMPARE(a.command, Command::Host);
    QVERIFY(!a.port && !a.plain && !a.once && !a.json);
    QCOMPARE(a.accept, Accept::Ask);
    QVERIFY(a.profile.isEmpty() && a.log.isEmpty());
}

void ArgumentsTest::everyOptionOfHostIsTaken() {
    const Arguments a = understood({u"host"_s, u"--port"_s, u"0"_s, u"--plain"_s, u"--accept=all"_s,
                                    u"--once"_s, u"--json"_s, u"--profile"_s, u"/p"_s, u"--log=/l"_s});
    QCOMPARE(a.port, std::optional<quint16>(quint16(0)));
    QVERIFY(a.plain && a.once && a.json);
    QCOMPARE(a.accept, Accept::All);
    QCOMPARE(a.profile, u"/p"_s);
    QCOMPARE(a.log, u"/l"_s);
    QCOMPARE(understood({u"host"_s, u"--accept"_s, u"known"_s}).accept, Accept::Known);
    QCOMPARE(understood({u"host"_s, u"--port=65535"_s}).port, std::optional<quint16>(quint16(65535)));
}

void ArgumentsTest::everyOptionOfConnectIsTaken() {
    const Arguments a = understood({u"connect"_s, u"[::1]:5189"_s, u"--plain"_s, u"--json"_s});
    QCOMPARE(a.command, Command::Connect);
    QCOMPARE(a.address, u"[::1]:5189"_s);
    QVERIFY(a.plain && a.json);
    QCOMPARE(understood({u"connect"_s, u"-"_s}).address, u"-"_s);
}

void ArgumentsTest::optionsMayStandBeforeTheCommand() {
    const Arguments a = understood({u"--profile"_s, u"/p"_s, u"--plain"_s, u"connect"_s, u"host"_s});
    QCOMPARE(a.profile, u"/p"_s);
    QCOMPARE(a.command, Command::Connect);
    QCOMPARE(a.address, u"host"_s);
    QVERIFY(a.plain);
}

void ArgumentsTest::theLastOfTwoCounts() {
    const Arguments a = understood({u"host"_s, u"--port=1"_s, u"--port=2"_s});
    QCOMPARE(a.port, std::optional<quint16>(quint16(2)));
}

void ArgumentsTest::wordsAfterTwoDashesAreNoOptions() {
    QCOMPARE(understood({u"connect"_s, u"--"_s, u"--plain"_s}).address, u"--plain"_s);
    QVERIFY(!understood({u"connect"_s, u"--"_s, u"--plain"_s}).plain);
}

void ArgumentsTest::mistakesAreNamed_data() {
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("what");
    QTest::newRow("nothing") << QStringList{} << u"command"_s;
    QTest::newRow("empty word") << QStringList{QString()} << u"unknown command"_s;
    QTest::newRow("unknown command") << QStringList{u"fetch"_s} << u"fetch"_s;
    QTest::newRow("unknown option") << QStringList{u"host"_s, u"--fast"_s} << u"--fast"_s;
    QTest::newRow("short option") << QStringList{u"host"_s, u"-p"_s} << u"-p"_s;
    QTest::newRow("files are not taken")
        << QStringList{u"host"_s, u"--accept-files"_s, u"/d"_s} << u"--accept-files"_s;
    QTest::newRow("port missing") << QStringList{u"host"_s, u"--port"_s} << u"--port"_s;
    QTest::newRow("port empty") << QStringList{u"host"_s, u"--port="_s} << u"--port"_s;
    QTest::newRow("port too large") << QStringList{u"host"_s, u"--port=65536"_s} << u"65536"_s;
    QTest::newRow("port negative") << QStringList{u"host"_s, u"--port=-1"_s} << u"-1"_s;
    QTest::newRow("port signed") << QStringList{u"host"_s, u"--port=+1"_s} << u"+1"_s;
    QTest::newRow("port hex") << QStringList{u"host"_s, u"--port=0x10"_s} << u"0x10"_s;
    QTest::newRow("port spaced") << QStringList{u"host"_s, u"--port= 1"_s} << u"--port"_s;
    QTest::newRow("accept unknown") << QStringList{u"host"_s, u"--accept=some"_s} << u"some"_s;
    QTest::newRow("flag with value") << QStringList{u"host"_s, u"--plain=yes"_s} << u"--plain"_s;
    QTest::newRow("profile empty") << QStringList{u"--profile="_s, u"host"_s} << u"--profile"_s;
    QTest::newRow("address missing") << QStringList{u"connect"_s} << u"address"_s;
    QTest::newRow("address empty") << QStringList{u"connect"_s, QString()} << u"address"_s;
    QTest::newRow("two addresses") << QStringList{u"connect"_s, u"a"_s, u"b"_s} << u"b"_s;
    QTest::newRow("host with address") << QStringList{u"host"_s, u"a"_s} << u"a"_s;
    QTest::newRow("port for connect") << QStringList{u"connect"_s, u"a"_s, u"--port=1"_s} << u"--port"_s;
    QTest::newRow("once for connect") << QStringList{u"--once"_s, u"connect"_s, u"a"_s} << u"--once"_s;
    QTest::newRow("accept for connect")
        << QStringList{u"connect"_s, u"a"_s, u"--accept=all"_s} << u"--accept"_s;
}

void ArgumentsTest::mistakesAreNamed() {
    QFETCH(QStringList, words);
    QFETCH(QString, what);
    const Parsed parsed = parseArguments(words);
    QVERIFY(std::holds_alternative<UsageMistake>(parsed));
    QVERIFY2(std::get<UsageMistake>(parsed).what.contains(what),
             qPrintable(std::get<UsageMistake>(parsed).what));
}

void ArgumentsTest::aMistakeKnowsWhetherJsonWasAskedFor() {
    QVERIFY(std::get<UsageMistake>(parseArguments({u"host"_s, u"--json"_s, u"x"_s})).json);
    QVERIFY(std::get<UsageMistake>(parseArguments({u"host"_s, u"x"_s, u"--json"_s})).json);
    QVERIFY(!std::get<UsageMistake>(parseArguments({u"host"_s, u"x"_s})).json);
}

void ArgumentsTest::helpAndVersionNeedNothingElse() {
    QCOMPARE(parseArguments({u"--help"_s}), Parsed(HelpAsked{}));
    QCOMPARE(parseArguments({u"-h"_s}), Parsed(HelpAsked{}));
    QCOMPARE(parseArguments({u"connect"_s, u"--help"_s}), Parsed(HelpAsked{Command::Connect}));
    QCOMPARE(parseArguments({u"--help"_s, u"host"_s}), Parsed(HelpAsked{Command::Host}));
    QCOMPARE(parseArguments({u"--version"_s}), Parsed(VersionAsked{}));
}

void ArgumentsTest::helpNamesEveryOptionThatIsTaken() {
    const QString general = helpText(std::nullopt);
    for (const QString& each :
         {u"--profile"_s, u"--log"_s, u"--help"_s, u"--version"_s, u"host"_s, u"connect"_s})
        QVERIFY2(general.contains(each), qPrintable(each));
    const QString host = helpText(Command::Host);
    for (const QString& each : {u"--port"_s, u"--plain"_s, u"--accept"_s, u"--once"_s, u"--json"_s})
        QVERIFY2(host.contains(each), qPrintable(each));
    const QString connect = helpText(Command::Connect);
    for (const QString& each : {u"--plain"_s, u"--json"_s})
        QVERIFY2(connect.contains(each), qPrintable(each));
    for (const QString& each : {u"--port"_s, u"--once"_s, u"--accept"_s})
        QVERIFY2(!connect.contains(each), qPrintable(each));
    QVERIFY(!host.contains(u"--accept-files"_s));
}

void ArgumentsTest::whatIsHandedOverIsUnderstoodAlike() {
    const QStringList words{u"--profile"_s, u"/p"_s,      u"connect"_s, u"--json"_s,
                            u"--log=/l"_s,  u"--plain"_s, u"--"_s,      u"-odd-name"_s};
    const Arguments first = understood(words);
    QVERIFY(!first.handOver.contains(u"/p"_s) && !first.handOver.contains(u"/l"_s));
    Arguments second = understood(first.handOver);
    QCOMPARE(second.address, u"-odd-name"_s);
    QVERIFY(second.plain && second.json && second.profile.isEmpty() && second.log.isEmpty());
    QCOMPARE(understood(second.handOver), second);
}

QTEST_GUILESS_MAIN(ArgumentsTest)
#include "arguments_test.moc"

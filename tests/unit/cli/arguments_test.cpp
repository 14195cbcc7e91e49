#include "cli/arguments.h"

#include <QTest>

using namespace kith::cli;
using namespace Qt::StringLiterals;

/// A command line is understood as `--help` gives it, or refused with its first mistake.
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
    void helpOfEachCommandNamesItsOptionsAlone_data();
    void helpOfEachCommandNamesItsOptionsAlone();
    void whatIsHandedOverIsUnderstoodAlike_data();
    void whatIsHandedOverIsUnderstoodAlike();
    void historyTakesAPeerOrNone();
    void searchTakesWordsAndDays();
    void searchMayHaveDaysAlone();
    void filesAreNamedFromTheFolderOfWhoAsks();
    void erasingNeedsAYes();
    void keepIsOnOrOff();
    void commandsOnPeopleTakeOne();
    void aNewNameMayBeEmpty();
    void anInviteIsMadeListedOrRevoked();
    void aKeyIsExportedOrImported();
    void whatWasComparedAgreesUnlessItIsSaid();
    void commandsOnTheProfileAreToldFromChats();
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
    QVERIFY(a.plain && a.once && a.json && a.keepsHistory);
    QVERIFY(!understood({u"host"_s, u"--no-history"_s}).keepsHistory);
    QVERIFY(understood({u"host"_s, u"--sandbox-optional"_s}).sandboxOptional);
    QVERIFY(!understood({u"connect"_s, u"a"_s}).sandboxOptional);
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
    QTest::newRow("two peers") << QStringList{u"history"_s, u"a"_s, u"b"_s} << u"b"_s;
    QTest::newRow("peer empty") << QStringList{u"history"_s, QString()} << u"history"_s;
    QTest::newRow("search nothing") << QStringList{u"search"_s} << u"words"_s;
    QTest::newRow("search blanks") << QStringList{u"search"_s, u" "_s, u""_s} << u"words"_s;
    QTest::newRow("from no day") << QStringList{u"search"_s, u"x"_s, u"--from=yesterday"_s} << u"yesterday"_s;
    QTest::newRow("from no such day")
        << QStringList{u"search"_s, u"x"_s, u"--from=2026-02-30"_s} << u"2026-02-30"_s;
    QTest::newRow("until with a time")
        << QStringList{u"search"_s, u"x"_s, u"--until=2026-02-01T10:00"_s} << u"--until"_s;
    QTest::newRow("from after until")
        << QStringList{u"search"_s, u"--from=2026-02-02"_s, u"--until=2026-02-01"_s} << u"--from"_s;
    QTest::newRow("days for history") << QStringList{u"history"_s, u"--from=2026-02-02"_s} << u"--from"_s;
    QTest::newRow("output for backup") << QStringList{u"backup"_s, u"f"_s, u"--output=g"_s} << u"--output"_s;
    QTest::newRow("replace for clear") << QStringList{u"clear"_s, u"a"_s, u"--replace"_s} << u"--replace"_s;
    QTest::newRow("yes for history") << QStringList{u"history"_s, u"--yes"_s} << u"--yes"_s;
    QTest::newRow("backup nowhere") << QStringList{u"backup"_s} << u"file"_s;
    QTest::newRow("restore nothing") << QStringList{u"restore"_s, QString()} << u"file"_s;
    QTest::newRow("clear nobody") << QStringList{u"clear"_s, u"--yes"_s} << u"address"_s;
    QTest::newRow("delete nobody") << QStringList{u"delete"_s} << u"address"_s;
    QTest::newRow("keep what") << QStringList{u"keep"_s, u"a"_s} << u"on or off"_s;
    QTest::newRow("two of id") << QStringList{u"id"_s, u"ann"_s} << u"ann"_s;
    QTest::newRow("safety of nobody") << QStringList{u"safety"_s} << u"name"_s;
    QTest::newRow("block of nothing") << QStringList{u"block"_s, QString()} << u"name"_s;
    QTest::newRow("rename to nothing") << QStringList{u"rename"_s, u"ann"_s} << u"call"_s;
    QTest::newRow("rename of nothing") << QStringList{u"rename"_s, QString(), u"ann"_s} << u"rename"_s;
    QTest::newRow("differ for block") << QStringList{u"block"_s, u"a"_s, u"--differ"_s} << u"--differ"_s;
    QTest::newRow("until for invites") << QStringList{u"invites"_s, u"--until=2026-12-01"_s} << u"--until"_s;
    QTest::newRow("until no day") << QStringList{u"invite"_s, u"--until=never"_s} << u"never"_s;
    QTest::newRow("invites what") << QStringList{u"invites"_s, u"forget"_s, u"x"_s} << u"forget"_s;
    QTest::newRow("revoke which") << QStringList{u"invites"_s, u"revoke"_s} << u"ID"_s;
    QTest::newRow("key what") << QStringList{u"key"_s, u"print"_s, u"f"_s} << u"print"_s;
    QTest::newRow("key nowhere") << QStringList{u"key"_s, u"export"_s} << u"file"_s;
    QTest::newRow("import replaces nothing")
        << QStringList{u"key"_s, u"import"_s, u"f"_s, u"--replace"_s} << u"--replace"_s;
    QTest::newRow("new in plain text")
        << QStringList{u"connect"_s, u"a"_s, u"--plain"_s, u"--new"_s} << u"--new"_s;
    QTest::newRow("keep maybe") << QStringList{u"keep"_s, u"a"_s, u"maybe"_s} << u"maybe"_s;
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
         {u"--profile"_s, u"--log"_s,  u"--help"_s, u"--version"_s, u"host"_s,    u"connect"_s,
          u"history"_s,   u"search"_s, u"export"_s, u"backup"_s,    u"restore"_s, u"clear"_s,
          u"delete"_s,    u"keep"_s,   u"  id "_s,  u"invite "_s,   u"invites"_s, u"contacts"_s,
          u"safety"_s,    u"verify"_s, u"block"_s,  u"unblock"_s,   u"rename"_s,  u"key export|import"_s})
        QVERIFY2(general.contains(each), qPrintable(each));
    const QString host = helpText(Command::Host);
    for (const QString& each : {u"--port"_s, u"--plain"_s, u"--accept"_s, u"--once"_s, u"--json"_s})
        QVERIFY2(host.contains(each), qPrintable(each));
    QVERIFY(host.contains(u"--no-history"_s));
    const QString connect = helpText(Command::Connect);
    for (const QString& each :
         {u"--plain"_s, u"--new"_s, u"--no-history"_s, u"--sandbox-optional"_s, u"--json"_s})
        QVERIFY2(connect.contains(each), qPrintable(each));
    for (const QString& each : {u"--port"_s, u"--once"_s, u"--accept"_s})
        QVERIFY2(!connect.contains(each), qPrintable(each));
    QVERIFY(!host.contains(u"--accept-files"_s));
}

void ArgumentsTest::helpOfEachCommandNamesItsOptionsAlone_data() {
    QTest::addColumn<QString>("command");
    QTest::addColumn<QStringList>("options");
    QTest::newRow("history") << u"history"_s << QStringList{};
    QTest::newRow("search") << u"search"_s << QStringList{u"--from"_s, u"--until"_s, u"--peer"_s};
    QTest::newRow("export") << u"export"_s << QStringList{u"--output"_s, u"--replace"_s};
    QTest::newRow("backup") << u"backup"_s << QStringList{u"--replace"_s};
    QTest::newRow("restore") << u"restore"_s << QStringList{u"--replace"_s};
    QTest::newRow("clear") << u"clear"_s << QStringList{u"--yes"_s};
    QTest::newRow("delete") << u"delete"_s << QStringList{u"--yes"_s};
    QTest::newRow("keep") << u"keep"_s << QStringList{};
    QTest::newRow("id") << u"id"_s << QStringList{};
    QTest::newRow("invite") << u"invite"_s << QStringList{u"--once"_s, u"--until"_s};
    QTest::newRow("invites") << u"invites"_s << QStringList{};
    QTest::newRow("contacts") << u"contacts"_s << QStringList{};
    QTest::newRow("safety") << u"safety"_s << QStringList{};
    QTest::newRow("verify") << u"verify"_s << QStringList{u"--differ"_s, u"--resume"_s};
    QTest::newRow("block") << u"block"_s << QStringList{};
    QTest::newRow("unblock") << u"unblock"_s << QStringList{};
    QTest::newRow("rename") << u"rename"_s << QStringList{};
    QTest::newRow("key") << u"key"_s << QStringList{u"--replace"_s};
}

void ArgumentsTest::helpOfEachCommandNamesItsOptionsAlone() {
    QFETCH(QString, command);
    QFETCH(QStringList, options);
    const Parsed asked = parseArguments({command, u"--help"_s});
    QVERIFY(std::holds_alternative<HelpAsked>(asked));
    const QString help = helpText(std::get<HelpAsked>(asked).command);
    QVERIFY(help.startsWith(u"kith-cli [--profile DIR] [--log FILE] "_s + command));
    QVERIFY(help.contains(u"--json"_s));
    for (const QString& each :
         {u"--from"_s, u"--until"_s, u"--peer"_s, u"--output"_s, u"--replace"_s, u"--yes"_s, u"--port"_s,
          u"--once"_s, u"--accept"_s, u"--new"_s, u"--differ"_s, u"--resume"_s})
        QVERIFY2(help.contains(u"  "_s + each) == options.contains(each), qPrintable(each));
}

void ArgumentsTest::whatIsHandedOverIsUnderstoodAlike_data() {
    QTest::addColumn<QStringList>("words");
    QTest::newRow("host") << QStringList{u"host"_s, u"--port=0"_s, u"--accept=known"_s, u"--once"_s};
    QTest::newRow("connect") << QStringList{u"connect"_s, u"--json"_s, u"--plain"_s, u"--"_s, u"-odd-name"_s};
    QTest::newRow("nothing kept") << QStringList{u"connect"_s, u"--no-history"_s, u"a"_s};
    QTest::newRow("history of all") << QStringList{u"history"_s};
    QTest::newRow("history") << QStringList{u"history"_s, u"--"_s, u"--json"_s};
    QTest::newRow("search") << QStringList{
        u"search"_s, u"--from=2026-01-31"_s, u"--until=2026-12-01"_s, u"--peer"_s, u"-p"_s, u"--"_s, u"-a"_s,
        u"b c"_s};
    QTest::newRow("days") << QStringList{u"search"_s, u"--from=2026-01-31"_s};
    QTest::newRow("export") << QStringList{u"export"_s, u"a"_s, u"--output=/x y"_s, u"--replace"_s,
                                           u"--json"_s};
    QTest::newRow("backup") << QStringList{u"backup"_s, u"relative"_s, u"--replace"_s};
    QTest::newRow("clear") << QStringList{u"clear"_s, u"a:1"_s, u"--yes"_s};
    QTest::newRow("delete") << QStringList{u"delete"_s, u"a:1"_s};
    QTest::newRow("keep") << QStringList{u"keep"_s, u"a:1"_s, u"off"_s};
    QTest::newRow("somebody new") << QStringList{u"connect"_s, u"--new"_s, u"a"_s};
    QTest::newRow("id") << QStringList{u"id"_s, u"--json"_s};
    QTest::newRow("invite") << QStringList{u"invite"_s, u"--until=2026-12-01"_s, u"--once"_s};
    QTest::newRow("invites") << QStringList{u"invites"_s};
    QTest::newRow("revoke") << QStringList{u"invites"_s, u"revoke"_s, u"0a1b"_s};
    QTest::newRow("contacts") << QStringList{u"contacts"_s};
    QTest::newRow("safety") << QStringList{u"safety"_s, u"--"_s, u"-ann"_s};
    QTest::newRow("verify") << QStringList{u"verify"_s, u"ann"_s};
    QTest::newRow("differ") << QStringList{u"verify"_s, u"ann"_s, u"--differ"_s};
    QTest::newRow("resume") << QStringList{u"verify"_s, u"ann"_s, u"--resume"_s};
    QTest::newRow("block") << QStringList{u"block"_s, u"ann"_s};
    QTest::newRow("unblock") << QStringList{u"unblock"_s, u"ann"_s};
    QTest::newRow("rename") << QStringList{u"rename"_s, u"ann"_s, u"my ann"_s};
    QTest::newRow("no name") << QStringList{u"rename"_s, u"ann"_s, QString(u""_s)};
    QTest::newRow("key export") << QStringList{u"key"_s, u"export"_s, u"/f"_s, u"--replace"_s};
    QTest::newRow("key import") << QStringList{u"key"_s, u"import"_s, u"/f"_s};
}

void ArgumentsTest::whatIsHandedOverIsUnderstoodAlike() {
    QFETCH(QStringList, words);
    const QStringList own{u"--profile"_s, u"/p"_s, u"--log=/l"_s};
    Arguments first = understood(own + words);
    QCOMPARE(first.profile, u"/p"_s);
    QVERIFY(!first.handOver.contains(u"/p"_s) && !first.handOver.contains(u"/l"_s));
    first.profile.clear();
    first.log.clear();
    QCOMPARE(understood(first.handOver), first);
}

void ArgumentsTest::historyTakesAPeerOrNone() {
    QCOMPARE(understood({u"history"_s}).command, Command::History);
    QVERIFY(understood({u"history"_s}).peer.isEmpty());
    QCOMPARE(understood({u"history"_s, u"[::1]:5188"_s}).peer, u"[::1]:5188"_s);
    QCOMPARE(understood({u"export"_s, u"ann"_s}).peer, u"ann"_s);
    QVERIFY(understood({u"export"_s}).file.isEmpty());
}

void ArgumentsTest::searchTakesWordsAndDays() {
    const Arguments a = understood({u"search"_s, u"two"_s, u"words"_s, u"--from=2026-02-28"_s,
                                    u"--until=2026-02-28"_s, u"--peer=ann"_s, u"--json"_s});
    QCOMPARE(a.words, u"two words"_s);
    QCOMPARE(a.from, std::optional(QDate(2026, 2, 28)));
    QCOMPARE(a.until, std::optional(QDate(2026, 2, 28)));
    QCOMPARE(a.peer, u"ann"_s);
    QVERIFY(a.json);
}

void ArgumentsTest::searchMayHaveDaysAlone() {
    QVERIFY(understood({u"search"_s, u"--from=2026-02-28"_s}).words.isEmpty());
    QVERIFY(understood({u"search"_s, u"--until=2026-02-28"_s}).until);
}

void ArgumentsTest::filesAreNamedFromTheFolderOfWhoAsks() {
    const auto file = [](const QStringList& words) {
        return std::get<Arguments>(parseArguments(words, u"/here"_s)).file;
    };
    QCOMPARE(file({u"backup"_s, u"b"_s}), u"/here/b"_s);
    QCOMPARE(file({u"backup"_s, u"../b"_s}), u"/here/../b"_s);
    QCOMPARE(file({u"restore"_s, u"/there/b"_s}), u"/there/b"_s);
    QCOMPARE(file({u"export"_s, u"--output"_s, u"b"_s}), u"/here/b"_s);
    QCOMPARE(file({u"export"_s}), QString());
}

void ArgumentsTest::erasingNeedsAYes() {
    QVERIFY(!understood({u"clear"_s, u"a"_s}).yes);
    QVERIFY(understood({u"clear"_s, u"a"_s, u"--yes"_s}).yes);
    QVERIFY(understood({u"delete"_s, u"--yes"_s, u"a"_s}).yes);
}

void ArgumentsTest::keepIsOnOrOff() {
    QVERIFY(understood({u"keep"_s, u"a"_s, u"on"_s}).keep);
    QVERIFY(!understood({u"keep"_s, u"a"_s, u"off"_s}).keep);
    QCOMPARE(understood({u"keep"_s, u"a"_s, u"off"_s}).peer, u"a"_s);
}

void ArgumentsTest::commandsOnPeopleTakeOne() {
    for (const QString& each : {u"safety"_s, u"verify"_s, u"block"_s, u"unblock"_s})
        QCOMPARE(understood({each, u"ABCD-EFGH"_s}).peer, u"ABCD-EFGH"_s);
}

void ArgumentsTest::aNewNameMayBeEmpty() {
    QCOMPARE(understood({u"rename"_s, u"ann"_s, u"Anna B"_s}).name, u"Anna B"_s);
    const Arguments a = understood({u"rename"_s, u"ann"_s, QString(u""_s)});
    QCOMPARE(a.command, Command::Rename);
    QCOMPARE(a.peer, u"ann"_s);
    QVERIFY(a.name.isEmpty());
}

void ArgumentsTest::anInviteIsMadeListedOrRevoked() {
    QVERIFY(!understood({u"invite"_s}).until);
    QCOMPARE(understood({u"invite"_s, u"--until=2026-12-01"_s}).until, std::optional(QDate(2026, 12, 1)));
    QCOMPARE(understood({u"invites"_s}).command, Command::Invites);
    QVERIFY(understood({u"invites"_s}).invite.isEmpty());
    QCOMPARE(understood({u"invites"_s, u"revoke"_s, u"0a1b"_s}).invite, u"0a1b"_s);
}

void ArgumentsTest::aKeyIsExportedOrImported() {
    const Arguments a = std::get<Arguments>(parseArguments({u"key"_s, u"export"_s, u"f"_s}, u"/here"_s));
    QCOMPARE(a.file, u"/here/f"_s);
    QVERIFY(!a.imports);
    QVERIFY(understood({u"key"_s, u"import"_s, u"/f"_s}).imports);
}

void ArgumentsTest::whatWasComparedAgreesUnlessItIsSaid() {
    QCOMPARE(understood({u"verify"_s, u"ann"_s}).compared, Compared::Agree);
    QCOMPARE(understood({u"verify"_s, u"ann"_s, u"--differ"_s}).compared, Compared::Differ);
    QCOMPARE(understood({u"verify"_s, u"ann"_s, u"--resume"_s}).compared, Compared::Not);
    QVERIFY(understood({u"connect"_s, u"a"_s, u"--new"_s}).somebodyNew);
}

void ArgumentsTest::commandsOnTheProfileAreToldFromChats() {
    QVERIFY(!isStored(understood({u"host"_s}).command));
    QVERIFY(!isStored(understood({u"connect"_s, u"a"_s}).command));
    QVERIFY(isStored(understood({u"search"_s, u"a"_s}).command));
    QVERIFY(isStored(understood({u"keep"_s, u"a"_s, u"on"_s}).command));
}

QTEST_GUILESS_MAIN(ArgumentsTest)
#include "arguments_test.moc"

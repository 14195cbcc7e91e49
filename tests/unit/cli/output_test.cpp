#include "cli/event_log.h"
#include "cli/human_output.h"
#include "cli/json_output.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace kith;
using namespace kith::cli;
using namespace Qt::StringLiterals;

/// What a person reads, what a program reads and what the log keeps.
class OutputTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void messagesGoToStandardOutputAloneAndNothingElseDoes();
    void nothingFromAPeerControlsTheTerminal();
    void furtherLinesOfAMessageAreMarked();
    void namesStandWhereSeveralAreThere();
    void eventsHaveExactlyTheirKeys_data();
    void eventsHaveExactlyTheirKeys();
    void anEventIsOneLineWhateverItsText();
    void timesHaveTheirOffsetAndMilliseconds();
    void everyReasonAndStateHasItsName();
    void strangersAreNamedWithKithIdAndAddress();
    void aNameThatIsNoHelpGoesWithTheKithId();
    void theLogHoldsNoNamesNorTexts();
};

namespace {

const PeerLabel peer{u"127.0.0.1:4711"_s, u"127.0.0.1 (2)"_s, 99, 7, false};
const PeerLabel secure = [] {
    PeerLabel label{u"ABCD-EFGH-IJ"_s, u"Ann"_s, 98, 8, false};
    label.sandbox = {true, 23, 7, true, false};
    label.secure = label.verified = true;
    label.shortId = u"ABCD-EFGH…"_s;
    label.where = u"192.168.1.9"_s;
    return label;
}();
const words::Sentence sentence{u"Title."_s, u"Text."_s, {}, u"details"_s};

/// Every event once.
void tellAll(EventSink& sink, const QString& text) {
    sink.listening(5188, {u"192.168.1.7:5188"_s}, {u"192.168.1.7"_s}, u"kith://secret"_s);
    sink.connecting(peer, u"Connecting"_s);
    sink.request(peer, {});
    sink.request(secure, {});
    sink.preview(peer, text);
    sink.connected(peer, u"Connected"_s);
    sink.message(peer, u"1"_s, QDateTime::currentDateTime(), text);
    sink.messageState(u"2"_s, core::MessageState::Waiting, std::nullopt, text);
    sink.messageState(u"2"_s, core::MessageState::Sent, std::nullopt, text);
    sink.messageState(u"3"_s, core::MessageState::Failed, core::Reason::PeerClosed, text);
    sink.closed(peer, {core::Reason::PeerClosed, 0, 1}, sentence);
    sink.error(core::Reason::TextTooLong, sentence);
    sink.keyChanged(secure, u"11111 22222"_s, u"33333 44444"_s);
    sink.notice(text);
}

using Tell = std::function<void(EventSink&)>;

QByteArray written(const Tell& tell) {
    QByteArray out;
    JsonOutput json([&](const QByteArray& bytes) { out += bytes; });
    tell(json);
    return out;
}

} // namespace

void OutputTest::messagesGoToStandardOutputAloneAndNothingElseDoes() {
    QByteArray out;
    QByteArray error;
    HumanOutput human([&](const QByteArray& b) { out += b; }, [&](const QByteArray& b) { error += b; });
    tellAll(human, u"the text"_s);
    QCOMPARE(out, "the text\n");
    QVERIFY(error.contains("Title. Text.\n"));
    QVERIFY(error.contains("192.168.1.7"));
    QVERIFY(error.endsWith('\n'));
}

void OutputTest::nothingFromAPeerControlsTheTerminal() {
    QString hostile;
    for (char16_t c = 0; c < 0x100; ++c)
        hostile += QChar(c);
    hostile += u"\u202E\u2066\u200B\uFEFF\x1b]0;x\x07\x1b[2J"_s;
    QByteArray out;
    HumanOutput human([&](const QByteArray& b) { out += b; }, [&](const QByteArray& b) { out += b; });
    PeerLabel odd = peer;
    odd.name = hostile;
    odd.named = true;
    tellAll(human, hostile);
    human.message(odd, u"1"_s, QDateTime::currentDateTime(), hostile);
    human.request(odd, {true, false});
    odd.secure = odd.alike = true;
    odd.shortId = odd.where = hostile;
    human.request(odd, {true, true});
    human.connected(odd, hostile);
    human.closed(odd, {core::Reason::KeyChanged}, sentence);
    human.keyChanged(odd, hostile, hostile);
    for (const QChar c : QString::fromUtf8(out)) {
        const char16_t u = c.unicode();
        const bool harmless =
            u == u'\n' || (u >= 0x20 && u < 0x7f) ||
            (u > 0x9f && u != 0xAD && u != 0x202E && u != 0x2066 && u != 0x200B && u != 0xFEFF);
        QVERIFY2(harmless, qPrintable(QString::number(u, 16)));
    }
    QVERIFY(out.contains("\\x1b]0;x\\x07"));
}

void OutputTest::furtherLinesOfAMessageAreMarked() {
    QCOMPARE(forTerminal(u"a\nb\n\nc\td"_s), "a\n| b\n| \n| c\\td\n");
    QCOMPARE(forTerminal(u""_s), "\n");
}

void OutputTest::namesStandWhereSeveralAreThere() {
    QByteArray out;
    HumanOutput human([&](const QByteArray& b) { out += b; }, [](const QByteArray&) {});
    PeerLabel named = peer;
    named.named = true;
    human.message(peer, u"1"_s, {}, u"one"_s);
    human.message(named, u"2"_s, {}, u"two\nthree"_s);
    QCOMPARE(out, "one\n127.0.0.1 (2): two\n| three\n");
}

void OutputTest::eventsHaveExactlyTheirKeys_data() {
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<Tell>("tell");
    const auto row = [](const char* name, const QByteArray& expected, const Tell& tell) {
        QTest::newRow(name) << expected << tell;
    };
    row("listening", R"-({"event":"listening","port":5189,"addresses":["10.0.0.7:5189","[fd00::1]:5189"]})-",
        [](EventSink& s) {
            s.listening(5189, {u"10.0.0.7:5189"_s, u"[fd00::1]:5189"_s}, {}, {});
        });
    row("listening with an invite",
        R"-({"event":"listening","port":5189,"addresses":[],"invite":"kith://x"})-",
        [](EventSink& s) { s.listening(5189, {}, {}, u"kith://x"_s); });
    row("request", R"-({"event":"request","peer":"127.0.0.1:4711","name":"127.0.0.1 (2)"})-",
        [](EventSink& s) {
            s.request(peer, {true, false});
        });
    row("secure request", R"-({"event":"request","peer":"ABCD-EFGH-IJ","name":"Ann"})-", [](EventSink& s) {
        s.request(secure, {true, true});
    });
    row("securely connected",
        R"-({"event":"connected","peer":"ABCD-EFGH-IJ","name":"Ann","secure":true,"verified":true,)-"
        R"-("worker":98,"sandbox":{"landlock":7,"no_new_privs":true,"seccomp":true}})-",
        [](EventSink& s) { s.connected(secure, u"x"_s); });
    row("key changed",
        R"-({"event":"key-changed","peer":"ABCD-EFGH-IJ","name":"Ann","safety":"1 2","other":"3 4"})-",
        [](EventSink& s) { s.keyChanged(secure, u"1 2"_s, u"3 4"_s); });
    row("connected",
        R"-({"event":"connected","peer":"127.0.0.1:4711","name":"127.0.0.1 (2)","secure":false,)-"
        R"-("verified":false,"worker":99,"sandbox":{"landlock":0,"no_new_privs":false,"seccomp":false}})-",
        [](EventSink& s) { s.connected(peer, u"x"_s); });
    row("message",
        R"-({"event":"message","peer":"127.0.0.1:4711","name":"127.0.0.1 (2)","id":"5",)-"
        R"-("time":"2024-02-29T12:00:00.250+00:30","text":"a\nb"})-",
        [](EventSink& s) {
            const QDateTime time(QDate(2024, 2, 29), QTime(12, 0, 0, 250), Qt::OffsetFromUTC, 1800);
            s.message(peer, u"5"_s, time, u"a\nb"_s);
        });
    row("waiting", R"-({"event":"state","id":"2","state":"waiting"})-",
        [](EventSink& s) { s.messageState(u"2"_s, core::MessageState::Waiting, std::nullopt, u"x"_s); });
    row("sent", R"-({"event":"state","id":"2","state":"sent"})-",
        [](EventSink& s) { s.messageState(u"2"_s, core::MessageState::Sent, std::nullopt, u"x"_s); });
    row("failed", R"-({"event":"state","id":"2","state":"failed","why":"peer-vanished"})-", [](EventSink& s) {
        s.messageState(u"2"_s, core::MessageState::Failed, core::Reason::PeerVanished, u"x"_s);
    });
    row("closed",
        R"-({"event":"closed","peer":"127.0.0.1:4711","reason":"peer-closed","text":"Title. Text."})-",
        [](EventSink& s) { s.closed(peer, {core::Reason::PeerClosed}, sentence); });
    row("error", R"-({"event":"error","code":"port-taken","text":"Title. Text."})-",
        [](EventSink& s) { s.error(core::Reason::PortTaken, sentence); });
}

void OutputTest::eventsHaveExactlyTheirKeys() {
    QFETCH(QByteArray, expected);
    QFETCH(Tell, tell);
    QVERIFY(QJsonDocument::fromJson(expected).isObject());
    QCOMPARE(written(tell), expected + '\n');
}

void OutputTest::anEventIsOneLineWhateverItsText() {
    QString text;
    for (char16_t c = 0; c < 0x3000; ++c)
        text += QChar(c);
    QByteArray out;
    JsonOutput json([&](const QByteArray& bytes) { out += bytes; });
    json.message(peer, u"1"_s, QDateTime::currentDateTime(), text);
    QCOMPARE(out.count('\n'), 1);
    QVERIFY(out.endsWith('\n'));
    for (const char c : out.chopped(1))
        QVERIFY(static_cast<unsigned char>(c) >= 0x20);
    QCOMPARE(QJsonDocument::fromJson(out).object().value(u"text"_s).toString(), text);
}

void OutputTest::timesHaveTheirOffsetAndMilliseconds() {
    const QByteArray event =
        written([](EventSink& s) { s.message(peer, u"1"_s, QDateTime::currentDateTime(), {}); });
    const QString time = QJsonDocument::fromJson(event).object().value(u"time"_s).toString();
    static const QRegularExpression rfc3339(
        u"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d)$"_s);
    QVERIFY2(rfc3339.match(time).hasMatch(), qPrintable(time));
}

void OutputTest::everyReasonAndStateHasItsName() {
    QSet<QString> names;
    for (const core::Reason reason : core::allReasons)
        names += reasonCode(reason);
    QCOMPARE(names.size(), qsizetype(core::allReasons.size()));
    QCOMPARE(stateName(core::MessageState::Waiting), u"waiting"_s);
    QCOMPARE(stateName(core::MessageState::Sent), u"sent"_s);
    QCOMPARE(stateName(core::MessageState::Failed), u"failed"_s);
}

void OutputTest::strangersAreNamedWithKithIdAndAddress() {
    const auto told = [](const PeerLabel& label, const Asking& how) {
        QByteArray error;
        HumanOutput human([](const QByteArray&) {}, [&](const QByteArray& b) { error += b; });
        human.request(label, how);
        return QString::fromUtf8(error);
    };
    const QString alone = told(secure, {});
    QVERIFY2(alone.startsWith(u"“Ann” (ABCD-EFGH…) at 192.168.1.9 wants to chat."_s), qPrintable(alone));
    QVERIFY(alone.endsWith(u" /accept, /decline or /block\n"_s));
    // What has to be typed is nothing that the stranger chose.
    QVERIFY(told(secure, {true, false})
                .endsWith(u" /accept ABCD-EFGH, /decline ABCD-EFGH or /block ABCD-EFGH\n"_s));
    QVERIFY(told(secure, {false, true}).contains(u"as if for the first time, with the same key"_s));
    PeerLabel nameless = secure;
    nameless.name.clear();
    QVERIFY(told(nameless, {}).startsWith(u"Somebody (ABCD-EFGH…) at 192.168.1.9"_s));
    PeerLabel alike = secure;
    alike.alike = true;
    QVERIFY(told(alike, {}).contains(u"Somebody you know has a name like that"_s));
}

void OutputTest::aNameThatIsNoHelpGoesWithTheKithId() {
    PeerLabel label = secure;
    QCOMPARE(label.shown(), u"Ann"_s);
    label.alike = true;
    QCOMPARE(label.shown(), u"Ann (ABCD-EFGH…)"_s);
}

void OutputTest::theLogHoldsNoNamesNorTexts() {
    QByteArray log;
    QByteArray out;
    HumanOutput human([&](const QByteArray& b) { out += b; }, [&](const QByteArray& b) { out += b; });
    EventLog logging(human, [&](const QByteArray& bytes) { log += bytes; });
    tellAll(logging, u"the text"_s);
    QVERIFY(out.contains("the text"));
    for (const QByteArray& secret : QByteArrayList{"the text", "127.0.0.1", "192.168", "Title", "4711",
                                                   "kith:", "ABCD", "Ann", "22222", "44444"})
        QVERIFY2(!log.contains(secret), log.constData());
    for (const QByteArray& kept :
         QByteArrayList{"listening port=5188", "connected conversation=7 worker=99",
                        "closed conversation=7 worker=99 reason=peer-closed", "state=failed why=peer-closed",
                        "error code=text-too-long", "key-changed conversation=8"})
        QVERIFY2(log.contains(kept), log.constData());
}

QTEST_GUILESS_MAIN(OutputTest)
#include "output_test.moc"

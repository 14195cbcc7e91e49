#include "wire/legality.h"

#include <QSet>
#include <QTest>

#include <array>
#include <vector>

using namespace kith;
using namespace kith::wire;
using core::Side;

namespace {

const std::vector<std::pair<QString, Frame>> everyFrame = {
    {QStringLiteral("HELLO"), Hello{}},
    {QStringLiteral("AUTH_I"), core::AuthInitiator{}},
    {QStringLiteral("AUTH_R"), core::AuthResponder{}},
    {QStringLiteral("WAIT"), core::Wait{}},
    {QStringLiteral("KNOWN"), core::Known{}},
    {QStringLiteral("KNOCK"), core::Knock{}},
    {QStringLiteral("PROFILE"), core::Profile{}},
    {QStringLiteral("PING"), Ping{}},
    {QStringLiteral("PONG"), Pong{}},
    {QStringLiteral("GOODBYE"), Farewell{}},
    {QStringLiteral("ENTRY"), core::Entry{}},
};

Frame frameOf(const QString& name) {
    for (const auto& [each, frame] : everyFrame) {
        if (each == name)
            return frame;
    }
    qFatal("no such frame");
}

QSet<QString> words(const QString& list) {
    const QStringList all = list.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return {all.begin(), all.end()};
}

/// Both directions of one session, as each side keeps them.
struct Session {
    Legality initiator{Side::Initiator};
    Legality responder{Side::Responder};

    [[nodiscard]] Legality& of(Side side) { return side == Side::Initiator ? initiator : responder; }
    bool say(Side side, const Frame& frame) {
        if (!of(side).spoken(frame))
            return false;
        of(side == Side::Initiator ? Side::Responder : Side::Initiator).heard(frame);
        return true;
    }
    /// "I:HELLO R:HELLO": false where one of these is not legal.
    bool play(const QString& steps) {
        for (const QString& step : steps.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
            if (!say(step.front() == QLatin1Char('I') ? Side::Initiator : Side::Responder,
                     frameOf(step.mid(2))))
                return false;
        }
        return true;
    }
};

const QString hellos = QStringLiteral("I:HELLO R:HELLO ");
const QString authenticated = hellos + QStringLiteral("I:AUTH_I ");
const QString waiting = authenticated + QStringLiteral("R:WAIT ");
const QString known = authenticated + QStringLiteral("R:AUTH_R ");
const QString admitted = waiting + QStringLiteral("R:AUTH_R ");
const QString opened = known + QStringLiteral("R:PROFILE I:PROFILE ");

} // namespace

/// What is legal when between peers, walked through for every phase, side and frame. With codec_test, the
/// unit half of threats row 2.
class WireLegalityTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void row2_aSideMaySayThisAndNothingElse_data();
    void row2_aSideMaySayThisAndNothingElse();
    void row2_whatIsNotLegalChangesNothing();
    void row2_nothingFollowsAGoodbye();
    void aPersonsAnswerIsSaidByTheHostWhileItsPersonIsAsked();
    void whatWasSaidBeforeTheOthersGoodbyeIsHeard();
    void aPongAnswersOnePing();
    void whatCrossesAnAuthOnTheWayIsLegal();
    void aPhaseIsFollowedOnBothSides();
};

void WireLegalityTest::row2_aSideMaySayThisAndNothingElse_data() {
    QTest::addColumn<QString>("steps");
    QTest::addColumn<QString>("initiator");
    QTest::addColumn<QString>("responder");
    const auto at = [](const char* name, const QString& steps, const char* initiator, const char* responder) {
        QTest::newRow(name) << steps << QString::fromLatin1(initiator) << QString::fromLatin1(responder);
    };
    at("nothing said", {}, "HELLO", "HELLO");
    at("HELLO of I", QStringLiteral("I:HELLO"), "", "HELLO");
    at("HELLO of R", QStringLiteral("R:HELLO"), "HELLO", "");
    at("both HELLOs", hellos, "AUTH_I", "");
    at("AUTH of I", authenticated, "", "AUTH_R WAIT KNOWN GOODBYE");
    at("KNOWN", authenticated + QStringLiteral("R:KNOWN"), "", "");
    at("R declines", authenticated + QStringLiteral("R:GOODBYE"), "", "");
    at("WAIT", waiting, "KNOCK PING GOODBYE", "AUTH_R PING GOODBYE");
    at("KNOCK", waiting + QStringLiteral("I:KNOCK"), "PING GOODBYE", "AUTH_R PING GOODBYE");
    at("pings while waiting", waiting + QStringLiteral("I:PING R:PING"), "KNOCK PING PONG GOODBYE",
       "AUTH_R PING PONG GOODBYE");
    at("AUTH of R", known, "PROFILE GOODBYE", "PROFILE GOODBYE");
    at("AUTH of R after WAIT", admitted, "PROFILE KNOCK PING GOODBYE", "PROFILE PING GOODBYE");
    at("... and KNOCK", waiting + QStringLiteral("I:KNOCK R:AUTH_R"), "PROFILE PING GOODBYE",
       "PROFILE PING GOODBYE");
    at("PROFILE of R", known + QStringLiteral("R:PROFILE"), "PROFILE GOODBYE", "PROFILE PING GOODBYE");
    at("PROFILE of I", known + QStringLiteral("I:PROFILE"), "PROFILE PING GOODBYE", "PROFILE GOODBYE");
    at("PROFILE and PING of I", known + QStringLiteral("I:PROFILE I:PING"), "PROFILE PING GOODBYE",
       "PROFILE PONG GOODBYE");
    at("both PROFILEs", opened, "PROFILE PING GOODBYE ENTRY", "PROFILE PING GOODBYE ENTRY");
    at("both PROFILEs, I's first", known + QStringLiteral("I:PROFILE R:PROFILE"),
       "PROFILE PING GOODBYE ENTRY", "PROFILE PING GOODBYE ENTRY");
    at("both PROFILEs after WAIT", admitted + QStringLiteral("I:PROFILE R:PROFILE"),
       "PROFILE PING GOODBYE ENTRY", "PROFILE PING GOODBYE ENTRY");
    at("a talk", opened + QStringLiteral("I:ENTRY R:PROFILE R:ENTRY I:ENTRY I:PROFILE"),
       "PROFILE PING GOODBYE ENTRY", "PROFILE PING GOODBYE ENTRY");
    at("PING of R", opened + QStringLiteral("R:PING"), "PROFILE PING PONG GOODBYE ENTRY",
       "PROFILE PING GOODBYE ENTRY");
    at("GOODBYE of both", opened + QStringLiteral("I:GOODBYE R:GOODBYE"), "", "");
}

void WireLegalityTest::row2_aSideMaySayThisAndNothingElse() {
    QFETCH(QString, steps);
    QFETCH(QString, initiator);
    QFETCH(QString, responder);
    for (const Side side : {Side::Initiator, Side::Responder}) {
        const QSet<QString> legal = words(side == Side::Initiator ? initiator : responder);
        for (const auto& [name, frame] : everyFrame) {
            Session session;
            QVERIFY(session.play(steps));
            QVERIFY2(session.say(side, frame) == legal.contains(name),
                     qPrintable((side == Side::Initiator ? u"I: " : u"R: ") % name));
        }
    }
}

void WireLegalityTest::row2_whatIsNotLegalChangesNothing() {
    for (const QString& steps : {QString(), hellos, authenticated, waiting, known, admitted, opened}) {
        for (const Side side : {Side::Initiator, Side::Responder}) {
            Session session;
            QVERIFY(session.play(steps));
            Session disturbed = session;
            for (const auto& [name, frame] : everyFrame) {
                if (Legality probe = session.of(side); !probe.spoken(frame))
                    QVERIFY(!disturbed.of(side).spoken(frame));
            }
            QCOMPARE(disturbed.of(side).phase(), session.of(side).phase());
            for (const auto& [name, frame] : everyFrame) {
                Session after = disturbed;
                Session undisturbed = session;
                QCOMPARE(after.say(side, frame), undisturbed.say(side, frame));
            }
        }
    }
}

void WireLegalityTest::row2_nothingFollowsAGoodbye() {
    for (const QString& steps : {waiting, known, admitted, opened}) {
        for (const Side side : {Side::Initiator, Side::Responder}) {
            Session session;
            QVERIFY(session.play(steps));
            QVERIFY(session.say(side, Farewell{}));
            QCOMPARE(session.of(side).phase(), Phase::Over);
            for (const auto& [name, frame] : everyFrame)
                QVERIFY2(!session.of(side).spoken(frame), qPrintable(name));
        }
    }
}

void WireLegalityTest::aPersonsAnswerIsSaidByTheHostWhileItsPersonIsAsked() {
    for (const QString& steps :
         {authenticated, waiting, QString(waiting + QStringLiteral("I:KNOCK")), known, admitted, opened}) {
        for (const Side side : {Side::Initiator, Side::Responder}) {
            const bool asking = side == Side::Responder && steps.startsWith(waiting) && steps != admitted;
            for (const core::Goodbye answer : {core::Goodbye::Declined, core::Goodbye::Unanswered}) {
                Session session;
                QVERIFY(session.play(steps));
                QCOMPARE(session.say(side, Farewell{answer}), asking);
            }
            Session session;
            QVERIFY(session.play(steps));
            QCOMPARE(session.say(side, Farewell{core::Goodbye::Superseded}),
                     side == Side::Responder || steps != authenticated);
        }
    }
}

void WireLegalityTest::whatWasSaidBeforeTheOthersGoodbyeIsHeard() {
    Session session;
    QVERIFY(session.play(opened));
    QVERIFY(session.say(Side::Responder, Farewell{}));
    QVERIFY(session.say(Side::Initiator, core::Entry{}));
    QVERIFY(session.say(Side::Initiator, Ping{}));
}

void WireLegalityTest::aPongAnswersOnePing() {
    Session session;
    QVERIFY(session.play(opened + QStringLiteral("I:PING I:PING")));
    QVERIFY(!session.say(Side::Initiator, Pong{}));
    QVERIFY(session.say(Side::Responder, Pong{}));
    QVERIFY(session.say(Side::Responder, Pong{}));
    QVERIFY(!session.say(Side::Responder, Pong{}));
}

void WireLegalityTest::whatCrossesAnAuthOnTheWayIsLegal() {
    // R hears what I said before R's AUTH had reached it, in every order.
    Session session;
    QVERIFY(session.play(waiting));
    Legality atInitiator = session.initiator;
    QVERIFY(session.play(QStringLiteral("R:AUTH_R R:PROFILE")));
    for (const Frame& frame : {Frame(core::Knock{}), Frame(Ping{}), Frame(Farewell{})}) {
        QVERIFY(atInitiator.spoken(frame));
        QVERIFY(session.say(Side::Initiator, frame));
    }
}

void WireLegalityTest::aPhaseIsFollowedOnBothSides() {
    const std::vector<std::pair<QString, std::array<Phase, 2>>> walks = {
        {{}, {Phase::Hello, Phase::Hello}},
        {QStringLiteral("I:HELLO"), {Phase::Hello, Phase::Hello}},
        {hellos, {Phase::Auth, Phase::Auth}},
        {authenticated, {Phase::Auth, Phase::Auth}},
        {waiting, {Phase::Waiting, Phase::Waiting}},
        {known, {Phase::Profile, Phase::Profile}},
        {admitted, {Phase::Profile, Phase::Profile}},
        {known + QStringLiteral("R:PROFILE"), {Phase::Profile, Phase::Open}},
        {known + QStringLiteral("I:PROFILE"), {Phase::Open, Phase::Profile}},
        {opened, {Phase::Open, Phase::Open}},
        {authenticated + QStringLiteral("R:KNOWN"), {Phase::Over, Phase::Over}},
        {opened + QStringLiteral("I:GOODBYE"), {Phase::Over, Phase::Open}},
    };
    for (const auto& [steps, phases] : walks) {
        Session session;
        QVERIFY2(session.play(steps), qPrintable(steps));
        QCOMPARE(session.initiator.phase(), phases[0]);
        QCOMPARE(session.responder.phase(), phases[1]);
    }
}

QTEST_GUILESS_MAIN(WireLegalityTest)
#include "legality_test.moc"

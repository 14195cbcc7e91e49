#include "ipc/legality.h"

#include <QSet>
#include <QTest>

using namespace kith;
using namespace kith::ipc;

namespace {

const std::vector<std::pair<const char*, FromWorker>> said = {
    {"Ready", Ready{}},
    {"Listening", Listening{1, true, true}},
    {"AcceptPaused", AcceptPaused{1}},
    {"Connecting", Connecting{{"::1", 1}}},
    {"Opened", Opened{{"::1", 1}}},
    {"Request", Request{{"::1", 1}, ""}},
    {"Received", Received{""}},
    {"Written", Written{1}},
    {"Stopping", Stopping{}},
    {"Ended", Ended{}},
};

const std::vector<std::pair<const char*, ToWorker>> told = {
    {"Start", Start{1, ListenRole{1}}}, {"Taken", Taken{1}},  {"Admit", Admit{}},
    {"SendText", SendText{1, ""}},      {"NoMore", NoMore{}},
};

/// The shortest way to a phase.
std::vector<FromWorker> wayTo(Role role, Phase phase) {
    std::vector<FromWorker> way;
    if (phase == Phase::Launched)
        return way;
    way.emplace_back(Ready{});
    if (phase == Phase::Listening)
        way.emplace_back(Listening{1, true, true});
    if (phase == Phase::Connecting || (phase == Phase::Open && role == Role::Connect))
        way.emplace_back(Connecting{{"::1", 1}});
    if (phase == Phase::Asking || (phase == Phase::Open && role == Role::Serve))
        way.emplace_back(Request{{"::1", 1}, ""});
    if (phase == Phase::Open)
        way.emplace_back(Opened{{"::1", 1}});
    if (phase == Phase::Over)
        way.emplace_back(Ended{});
    return way;
}

bool reach(Legality& legality, Role role, Phase phase) {
    for (const FromWorker& message : wayTo(role, phase)) {
        if (!legality.fromWorker(message))
            return false;
    }
    return legality.phase() == phase;
}

QString key(Role role, Phase phase, const char* message) {
    return QStringLiteral("%1 %2 %3").arg(int(role)).arg(int(phase)).arg(QLatin1String(message));
}

} // namespace

/// What is legal when, walked through for every role, phase and message.
class LegalityTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aWorkerMaySayThisAndNothingElse();
    void aProgramMaySayThisAndNothingElse();
    void stoppingIsLegalOnce();
    void noMoreAnswersStoppingAlone();
    void onlyAListenerPassesDescriptorsUp();
};

void LegalityTest::aWorkerMaySayThisAndNothingElse() {
    using P = Phase;
    const auto listen = Role::Listen;
    const auto connect = Role::Connect;
    const auto serve = Role::Serve;
    QSet<QString> legal;
    for (const Role role : {listen, connect, serve})
        legal += key(role, P::Launched, "Ready");
    legal += {key(listen, P::Ready, "Listening"),    key(listen, P::Listening, "AcceptPaused"),
              key(connect, P::Ready, "Connecting"),  key(connect, P::Connecting, "Connecting"),
              key(connect, P::Connecting, "Opened"), key(serve, P::Ready, "Request"),
              key(serve, P::Asking, "Request"),      key(serve, P::Asking, "Opened"),
              key(connect, P::Open, "Received"),     key(connect, P::Open, "Written"),
              key(serve, P::Open, "Received"),       key(serve, P::Open, "Written")};
    const QList<std::pair<Role, QList<P>>> alive = {{listen, {P::Ready, P::Listening}},
                                                    {connect, {P::Ready, P::Connecting, P::Open}},
                                                    {serve, {P::Ready, P::Asking, P::Open}}};
    for (const auto& [role, phases] : alive) {
        for (const P phase : phases)
            legal += {key(role, phase, "Stopping"), key(role, phase, "Ended")};
    }

    int walked = 0;
    for (const Role role : {listen, connect, serve}) {
        for (const P phase :
             {P::Launched, P::Ready, P::Listening, P::Connecting, P::Asking, P::Open, P::Over}) {
            for (const auto& [name, message] : said) {
                Legality legality(role);
                if (!reach(legality, role, phase))
                    continue; // this role never gets there
                ++walked;
                const bool taken = legality.fromWorker(message);
                QVERIFY2(taken == legal.contains(key(role, phase, name)), qPrintable(key(role, phase, name)));
                if (!taken)
                    QCOMPARE(legality.phase(), phase);
            }
        }
    }
    QCOMPARE(walked, (4 + 5 + 5) * int(said.size()));
}

void LegalityTest::aProgramMaySayThisAndNothingElse() {
    using P = Phase;
    QSet<QString> legal;
    for (const Role role : {Role::Listen, Role::Connect, Role::Serve})
        legal += {key(role, P::Launched, "Start"), key(role, P::Ready, "Start")};
    legal += {key(Role::Listen, P::Listening, "Taken"), key(Role::Serve, P::Asking, "Admit"),
              key(Role::Serve, P::Open, "SendText"), key(Role::Connect, P::Open, "SendText")};
    for (const Role role : {Role::Listen, Role::Connect, Role::Serve}) {
        for (const P phase :
             {P::Launched, P::Ready, P::Listening, P::Connecting, P::Asking, P::Open, P::Over}) {
            for (const auto& [name, message] : told) {
                Legality legality(role);
                if (!reach(legality, role, phase))
                    continue;
                QVERIFY2(legality.toWorker(message) == legal.contains(key(role, phase, name)),
                         qPrintable(key(role, phase, name)));
            }
        }
    }
}

void LegalityTest::stoppingIsLegalOnce() {
    Legality legality(Role::Connect);
    QVERIFY(legality.fromWorker(Ready{}));
    QVERIFY(legality.fromWorker(Stopping{}));
    QVERIFY(!legality.fromWorker(Stopping{}));
    QCOMPARE(legality.phase(), Phase::Ready);
}

void LegalityTest::noMoreAnswersStoppingAlone() {
    Legality legality(Role::Connect);
    QVERIFY(reach(legality, Role::Connect, Phase::Open));
    QVERIFY(!legality.toWorker(NoMore{}));
    QVERIFY(legality.fromWorker(Stopping{}));
    QVERIFY(legality.toWorker(NoMore{}));
    QVERIFY(legality.fromWorker(Received{"last words"}));
    QVERIFY(legality.fromWorker(Ended{}));
    QVERIFY(!legality.toWorker(NoMore{}));
}

void LegalityTest::onlyAListenerPassesDescriptorsUp() {
    for (const Role role : {Role::Listen, Role::Connect, Role::Serve}) {
        for (const Phase phase :
             {Phase::Launched, Phase::Ready, Phase::Listening, Phase::Open, Phase::Over}) {
            Legality legality(role);
            if (reach(legality, role, phase))
                QCOMPARE(legality.descriptorUp(), role == Role::Listen && phase == Phase::Listening);
        }
    }
}

QTEST_GUILESS_MAIN(LegalityTest)
#include "legality_test.moc"

#include "ipc/legality.h"

#include <QSet>
#include <QTest>

#include <array>
#include <optional>

using namespace kith;
using namespace kith::ipc;

namespace {

/// What a worker may be, told apart as its tables do. Open is walked twice: in plain text, and secure.
enum class Place : std::uint8_t {
    Launched,
    Ready, ///< ... and Sandboxed was heard
    Listening,
    Connecting,
    Asking,
    Securing,
    Authenticated, ///< Securing, and the peer's AUTH was heard
    Plain,
    Secure,
    Over,
};

constexpr std::array everyPlace = {Place::Launched, Place::Ready,    Place::Listening,     Place::Connecting,
                                   Place::Asking,   Place::Securing, Place::Authenticated, Place::Plain,
                                   Place::Secure,   Place::Over};
constexpr std::array everyRole = {Role::Listen, Role::Connect, Role::Serve};

/// What `each` names, one after another: a list of so large a variant in braces takes the compiler a minute.
template <typename Message, typename... Each>
std::vector<Message> inOrder(const Each&... each) {
    std::vector<Message> all;
    (all.emplace_back(each), ...);
    return all;
}

template <typename... Each>
std::optional<std::vector<FromWorker>> way(const Each&... each) {
    return inOrder<FromWorker>(each...);
}

const auto said = inOrder<std::pair<const char*, FromWorker>>(
    std::pair("Ready", Ready{}), std::pair("Listening", Listening{1, true, true}),
    std::pair("AcceptPaused", AcceptPaused{1}), std::pair("Connecting", Connecting{{"::1", 1}}),
    std::pair("Opened", Opened{{"::1", 1}}), std::pair("Request", Request{{"::1", 1}, ""}),
    std::pair("Received", Received{""}), std::pair("Written", Written{1}), std::pair("Stopping", Stopping{}),
    std::pair("Ended", Ended{}), std::pair("SecureUp", SecureUp{{"::1", 1}, {}, {}, "TLS"}),
    std::pair("AuthInitiator", PeerHandshake{core::AuthInitiator{}}),
    std::pair("AuthResponder", PeerHandshake{core::AuthResponder{}}),
    std::pair("Wait", PeerHandshake{core::Wait{}}), std::pair("Known", PeerHandshake{core::Known{}}),
    std::pair("Knock", PeerHandshake{core::Knock{}}), std::pair("PeerProfile", PeerProfile{}),
    std::pair("PeerEntry", PeerEntry{}), std::pair("Sandboxed", Sandboxed{}),
    std::pair("Measured", Measured{}));

const auto told = inOrder<std::pair<const char*, ToWorker>>(
    std::pair("Start", Start{1, ListenRole{1}}), std::pair("Taken", Taken{1}), std::pair("Admit", Admit{}),
    std::pair("SendText", SendText{1, ""}), std::pair("NoMore", NoMore{}),
    std::pair("AuthInitiator", SendHandshake{core::AuthInitiator{}}),
    std::pair("AuthResponder", SendHandshake{core::AuthResponder{}}),
    std::pair("Wait", SendHandshake{core::Wait{}}), std::pair("Known", SendHandshake{core::Known{}}),
    std::pair("Knock", SendHandshake{core::Knock{}}), std::pair("SendProfile", SendProfile{}),
    std::pair("SendEntry", SendEntry{}), std::pair("Farewell", Farewell{}), std::pair("Measure", Measure{}));

/// The shortest way to a place; nothing where a role never gets there.
std::optional<std::vector<FromWorker>> wayTo(Role role, Place place) {
    const FromWorker before =
        role == Role::Connect ? FromWorker(Connecting{{"::1", 1}}) : FromWorker(Request{{"::1", 1}, ""});
    const FromWorker up = SecureUp{{"::1", 1}, {}, {}, "TLS"};
    const FromWorker auth =
        role == Role::Connect ? PeerHandshake{core::AuthResponder{}} : PeerHandshake{core::AuthInitiator{}};
    const bool listener = role == Role::Listen;
    switch (place) {
    case Place::Launched:
        return way();
    case Place::Ready:
        return way(Ready{}, Sandboxed{});
    case Place::Over:
        return way(Ready{}, Sandboxed{}, Ended{});
    case Place::Listening:
        if (listener)
            return way(Ready{}, Sandboxed{}, Listening{1, true, true});
        break;
    case Place::Connecting:
        if (role == Role::Connect)
            return way(Ready{}, Sandboxed{}, before);
        break;
    case Place::Asking:
        if (role == Role::Serve)
            return way(Ready{}, Sandboxed{}, before);
        break;
    case Place::Securing:
        if (!listener)
            return way(Ready{}, Sandboxed{}, before, up);
        break;
    case Place::Authenticated:
        if (!listener)
            return way(Ready{}, Sandboxed{}, before, up, auth);
        break;
    case Place::Plain:
        if (!listener)
            return way(Ready{}, Sandboxed{}, before, Opened{{"::1", 1}});
        break;
    case Place::Secure:
        if (!listener)
            return way(Ready{}, Sandboxed{}, before, up, auth, PeerProfile{});
        break;
    }
    return std::nullopt;
}

/// One that is there.
std::optional<Legality> reached(Role role, Place place) {
    const auto way = wayTo(role, place);
    if (!way)
        return std::nullopt;
    Legality legality(role);
    for (const FromWorker& message : *way) {
        if (!legality.fromWorker(message))
            qFatal("the way is not legal");
    }
    return legality;
}

QString key(Role role, Place place, const char* message) {
    return QStringLiteral("%1 %2 %3").arg(int(role)).arg(int(place)).arg(QLatin1String(message));
}

} // namespace

/// What is legal when, walked through for every role, place and message.
class LegalityTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aWorkerMaySayThisAndNothingElse();
    void aProgramMaySayThisAndNothingElse();
    void whatWasSaidLeadsOn_data();
    void whatWasSaidLeadsOn();
    void aPeersHandshakeHasOneOrder_data();
    void aPeersHandshakeHasOneOrder();
    void aSecureSessionStaysSecure();
    void stoppingIsLegalOnce();
    void noMoreAnswersStoppingAlone();
    void onlyAListenerPassesDescriptorsUp();
    void noPeerAndNoPortBeforeTheSandbox();
};

void LegalityTest::aWorkerMaySayThisAndNothingElse() {
    using P = Place;
    const auto listen = Role::Listen;
    const auto connect = Role::Connect;
    const auto serve = Role::Serve;
    QSet<QString> legal = {
        key(listen, P::Ready, "Listening"),       key(listen, P::Listening, "AcceptPaused"),
        key(connect, P::Ready, "Connecting"),     key(connect, P::Connecting, "Connecting"),
        key(connect, P::Connecting, "Opened"),    key(connect, P::Connecting, "SecureUp"),
        key(serve, P::Ready, "Request"),          key(serve, P::Ready, "SecureUp"),
        key(serve, P::Asking, "Request"),         key(serve, P::Asking, "Opened"),
        key(serve, P::Asking, "SecureUp"),        key(connect, P::Securing, "AuthResponder"),
        key(connect, P::Securing, "Wait"),        key(connect, P::Securing, "Known"),
        key(serve, P::Securing, "AuthInitiator"), key(serve, P::Authenticated, "Knock")};
    for (const Role role : everyRole) {
        legal += key(role, P::Launched, "Ready");
        for (const P place : everyPlace) {
            if (place != P::Launched && place != P::Over)
                legal += {key(role, place, "Stopping"), key(role, place, "Ended")};
        }
        if (role == listen)
            continue;
        legal += {key(role, P::Plain, "Received"),
                  key(role, P::Plain, "Written"),
                  key(role, P::Plain, "Measured"),
                  key(role, P::Secure, "Measured"),
                  key(role, P::Authenticated, "PeerProfile"),
                  key(role, P::Secure, "PeerProfile"),
                  key(role, P::Secure, "PeerEntry"),
                  key(role, P::Secure, "Written")};
    }

    int walked = 0;
    for (const Role role : everyRole) {
        for (const P place : everyPlace) {
            for (const auto& [name, message] : said) {
                auto legality = reached(role, place);
                if (!legality)
                    continue; // this role never gets there
                ++walked;
                const Phase before = legality->phase();
                const bool taken = legality->fromWorker(message);
                QVERIFY2(taken == legal.contains(key(role, place, name)), qPrintable(key(role, place, name)));
                if (!taken)
                    QCOMPARE(legality->phase(), before);
            }
        }
    }
    QCOMPARE(walked, (4 + 8 + 8) * int(said.size()));
}

void LegalityTest::aProgramMaySayThisAndNothingElse() {
    using P = Place;
    const auto connect = Role::Connect;
    const auto serve = Role::Serve;
    QSet<QString> legal = {key(Role::Listen, P::Listening, "Taken"), key(serve, P::Asking, "Admit")};
    for (const Role role : everyRole) {
        legal += {key(role, P::Launched, "Start"), key(role, P::Ready, "Start")};
        if (role == Role::Listen)
            continue;
        legal += {key(role, P::Plain, "SendText"),   key(role, P::Secure, "SendProfile"),
                  key(role, P::Secure, "SendEntry"), key(role, P::Secure, "Farewell"),
                  key(role, P::Plain, "Measure"),    key(role, P::Secure, "Measure")};
        for (const P place : {P::Securing, P::Authenticated})
            legal += {key(role, place, "SendProfile"), key(role, place, "Farewell")};
    }
    for (const P place : {P::Securing, P::Authenticated}) {
        legal += {key(connect, place, "AuthInitiator"), key(connect, place, "Knock"),
                  key(serve, place, "AuthResponder"), key(serve, place, "Wait"), key(serve, place, "Known")};
    }
    for (const Role role : everyRole) {
        for (const P place : everyPlace) {
            for (const auto& [name, message] : told) {
                const auto legality = reached(role, place);
                if (!legality)
                    continue;
                QVERIFY2(legality->toWorker(message) == legal.contains(key(role, place, name)),
                         qPrintable(key(role, place, name)));
            }
        }
    }
}

void LegalityTest::whatWasSaidLeadsOn_data() {
    QTest::addColumn<Role>("role");
    QTest::addColumn<Place>("from");
    QTest::addColumn<FromWorker>("message");
    QTest::addColumn<Phase>("to");
    const FromWorker up = SecureUp{{"::1", 1}, {}, {}, "TLS"};
    const FromWorker opened = Opened{{"::1", 1}};
    QTest::newRow("dialled, plain") << Role::Connect << Place::Connecting << opened << Phase::Open;
    QTest::newRow("dialled, secure") << Role::Connect << Place::Connecting << up << Phase::Securing;
    QTest::newRow("accepted, plain") << Role::Serve << Place::Asking << opened << Phase::Open;
    QTest::newRow("accepted, secure") << Role::Serve << Place::Ready << up << Phase::Securing;
    QTest::newRow("accepted, secure at last") << Role::Serve << Place::Asking << up << Phase::Securing;
    QTest::newRow("a frame of the handshake")
        << Role::Connect << Place::Securing << FromWorker(PeerHandshake{core::Wait{}}) << Phase::Securing;
    QTest::newRow("the peer's profile")
        << Role::Connect << Place::Authenticated << FromWorker(PeerProfile{}) << Phase::Open;
    QTest::newRow("another profile") << Role::Serve << Place::Secure << FromWorker(PeerProfile{})
                                     << Phase::Open;
    QTest::newRow("an entry") << Role::Serve << Place::Secure << FromWorker(PeerEntry{}) << Phase::Open;
    QTest::newRow("stopping") << Role::Serve << Place::Securing << FromWorker(Stopping{}) << Phase::Securing;
    QTest::newRow("the end") << Role::Serve << Place::Securing << FromWorker(Ended{}) << Phase::Over;
}

void LegalityTest::whatWasSaidLeadsOn() {
    QFETCH(Role, role);
    QFETCH(Place, from);
    QFETCH(FromWorker, message);
    QFETCH(Phase, to);
    auto legality = reached(role, from);
    QVERIFY(legality && legality->fromWorker(message));
    QCOMPARE(legality->phase(), to);
}

void LegalityTest::aPeersHandshakeHasOneOrder_data() {
    using Frames = std::vector<core::HandshakeFrame>;
    QTest::addColumn<Role>("role");
    QTest::addColumn<Frames>("frames");
    QTest::addColumn<bool>("right");
    const core::HandshakeFrame hosts = core::AuthResponder{};
    const core::HandshakeFrame callers = core::AuthInitiator{};
    const core::HandshakeFrame wait = core::Wait{};
    const core::HandshakeFrame known = core::Known{};
    const core::HandshakeFrame knock = core::Knock{};
    const auto connect = Role::Connect;
    const auto serve = Role::Serve;
    QTest::newRow("AUTH") << connect << Frames{hosts} << true;
    QTest::newRow("WAIT, AUTH") << connect << Frames{wait, hosts} << true;
    QTest::newRow("KNOWN") << connect << Frames{known} << true;
    QTest::newRow("AUTH twice") << connect << Frames{hosts, hosts} << false;
    QTest::newRow("WAIT twice") << connect << Frames{wait, wait} << false;
    QTest::newRow("AUTH, WAIT") << connect << Frames{hosts, wait} << false;
    QTest::newRow("AUTH, KNOWN") << connect << Frames{hosts, known} << false;
    QTest::newRow("WAIT, KNOWN") << connect << Frames{wait, known} << false;
    QTest::newRow("KNOWN, AUTH") << connect << Frames{known, hosts} << false;
    QTest::newRow("a caller's AUTH") << connect << Frames{callers} << false;
    QTest::newRow("a caller's KNOCK") << connect << Frames{wait, knock} << false;
    QTest::newRow("caller: AUTH, KNOCK") << serve << Frames{callers, knock} << true;
    QTest::newRow("caller: AUTH twice") << serve << Frames{callers, callers} << false;
    QTest::newRow("caller: KNOCK alone") << serve << Frames{knock} << false;
    QTest::newRow("caller: KNOCK twice") << serve << Frames{callers, knock, knock} << false;
    QTest::newRow("caller: a host's WAIT") << serve << Frames{callers, wait} << false;
}

void LegalityTest::aPeersHandshakeHasOneOrder() {
    QFETCH(Role, role);
    QFETCH(std::vector<core::HandshakeFrame>, frames);
    QFETCH(bool, right);
    auto legality = reached(role, Place::Securing);
    QVERIFY(legality);
    const core::HandshakeFrame last = frames.back();
    frames.pop_back();
    for (const core::HandshakeFrame& frame : frames)
        QVERIFY(legality->fromWorker(PeerHandshake{frame}));
    QCOMPARE(legality->fromWorker(PeerHandshake{last}), right);
}

void LegalityTest::aSecureSessionStaysSecure() {
    for (const Role role : {Role::Connect, Role::Serve}) {
        for (const Place place : everyPlace) {
            const auto legality = reached(role, place);
            if (legality)
                QCOMPARE(legality->secure(),
                         place == Place::Securing || place == Place::Authenticated || place == Place::Secure);
        }
    }
    auto legality = reached(Role::Serve, Place::Secure);
    QVERIFY(!legality->fromWorker(Opened{{"::1", 1}}));
    QVERIFY(!legality->fromWorker(Request{{"::1", 1}, ""}));
    QVERIFY(legality->secure());
}

void LegalityTest::stoppingIsLegalOnce() {
    Legality legality(Role::Connect);
    QVERIFY(legality.fromWorker(Ready{}));
    QVERIFY(legality.fromWorker(Stopping{}));
    QVERIFY(!legality.fromWorker(Stopping{}));
    QCOMPARE(legality.phase(), Phase::Ready);
}

void LegalityTest::noMoreAnswersStoppingAlone() {
    Legality legality = *reached(Role::Connect, Place::Plain);
    QVERIFY(!legality.toWorker(NoMore{}));
    QVERIFY(legality.fromWorker(Stopping{}));
    QVERIFY(legality.toWorker(NoMore{}));
    QVERIFY(legality.fromWorker(Received{"last words"}));
    QVERIFY(legality.fromWorker(Ended{}));
    QVERIFY(!legality.toWorker(NoMore{}));
}

void LegalityTest::onlyAListenerPassesDescriptorsUp() {
    for (const Role role : everyRole) {
        for (const Place place : everyPlace) {
            if (const auto legality = reached(role, place))
                QCOMPARE(legality->descriptorUp(), place == Place::Listening);
        }
    }
}

void LegalityTest::noPeerAndNoPortBeforeTheSandbox() {
    const std::vector<FromWorker> early = {Listening{1, true, true}, Opened{{"::1", 1}},
                                           Request{{"::1", 1}, ""}, SecureUp{{"::1", 1}, {}, {}, "TLS"}};
    for (const Role role : everyRole) {
        for (const FromWorker& message : early) {
            Legality legality(role);
            QVERIFY(!legality.fromWorker(Sandboxed{}));
            QVERIFY(legality.fromWorker(Ready{}));
            if (role == Role::Connect)
                QVERIFY(legality.fromWorker(Connecting{{"::1", 1}}));
            const Phase before = legality.phase();
            QVERIFY(!legality.fromWorker(message));
            QVERIFY(legality.fromWorker(Sandboxed{}));
            QVERIFY(!legality.fromWorker(Sandboxed{}));
            QCOMPARE(legality.phase(), before);
        }
    }
}

QTEST_GUILESS_MAIN(LegalityTest)
#include "legality_test.moc"

#include "core/handshake.h"
#include "core/limits.h"
#include "supervisor/session_worker.h"
#include "support/fake_workers.h"
#include "support/handshakes.h"
#include "support/process_watch.h"

#include <QTest>

#include <array>
#include <memory>
#include <optional>

#include <sys/socket.h>

using namespace kith;
using namespace Qt::StringLiterals;
using core::Reason;
using supervisor::SessionWorker;

namespace {

constexpr int patience = 15000;
constexpr qint64 held = 500;

/// A session of Ann's with a peer that the fake worker makes up, and everything it told. Her half of the
/// handshake runs here, as the model's does, and goes as far as the worker lets it.
struct Secure {
    explicit Secure(const QString& program)
        : worker(program) {
        QObject::connect(&worker, &SessionWorker::secured, &worker, [this](const ipc::SecureUp& up) {
            facts = up;
            dialled ? sendAuth() : static_cast<void>(host.secured({up.hello, up.exporter}));
        });
        QObject::connect(
            &worker, &SessionWorker::handshake, &worker,
            [this](const core::HandshakeFrame& frame) { dialled ? onHost(frame) : onCaller(frame); });
        QObject::connect(&worker, &SessionWorker::profile, &worker, [this](const core::Profile& profile) {
            profiles.append(QString::fromStdString(profile.name));
        });
        QObject::connect(&worker, &SessionWorker::entry, &worker, [this](const core::Entry& entry) {
            texts.append(QString::fromStdString(entry.text));
        });
        QObject::connect(&worker, &SessionWorker::received, &worker, [this] { ++plain; });
        QObject::connect(&worker, &SessionWorker::opened, &worker, [this] { ++plain; });
        QObject::connect(&worker, &SessionWorker::written, &worker, [this](quint64 n) { written = n; });
        QObject::connect(&worker, &SessionWorker::ended, &worker, [this](const core::End& e) {
            end = e;
            ++ends;
        });
    }

    void dial() {
        dialled = true;
        worker.start(ipc::ConnectRole{{"127.0.0.1", 5188}, caller.hello()});
    }
    void serve() {
        std::array<int, 2> pair{};
        if (::socketpair(AF_UNIX, SOCK_STREAM, 0, pair.data()) != 0)
            qFatal("socketpair");
        other.reset(pair[1]);
        worker.serve(core::UniqueFd(pair[0]), false, false, host.hello());
    }
    void say(const QString& text) {
        core::Entry entry;
        entry.number = ++sent;
        entry.id = core::EntryId::random();
        entry.text = text.toStdString();
        worker.send(sent, entry);
    }
    [[nodiscard]] bool isOver() const { return ends > 0; }

    void sendAuth() {
        const auto step = caller.secured({facts->hello, facts->exporter}, tests::ann());
        worker.sendHandshake(tests::as<core::InitiatorHandshake::Send>(step).frame);
    }
    void onHost(const core::HandshakeFrame& frame) {
        const auto step = caller.receive(frame);
        steps.append(tests::nameOf(step));
        if (std::holds_alternative<core::InitiatorHandshake::Verified>(step))
            worker.sendProfile({"Ann", {}});
    }
    void onCaller(const core::HandshakeFrame& frame) {
        const auto step = host.receive(frame);
        steps.append(tests::nameOf(step));
        if (!std::holds_alternative<core::ResponderHandshake::Caller>(step))
            return;
        const auto auth = host.admit(tests::ann());
        worker.sendHandshake(*auth);
        worker.sendProfile({"Ann", {}});
    }

    SessionWorker worker;
    core::InitiatorHandshake caller{{tests::bob().publicKey(), {}, false}};
    core::ResponderHandshake host{tests::ann().publicKey()};
    core::UniqueFd other; ///< of the connection that is served
    bool dialled = false;
    std::optional<ipc::SecureUp> facts;
    QByteArrayList steps; ///< what the handshake made of the peer's frames
    QStringList profiles;
    QStringList texts;
    int plain = 0; ///< what only a plain-text session says
    quint64 sent = 0;
    quint64 written = 0;
    core::End end;
    int ends = 0;
};

} // namespace

/// A worker with a secure peer, as far as the program's side goes; and threats row 46: one that is taken over
/// and lies is killed, or refused by the handshake, and nothing else is touched.
class SupervisorSecureTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void aSecureSessionIsTold_data();
    void aSecureSessionIsTold();
    void everythingQueuedArrivesBeforeTheEnd();
    void aFarewellReachesItsWorker_data();
    void aFarewellReachesItsWorker();
    void whatIsNotLegalIsNotSent();
    void row46_aWorkerThatLiesIsKilledAndNothingElse_data();
    void row46_aWorkerThatLiesIsKilledAndNothingElse();
    void row46_anImpostorIsRefused_data();
    void row46_anImpostorIsRefused();

private:
    tests::FakeWorkers fakes_;
    qsizetype descriptors_ = 0;
    std::unique_ptr<tests::LoopWatch> loop_;
    std::unique_ptr<Secure> good_;
};

void SupervisorSecureTest::init() {
    // The neighbour that nothing may happen to.
    good_ = std::make_unique<Secure>(fakes_.program(u"secure"_s));
    good_->dial();
    QTRY_COMPARE_WITH_TIMEOUT(good_->texts, QStringList{u"profile Ann"_s}, patience);
    descriptors_ = tests::descriptorCount();
    loop_ = std::make_unique<tests::LoopWatch>();
}

void SupervisorSecureTest::cleanup() {
    QVERIFY2(loop_->longestMilliseconds() <= held, qPrintable(QString::number(loop_->longestMilliseconds())));
    loop_.reset();
    QCOMPARE(good_->ends, 0);
    good_->say(u"still there"_s);
    QTRY_COMPARE_WITH_TIMEOUT(good_->texts.value(1), u"still there"_s, patience);
    QTRY_COMPARE_WITH_TIMEOUT(tests::children(), QSet<qint64>{good_->worker.pid()}, patience);
    QTRY_COMPARE_WITH_TIMEOUT(tests::descriptorCount(), descriptors_, patience);
    good_->worker.stop();
    QTRY_VERIFY_WITH_TIMEOUT(good_->isOver(), patience);
    QCOMPARE(good_->end, (core::End{Reason::StoppedByUs, 0, 0}));
    good_.reset();
    QVERIFY(tests::children().isEmpty());
}

void SupervisorSecureTest::aSecureSessionIsTold_data() {
    QTest::addColumn<bool>("dial");
    QTest::addColumn<QByteArrayList>("steps");
    QTest::newRow("dialled") << true << QByteArrayList{"verified"};
    QTest::newRow("accepted") << false << QByteArrayList{"caller"};
}

void SupervisorSecureTest::aSecureSessionIsTold() {
    QFETCH(bool, dial);
    QFETCH(QByteArrayList, steps);
    Secure session(fakes_.program(u"secure"_s));
    dial ? session.dial() : session.serve();
    QTRY_COMPARE_WITH_TIMEOUT(session.texts, QStringList{u"profile Ann"_s}, patience);
    QCOMPARE(session.facts->cipher, std::string("TLS_AES_256_GCM_SHA384"));
    QCOMPARE(session.facts->peer, (core::Endpoint{"127.0.0.1", 5188}));
    QCOMPARE(session.steps, steps);
    QCOMPARE(session.profiles, QStringList{u"Bob"_s});
    session.say(u"hello"_s);
    QTRY_COMPARE_WITH_TIMEOUT(session.texts.value(1), u"hello"_s, patience);
    QCOMPARE(session.written, quint64(1));
    QCOMPARE(session.plain, 0);
    session.worker.stop();
    QTRY_VERIFY_WITH_TIMEOUT(session.isOver(), patience);
    QCOMPARE(session.end, (core::End{Reason::StoppedByUs, 0, 0}));
}

void SupervisorSecureTest::everythingQueuedArrivesBeforeTheEnd() {
    // More than the worker is handed at once: NoMore waits behind all of it.
    Secure session(fakes_.program(u"secure"_s));
    session.dial();
    QTRY_COMPARE_WITH_TIMEOUT(session.texts, QStringList{u"profile Ann"_s}, patience);
    constexpr quint64 messages = 64;
    for (quint64 number = 1; number <= messages; ++number)
        session.say(QString(qsizetype(core::limits::entryText), u'a'));
    QVERIFY(session.worker.queuedBytes() > core::limits::unwrittenText);
    session.worker.stop();
    QTRY_VERIFY_WITH_TIMEOUT(session.isOver(), patience);
    QCOMPARE(session.written, messages);
    QCOMPARE(session.texts.size(), qsizetype(messages) + 1);
    QCOMPARE(session.end, (core::End{Reason::StoppedByUs, 0, 0}));
}

void SupervisorSecureTest::aFarewellReachesItsWorker_data() {
    QTest::addColumn<std::optional<core::Goodbye>>("goodbye");
    QTest::addColumn<QString>("told");
    QTest::newRow("another session goes on") << std::optional(core::Goodbye::Superseded) << u"farewell 3"_s;
    QTest::newRow("not a word") << std::optional<core::Goodbye>() << u"farewell none"_s;
}

void SupervisorSecureTest::aFarewellReachesItsWorker() {
    QFETCH(std::optional<core::Goodbye>, goodbye);
    QFETCH(QString, told);
    Secure session(fakes_.program(u"secure"_s));
    session.dial();
    QTRY_COMPARE_WITH_TIMEOUT(session.texts, QStringList{u"profile Ann"_s}, patience);
    session.worker.farewell(goodbye);
    session.worker.stop();
    QTRY_VERIFY_WITH_TIMEOUT(session.isOver(), patience);
    QCOMPARE(session.texts.value(1), told);
}

void SupervisorSecureTest::whatIsNotLegalIsNotSent() {
    // The real program never tries; what it tries all the same stays here, and the worker lives on.
    Secure session(fakes_.program(u"secure"_s));
    session.worker.sendProfile({"too early", {}});
    session.worker.farewell(core::Goodbye::Declined);
    session.dial();
    session.worker.sendHandshake(core::Wait{}); // a host's frame, and before SecureUp
    QTRY_COMPARE_WITH_TIMEOUT(session.texts, QStringList{u"profile Ann"_s}, patience);
    session.worker.sendHandshake(core::Knock{"too late"});
    session.worker.sendProfile({"Ann again", {}});
    QTRY_COMPARE_WITH_TIMEOUT(session.texts.value(1), u"profile Ann again"_s, patience);
    session.worker.stop();
    QTRY_VERIFY_WITH_TIMEOUT(session.isOver(), patience);
    QCOMPARE(session.end, (core::End{Reason::StoppedByUs, 0, 0}));
}

void SupervisorSecureTest::row46_aWorkerThatLiesIsKilledAndNothingElse_data() {
    QTest::addColumn<bool>("dial");
    for (const char* command :
         {"secure-twice", "secure-when-open", "secure-without-hello", "cipher-moves-the-cursor",
          "plain-when-secure", "profile-before-secure", "profile-before-auth", "entry-before-profile",
          "auth-of-the-other-side", "auth-of-a-short-key", "auth-twice", "auth-when-open", "text-when-secure",
          "entry-too-long", "entry-not-utf8", "entry-without-number", "profile-with-a-host-to-look-up",
          "entry-written-unsent"}) {
        QTest::newRow(command) << true;
        QTest::addRow("%s, accepted", command) << false;
    }
}

void SupervisorSecureTest::row46_aWorkerThatLiesIsKilledAndNothingElse() {
    QFETCH(bool, dial);
    const QString command = QString::fromLatin1(QTest::currentDataTag()).section(u',', 0, 0);
    Secure session(fakes_.program(command));
    dial ? session.dial() : session.serve();
    QTRY_VERIFY_WITH_TIMEOUT(session.isOver(), patience);
    QCOMPARE(core::code(session.end.reason), core::code(Reason::WorkerBroke));
    QCOMPARE(session.worker.pid(), 0);
    QCOMPARE(session.ends, 1);
    // Nothing of the lie was passed on.
    const bool wasOpen = command == u"secure-when-open" && dial;
    QCOMPARE(session.plain, wasOpen ? 1 : 0);
    for (const QString& text : std::as_const(session.texts))
        QCOMPARE(text, u"profile Ann"_s);
}

void SupervisorSecureTest::row46_anImpostorIsRefused_data() {
    QTest::addColumn<bool>("dial");
    QTest::addColumn<Reason>("reason");
    QTest::newRow("answers-with-another-key") << true << Reason::KeyChanged;
    QTest::newRow("answers-from-another-session") << true << Reason::SignatureWrong;
    QTest::newRow("answers-to-another-hello") << true << Reason::SignatureWrong;
    QTest::newRow("answers-for-somebody-else") << true << Reason::SignatureWrong;
    QTest::newRow("answers-with-our-own") << true << Reason::OwnKey;
    QTest::newRow("answers-with-a-small-order-key") << true << Reason::KeyInvalid;
    QTest::newRow("calls-from-another-session") << false << Reason::SignatureWrong;
    QTest::newRow("calls-for-somebody-else") << false << Reason::SignatureWrong;
    QTest::newRow("calls-with-a-small-order-key") << false << Reason::KeyInvalid;
}

void SupervisorSecureTest::row46_anImpostorIsRefused() {
    QFETCH(bool, dial);
    QFETCH(Reason, reason);
    Secure session(fakes_.program(QString::fromLatin1(QTest::currentDataTag())));
    dial ? session.dial() : session.serve();
    QTRY_COMPARE_WITH_TIMEOUT(session.steps, QByteArrayList{"refused " + tests::codeOf(reason)}, patience);
    session.worker.stop();
    QTRY_VERIFY_WITH_TIMEOUT(session.isOver(), patience);
}

QTEST_GUILESS_MAIN(SupervisorSecureTest)
#include "supervisor_secure_test.moc"

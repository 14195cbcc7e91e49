#include "core/limits.h"
#include "supervisor/listener_worker.h"
#include "supervisor/session_worker.h"
#include "supervisor/worker_process.h"
#include "support/fake_workers.h"
#include "support/process_watch.h"

#include <QSignalSpy>
#include <QTest>

#include <csignal>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace kith;
using namespace Qt::StringLiterals;
using core::Reason;
using supervisor::ListenerWorker;
using supervisor::SessionWorker;

namespace {

constexpr int patience = 15000;
constexpr qint64 held = 500;

/// A session and everything it told.
struct Session {
    explicit Session(const QString& program)
        : worker(program) {
        QObject::connect(&worker, &SessionWorker::opened, &worker, [this] { opened = true; });
        QObject::connect(&worker, &SessionWorker::received, &worker, [this](const QString& text) {
            if (texts.size() < 10000)
                texts.append(text);
            ++count;
        });
        QObject::connect(&worker, &SessionWorker::written, &worker, [this](quint64 n) { written = n; });
        QObject::connect(&worker, &SessionWorker::ended, &worker, [this](const core::End& e) {
            end = e;
            ++ends;
        });
    }
    void start() { worker.start(ipc::ConnectRole{{"127.0.0.1", 5188}, std::nullopt}); }
    void say(const QString& text) { worker.send(++sent, text); }
    [[nodiscard]] bool isOver() const { return ends > 0; }

    SessionWorker worker;
    quint64 sent = 0;
    bool opened = false;
    QStringList texts;
    qsizetype count = 0;
    quint64 written = 0;
    core::End end;
    int ends = 0;
};

struct Listener {
    explicit Listener(const QString& program)
        : worker(program) {
        QObject::connect(
            &worker, &ListenerWorker::accepted, &worker,
            [this](const std::shared_ptr<core::UniqueFd>& fd) { accepted.push_back(std::move(*fd)); });
        QObject::connect(&worker, &ListenerWorker::ended, &worker, [this](const core::End& e) {
            end = e;
            ++ends;
        });
    }
    [[nodiscard]] bool isOver() const { return ends > 0; }

    ListenerWorker worker;
    std::vector<core::UniqueFd> accepted;
    core::End end;
    int ends = 0;
};

} // namespace

/// A worker that lies, crashes or hangs is ended with the right reason, and nothing else is (threats rows 42,
/// 44 and 46, as far as the program's side goes).
class SupervisorTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void row38_row41_aWorkerGetsWhatItNeedsAndNothingElse();
    void aSessionThatMisbehavesIsEndedAndNothingElse_data();
    void aSessionThatMisbehavesIsEndedAndNothingElse();
    void aListenerThatPassesWhatIsNoConnectionIsEnded_data();
    void aListenerThatPassesWhatIsNoConnectionIsEnded();
    void connectionsArePassedUpAndTaken();
    void connectionsPassedBeforeACrashAreLetThrough();
    void aSessionCanPassNothingUp();
    void lastWordsAreHeardThoughWritingFails();
    void aFloodHoldsNeitherTheEventLoopNorAnybodyElse_data();
    void aFloodHoldsNeitherTheEventLoopNorAnybodyElse();
    void chatterOnStandardErrorIsKeptInBounds();
    void aMissingProgramIsToldAsMissing();
    void whatCannotBeRunIsToldWithErrno();
    void stopWorksAtAnyMoment_data();
    void stopWorksAtAnyMoment();
    void everythingQueuedArrivesBeforeTheEnd();
    void aDeafWorkerIsKilledInTime();
    void aDeletedWorkerLeavesNothingAndNobodyWaits();
    void aThousandSessionsLeaveNothing();

private:
    tests::FakeWorkers fakes_;
    qsizetype descriptors_ = 0;
    std::unique_ptr<tests::LoopWatch> loop_;
    std::unique_ptr<Session> good_;
};

void SupervisorTest::init() {
    // The neighbour that nothing may happen to.
    good_ = std::make_unique<Session>(fakes_.program(u"good"_s));
    good_->start();
    QTRY_VERIFY_WITH_TIMEOUT(good_->opened, patience);
    descriptors_ = tests::descriptorCount();
    loop_ = std::make_unique<tests::LoopWatch>();
}

void SupervisorTest::cleanup() {
    QVERIFY2(loop_->longestMilliseconds() <= held, qPrintable(QString::number(loop_->longestMilliseconds())));
    loop_.reset();
    QCOMPARE(good_->ends, 0);
    good_->say(u"still there"_s);
    QTRY_COMPARE_WITH_TIMEOUT(good_->texts, QStringList{u"still there"_s}, patience);
    QTRY_COMPARE_WITH_TIMEOUT(tests::children(), QSet<qint64>{good_->worker.pid()}, patience);
    QTRY_COMPARE_WITH_TIMEOUT(tests::descriptorCount(), descriptors_, patience);
    good_->worker.stop();
    QTRY_VERIFY_WITH_TIMEOUT(good_->isOver(), patience);
    QCOMPARE(good_->end, (core::End{Reason::StoppedByUs, 0, 0}));
    good_.reset();
    QVERIFY(tests::children().isEmpty());
}

void SupervisorTest::row38_row41_aWorkerGetsWhatItNeedsAndNothingElse() {
    // Neither the environment nor a descriptor of the program's leaks.
    qputenv("LD_PRELOAD_OF_NOBODY", "1");
    qputenv("TZ", "UTC");
    const int stray = ::dup(STDERR_FILENO); // not close-on-exec
    Session session(fakes_.program(u"looks"_s));
    session.start();
    QTRY_COMPARE_WITH_TIMEOUT(session.count, 5, patience);
    QCOMPARE(session.texts,
             (QStringList{u"descriptors 0 1 2 3 4"_s, u"environment LANG TZ "_s, u"blocked SIGUSR1 "_s,
                          u"folder /"_s, u"parent %1"_s.arg(::getpid())}));
    ::close(stray);
    session.worker.stop();
    QTRY_VERIFY_WITH_TIMEOUT(session.isOver(), patience);
}

void SupervisorTest::aSessionThatMisbehavesIsEndedAndNothingElse_data() {
    QTest::addColumn<Reason>("reason");
    QTest::addColumn<int>("number");
    const auto row = [](const char* command, Reason reason, int number = 0) {
        QTest::newRow(command) << reason << number;
    };
    row("silent", Reason::WorkerSilent);
    row("exits", Reason::WorkerBroke, 3);
    row("goes-without-a-word", Reason::WorkerBroke, 7);
    row("half-a-frame", Reason::WorkerBroke);
    row("aborts", Reason::WorkerCrashed, SIGABRT);
    row("aborts-open", Reason::WorkerCrashed, SIGABRT);
    row("leaves-its-channel", Reason::WorkerCrashed, SIGABRT);
    row("sandboxed", Reason::WorkerSandboxed);
    row("sandboxed-by-name", Reason::WorkerSandboxed, 435);
    row("sandboxed-in-half-a-frame", Reason::WorkerSandboxed, 41);
    row("sandboxed-without-a-number", Reason::WorkerSandboxed);
    row("no-sandbox", Reason::SandboxMissing, EPERM);
    row("opens-unconfined", Reason::WorkerBroke);
    row("half-a-sandbox", Reason::WorkerBroke);
    row("stays-after-the-end", Reason::PeerClosed);
    for (const char* command :
         {"garbage", "length-zero", "length-over", "length-huge", "unknown-type", "too-early", "ready-twice",
          "listener-words", "written-unsent", "measured-unasked", "after-the-end", "closes-channel"})
        row(command, Reason::WorkerBroke);
}

void SupervisorTest::aSessionThatMisbehavesIsEndedAndNothingElse() {
    QFETCH(Reason, reason);
    QFETCH(int, number);
    Session session(fakes_.program(QString::fromLatin1(QTest::currentDataTag())));
    session.start();
    QTRY_VERIFY_WITH_TIMEOUT(session.isOver(), patience);
    QCOMPARE(core::code(session.end.reason), core::code(reason));
    QCOMPARE(session.end.number, number);
    QCOMPARE(session.worker.pid(), 0);
    QCOMPARE(session.ends, 1);
}

void SupervisorTest::aListenerThatPassesWhatIsNoConnectionIsEnded_data() {
    QTest::addColumn<bool>("unused");
    for (const char* command : {"passes-file", "passes-listening", "passes-unconnected-datagram",
                                "passes-own-channel", "header-wrong"})
        QTest::newRow(command) << true;
}

void SupervisorTest::aListenerThatPassesWhatIsNoConnectionIsEnded() {
    Listener listener(fakes_.program(QString::fromLatin1(QTest::currentDataTag())));
    listener.worker.start(0);
    QTRY_VERIFY_WITH_TIMEOUT(listener.isOver(), patience);
    QCOMPARE(core::code(listener.end.reason), core::code(Reason::WorkerBroke));
    QVERIFY(listener.accepted.empty());
}

void SupervisorTest::connectionsArePassedUpAndTaken() {
    Listener listener(fakes_.program(u"passes-two"_s));
    listener.worker.start(0);
    QTRY_COMPARE_WITH_TIMEOUT(listener.accepted.size(), std::size_t(2), patience);
    sockaddr_in peer{};
    socklen_t size = sizeof peer;
    QCOMPARE(::getpeername(listener.accepted[0].get(), reinterpret_cast<sockaddr*>(&peer), &size), 0);
    listener.worker.stop();
    QTRY_VERIFY_WITH_TIMEOUT(listener.isOver(), patience);
    QCOMPARE(core::code(listener.end.reason), core::code(Reason::StoppedByUs));
}

void SupervisorTest::connectionsPassedBeforeACrashAreLetThrough() {
    Listener listener(fakes_.program(u"passes-and-crashes"_s));
    listener.worker.start(0);
    QTRY_VERIFY_WITH_TIMEOUT(listener.isOver(), patience);
    QCOMPARE(listener.end, (core::End{Reason::WorkerCrashed, SIGABRT, 0}));
    QCOMPARE(listener.accepted.size(), std::size_t(1));
}

void SupervisorTest::aSessionCanPassNothingUp() {
    Session session(fakes_.program(u"session-passes"_s));
    session.start();
    QTRY_COMPARE_WITH_TIMEOUT(session.texts, QStringList{u"refused"_s}, patience);
    session.worker.stop();
    QTRY_VERIFY_WITH_TIMEOUT(session.isOver(), patience);
}

void SupervisorTest::lastWordsAreHeardThoughWritingFails() {
    Session session(fakes_.program(u"says-much-and-goes"_s));
    quint64 number = 0;
    // Something is written to it all the time, also after it is gone.
    connect(&session.worker, &SessionWorker::received, this,
            [&] { session.worker.send(++number, u"x"_s.repeated(20000)); });
    session.start();
    QTRY_VERIFY_WITH_TIMEOUT(session.isOver(), patience);
    QCOMPARE(session.count, 3000);
    QCOMPARE(session.texts.last(), u"2999"_s);
    QCOMPARE(session.end, (core::End{Reason::PeerClosed, 0, 3000}));
}

void SupervisorTest::aFloodHoldsNeitherTheEventLoopNorAnybodyElse_data() {
    QTest::addColumn<int>("enough");
    QTest::newRow("floods") << 50000;
    QTest::newRow("floods-long") << 2000;
}

void SupervisorTest::aFloodHoldsNeitherTheEventLoopNorAnybodyElse() {
    QFETCH(int, enough);
    Session session(fakes_.program(QString::fromLatin1(QTest::currentDataTag())));
    session.start();
    QTRY_VERIFY_WITH_TIMEOUT(session.opened, patience);
    QElapsedTimer answer;
    answer.start();
    good_->say(u"in the flood"_s);
    QTRY_COMPARE_WITH_TIMEOUT(good_->texts.size(), 1, patience);
    QVERIFY2(answer.elapsed() < held, qPrintable(QString::number(answer.elapsed())));
    good_->texts.clear();
    QTRY_VERIFY_WITH_TIMEOUT(session.count >= enough, patience);
    session.worker.stop(); // it never looks: SIGKILL
    QTRY_VERIFY_WITH_TIMEOUT(session.isOver(), patience);
    QCOMPARE(core::code(session.end.reason), core::code(Reason::StoppedByUs));
}

void SupervisorTest::chatterOnStandardErrorIsKeptInBounds() {
    Session session(fakes_.program(u"chatters"_s));
    session.start();
    QTRY_VERIFY_WITH_TIMEOUT(session.opened, patience);
    QTRY_VERIFY_WITH_TIMEOUT(session.worker.errorOutput().endsWith("the last line\n"), patience);
    QCOMPARE(session.worker.errorOutput().size(), qsizetype(core::limits::workerErrorOutput));
    session.worker.stop();
    QTRY_VERIFY_WITH_TIMEOUT(session.isOver(), patience);
}

void SupervisorTest::aMissingProgramIsToldAsMissing() {
    Session session(fakes_.folder() + u"/none"_s);
    session.start();
    QCOMPARE(session.ends, 0); // never from within start()
    QTRY_VERIFY_WITH_TIMEOUT(session.isOver(), patience);
    QCOMPARE(session.end, (core::End{Reason::WorkerMissing, ENOENT, 0}));
}

void SupervisorTest::whatCannotBeRunIsToldWithErrno() {
    QFile file(fakes_.folder() + u"/no-program"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("\x7f"
               "ELF is how a program begins");
    file.close();
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    {
        Session session(file.fileName());
        session.start();
        QTRY_VERIFY_WITH_TIMEOUT(session.isOver(), patience);
        QCOMPARE(session.end, (core::End{Reason::WorkerNotStarted, ENOEXEC, 0}));
        session.worker.stop(); // of no use, and harmless
    }
    // Qt 6.4 forgets to close its own end of a pipe when exec fails; nothing but that may be left.
    QVERIFY(tests::descriptorCount() <= descriptors_ + 1);
    descriptors_ = tests::descriptorCount();
}

void SupervisorTest::stopWorksAtAnyMoment_data() {
    QTest::addColumn<int>("moment");
    QTest::newRow("before it is started") << 0;
    QTest::newRow("right after") << 1;
    QTest::newRow("when it is open") << 2;
    QTest::newRow("twice") << 3;
    QTest::newRow("after its end") << 4;
}

void SupervisorTest::stopWorksAtAnyMoment() {
    QFETCH(int, moment);
    Session session(fakes_.program(u"good"_s));
    if (moment == 0)
        session.worker.stop();
    session.start();
    if (moment == 1 || moment == 3)
        session.worker.stop();
    if (moment == 2 || moment == 4)
        QTRY_VERIFY_WITH_TIMEOUT(session.opened, patience);
    if (moment >= 2)
        session.worker.stop();
    QTRY_VERIFY_WITH_TIMEOUT(session.isOver(), patience);
    if (moment == 4)
        session.worker.stop();
    QCOMPARE(session.end, (core::End{Reason::StoppedByUs, 0, 0}));
    QCOMPARE(session.ends, 1);
}

void SupervisorTest::everythingQueuedArrivesBeforeTheEnd() {
    // More than the worker is handed at once: NoMore waits behind all of it.
    Session session(fakes_.program(u"good"_s));
    session.start();
    QTRY_VERIFY_WITH_TIMEOUT(session.opened, patience);
    constexpr quint64 messages = 64;
    for (quint64 number = 1; number <= messages; ++number)
        session.worker.send(number, QString(qsizetype(core::limits::messageText), u'a'));
    QVERIFY(session.worker.queuedBytes() > core::limits::unwrittenText);
    session.worker.stop();
    QTRY_VERIFY_WITH_TIMEOUT(session.isOver(), patience);
    QCOMPARE(session.written, messages);
    QCOMPARE(session.count, qsizetype(messages));
    QCOMPARE(session.end, (core::End{Reason::StoppedByUs, 0, 0}));
}

void SupervisorTest::aDeafWorkerIsKilledInTime() {
    // Threats row 43: SIGUSR1, SIGTERM, SIGKILL.
    Session session(fakes_.program(u"deaf"_s));
    session.start();
    QTRY_VERIFY_WITH_TIMEOUT(session.opened, patience);
    session.worker.send(1, u"never written"_s);
    QElapsedTimer since;
    since.start();
    session.worker.stop();
    QTRY_VERIFY_WITH_TIMEOUT(session.isOver(), patience);
    QVERIFY(since.elapsed() >= std::chrono::milliseconds(core::limits::untilKill).count() - 50);
    QVERIFY(since.elapsed() <= std::chrono::milliseconds(core::limits::untilKill).count() + 1000);
    QCOMPARE(session.end, (core::End{Reason::StoppedByUs, 0, 1}));
}

void SupervisorTest::aDeletedWorkerLeavesNothingAndNobodyWaits() {
    auto session = std::make_unique<Session>(fakes_.program(u"deaf"_s));
    session->start();
    QTRY_VERIFY_WITH_TIMEOUT(session->opened, patience);
    const qint64 pid = session->worker.pid();
    QVERIFY(tests::children().contains(pid));
    session.reset();
    auto fresh = std::make_unique<Session>(fakes_.program(u"good"_s));
    fresh->start();
    fresh.reset(); // while it starts
    // cleanup() sees that both are gone, and how long the loop was held
}

void SupervisorTest::aThousandSessionsLeaveNothing() {
    // Rows 41 and 42. Ten at a time.
    for (int round = 0; round < 100; ++round) {
        std::vector<std::unique_ptr<Session>> sessions;
        for (int i = 0; i < 10; ++i) {
            sessions.push_back(
                std::make_unique<Session>(fakes_.program(i % 2 == 0 ? u"good"_s : u"aborts-open"_s)));
            sessions.back()->start();
            QCoreApplication::processEvents();
        }
        for (const auto& session : sessions) {
            QTRY_VERIFY_WITH_TIMEOUT(session->opened || session->isOver(), patience);
            session->worker.stop();
        }
        for (const auto& session : sessions)
            QTRY_VERIFY_WITH_TIMEOUT(session->isOver(), patience);
    }
}

QTEST_GUILESS_MAIN(SupervisorTest)
#include "supervisor_test.moc"

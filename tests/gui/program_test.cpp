#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;

namespace {

/// A run of kith in a home of its own.
class Run final {
public:
    explicit Run(const QString& home) {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"HOME"_s, home);
        environment.insert(u"XDG_DATA_HOME"_s, home + u"/data"_s);
        environment.insert(u"XDG_RUNTIME_DIR"_s, home);
        environment.remove(u"DBUS_SESSION_BUS_ADDRESS"_s);
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        process.setProcessEnvironment(environment);
    }

    ~Run() {
        process.kill();
        process.waitForFinished();
    }

    /// -1 where it does not end.
    int status(const QStringList& arguments) {
        process.start(QStringLiteral(KITH_PROGRAM), arguments);
        return process.waitForFinished(20000) && process.exitStatus() == QProcess::NormalExit
                   ? process.exitCode()
                   : -1;
    }

    void start(const QStringList& arguments) { process.start(QStringLiteral(KITH_PROGRAM), arguments); }

    QProcess process;
};

/// The workers that a program has started, from /proc/PID/task/PID/children (proc(5)).
QList<QByteArray> childrenOf(qint64 pid) {
    QFile file(u"/proc/%1/task/%1/children"_s.arg(pid));
    const QByteArray pids = file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
    return pids.isEmpty() ? QList<QByteArray>() : pids.split(' ');
}

} // namespace

/// The program as a whole, from its command line to its end.
class ProgramTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void helpAndVersionNeedNoDisplay();
    void aMistakeIsUsage();
    void aSecondStartHandsOverAndNeedsNoDisplay();
    void aSignalEndsItWellWithItsWorkers();
    void aProfileThatOthersMayEnterIsRefused();
    void aLogHoldsNeitherNamesNorTexts();
    void aLogThatCannotBeWrittenIsTold();
};

void ProgramTest::helpAndVersionNeedNoDisplay() {
    QTemporaryDir home;
    for (const QString& option : {u"--help"_s, u"--version"_s}) {
        Run run(home.path());
        QProcessEnvironment environment = run.process.processEnvironment();
        environment.insert(u"QT_QPA_PLATFORM"_s, u"none-such"_s);
        run.process.setProcessEnvironment(environment);
        QCOMPARE(run.status({option}), 0);
        QVERIFY(run.process.readAllStandardOutput().startsWith("kith"));
        QVERIFY(!QDir(home.path() + u"/data"_s).exists());
    }
}

void ProgramTest::aMistakeIsUsage() {
    QTemporaryDir home;
    Run run(home.path());
    QCOMPARE(run.status({u"--no-such-option"_s}), 2);
    QVERIFY(run.process.readAllStandardError().contains("--no-such-option"));
}

void ProgramTest::aSecondStartHandsOverAndNeedsNoDisplay() {
    QTemporaryDir home;
    Run first(home.path());
    first.start({u"--background"_s});
    QVERIFY(QTest::qWaitFor([&] { return QFile::exists(home.path() + u"/data/kith/run/control"_s); }, 20000));
    Run second(home.path());
    QProcessEnvironment environment = second.process.processEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"none-such"_s);
    second.process.setProcessEnvironment(environment);
    QCOMPARE(second.status({u"--connect"_s, u"192.168.1.7"_s}), 0);
    QCOMPARE(first.process.state(), QProcess::Running);
}

void ProgramTest::aSignalEndsItWellWithItsWorkers() {
    QTemporaryDir home;
    Run run(home.path());
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress::Any));
    const quint16 port = probe.serverPort();
    probe.close();
    run.start({u"--host=%1"_s.arg(port)});
    QVERIFY(QTest::qWaitFor([&] { return QFile::exists(home.path() + u"/data/kith/run/control"_s); }, 20000));
    QTcpSocket caller;
    QVERIFY(QTest::qWaitFor(
        [&] {
            if (caller.state() == QAbstractSocket::UnconnectedState)
                caller.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
            return caller.state() == QAbstractSocket::ConnectedState;
        },
        20000));
    QVERIFY(QTest::qWaitFor([&] { return childrenOf(run.process.processId()).size() == 2; }, 20000));
    const QList<QByteArray> workers = childrenOf(run.process.processId());
    QCOMPARE(::kill(static_cast<pid_t>(run.process.processId()), SIGTERM), 0);
    QVERIFY(run.process.waitForFinished(20000));
    QCOMPARE(run.process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(run.process.exitCode(), 0);
    for (const QByteArray& worker : workers)
        QVERIFY(!QFile::exists(u"/proc/"_s + QString::fromLatin1(worker)));
}

void ProgramTest::aProfileThatOthersMayEnterIsRefused() {
    QTemporaryDir home;
    const QString folder = home.path() + u"/open"_s;
    QVERIFY(QDir().mkdir(folder));
    QVERIFY(QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner |
                                              QFile::ReadOther | QFile::ExeOther));
    Run run(home.path());
    run.start({u"--profile"_s, folder});
    // It says so on standard error at once, and in a window that waits for the person.
    QVERIFY(QTest::qWaitFor(
        [&] { return run.process.readAllStandardError().contains("cannot use its folder"); }, 20000));
}

void ProgramTest::aLogHoldsNeitherNamesNorTexts() {
    QTemporaryDir home;
    const QString log = home.path() + u"/log"_s;
    const auto logged = [&log] {
        QFile file(log);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress::Any));
    const quint16 port = probe.serverPort();
    probe.close();
    Run run(home.path());
    run.start({u"--log"_s, log, u"--host=%1"_s.arg(port)});
    QVERIFY(QTest::qWaitFor([&] { return logged().contains(" listening port="); }, 20000));
    QVERIFY(logged().contains(QByteArray::number(port)));
    QCOMPARE(QFile::permissions(log) &
                 (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
             QFile::Permissions());
    QTcpSocket caller;
    caller.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    QVERIFY(caller.waitForConnected(20000));
    caller.write("a secret text\n");
    QVERIFY(QTest::qWaitFor([&] { return logged().contains(" request conversation=1 worker="); }, 20000));
    caller.close();
    QVERIFY(QTest::qWaitFor([&] { return logged().contains(" closed conversation=1 "); }, 20000));
    QVERIFY(logged().contains(" reason=peer-closed "));
    QCOMPARE(::kill(static_cast<pid_t>(run.process.processId()), SIGTERM), 0);
    QVERIFY(run.process.waitForFinished(20000));
    QVERIFY(logged().contains(" door started=1 "));
    QVERIFY(logged().trimmed().endsWith(" ended"));
    QVERIFY(!logged().contains("secret") && !logged().contains("127.0.0.1"));
}

void ProgramTest::aLogThatCannotBeWrittenIsTold() {
    QTemporaryDir home;
    Run run(home.path());
    QCOMPARE(run.status({u"--log"_s, home.path()}), 1);
    QVERIFY(run.process.readAllStandardError().contains("cannot write the log"));
}

QTEST_GUILESS_MAIN(ProgramTest)
#include "program_test.moc"

#include "core/limits.h"
#include "supervisor/control.h"
#include "supervisor/control_line.h"

#include <QDir>
#include <QFile>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <csignal>
#include <utility>

#include <grp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace kith::supervisor;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 10000;

/// What one request heard.
struct Heard {
    explicit Heard(ControlRequest& request) {
        QObject::connect(&request, &ControlRequest::out, &request, [this](const QByteArray& b) { out += b; });
        QObject::connect(&request, &ControlRequest::error, &request,
                         [this](const QByteArray& b) { error += b; });
        QObject::connect(&request, &ControlRequest::finished, &request, [this](int s) { status = s; });
        QObject::connect(&request, &ControlRequest::failed, &request, [this] { failed = true; });
    }
    [[nodiscard]] bool isOver() const { return status >= 0 || failed; }

    QByteArray out;
    QByteArray error;
    int status = -1;
    bool failed = false;
};

/// What came of an attempt, as an exit status.
enum Attempt : int { Answered = 0, CutOff = 10, NotReached };

/// A process of this user that connects, writes and reads to the end. Only async-signal-safe calls after
/// fork.
pid_t askAs(uid_t user, const QString& path, const QByteArray& line) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray name = QFile::encodeName(path);
    qstrncpy(address.sun_path, name.constData(), sizeof address.sun_path);
    const pid_t pid = ::fork();
    if (pid != 0)
        return pid;
    ::signal(SIGPIPE, SIG_IGN);
    const bool became = ::setgroups(0, nullptr) == 0 && ::setgid(user) == 0 && ::setuid(user) == 0;
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    if (!became || ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        ::_exit(NotReached);
    (void)!::write(socket, line.constData(), std::size_t(line.size()));
    char byte = 0;
    ::_exit(::read(socket, &byte, 1) == 1 ? Answered : CutOff);
}

} // namespace

/// A second program of the same profile is answered by the first (threats row 34: and nobody else is).
class ControlTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aCommandIsCarriedOutAndAnswered();
    void anAnswerMayComeLaterAndInPieces();
    void aPathLongerThanASocketAddressWorks();
    void aSocketThatACrashLeftBehindIsReplaced();
    void row34_aLinkInItsPlaceIsReplacedAndNotFollowed_data();
    void row34_aLinkInItsPlaceIsReplacedAndNotFollowed();
    void row34_theSocketIsForItsOwnerAloneAndGoesAtTheEnd();
    void row34_anotherUserWhoReachesItIsRefused();
    void nobodyThereIsAFailureInTime();
    void aServerThatBeginsAMomentLaterIsFound();
    void whatIsNoCommandIsAnsweredWithUsage_data();
    void whatIsNoCommandIsAnsweredWithUsage();
    void anEndlessLineIsCutOff();
    void whoAskedAndLeftIsTold();
    void aLongAnswerWaitsForItsReader();
    void anAnswerThatIsWholeWaitsForASlowReader();
    void aServerThatIsClosedAnswersWhoHasAskedAlready();
    void aServerThatAnswersNonsenseIsAFailure();

private:
    std::unique_ptr<QTemporaryDir> folder_;
    QString path_;
    std::unique_ptr<ControlServer> server_;
};

void ControlTest::init() {
    server_.reset();
    folder_ = std::make_unique<QTemporaryDir>();
    path_ = folder_->filePath(u"control"_s);
    server_ = std::make_unique<ControlServer>();
    connect(server_.get(), &ControlServer::command, this,
            [](const ControlCommand& command, ControlReply* reply) {
                if (command.words.first() == "silence"_L1)
                    return;
                reply->writeOut(command.words.join(u'|').toUtf8() + '\n' + command.input);
                reply->writeError("noted\n");
                reply->finish(static_cast<int>(command.words.size()));
            });
    QString why;
    QVERIFY2(server_->listen(path_, &why), qPrintable(why));
}

void ControlTest::aCommandIsCarriedOutAndAnswered() {
    ControlRequest request;
    Heard heard(request);
    request.start(path_, {{u"connect"_s, u"host \u00e9"_s, u"--plain"_s}, QByteArray("\0\xFF", 2)});
    QTRY_VERIFY_WITH_TIMEOUT(heard.isOver(), patience);
    QCOMPARE(heard.status, 3);
    QCOMPARE(heard.out, u"connect|host \u00e9|--plain\n"_s.toUtf8() + QByteArray("\0\xFF", 2));
    QCOMPARE(heard.error, QByteArray("noted\n"));
}

void ControlTest::anAnswerMayComeLaterAndInPieces() {
    ControlReply* later = nullptr;
    server_->disconnect(this);
    connect(server_.get(), &ControlServer::command, this,
            [&](const ControlCommand&, ControlReply* reply) { later = reply; });
    ControlRequest request;
    Heard heard(request);
    request.start(path_, {{u"history"_s}, {}});
    QTRY_VERIFY_WITH_TIMEOUT(later != nullptr, patience);
    const QByteArray much(3 * 1024 * 1024, 'h');
    later->writeOut(much);
    QTRY_COMPARE_WITH_TIMEOUT(heard.out.size(), much.size(), patience);
    QVERIFY(!heard.isOver());
    later->finish(0);
    QTRY_COMPARE_WITH_TIMEOUT(heard.status, 0, patience);
}

void ControlTest::aPathLongerThanASocketAddressWorks() {
#ifndef __linux__
    QSKIP("only Linux reaches a socket through its folder's descriptor");
#endif
    const QString deep = folder_->filePath(u"x"_s.repeated(200));
    QVERIFY(QDir().mkdir(deep));
    ControlServer server;
    connect(&server, &ControlServer::command, this,
            [](const ControlCommand&, ControlReply* reply) { reply->finish(0); });
    QString why;
    QVERIFY2(server.listen(deep + u"/control"_s, &why), qPrintable(why));
    QVERIFY(QFile::exists(deep + u"/control"_s));
    ControlRequest request;
    Heard heard(request);
    request.start(deep + u"/control"_s, {{u"open"_s}, {}});
    QTRY_COMPARE_WITH_TIMEOUT(heard.status, 0, patience);
}

void ControlTest::aSocketThatACrashLeftBehindIsReplaced() {
    const QString old = folder_->filePath(u"old"_s);
    QVERIFY(QFile::copy(QStringLiteral("/dev/null"), old)); // any file of that name
    ControlServer server;
    QString why;
    QVERIFY2(server.listen(old, &why), qPrintable(why));
    struct stat status {};
    QCOMPARE(::lstat(QFile::encodeName(old).constData(), &status), 0);
    QVERIFY(S_ISSOCK(status.st_mode));
}

void ControlTest::row34_aLinkInItsPlaceIsReplacedAndNotFollowed_data() {
    QTest::addColumn<bool>("dangling");
    QTest::newRow("dangling") << true;
    QTest::newRow("to a file") << false;
}

void ControlTest::row34_aLinkInItsPlaceIsReplacedAndNotFollowed() {
    QFETCH(bool, dangling);
    const QString link = folder_->filePath(u"link"_s);
    QFile target(folder_->filePath(u"target"_s));
    if (!dangling)
        QVERIFY(target.open(QIODevice::WriteOnly) && target.write("precious") > 0 && target.flush());
    QVERIFY(QFile::link(target.fileName(), link));
    ControlServer server;
    QString why;
    QVERIFY2(server.listen(link, &why), qPrintable(why));
    struct stat status {};
    QCOMPARE(::lstat(QFile::encodeName(link).constData(), &status), 0);
    QVERIFY(S_ISSOCK(status.st_mode));
    QCOMPARE(QFileInfo(target.fileName()).size(), dangling ? 0 : 8);
    QCOMPARE(QFile::exists(target.fileName()), !dangling);
}

void ControlTest::row34_theSocketIsForItsOwnerAloneAndGoesAtTheEnd() {
    struct stat status {};
    QCOMPARE(::lstat(QFile::encodeName(path_).constData(), &status), 0);
    QCOMPARE(status.st_mode & (S_IRWXG | S_IRWXO), 0U);
    server_.reset();
    QVERIFY(!QFile::exists(path_));
}

void ControlTest::row34_anotherUserWhoReachesItIsRefused() {
    if (::geteuid() != 0)
        QSKIP("only root can become another user");
    // No mode of a folder or a socket is in the way: what is left is the look at who connects.
    QCOMPARE(::chmod(QFile::encodeName(folder_->path()).constData(), 0755), 0);
    QCOMPARE(::chmod(QFile::encodeName(path_).constData(), 0777), 0);
    QSignalSpy commands(server_.get(), &ControlServer::command);
    for (const uid_t user : {uid_t{0}, uid_t{65534}}) {
        const pid_t asker = askAs(user, path_, toLine(ControlCommand{{u"history"_s}, {}}));
        QVERIFY(asker > 0);
        int status = 0;
        pid_t gone = 0;
        QTRY_VERIFY_WITH_TIMEOUT(gone != 0 || (gone = ::waitpid(asker, &status, WNOHANG)) != 0, patience);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), user == 0 ? int(Answered) : int(CutOff));
        QCOMPARE(commands.size(), 1);
    }
}

void ControlTest::nobodyThereIsAFailureInTime() {
    server_.reset();
    ControlRequest request;
    Heard heard(request);
    request.start(path_, {{u"open"_s}, {}});
    QVERIFY(!heard.isOver()); // never from within start()
    QTRY_VERIFY_WITH_TIMEOUT(heard.failed, patience);
}

void ControlTest::aServerThatBeginsAMomentLaterIsFound() {
    const QString later = folder_->filePath(u"later"_s);
    ControlRequest request;
    Heard heard(request);
    request.start(later, {{u"open"_s}, {}});
    ControlServer server;
    connect(&server, &ControlServer::command, this,
            [](const ControlCommand&, ControlReply* reply) { reply->finish(0); });
    QTimer::singleShot(300, this, [&] {
        QString why;
        QVERIFY(server.listen(later, &why));
    });
    QTRY_COMPARE_WITH_TIMEOUT(heard.status, 0, patience);
}

void ControlTest::whatIsNoCommandIsAnsweredWithUsage_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("garbage") << QByteArray("\xFF\x00\x80 GET / HTTP/1.1\n", 19);
    QTest::newRow("empty") << QByteArray("\n");
    QTest::newRow("not a command") << QByteArray("{\"words\":7}\n");
}

void ControlTest::whatIsNoCommandIsAnsweredWithUsage() {
    QFETCH(QByteArray, line);
    QLocalSocket socket;
    socket.connectToServer(path_);
    socket.write(line);
    QTRY_COMPARE_WITH_TIMEOUT(socket.state(), QLocalSocket::UnconnectedState, patience);
    QCOMPARE(socket.readAll(), QByteArray("{\"exit\":2}\n"));
}

void ControlTest::anEndlessLineIsCutOff() {
    QLocalSocket socket;
    socket.connectToServer(path_);
    socket.write(QByteArray(static_cast<qsizetype>(kith::core::limits::controlLine) + 1, 'x'));
    QTRY_COMPARE_WITH_TIMEOUT(socket.state(), QLocalSocket::UnconnectedState, patience);
}

void ControlTest::whoAskedAndLeftIsTold() {
    bool abandoned = false;
    server_->disconnect(this);
    connect(server_.get(), &ControlServer::command, this, [&](const ControlCommand&, ControlReply* reply) {
        connect(reply, &ControlReply::abandoned, this, [&] { abandoned = true; });
    });
    auto request = std::make_unique<ControlRequest>();
    bool taken = false;
    connect(server_.get(), &ControlServer::command, this, [&] { taken = true; });
    request->start(path_, {{u"silence"_s}, {}});
    QTRY_VERIFY_WITH_TIMEOUT(taken, patience);
    request.reset();
    QTRY_VERIFY_WITH_TIMEOUT(abandoned, patience);
}

void ControlTest::aLongAnswerWaitsForItsReader() {
    ControlReply* reply = nullptr;
    server_->disconnect(this);
    connect(server_.get(), &ControlServer::command, this,
            [&](const ControlCommand&, ControlReply* asked) { reply = asked; });
    QLocalSocket reader;
    reader.setReadBufferSize(1);
    reader.connectToServer(path_);
    reader.write("{\"words\":[\"history\"]}\n");
    QTRY_VERIFY_WITH_TIMEOUT(reply, patience);
    const QByteArray piece(64 * 1024, 'h');
    qsizetype written = 0;
    const auto fill = [&] {
        while (!reply->isFull()) {
            reply->writeOut(piece);
            written += piece.size();
        }
    };
    fill();
    QVERIFY(written < static_cast<qsizetype>(kith::core::limits::controlBacklog));
    const qsizetype ahead = written;
    connect(reply, &ControlReply::roomMade, this, [&] {
        if (written < 8 * ahead)
            fill();
        else if (reply)
            std::exchange(reply, nullptr)->finish(0);
    });
    reader.setReadBufferSize(0);
    QByteArray all;
    connect(&reader, &QLocalSocket::readyRead, this, [&] { all += reader.readAll(); });
    QTRY_COMPARE_WITH_TIMEOUT(reader.state(), QLocalSocket::UnconnectedState, patience);
    all += reader.readAll();
    QVERIFY(all.endsWith("{\"exit\":0}\n"));
    QVERIFY(all.size() > written); // base64, every byte of it
}

void ControlTest::anAnswerThatIsWholeWaitsForASlowReader() {
    server_->disconnect(this);
    connect(server_.get(), &ControlServer::command, this, [](const ControlCommand&, ControlReply* reply) {
        reply->writeOut(QByteArray(2 * 1024 * 1024, 'h')); // more than the socket holds
        reply->finish(0);
    });
    QLocalSocket reader;
    reader.setReadBufferSize(1);
    reader.connectToServer(path_);
    reader.write("{\"words\":[\"history\"]}\n");
    QTRY_VERIFY_WITH_TIMEOUT(reader.bytesAvailable() > 0, patience);
    // Longer than anybody waits for an answer that is under way.
    QTest::qWait(static_cast<int>(std::chrono::milliseconds(kith::core::limits::controlAnswer).count()) +
                 1000);
    QByteArray all;
    reader.setReadBufferSize(0);
    connect(&reader, &QLocalSocket::readyRead, this, [&] { all += reader.readAll(); });
    all += reader.readAll();
    QTRY_COMPARE_WITH_TIMEOUT(reader.state(), QLocalSocket::UnconnectedState, patience);
    all += reader.readAll();
    QVERIFY(all.endsWith("{\"exit\":0}\n"));
}

void ControlTest::aServerThatIsClosedAnswersWhoHasAskedAlready() {
    ControlReply* reply = nullptr;
    server_->disconnect(this);
    connect(server_.get(), &ControlServer::command, this,
            [&](const ControlCommand&, ControlReply* asked) { reply = asked; });
    QVERIFY(!server_->isBusy());
    ControlRequest request;
    Heard heard(request);
    request.start(path_, {{u"history"_s}, {}});
    QTRY_VERIFY_WITH_TIMEOUT(reply, patience);
    QVERIFY(server_->isBusy());
    server_->close();
    QVERIFY(!QFile::exists(path_));
    QSignalSpy idle(server_.get(), &ControlServer::idle);
    reply->writeOut("all of it");
    reply->finish(0);
    QTRY_COMPARE_WITH_TIMEOUT(heard.status, 0, patience);
    QCOMPARE(heard.out, QByteArray("all of it"));
    QTRY_COMPARE_WITH_TIMEOUT(idle.size(), 1, patience);
    QVERIFY(!server_->isBusy());
}

void ControlTest::aServerThatAnswersNonsenseIsAFailure() {
    server_->disconnect(this);
    connect(server_.get(), &ControlServer::command, this,
            [](const ControlCommand&, ControlReply* reply) { reply->deleteLater(); });
    ControlRequest request;
    Heard heard(request);
    request.start(path_, {{u"open"_s}, {}});
    QTRY_VERIFY_WITH_TIMEOUT(heard.failed, patience);
    QCOMPARE(heard.status, -1);
}

QTEST_GUILESS_MAIN(ControlTest)
#include "control_test.moc"

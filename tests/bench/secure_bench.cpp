// Between two contacts on one computer: from the call until the other's PROFILE is here, through real workers
// and another program, beside the classic server that forks for each connection; and what an idle session's
// worker keeps for itself at both ends, beside a bare C program that holds one TLS connection.
#include "model/history.h"
#include "model/identity.h"
#include "model/invites.h"
#include "model/messenger.h"
#include "model/people.h"
#include "model/preferences.h"
#include "report.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include <netinet/in.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace kith;
using namespace Qt::StringLiterals;
using core::ConversationState;
using model::Conversation;

namespace {

constexpr int patience = 20000;
constexpr double nanosecondsPerMillisecond = 1e6;

[[noreturn]] void giveUp(const char* what) {
    std::fprintf(stderr, "bench_secure: %s\n", what);
    std::exit(1);
}

/// The control: a process that forks for every connection, and whose child says one byte.
class ForkingServer final {
public:
    ForkingServer() {
        const int listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        socklen_t size = sizeof address_;
        address_.sin_family = AF_INET;
        address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::bind(listening, reinterpret_cast<sockaddr*>(&address_), size) != 0 ||
            ::listen(listening, 16) != 0)
            giveUp("no port");
        ::getsockname(listening, reinterpret_cast<sockaddr*>(&address_), &size);
        pid_ = ::fork();
        if (pid_ == 0)
            serve(listening);
        ::close(listening);
    }
    ~ForkingServer() {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    ForkingServer(const ForkingServer&) = delete;
    ForkingServer& operator=(const ForkingServer&) = delete;

    /// From connect() to the byte, in ms.
    [[nodiscard]] double connect() const {
        QElapsedTimer timer;
        timer.start();
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        char byte = 0;
        if (::connect(fd, reinterpret_cast<const sockaddr*>(&address_), sizeof address_) != 0 ||
            ::read(fd, &byte, 1) != 1)
            giveUp("the control does not answer");
        const double took = double(timer.nsecsElapsed()) / nanosecondsPerMillisecond;
        ::close(fd);
        return took;
    }

private:
    [[noreturn]] static void serve(int listening) {
#ifdef __linux__
        ::prctl(PR_SET_PDEATHSIG, SIGKILL); // however the benchmark ends
#endif
        std::signal(SIGCHLD, SIG_IGN);
        while (true) {
            const int peer = ::accept(listening, nullptr, nullptr);
            if (peer >= 0 && ::fork() == 0) {
                ::_exit(::write(peer, "x", 1) == 1 ? 0 : 1);
            }
            ::close(peer);
        }
    }

    sockaddr_in address_{};
    pid_t pid_ = 0;
};

/// The other person: a kith-cli that lets everybody in.
class Host final {
public:
    explicit Host(const QString& profile) {
        process_.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        QObject::connect(&process_, &QProcess::readyReadStandardOutput, &process_, [this] { read(); });
        process_.start(QStringLiteral(KITH_CLI), {u"--profile"_s, profile, u"host"_s, u"--port"_s, u"0"_s,
                                                  u"--accept"_s, u"all"_s, u"--no-history"_s, u"--json"_s});
        if (!QTest::qWaitFor([this] { return port_ != 0; }, patience))
            giveUp("the host does not listen");
    }
    ~Host() {
        process_.terminate();
        process_.waitForFinished(patience);
    }
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;

    [[nodiscard]] QString address() const { return u"127.0.0.1:%1"_s.arg(port_); }
    [[nodiscard]] int heard() const { return heard_; }
    /// The pids of its workers.
    [[nodiscard]] QList<qint64> workers() const {
        QFile file(u"/proc/%1/task/%1/children"_s.arg(process_.processId()));
        QList<qint64> pids;
        if (file.open(QIODevice::ReadOnly)) {
            for (const QByteArray& pid : file.readAll().split(' '))
                pids << pid.trimmed().toLongLong();
        }
        return pids;
    }

private:
    void read() {
        while (process_.canReadLine()) {
            const QJsonObject event = QJsonDocument::fromJson(process_.readLine()).object();
            const QString kind = event[u"event"_s].toString();
            if (kind == u"listening"_s)
                port_ = event[u"port"_s].toInt();
            heard_ += kind == u"message"_s ? 1 : 0;
        }
    }

    QProcess process_;
    int port_ = 0;
    int heard_ = 0;
};

/// A program's inside: what main() makes, without a window.
struct Program {
    explicit Program(const QString& folder)
        : history(folder)
        , identity(folder)
        , people(history)
        , invites(history)
        , messenger({QStringLiteral(KITH_WORKER), preferences, history, identity, people, invites}) {
        history.open();
        identity.load();
        const auto ready = [this] {
            return history.state() == model::History::State::Open &&
                   identity.state() == model::Identity::State::Ready && people.isReady();
        };
        if (!QTest::qWaitFor(ready, patience))
            giveUp("the history or the identity did not open");
    }

    /// Runs until the conversation is in that state.
    static void until(Conversation* conversation, ConversationState state) {
        QEventLoop loop;
        QObject::connect(conversation, &Conversation::changed, &loop, [&] {
            if (conversation->state() == state)
                loop.quit();
            else if (conversation->state() == ConversationState::Ended)
                giveUp("the connection ended");
        });
        if (conversation->state() != state)
            loop.exec();
    }

    model::Preferences preferences;
    model::History history;
    model::Identity identity;
    model::People people;
    model::Invites invites;
    model::Messenger messenger;
};

double connectOnce(Program& program, const core::PublicKey& contact) {
    QElapsedTimer timer;
    timer.start();
    const auto call = program.messenger.connectTo(contact);
    if (!call.ok())
        giveUp("the contact cannot be called");
    Program::until(*call, ConversationState::Open);
    return double(timer.nsecsElapsed()) / nanosecondsPerMillisecond;
}

void disconnect(Conversation* conversation) {
    conversation->disconnectPeer();
    Program::until(conversation, ConversationState::Ended);
}

/// RssAnon of /proc/PID/status, in KiB: an ordinary user may read no more of a process that is not dumpable.
double privateMemory(qint64 pid) {
    QFile status(u"/proc/%1/status"_s.arg(pid));
    static const QRegularExpression line(u"RssAnon:\\s*(\\d+)"_s);
    return status.open(QIODevice::ReadOnly)
               ? line.match(QString::fromLatin1(status.readAll())).captured(1).toDouble()
               : 0;
}

/// The control: KITH_BARE_TLS as host, dialled by another; each holds its end until its standard input ends.
std::array<double, 2> bareSessions() {
    QProcess server;
    server.start(QStringLiteral(KITH_BARE_TLS), QStringList());
    if (!server.waitForReadyRead(patience))
        giveUp("bare_tls does not listen");
    const QString port = QString::fromLatin1(server.readLine()).trimmed();
    QProcess client;
    client.start(QStringLiteral(KITH_BARE_TLS), {port});
    if (!client.waitForReadyRead(patience) || !server.waitForReadyRead(patience))
        giveUp("bare_tls does not connect");
    const std::array<double, 2> memory = {privateMemory(client.processId()),
                                          privateMemory(server.processId())};
    for (QProcess* each : {&client, &server}) {
        each->closeWriteChannel();
        each->waitForFinished(patience);
    }
    return memory;
}

} // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    const ForkingServer control;
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption rounds(u"rounds"_s, u"How often."_s, u"N"_s, u"500"_s);
    parser.addOption(rounds);
    parser.process(app);

    QTemporaryDir folder;
    const Host host(folder.filePath(u"host"_s));
    QDir(folder.path()).mkdir(u"guest"_s);
    Program program(folder.filePath(u"guest"_s));
    const auto first = program.messenger.connectTo(host.address(), false);
    if (!first.ok())
        giveUp("the host cannot be called");
    Program::until(*first, ConversationState::Open);
    const core::PublicKey contact = (*first)->key().value_or(core::PublicKey{});
    disconnect(*first);

    std::vector<double> bare;
    std::vector<double> connected;
    for (int i = 0; i < parser.value(rounds).toInt(); ++i) {
        bare.push_back(control.connect());
        connected.push_back(connectOnce(program, contact));
        disconnect(*first);
    }

    std::array<std::vector<double>, 2> bareMemory;
    std::array<std::vector<double>, 2> memory;
    for (int i = 0; i < 5; ++i) {
        const auto pair = bareSessions();
        static_cast<void>(connectOnce(program, contact));
        static_cast<void>((*first)->send(u"hello"_s));
        const int before = host.heard();
        if (!QTest::qWaitFor([&] { return host.heard() > before; }, patience))
            giveUp("nothing was heard");
        double largest = 0; // the listener is smaller
        for (const qint64 pid : host.workers())
            largest = std::max(largest, privateMemory(pid));
        memory[0].push_back(privateMemory((*first)->workerPid()));
        memory[1].push_back(largest);
        bareMemory[0].push_back(pair[0]);
        bareMemory[1].push_back(pair[1]);
        disconnect(*first);
    }

    bench::Report report(u"secure"_s);
    report.samples(u"a forking server's first byte"_s, u"ms"_s, bare);
    report.samples(u"a contact is called until its PROFILE is here"_s, u"ms"_s, connected);
    report.ratio(u"... p50, ms"_s, bench::quantile(connected, 0.5), 30);
    report.ratio(u"... p99, ms"_s, bench::quantile(connected, 0.99), 100);
    report.samples(u"bare TLS client: RssAnon"_s, u"KiB"_s, bareMemory[0]);
    report.samples(u"bare TLS server: RssAnon"_s, u"KiB"_s, bareMemory[1]);
    report.samples(u"idle secure session that dialled: RssAnon"_s, u"KiB"_s, memory[0]);
    report.samples(u"idle secure session that was dialled: RssAnon"_s, u"KiB"_s, memory[1]);
    report.ratio(u"idle session that dialled, MiB"_s, bench::quantile(memory[0], 0.5) / 1024, 2.0);
    report.ratio(u"idle session that was dialled, MiB"_s, bench::quantile(memory[1], 0.5) / 1024, 2.0);
    report.print();
    program.messenger.shutDown();
    QSignalSpy finished(&program.messenger, &model::Messenger::finished);
    finished.wait(patience);
    return 0;
}

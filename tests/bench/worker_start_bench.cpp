// How long until a worker is ready, beside QProcess running the smallest program there is; and what an idle
// plain-text session keeps for itself. Both programs are started in turn in one run.
#include "report.h"
#include "supervisor/session_worker.h"
#include "supervisor/worker_process.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>

#include <csignal>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace kith;

namespace {

const QString worker = QStringLiteral(KITH_WORKER);

double bareProgram() {
    QProcess process;
    QEventLoop loop;
    QElapsedTimer timer;
    double ready = 0;
    QObject::connect(&process, &QProcess::readyReadStandardOutput, &loop, [&] {
        if (ready == 0)
            ready = double(timer.nsecsElapsed()) / 1e3;
    });
    QObject::connect(&process, &QProcess::finished, &loop, &QEventLoop::quit);
    timer.start();
    process.start(QStringLiteral(KITH_BARE_PROGRAM), QStringList());
    loop.exec();
    return ready;
}

double readyWorker() {
    supervisor::WorkerProcess process;
    QEventLoop loop;
    QElapsedTimer timer;
    double ready = 0;
    QObject::connect(&process, &supervisor::WorkerProcess::message, &loop,
                     [&](const ipc::FromWorker& message) {
                         if (std::holds_alternative<ipc::Ready>(message)) {
                             ready = double(timer.nsecsElapsed()) / 1e3;
                             process.stop();
                         }
                     });
    QObject::connect(&process, &supervisor::WorkerProcess::ended, &loop, &QEventLoop::quit);
    timer.start();
    process.start({worker, ipc::ListenRole{0}, {}});
    loop.exec();
    return ready;
}

/// RssAnon of /proc/PID/status, in KiB: an ordinary user may read no more of a process that is not dumpable.
double privateMemory(qint64 pid) {
    QFile status(QStringLiteral("/proc/%1/status").arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    static const QRegularExpression line(QStringLiteral("RssAnon:\\s*(\\d+)"));
    return line.match(QString::fromLatin1(status.readAll())).captured(1).toDouble();
}

/// A session dialled to a listening socket of ours, after it has said and heard a line.
double idleSession() {
    const int listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    socklen_t size = sizeof address;
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(listening, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listening, 1) != 0)
        return -1;
    ::getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size);

    supervisor::SessionWorker session(worker);
    QEventLoop loop;
    double memory = 0;
    int peer = -1;
    QObject::connect(&session, &supervisor::SessionWorker::opened, &loop, [&] {
        peer = ::accept(listening, nullptr, nullptr);
        session.send(1, QStringLiteral("hello"));
    });
    QObject::connect(&session, &supervisor::SessionWorker::written, &loop,
                     [&] { (void)!::write(peer, "hi\n", 3); });
    QObject::connect(&session, &supervisor::SessionWorker::received, &loop, [&] {
        memory = privateMemory(session.pid());
        session.stop();
    });
    QObject::connect(&session, &supervisor::SessionWorker::ended, &loop, &QEventLoop::quit);
    session.start({.peer = {"127.0.0.1", ntohs(address.sin_port)}, .hello = std::nullopt});
    loop.exec();
    ::close(peer);
    ::close(listening);
    return memory;
}

} // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption rounds(QStringLiteral("rounds"), QStringLiteral("How often."),
                                    QStringLiteral("N"), QStringLiteral("200"));
    parser.addOption(rounds);
    parser.process(app);

    std::vector<double> bare;
    std::vector<double> ready;
    std::vector<double> memory;
    bareProgram();
    readyWorker();
    for (int i = 0; i < parser.value(rounds).toInt(); ++i) {
        bare.push_back(bareProgram());
        ready.push_back(readyWorker());
    }
    for (int i = 0; i < 5; ++i)
        memory.push_back(idleSession());

    bench::Report report(QStringLiteral("worker_start"));
    report.samples(QStringLiteral("bare program: first byte"), QStringLiteral("µs"), bare);
    report.samples(QStringLiteral("kith-worker: ready"), QStringLiteral("µs"), ready);
    report.ratio(QStringLiteral("ready / bare, medians"),
                 bench::quantile(ready, 0.5) / bench::quantile(bare, 0.5), 1.5);
    report.samples(QStringLiteral("idle plain-text session: RssAnon"), QStringLiteral("KiB"), memory);
    report.ratio(QStringLiteral("idle session, MiB"), bench::quantile(memory, 0.5) / 1024, 1.5);
    report.print();
    return 0;
}

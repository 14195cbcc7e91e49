// One short line typed at one program and shown at the other: kith-cli, its worker, loopback, the other
// worker, the other kith-cli; beside the round trip of a raw TCP ping-pong between two processes. Both in
// turn in one run.
#include "report.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

using namespace kith;

namespace {

[[noreturn]] void giveUp(const char* what) {
    std::perror(what);
    std::exit(1);
}

/// A program with pipes to its standard streams, read and written with blocking calls: the least a terminal
/// costs.
struct Program {
    pid_t pid = 0;
    int in = -1;
    int out = -1;
    int error = -1;

    explicit Program(const std::vector<std::string>& words) {
        std::array<std::array<int, 2>, 3> pipes{};
        for (auto& pipe : pipes) {
            if (::pipe2(pipe.data(), O_CLOEXEC) != 0)
                giveUp("pipe2");
        }
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, pipes[0][0], 0);
        posix_spawn_file_actions_adddup2(&actions, pipes[1][1], 1);
        posix_spawn_file_actions_adddup2(&actions, pipes[2][1], 2);
        std::vector<char*> argv;
        for (const std::string& word : words)
            argv.push_back(const_cast<char*>(word.c_str()));
        argv.push_back(nullptr);
        if (::posix_spawn(&pid, argv[0], &actions, nullptr, argv.data(), environ) != 0)
            giveUp("posix_spawn");
        posix_spawn_file_actions_destroy(&actions);
        ::close(pipes[0][0]);
        ::close(pipes[1][1]);
        ::close(pipes[2][1]);
        in = pipes[0][1];
        out = pipes[1][0];
        error = pipes[2][0];
    }
};

std::string readLine(int fd) {
    std::string line;
    char c = 0;
    while (true) {
        pollfd entry{fd, POLLIN, 0};
        if (::poll(&entry, 1, 10000) != 1)
            giveUp("nothing came for 10 s");
        if (::read(fd, &c, 1) != 1)
            giveUp("the program ended");
        if (c == '\n')
            return line;
        line += c;
    }
}

double oneLine(const Program& from, const Program& to, int number) {
    const std::string line = "a short line " + std::to_string(number) + "\n";
    std::array<char, 256> got{};
    std::size_t have = 0;
    QElapsedTimer timer;
    timer.start();
    if (::write(from.in, line.data(), line.size()) < 0)
        giveUp("write");
    while (have == 0 || got[have - 1] != '\n') {
        const ssize_t n = ::read(to.out, got.data() + have, got.size() - have);
        if (n <= 0)
            giveUp("read");
        have += std::size_t(n);
    }
    const double took = double(timer.nsecsElapsed()) / 1e3;
    if (std::string(got.data(), have) != line)
        giveUp("another line came");
    return took;
}

/// A child process that sends back what it reads, over loopback TCP.
struct Echo {
    int fd = -1;
    pid_t pid = 0;

    Echo() {
        const int listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        socklen_t size = sizeof address;
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::bind(listening, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
            ::listen(listening, 1) != 0)
            giveUp("listen");
        ::getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size);
        pid = ::fork();
        if (pid == 0) {
            const int peer = ::accept(listening, nullptr, nullptr);
            setNoDelay(peer);
            std::array<char, 256> bytes{};
            for (ssize_t n = 0; (n = ::read(peer, bytes.data(), bytes.size())) > 0;) {
                if (::write(peer, bytes.data(), std::size_t(n)) != n)
                    break;
            }
            ::_exit(0);
        }
        fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (::connect(fd, reinterpret_cast<sockaddr*>(&address), size) != 0)
            giveUp("connect");
        setNoDelay(fd);
        ::close(listening);
    }

    static void setNoDelay(int fd) {
        const int on = 1;
        ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }

    [[nodiscard]] double roundTrip() const {
        std::array<char, 32> bytes{};
        QElapsedTimer timer;
        timer.start();
        if (::write(fd, bytes.data(), 16) != 16 || ::read(fd, bytes.data(), bytes.size()) <= 0)
            giveUp("echo");
        return double(timer.nsecsElapsed()) / 1e3;
    }
};

/// A port that was free a moment ago: plain terminals do not tell theirs in a form to read.
std::string freePort() {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    socklen_t size = sizeof address;
    address.sin_family = AF_INET;
    if (::bind(fd, reinterpret_cast<sockaddr*>(&address), size) != 0)
        giveUp("bind");
    ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(fd);
    return std::to_string(ntohs(address.sin_port));
}

} // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption rounds(QStringLiteral("rounds"), QStringLiteral("How often."),
                                    QStringLiteral("N"), QStringLiteral("3000"));
    parser.addOption(rounds);
    parser.process(app);

    QTemporaryDir folder;
    const std::string profile = folder.path().toStdString();
    const std::string port = freePort();
    const Echo echo;
    const Program host(
        {KITH_CLI, "--profile", profile + "/a", "host", "--port", port, "--plain", "--accept", "all"});
    readLine(host.error); // it listens
    const Program peer({KITH_CLI, "--profile", profile + "/b", "connect", "127.0.0.1:" + port, "--plain"});
    // A first line each way: both programs are there, and everything was touched once.
    oneLine(peer, host, 0);
    oneLine(host, peer, 0);

    std::vector<double> raw;
    std::vector<double> lines;
    for (int i = 0; i < parser.value(rounds).toInt(); ++i) {
        raw.push_back(echo.roundTrip());
        lines.push_back(i % 2 == 0 ? oneLine(peer, host, i) : oneLine(host, peer, i));
    }
    for (const Program* program : {&host, &peer}) {
        ::kill(program->pid, SIGTERM);
        ::waitpid(program->pid, nullptr, 0);
    }
    ::kill(echo.pid, SIGKILL);
    ::waitpid(echo.pid, nullptr, 0);

    bench::Report report(QStringLiteral("line"));
    report.samples(QStringLiteral("raw TCP ping-pong, round trip"), QStringLiteral("µs"), raw);
    report.samples(QStringLiteral("a line typed here, shown there"), QStringLiteral("µs"), lines);
    report.ratio(QStringLiteral("line / round trip, medians"),
                 bench::quantile(lines, 0.5) / bench::quantile(raw, 0.5), 5);
    report.print();
    return 0;
}

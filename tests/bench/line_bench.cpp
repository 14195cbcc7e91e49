// One short line typed at one program and shown at the other: kith-cli, its worker, loopback, the other
// worker, the other kith-cli, in plain text and inside TLS; beside the round trip of a raw TCP ping-pong
// between two processes. With the history kept a line is flushed to the disk before it is sent and again
// before it is shown: beside a SQLite that commits one row fully flushed. All of them in turn in one run.
#include "report.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <spawn.h>
#include <sqlite3.h>
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

/// Two terminals in one conversation; `options` are for both.
class Pair final {
public:
    Pair(const std::string& profiles, const std::vector<std::string>& options) {
        const std::string port = freePort();
        std::vector<std::string> words{KITH_CLI, "--profile", profiles + "-host", "host",
                                       "--port", port,        "--accept",         "all"};
        words.insert(words.end(), options.begin(), options.end());
        host_.emplace(words);
        readLine(host_->error); // it listens
        words = {KITH_CLI, "--profile", profiles + "-guest", "connect", "127.0.0.1:" + port};
        words.insert(words.end(), options.begin(), options.end());
        guest_.emplace(words);
        // A first line each way: both programs are there, and everything was touched once.
        oneLine(*guest_, *host_, 0);
        oneLine(*host_, *guest_, 0);
    }
    ~Pair() {
        for (const Program* program : {&*host_, &*guest_}) {
            ::kill(program->pid, SIGTERM);
            ::waitpid(program->pid, nullptr, 0);
        }
    }
    Pair(const Pair&) = delete;
    Pair& operator=(const Pair&) = delete;

    [[nodiscard]] double line(int number) const {
        return number % 2 == 0 ? oneLine(*guest_, *host_, number) : oneLine(*host_, *guest_, number);
    }

private:
    std::optional<Program> host_;
    std::optional<Program> guest_;
};

/// A database that takes one row at a time, each flushed as the history is.
class Commits final {
public:
    explicit Commits(const std::string& file) {
        if (sqlite3_open(file.c_str(), &database_) != SQLITE_OK)
            giveUp("sqlite3_open");
        run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE said(text TEXT)");
    }
    ~Commits() { sqlite3_close(database_); }
    Commits(const Commits&) = delete;
    Commits& operator=(const Commits&) = delete;

    [[nodiscard]] double commit() const {
        QElapsedTimer timer;
        timer.start();
        run("INSERT INTO said VALUES('a short line')");
        return double(timer.nsecsElapsed()) / 1e3;
    }

private:
    void run(const char* statement) const {
        if (sqlite3_exec(database_, statement, nullptr, nullptr, nullptr) != SQLITE_OK)
            giveUp(sqlite3_errmsg(database_));
    }

    sqlite3* database_ = nullptr;
};

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
    const std::string path = folder.path().toStdString();
    const Echo echo;
    const Commits commits(path + "/control.db");
    std::vector<double> raw;
    std::vector<double> lines;
    std::vector<double> secure;
    std::vector<double> flushed;
    std::vector<double> kept;
    {
        const Pair without(path + "/without", {"--plain", "--no-history"});
        const Pair inTls(path + "/secure", {"--no-history"});
        const Pair with(path + "/with", {"--plain"});
        for (int i = 0; i < parser.value(rounds).toInt(); ++i) {
            raw.push_back(echo.roundTrip());
            lines.push_back(without.line(i));
            secure.push_back(inTls.line(i));
            flushed.push_back(commits.commit());
            kept.push_back(with.line(i));
        }
    }
    ::kill(echo.pid, SIGKILL);
    ::waitpid(echo.pid, nullptr, 0);

    bench::Report report(QStringLiteral("line"));
    report.samples(QStringLiteral("raw TCP ping-pong, round trip"), QStringLiteral("µs"), raw);
    report.samples(QStringLiteral("a line typed here, shown there, no history"), QStringLiteral("µs"), lines);
    report.samples(QStringLiteral("the same between secure peers"), QStringLiteral("µs"), secure);
    report.samples(QStringLiteral("SQLite, one row committed, fully flushed"), QStringLiteral("µs"), flushed);
    report.samples(QStringLiteral("a line typed here, shown there, history kept"), QStringLiteral("µs"),
                   kept);
    report.ratio(QStringLiteral("line without history / round trip, medians"),
                 bench::quantile(lines, 0.5) / bench::quantile(raw, 0.5), 5);
    report.ratio(QStringLiteral("line with history / round trip, medians"),
                 bench::quantile(kept, 0.5) / bench::quantile(raw, 0.5), 5);
    report.ratio(QStringLiteral("secure, without history / round trip, medians"),
                 bench::quantile(secure, 0.5) / bench::quantile(raw, 0.5), 6);
    report.figure(QStringLiteral("line with history / one commit, medians"), QStringLiteral("times"),
                  bench::quantile(kept, 0.5) / bench::quantile(flushed, 0.5));
    report.print();
    return 0;
}

// A worker that misbehaves: the supervisor's tests start it under many names, and the name is the command (a
// worker gets no argument and no environment). POSIX and kith_ipc alone, like the real one.
//
// "good" is a session as it should be: it is open at once, writes what it is given, says it back, and ends
// well.
#include "core/limits.h"
#include "core/unique_fd.h"
#include "ipc/codec.h"
#include "ipc/descriptors.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <string>

#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace kith;
using core::Reason;

extern char** environ;

namespace {

constexpr int messageChannel = 3;
constexpr int descriptorChannel = 4;
const core::Endpoint somebody{"127.0.0.1", 5188};

volatile std::sig_atomic_t stopAsked = 0;

void writeAll(int fd, const std::string& bytes) {
    std::size_t at = 0;
    while (at < bytes.size()) {
        const ssize_t wrote = ::write(fd, bytes.data() + at, bytes.size() - at);
        if (wrote > 0) {
            at += static_cast<std::size_t>(wrote);
        } else if (wrote < 0 && errno == EAGAIN) {
            pollfd room{fd, POLLOUT, 0};
            ::poll(&room, 1, -1);
        } else if (wrote < 0 && errno != EINTR) {
            ::_exit(9); // the program is gone
        }
    }
}

void say(const ipc::FromWorker& message) {
    writeAll(messageChannel, ipc::encode(message));
}

void sayText(const std::string& text) {
    say(ipc::Received{text});
}

/// Until a signal that ends it.
[[noreturn]] void stayForever() {
    while (true)
        ::pause();
}

/// The next message; end-of-file ends the worker. Signals interrupt it only while it waits.
std::optional<ipc::ToWorker> hear(bool stoppable) {
    static ipc::FrameReader reader;
    sigset_t open;
    sigemptyset(&open);
    while (true) {
        auto payload = reader.next();
        if (!payload.ok())
            ::_exit(8);
        if (payload->has_value()) {
            auto message = ipc::decodeToWorker(**payload);
            if (!message.ok())
                ::_exit(8);
            return *message;
        }
        pollfd input{messageChannel, POLLIN, 0};
        if (stoppable && stopAsked != 0)
            return std::nullopt;
        if (::ppoll(&input, 1, nullptr, &open) < 0)
            continue;
        std::array<char, 65536> bytes{};
        const ssize_t got = ::read(messageChannel, bytes.data(), bytes.size());
        if (got == 0)
            ::_exit(9);
        if (got > 0)
            reader.append({bytes.data(), static_cast<std::size_t>(got)});
    }
}

void answer(const ipc::ToWorker& message) {
    if (const auto* text = std::get_if<ipc::SendText>(&message)) {
        say(ipc::Written{text->number});
        sayText(text->text);
    }
}

[[noreturn]] void serveWell() {
    while (const auto message = hear(true))
        answer(*message);
    say(ipc::Stopping{});
    while (true) {
        const auto message = hear(false);
        if (std::holds_alternative<ipc::NoMore>(*message))
            break;
        answer(*message);
    }
    say(ipc::Ended{Reason::StoppedByUs, 0});
    ::_exit(0);
}

void begin() {
    say(ipc::Ready{});
    static_cast<void>(hear(false)); // Start
}

void open() {
    begin();
    say(ipc::Connecting{somebody});
    say(ipc::Opened{somebody});
}

void listen() {
    begin();
    say(ipc::Listening{5188, true, false});
}

/// Passes a descriptor up as a listener would, and then behaves.
[[noreturn]] void passAndServe(int fd) {
    listen();
    static_cast<void>(ipc::passDescriptor(descriptorChannel, 1, fd));
    serveWell();
}

int listeningSocket() {
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 || ::listen(fd, 8) != 0)
        ::_exit(7);
    return fd;
}

/// A connection from this process to itself; the other end stays open until it ends.
int connectedSocket() {
    const int listener = listeningSocket();
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
    const int client = ::socket(AF_INET, SOCK_STREAM, 0);
    if (::connect(client, reinterpret_cast<const sockaddr*>(&address), size) != 0)
        ::_exit(7);
    const int accepted = ::accept(listener, nullptr, nullptr);
    ::close(listener);
    return accepted;
}

std::string openDescriptors() {
    std::string all;
    DIR* const folder = ::opendir("/proc/self/fd");
    while (const dirent* entry = ::readdir(folder)) {
        const int fd = std::atoi(entry->d_name);
        if (entry->d_name[0] != '.' && fd != ::dirfd(folder))
            all += std::string(all.empty() ? "" : " ") + entry->d_name;
    }
    ::closedir(folder);
    return all;
}

/// What it was given: told line by line, for the test to judge.
[[noreturn]] void lookAround() {
    const std::string descriptors = openDescriptors();
    open();
    std::string environment;
    for (char** variable = environ; *variable != nullptr; ++variable)
        environment += std::string(*variable).substr(0, std::strcspn(*variable, "=")) + " ";
    sigset_t blocked;
    ::sigprocmask(SIG_BLOCK, nullptr, &blocked);
    std::string signals;
    for (int number = 1; number < 32; ++number) {
        if (sigismember(&blocked, number) == 1)
            signals += number == SIGUSR1 ? "SIGUSR1 " : std::to_string(number) + " ";
    }
    std::array<char, 4096> folder{};
    sayText("descriptors " + descriptors);
    sayText("environment " + environment);
    sayText("blocked " + signals);
    sayText(std::string("folder ") + ::getcwd(folder.data(), folder.size()));
    sayText("parent " + std::to_string(::getppid()));
    serveWell();
}

/// Its child holds the channel after it is gone, until the program closes its own end.
[[noreturn]] void leaveTheChannelToAChild() {
    open();
    if (::fork() == 0) {
        pollfd hangUp{messageChannel, 0, 0};
        ::poll(&hangUp, 1, -1);
        ::_exit(0);
    }
    ::abort();
}

std::string frame(std::uint32_t length, const std::string& payload) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes.push_back(static_cast<char>((length >> shift) & 0xFF));
    return bytes + payload;
}

[[noreturn]] void sayBytes(const std::string& bytes) {
    open();
    writeAll(messageChannel, bytes);
    stayForever();
}

[[noreturn]] void sayThenStay(const std::function<void()>& words) {
    open();
    words();
    stayForever();
}

[[noreturn]] void flood(const std::string& text) {
    open();
    while (true)
        sayText(text);
}

[[noreturn]] void tryToPassAsSession() {
    open();
    const auto passed = ipc::passDescriptor(descriptorChannel, 1, STDERR_FILENO);
    sayText(passed.ok() && *passed ? "passed" : "refused");
    serveWell();
}

[[noreturn]] void sayMuchAndGo() {
    open();
    for (int i = 0; i < 3000; ++i)
        sayText(std::to_string(i));
    say(ipc::Ended{Reason::PeerClosed, 0});
    ::_exit(0); // with what the program has sent unread: its next write fails
}

[[noreturn]] void chatter() {
    const std::string line(1024, 'e');
    for (int i = 0; i < 10 * 1024; ++i)
        writeAll(STDERR_FILENO, line);
    writeAll(STDERR_FILENO, "the last line\n");
    open();
    serveWell();
}

[[noreturn]] void ignoreSignals() {
    sigset_t all;
    sigfillset(&all);
    ::sigprocmask(SIG_SETMASK, &all, nullptr);
    open();
    stayForever();
}

using Command = std::function<void()>;

const std::map<std::string, Command> commands = {
    {"good",
     [] {
         open();
         serveWell();
     }},
    {"looks", lookAround},
    {"silent", stayForever},
    {"exits", [] { ::_exit(3); }},
    {"aborts", [] { ::abort(); }},
    {"aborts-open",
     [] {
         open();
         ::abort();
     }},
    {"sandboxed",
     [] {
         open();
         ::raise(SIGSYS);
     }},
    {"garbage", [] { sayBytes(frame(5, "\xFF\xFF\xFF\xFF\xFF")); }},
    {"length-zero", [] { sayBytes(frame(0, "")); }},
    {"length-over", [] { sayBytes(frame(core::limits::boundaryMessage + 1, "x")); }},
    {"length-huge", [] { sayBytes(frame(0xFFFFFFFF, "x")); }},
    {"unknown-type", [] { sayBytes(frame(3, "\xFA\x7F" + std::string(1, '\0'))); }},
    {"too-early",
     [] {
         say(ipc::Received{"before Ready"});
         stayForever();
     }},
    {"ready-twice", [] { sayThenStay([] { say(ipc::Ready{}); }); }},
    {"listener-words", [] { sayThenStay([] {
                                say(ipc::Listening{1, true, true});
                            }); }},
    {"written-unsent", [] { sayThenStay([] { say(ipc::Written{1}); }); }},
    {"after-the-end",
     [] {
         sayThenStay([] {
             say(ipc::Ended{Reason::PeerClosed, 0});
             sayText("more");
         });
     }},
    {"session-passes", tryToPassAsSession},
    {"passes-file", [] { passAndServe(::open("/dev/null", O_RDONLY | O_CLOEXEC)); }},
    {"passes-listening", [] { passAndServe(listeningSocket()); }},
    {"passes-unconnected-datagram", [] { passAndServe(::socket(AF_INET, SOCK_DGRAM, 0)); }},
    {"passes-own-channel", [] { passAndServe(messageChannel); }},
    {"passes-two",
     [] {
         listen();
         for (int i = 0; i < 2; ++i)
             static_cast<void>(
                 ipc::passDescriptor(descriptorChannel, static_cast<unsigned>(i), connectedSocket()));
         serveWell();
     }},
    {"passes-and-crashes",
     [] {
         listen();
         static_cast<void>(ipc::passDescriptor(descriptorChannel, 1, connectedSocket()));
         ::abort();
     }},
    {"header-wrong",
     [] {
         listen();
         writeAll(descriptorChannel, "sixteen bytes...");
         serveWell();
     }},
    {"floods", [] { flood("x"); }},
    {"floods-long", [] { flood(std::string(core::limits::plainLine, 'x')); }},
    {"deaf", ignoreSignals},
    {"closes-channel", [] { sayThenStay([] { ::close(messageChannel); }); }},
    {"goes-without-a-word",
     [] {
         open();
         ::_exit(7);
     }},
    {"stays-after-the-end", [] { sayThenStay([] {
                                     say(ipc::Ended{Reason::PeerClosed, 0});
                                 }); }},
    {"leaves-its-channel", leaveTheChannelToAChild},
    {"says-much-and-goes", sayMuchAndGo},
    {"half-a-frame",
     [] {
         open();
         writeAll(messageChannel, frame(100, "half"));
         ::_exit(0);
     }},
    {"chatters", chatter},
};

} // namespace

int main(int, char** argv) {
    ::signal(SIGPIPE, SIG_IGN);
    struct sigaction action {};
    action.sa_handler = [](int) { stopAsked = 1; };
    ::sigaction(SIGUSR1, &action, nullptr);
    const std::string path = argv[0];
    const auto command = commands.find(path.substr(path.rfind('/') + 1));
    if (command == commands.end())
        return 6;
    command->second();
    return 5;
}

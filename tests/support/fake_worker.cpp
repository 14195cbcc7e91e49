// A worker that misbehaves: the supervisor's tests start it under many names, and the name is the command (a
// worker gets no argument and no environment). POSIX and kith_ipc alone, like the real one.
//
// "good" is a session as it should be: it is open at once, writes what it is given, says it back, and ends
// well. fake_secure.cpp has the commands of a worker with a secure peer.
#include "support/fake_worker.h"

#include "core/limits.h"
#include "ipc/descriptors.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace kith;
using core::Reason;

extern char** environ;

namespace {

using namespace kith::tests::fake;

void sayText(const std::string& text) {
    say(ipc::Received{text});
}

void open() {
    static_cast<void>(begin());
    say(ipc::Connecting{somebody});
    say(ipc::Opened{somebody});
}

void listen() {
    static_cast<void>(begin());
    say(ipc::Listening{5188, true, false});
}

[[noreturn]] void pass(int fd) {
    static_cast<void>(begin());
    passAndServe(fd);
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

/// As the real one's handler of SIGSYS does.
[[noreturn]] void sayBytesOfTheSandbox(const std::string& number) {
    writeAll(STDERR_FILENO, std::string(ipc::sandboxWords) + number);
    ::_exit(ipc::sandboxExit);
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

const Commands commands = {
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
    {"sandboxed-by-name", [] { sayBytesOfTheSandbox("435\n"); }},
    {"sandboxed-in-half-a-frame",
     [] {
         open();
         writeAll(messageChannel, frame(100, "the beginning"));
         sayBytesOfTheSandbox("41\n");
     }},
    {"sandboxed-without-a-number", [] { ::_exit(ipc::sandboxExit); }},
    {"no-sandbox",
     [] {
         say(ipc::Ready{});
         static_cast<void>(hear(false));
         say(ipc::Ended{Reason::SandboxMissing, EPERM});
         ::_exit(0);
     }},
    {"half-a-sandbox",
     [] {
         say(ipc::Ready{});
         static_cast<void>(hear(false));
         say(ipc::Connecting{somebody});
         say(ipc::Sandboxed{{true, 1, 0, true, false}});
         stayForever();
     }},
    {"opens-unconfined",
     [] {
         say(ipc::Ready{});
         static_cast<void>(hear(false));
         say(ipc::Connecting{somebody});
         say(ipc::Opened{somebody});
         stayForever();
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
    {"measured-unasked", [] { sayThenStay([] {
                                  say(ipc::Measured{{1500, 200, 100}});
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
    {"passes-file", [] { pass(::open("/dev/null", O_RDONLY | O_CLOEXEC)); }},
    {"passes-listening", [] { pass(listeningSocket()); }},
    {"passes-unconnected-datagram", [] { pass(::socket(AF_INET, SOCK_DGRAM, 0)); }},
    {"passes-own-channel", [] { pass(messageChannel); }},
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
    const std::string path = argv[0];
    prepare(path);
    const std::string name = path.substr(path.rfind('/') + 1);
    for (const Commands* each : {&commands, &secureCommands()}) {
        if (const auto command = each->find(name); command != each->end())
            command->second();
    }
    return 6;
}

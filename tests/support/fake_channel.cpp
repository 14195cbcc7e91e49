#include "core/limits.h"
#include "ipc/codec.h"
#include "ipc/descriptors.h"
#include "support/fake_worker.h"

#include <array>
#include <cerrno>
#include <csignal>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace kith::tests::fake {

using core::Reason;

namespace {

volatile std::sig_atomic_t stopAsked = 0;
std::string startedAs;

} // namespace

void prepare(const std::string& path) {
    startedAs = path;
    ::signal(SIGPIPE, SIG_IGN);
    struct sigaction action {};
    action.sa_handler = [](int) { stopAsked = 1; };
    ::sigaction(SIGUSR1, &action, nullptr);
}

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

void leaveMark(const std::string& mark) {
    ::close(::open((startedAs + "." + mark).c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
}

void stayForever() {
    while (true)
        ::pause();
}

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

namespace {

/// Entries are numbered in a stream of the peer's.
void sayEntry(const std::string& text) {
    static std::uint64_t number = 0;
    core::Entry entry;
    entry.stream.bytes.fill('s');
    entry.number = ++number;
    entry.id = core::EntryId::random();
    entry.text = text;
    say(ipc::PeerEntry{entry});
}

void answer(const ipc::ToWorker& message) {
    if (const auto* text = std::get_if<ipc::SendText>(&message)) {
        say(ipc::Written{text->number});
        say(ipc::Received{text->text});
    } else if (const auto* entry = std::get_if<ipc::SendEntry>(&message)) {
        say(ipc::Written{entry->number});
        sayEntry(entry->entry.text);
    } else if (std::holds_alternative<ipc::Measure>(message)) {
        say(ipc::Measured{{1500, 200, 100}});
    } else if (const auto* profile = std::get_if<ipc::SendProfile>(&message)) {
        sayEntry("profile " + profile->profile.name);
    } else if (const auto* farewell = std::get_if<ipc::Farewell>(&message)) {
        sayEntry("farewell " +
                 (farewell->goodbye ? std::to_string(static_cast<int>(*farewell->goodbye)) : "none"));
    }
}

} // namespace

void serveWell() {
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

ipc::Start begin() {
    say(ipc::Ready{});
    const auto message = hear(false);
    const auto* start = std::get_if<ipc::Start>(&*message);
    if (start == nullptr)
        ::_exit(8);
    say(ipc::Sandboxed{{true, 1, 1, true, false}}); // a lie, like all it says
    return *start;
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

void passAndServe(int fd) {
    say(ipc::Listening{5188, true, false});
    static_cast<void>(ipc::passDescriptor(descriptorChannel, 1, fd));
    serveWell();
}

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

std::string frame(std::uint32_t length, const std::string& payload) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes.push_back(static_cast<char>((length >> shift) & 0xFF));
    return bytes + payload;
}

} // namespace kith::tests::fake

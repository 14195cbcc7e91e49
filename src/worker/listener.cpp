#include "worker/listener.h"

#include "core/limits.h"
#include "ipc/descriptors.h"
#include "worker/net/listen.h"
#include "worker/signals.h"
#include "worker/wait.h"

#include <cerrno>
#include <utility>

namespace kith::worker {

namespace limits = core::limits;

namespace {

/// accept(2): errors of the connection itself, gone before it was accepted.
bool isOfTheConnection(int number) {
    return number == ECONNABORTED || number == EINTR || number == EPROTO || number == EPERM ||
           number == ENETDOWN || number == EHOSTUNREACH || number == ENETUNREACH || number == ENOPROTOOPT;
}

} // namespace

Listener::Listener(Channel& channel, core::UniqueFd descriptors, Confinement confinement)
    : channel_(channel)
    , descriptors_(std::move(descriptors))
    , confinement_(confinement) {}

ExitStatus Listener::run(std::uint16_t port) {
    auto sockets = net::listenOn(port);
    if (!sockets)
        return end(sockets.error().reason, sockets.error().number);
    listening_ = std::move(sockets->sockets);
    std::vector<int> kept = {descriptors_.get()};
    for (const core::UniqueFd& socket : listening_)
        kept.push_back(socket.get());
    if (const auto refused = confine(channel_, ipc::Role::Listen, confinement_, kept)) {
        listening_.clear();
        return end(refused->reason, refused->number);
    }
    channel_.send(ipc::Listening{sockets->port, sockets->v4, sockets->v6});
    channel_.flush();

    while (channel_.open() && stopsAsked() == 0 && !broken_) {
        std::vector<pollfd> entries = {channel_.entry(), {descriptors_.get(), 0, 0}};
        if (!waiting_.empty() && !pausedUntil_)
            entries[1].events = POLLOUT;
        const bool accept = accepting(core::Clock::now());
        for (const core::UniqueFd& socket : listening_)
            entries.push_back({accept ? socket.get() : -1, POLLIN, 0});
        waitFor(entries, pausedUntil_);

        channel_.handle(entries[0]);
        takeMessages();
        if (core::passed(pausedUntil_, core::Clock::now()))
            pausedUntil_.reset();
        if ((entries[1].revents & (POLLHUP | POLLERR)) != 0)
            broken_ = true;
        passUp();
        for (std::size_t i = 2; i < entries.size(); ++i) {
            if (entries[i].revents != 0)
                acceptFrom(entries[i].fd);
        }
    }
    if (stopsAsked() == 0)
        return broken_ ? ExitStatus::Broken : ExitStatus::ProgramGone;
    // First the door, then the word: who hears "stopped" can bind the port at once.
    listening_.clear();
    waiting_.clear();
    return end(core::Reason::StoppedByUs, 0);
}

bool Listener::accepting(core::TimePoint now) const {
    const bool room = lastToken_ - takenTokens_ + waiting_.size() < limits::descriptorsInFlight;
    return room && !(pausedUntil_ && *pausedUntil_ > now);
}

void Listener::takeMessages() {
    while (const auto message = channel_.next()) {
        const auto* taken = std::get_if<ipc::Taken>(&*message);
        // Tokens are taken in the order they were passed.
        if (taken == nullptr || taken->token != takenTokens_ + 1 || taken->token > lastToken_)
            broken_ = true;
        else
            takenTokens_ = taken->token;
    }
}

void Listener::acceptFrom(int listening) {
    while (accepting(core::Clock::now())) {
        auto connection = net::acceptOn(listening);
        if (!connection) {
            const int number = connection.error().number;
            if (number == EAGAIN || number == EWOULDBLOCK)
                return;
            if (isOfTheConnection(number))
                continue;
            pause(number);
            return;
        }
        pauseTold_ = false;
        waiting_.push_back(std::move(connection).value());
        passUp();
    }
}

void Listener::passUp() {
    while (!waiting_.empty() && !broken_ && !pausedUntil_) {
        const auto passedUp = ipc::passDescriptor(descriptors_.get(), lastToken_ + 1, waiting_.front().get());
        if (!passedUp) {
            if (passedUp.error().reason == core::Reason::DescriptorsSpent)
                pause(passedUp.error().number);
            else
                broken_ = true;
            return;
        }
        if (!*passedUp)
            return;
        ++lastToken_;
        waiting_.pop_front(); // closes our copy: nobody but the program's worker holds the connection now
    }
}

void Listener::pause(int number) {
    pausedUntil_ = core::Clock::now() + limits::acceptPause;
    if (!std::exchange(pauseTold_, true))
        channel_.send(ipc::AcceptPaused{number});
}

ExitStatus Listener::end(core::Reason reason, int number) {
    channel_.send(ipc::Ended{reason, number});
    channel_.flushAll(core::Clock::now() + limits::lastWords);
    return ExitStatus::Well;
}

} // namespace kith::worker

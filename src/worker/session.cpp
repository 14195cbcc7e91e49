#include "worker/session.h"

#include "core/limits.h"
#include "ipc/descriptors.h"
#include "worker/net/address.h"
#include "worker/net/dial.h"
#include "worker/net/socket.h"
#include "worker/plain_session.h"
#include "worker/signals.h"
#include "worker/wait.h"

#include <array>
#include <utility>
#include <vector>

#include <unistd.h>

namespace kith::worker {

namespace limits = core::limits;

ExitStatus Session::end(core::Reason reason, int number) {
    channel_.send(ipc::Ended{reason, number});
    channel_.flushAll(core::Clock::now() + limits::lastWords);
    return ExitStatus::Well;
}

ExitStatus Session::dial(const core::Endpoint& peer) {
    net::Dialer dialer(peer, core::Clock::now());
    // getaddrinfo may be under way in its thread; nothing can wait for it, so the process ends around it.
    const auto leave = [&](ExitStatus status) {
        if (dialer.resolving())
            ::_exit(static_cast<int>(status));
        return status;
    };
    const auto tell = [&] {
        if (const auto attempt = dialer.takeAttempt())
            channel_.send(ipc::Connecting{*attempt});
        channel_.flush();
    };
    tell();
    while (stopsAsked() == 0) {
        if (!channel_.open())
            return leave(ExitStatus::ProgramGone);
        std::vector<pollfd> entries = dialer.entries();
        entries.push_back(channel_.entry());
        waitFor(entries, dialer.deadline());
        channel_.handle(entries.back());
        entries.pop_back();
        if (channel_.next()) // nothing is legal before the peer is there
            return leave(ExitStatus::Broken);

        auto connection = dialer.advance(entries, core::Clock::now());
        if (!connection)
            return leave(end(connection.error().reason, connection.error().number));
        tell();
        if (*connection)
            return PlainSession(channel_, std::move(connection).value(), programPid_).talk();
    }
    return leave(programLives(programPid_) ? end(core::Reason::StoppedByUs, 0) : ExitStatus::ProgramGone);
}

core::UniqueFd Session::takeConnection(std::uint64_t token, int descriptors) {
    while (channel_.open() && stopsAsked() == 0) {
        auto passed = ipc::takeDescriptor(descriptors);
        if (!passed)
            return {};
        if (passed->has_value())
            return (**passed).token == token ? std::move((**passed).fd) : core::UniqueFd();
        std::array entries = {channel_.entry(), pollfd{descriptors, POLLIN, 0}};
        waitFor(entries, std::nullopt);
        channel_.handle(entries[0]);
    }
    return {};
}

ExitStatus Session::serve(const ipc::ServeRole& role, core::UniqueFd descriptors) {
    core::UniqueFd connection = takeConnection(role.token, descriptors.get());
    descriptors.reset();
    if (!connection) {
        if (stopsAsked() > 0 && programLives(programPid_))
            return end(core::Reason::StoppedByUs, 0);
        return channel_.open() ? ExitStatus::Broken : ExitStatus::ProgramGone;
    }
    if (!net::adopt(connection.get()))
        return ExitStatus::Broken;
    return PlainSession(channel_, std::move(connection), programPid_).receive(role);
}

} // namespace kith::worker

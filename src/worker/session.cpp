#include "worker/session.h"

#include "core/limits.h"
#include "ipc/descriptors.h"
#include "worker/net/dial.h"
#include "worker/net/socket.h"
#include "worker/plain_session.h"
#include "worker/secure_session.h"
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

ExitStatus Session::dial(const ipc::ConnectRole& role) {
    TlsContext context(nullptr);
    auto connected = connect(role, context);
    if (const auto* over = std::get_if<ExitStatus>(&connected))
        return *over;
    net::Peer peer = net::introduce(std::get<core::UniqueFd>(std::move(connected)));
    const std::array kept = {peer.fd.get()};
    if (const auto refused = confine(channel_, ipc::Role::Connect, confinement_, kept))
        return end(refused->reason, refused->number);
    return talk(role, context, std::move(peer));
}

std::variant<core::UniqueFd, ExitStatus> Session::connect(const ipc::ConnectRole& role, TlsContext& context) {
    net::Dialer dialer(role.peer, core::Clock::now());
    // What TLS needs is loaded and made while the first attempt is under way.
    if (role.hello)
        context = tls::Context::make(core::Side::Initiator);
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
            return std::move(connection).value();
    }
    return leave(programLives(programPid_) ? end(core::Reason::StoppedByUs, 0) : ExitStatus::ProgramGone);
}

ExitStatus Session::talk(const ipc::ConnectRole& role, const TlsContext& context, net::Peer peer) {
    if (!role.hello)
        return PlainSession(channel_, std::move(peer), programPid_).talk();
    if (!context)
        return end(context.error().reason, 0);
    return SecureSession(channel_, std::move(peer), programPid_, *role.hello).initiate(**context);
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
    const core::TimePoint accepted = core::Clock::now();
    net::Peer peer = net::introduce(std::move(connection));
    // It may turn out to speak plain text; but nothing can be loaded once its first byte may be looked at.
    const TlsContext context = tls::Context::make(core::Side::Responder);
    const std::array kept = {peer.fd.get()};
    if (const auto refused = confine(channel_, ipc::Role::Serve, confinement_, kept))
        return end(refused->reason, refused->number);
    PlainSession plain(channel_, std::move(peer), programPid_);
    if (const auto status = plain.receive(role))
        return *status;
    // A peer that was asked about had left the ones who must prove themselves in time; now it is one of them.
    const core::TimePoint begins = plain.asked() ? core::Clock::now() : accepted;
    if (!context)
        return end(context.error().reason, 0);
    return SecureSession(channel_, plain.takePeer(), programPid_, role.hello)
        .respond(**context, begins + limits::authentication);
}

} // namespace kith::worker

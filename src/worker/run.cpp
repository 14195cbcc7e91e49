#include "worker/run.h"

#include "core/limits.h"
#include "worker/channel.h"
#include "worker/listener.h"
#include "worker/process.h"
#include "worker/session.h"
#include "worker/signals.h"
#include "worker/wait.h"

#include <array>
#include <optional>

namespace kith::worker {

namespace {

namespace limits = core::limits;

int status(ExitStatus exit) {
    return static_cast<int>(exit);
}

/// Waits for the first message. Nothing where it is something else, the program is gone or asks to stop.
std::optional<ipc::Start> waitForStart(Channel& channel) {
    while (channel.open() && stopsAsked() == 0) {
        std::array entries = {channel.entry()};
        waitFor(entries, std::nullopt);
        channel.handle(entries[0]);
        if (const auto message = channel.next()) {
            const auto* start = std::get_if<ipc::Start>(&*message);
            return start != nullptr ? std::optional(*start) : std::nullopt;
        }
    }
    return std::nullopt;
}

} // namespace

int run() {
    installSignals();
    if (!settleDown())
        return status(ExitStatus::Broken);
    Channel channel{core::UniqueFd(messageChannel)};
    core::UniqueFd descriptors(descriptorChannel);
    channel.send(ipc::Ready{});
    channel.flush();

    const std::optional<ipc::Start> start = waitForStart(channel);
    if (!start) {
        if (stopsAsked() == 0)
            return status(channel.open() ? ExitStatus::Broken : ExitStatus::ProgramGone);
        channel.send(ipc::Ended{core::Reason::StoppedByUs, 0});
        channel.flushAll(core::Clock::now() + limits::drain);
        return status(ExitStatus::Well);
    }
    if (!programLives(start->programPid))
        return status(ExitStatus::ProgramGone);

    const Confinement confinement = start->sandboxOptional ? Confinement::Optional : Confinement::Required;
    if (const auto* listen = std::get_if<ipc::ListenRole>(&start->role)) {
        if (!limitDescriptors(limits::listenerDescriptors))
            return status(ExitStatus::Broken);
        return status(Listener(channel, std::move(descriptors), confinement).run(listen->port));
    }
    if (!limitDescriptors(limits::sessionDescriptors))
        return status(ExitStatus::Broken);
    Session session(channel, start->programPid, confinement);
    if (const auto* connect = std::get_if<ipc::ConnectRole>(&start->role)) {
        descriptors.reset();
        return status(session.dial(*connect));
    }
    return status(session.serve(std::get<ipc::ServeRole>(start->role), std::move(descriptors)));
}

} // namespace kith::worker

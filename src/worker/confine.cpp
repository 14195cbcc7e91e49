#include "worker/confine.h"

#include "worker/process.h"
#include "worker/sandbox/sandbox.h"

namespace kith::worker {

std::optional<ipc::Ended> confine(Channel& channel, ipc::Role role, Confinement how,
                                  std::span<const int> kept) {
    closeAllBut(kept);
    const sandbox::Entered entered =
        role == ipc::Role::Listen ? sandbox::enterForListener() : sandbox::enterForSession();
    if (!entered.sandbox.whole() && how == Confinement::Required)
        return ipc::Ended{core::Reason::SandboxMissing, entered.failure};
    channel.send(ipc::Sandboxed{entered.sandbox});
    channel.flush();
    return std::nullopt;
}

} // namespace kith::worker

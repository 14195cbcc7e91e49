// Entering the sandbox: the step between what a worker has to open and the first byte of a peer's.
#pragma once

#include "ipc/legality.h"
#include "ipc/messages.h"
#include "worker/channel.h"

#include <optional>
#include <span>

namespace kith::worker {

/// What the program has said of the sandbox: required, unless the person has chosen otherwise.
enum class Confinement : std::uint8_t { Required, Optional };

/// Closes every descriptor but the channel and `kept`, enters the sandbox of the role (a listener's or a
/// session's) and tells the program what is in force. Nothing can be opened, started or loaded afterwards.
/// What to end with where this computer cannot do it and it is required: SandboxMissing, errno. The worker's
/// main thread, when it is the only one.
[[nodiscard]] std::optional<ipc::Ended> confine(Channel& channel, ipc::Role role, Confinement how,
                                                std::span<const int> kept);

} // namespace kith::worker

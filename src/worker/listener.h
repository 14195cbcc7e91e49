// The listener: bind, listen, accept, and pass every connection up. It never reads or writes one.
#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "core/unique_fd.h"
#include "ipc/messages.h"
#include "worker/channel.h"
#include "worker/confine.h"
#include "worker/process.h"

#include <cstdint>
#include <deque>
#include <vector>

namespace kith::worker {

/// One listener worker's whole life. Owned by run(); the worker's main thread. A socket that cannot listen
/// ends it with PortTaken, PortForbidden or ListenFailed; being out of descriptors pauses it.
class Listener final {
public:
    Listener(Channel& channel, core::UniqueFd descriptors, Confinement confinement);

    /// Until SIGUSR1, or the program is gone.
    [[nodiscard]] ExitStatus run(std::uint16_t port);

private:
    void takeMessages();
    void acceptFrom(int listening);
    void passUp();
    void pause(int number);
    [[nodiscard]] bool accepting(core::TimePoint now) const;
    [[nodiscard]] ExitStatus end(core::Reason reason, int number);

    Channel& channel_;
    core::UniqueFd descriptors_;
    Confinement confinement_;
    std::vector<core::UniqueFd> listening_;
    std::deque<core::UniqueFd> waiting_; ///< accepted, not yet passed up (the channel was full)
    std::uint64_t lastToken_ = 0;
    std::uint64_t takenTokens_ = 0;
    core::Deadline pausedUntil_;
    bool pauseTold_ = false; ///< the program knows, since the last connection that was accepted
    bool broken_ = false;    ///< the program broke the rules, or its end of the descriptor channel is gone
};

} // namespace kith::worker

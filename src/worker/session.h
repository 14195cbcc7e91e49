// A session: one peer, one connection, from the first step to the last word.
#pragma once

#include "core/unique_fd.h"
#include "ipc/messages.h"
#include "worker/channel.h"
#include "worker/process.h"
#include "worker/tls/connection.h"

#include <memory>

namespace kith::worker {

/// One session worker's whole life: gets its connection, by dialling or over the descriptor channel, and
/// talks over it. Owned by run(); the worker's main thread. Every end is told to the program with a reason.
class Session final {
public:
    Session(Channel& channel, int programPid)
        : channel_(channel)
        , programPid_(programPid) {}

    [[nodiscard]] ExitStatus dial(const ipc::ConnectRole& role);
    [[nodiscard]] ExitStatus serve(const ipc::ServeRole& role, core::UniqueFd descriptors);

private:
    [[nodiscard]] ExitStatus talk(const ipc::ConnectRole& role,
                                  const core::Result<std::unique_ptr<tls::Context>>& context,
                                  core::UniqueFd peer);
    [[nodiscard]] core::UniqueFd takeConnection(std::uint64_t token, int descriptors);
    [[nodiscard]] ExitStatus end(core::Reason reason, int number);

    Channel& channel_;
    int programPid_;
};

} // namespace kith::worker

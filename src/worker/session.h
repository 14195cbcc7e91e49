// A session: one peer, one connection, from the first step to the last word.
#pragma once

#include "core/unique_fd.h"
#include "ipc/messages.h"
#include "worker/channel.h"
#include "worker/confine.h"
#include "worker/net/socket.h"
#include "worker/process.h"
#include "worker/tls/connection.h"

#include <memory>
#include <variant>

namespace kith::worker {

/// One session worker's whole life: gets its connection, by dialling or over the descriptor channel, and
/// talks over it. Owned by run(); the worker's main thread. Every end is told to the program with a reason.
class Session final {
public:
    Session(Channel& channel, int programPid, Confinement confinement)
        : channel_(channel)
        , programPid_(programPid)
        , confinement_(confinement) {}

    [[nodiscard]] ExitStatus dial(const ipc::ConnectRole& role);
    [[nodiscard]] ExitStatus serve(const ipc::ServeRole& role, core::UniqueFd descriptors);

private:
    /// Everything that TLS needs, made before the sandbox; or why it could not be.
    using TlsContext = core::Result<std::unique_ptr<tls::Context>>;

    /// Until somebody answers: the connection, or the status to end with.
    [[nodiscard]] std::variant<core::UniqueFd, ExitStatus> connect(const ipc::ConnectRole& role,
                                                                   TlsContext& context);
    [[nodiscard]] ExitStatus talk(const ipc::ConnectRole& role, const TlsContext& context, net::Peer peer);
    [[nodiscard]] core::UniqueFd takeConnection(std::uint64_t token, int descriptors);
    [[nodiscard]] ExitStatus end(core::Reason reason, int number);

    Channel& channel_;
    int programPid_;
    Confinement confinement_;
};

} // namespace kith::worker

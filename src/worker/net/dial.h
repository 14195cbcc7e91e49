// Connecting to a host that may have several addresses (RFC 8305, Happy Eyeballs version 2, sections 4 to 6).
// Plain POSIX; the session worker only.
#pragma once

#include "core/clock.h"
#include "core/endpoint.h"
#include "core/result.h"
#include "core/unique_fd.h"
#include "worker/net/address.h"
#include "worker/net/resolve.h"

#include <deque>
#include <optional>
#include <vector>

#include <poll.h>

namespace kith::worker::net {

/// The order of RFC 8305 section 4: the families in turn, beginning with the one of the first address, the
/// order within a family kept.
[[nodiscard]] std::vector<Address> interleaved(std::vector<Address> addresses);

/// One attempt to reach one endpoint: looks the name up, then tries its addresses, a new one every
/// limits::connectionAttemptDelay or as soon as the last has failed; the first that answers wins. Owned by
/// the session; used from a loop: entries(), waitFor(), advance(). Never blocks.
class Dialer final {
public:
    Dialer(core::Endpoint endpoint, core::TimePoint now);

    /// What to wait for, and until when.
    [[nodiscard]] std::vector<pollfd> entries() const;
    [[nodiscard]] core::Deadline deadline() const;

    /// After waiting. No descriptor: go on. A descriptor: connected. Errors: NameNotFound, NameLookupFailed,
    /// ConnectionRefused, NoAnswer, NetworkUnreachable, ConnectFailed; number is errno or the EAI_ code.
    [[nodiscard]] core::Result<core::UniqueFd> advance(const std::vector<pollfd>& entries,
                                                       core::TimePoint now);

    /// The address an attempt was last begun to, once for each; for the program to show.
    [[nodiscard]] std::optional<core::Endpoint> takeAttempt();

    /// getaddrinfo is under way: a worker that must end now ends by _exit(2).
    [[nodiscard]] bool resolving() const { return resolver_.running(); }

private:
    void begin(std::vector<Address> addresses, core::TimePoint now);
    /// False where no address is left.
    bool startNext(core::TimePoint now);
    void note(int number);
    [[nodiscard]] core::UniqueFd takeConnected(const std::vector<pollfd>& entries, core::TimePoint now);

    core::Endpoint endpoint_;
    core::TimePoint end_;
    core::Deadline resolveEnd_;
    core::Deadline nextAttempt_;
    Resolver resolver_;
    std::deque<Address> untried_;
    std::vector<core::UniqueFd> attempts_;
    std::optional<core::Endpoint> attempted_;
    std::optional<core::Error> failure_; ///< the most telling one so far
};

} // namespace kith::worker::net

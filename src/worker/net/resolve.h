// Looking a name up, without blocking the worker. Plain POSIX; the session worker only.
#pragma once

#include "core/endpoint.h"
#include "core/result.h"
#include "core/unique_fd.h"
#include "worker/net/address.h"

#include <memory>
#include <optional>
#include <vector>

namespace kith::worker::net {

/// getaddrinfo(3) in a thread of its own, as it can be neither interrupted nor waited for with poll. Owned by
/// its Dialer; used from the worker's main thread. Destroying it before fd() was readable is not possible
/// without waiting for the resolver: a worker that must end then ends by _exit(2).
class Resolver final {
public:
    Resolver();
    ~Resolver();
    Resolver(const Resolver&) = delete;
    Resolver& operator=(const Resolver&) = delete;

    /// False where no thread could be started.
    [[nodiscard]] bool start(const core::Endpoint& endpoint);
    /// Readable once the answer is there; -1 while none is asked for.
    [[nodiscard]] int fd() const { return done_.get(); }
    [[nodiscard]] bool running() const { return lookup_ != nullptr; }

    /// Once fd() is readable: joins the thread. At most limits::resolvedAddresses, in the order of RFC 6724
    /// that getaddrinfo gives. Errors: NameNotFound, NameLookupFailed (number: the EAI_ code, or errno).
    [[nodiscard]] core::Result<std::vector<Address>> take();

private:
    struct Lookup;

    core::UniqueFd done_;
    std::unique_ptr<Lookup> lookup_;
};

/// An address that is numeric needs no look-up: at once, without a thread. Nothing where it is a name.
[[nodiscard]] std::optional<Address> numericAddress(const core::Endpoint& endpoint);

} // namespace kith::worker::net

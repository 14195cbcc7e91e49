// THE process boundary, 3 of 3: what is legal when. One table for each direction; both ends check with it.
// Plain C++; a value of its owner's.
#pragma once

#include "ipc/messages.h"

#include <cstdint>

namespace kith::ipc {

enum class Role : std::uint8_t { Listen, Connect, Serve };

/// Where a worker is, as its messages tell.
enum class Phase : std::uint8_t {
    Launched,   ///< nothing heard
    Ready,      ///< Ready was heard
    Listening,  ///< listener: Listening was heard
    Connecting, ///< session: an address is being tried
    Asking,     ///< session: a plain-text peer waits for an answer
    Securing,   ///< session: TLS stands; the handshake above it
    Open,       ///< session: text goes both ways, or profiles and entries do (Legality::secure())
    Over,       ///< Ended was heard; nothing may follow
};

/// Follows one worker. Stopping changes no phase; it is legal once, in any phase but Launched and Over. So
/// does Sandboxed, without which nothing is legal that takes a peer or a port. A
/// frame of the peer's handshake is legal once, where the peer is the side that says it, and in its order;
/// its PROFILE behind its AUTH.
class Legality final {
public:
    explicit Legality(Role role)
        : role_(role) {}

    [[nodiscard]] Role role() const { return role_; }
    [[nodiscard]] Phase phase() const { return phase_; }
    /// SecureUp was heard: text is not legal any more, entries are once it is open.
    [[nodiscard]] bool secure() const { return secure_; }

    /// A message that the worker sent: false where it is not legal now (and nothing changes), else the phase
    /// follows it.
    [[nodiscard]] bool fromWorker(const FromWorker& message);

    /// A message for the worker: false where the program may not send it now. The worker may be further than
    /// its messages tell yet: it passes over an Admit that comes behind its SecureUp.
    [[nodiscard]] bool toWorker(const ToWorker& message) const;

    /// May the worker pass a descriptor up? Only a listener that listens.
    [[nodiscard]] bool descriptorUp() const { return role_ == Role::Listen && phase_ == Phase::Listening; }

private:
    Role role_;
    Phase phase_ = Phase::Launched;
    unsigned peerSaid_ = 0; ///< frames of the handshake, one bit for each alternative
    bool secure_ = false;
    bool sandboxed_ = false;
    bool stopping_ = false;
};

} // namespace kith::ipc

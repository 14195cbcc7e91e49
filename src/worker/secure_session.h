// A session with another Kith: TLS, and frames in it (PROTOCOL.md, "Secure mode").
#pragma once

#include "core/clock.h"
#include "core/endpoint.h"
#include "core/unique_fd.h"
#include "ipc/messages.h"
#include "worker/channel.h"
#include "worker/net/socket.h"
#include "worker/process.h"
#include "worker/secure_link.h"

#include <cstdint>
#include <memory>
#include <optional>

namespace kith::worker {

/// Talks to one secure peer over one connected socket, until one side ends it. Carries what two programs say
/// to each other, checks that it is whole, bounded and legal, and believes none of it: it never sees a key.
/// Owned by Session; the worker's main thread.
///
///     Tls --> Hello --> Settling --> Open
///          |         |            both PROFILEs went
///          |         the peer's HELLO came: SecureUp; the programs settle who the other is
///          TLS stands: HELLOs
///
/// SIGUSR1 ends it well from anywhere: from Settling and Open, what is queued goes out within limits::drain,
/// then GOODBYE, close_notify, FIN; before, at once.
class SecureSession final {
public:
    /// `hello` is said to the peer.
    SecureSession(Channel& channel, net::Peer peer, int programPid, const core::HelloBytes& hello);

    /// We dialled. `context` is of the initiator.
    [[nodiscard]] ExitStatus initiate(tls::Context& context);
    /// The peer was accepted, and its first byte is TLS's; `context` is of the responder. By `authenticated`
    /// the program must have said what it makes of its AUTH.
    [[nodiscard]] ExitStatus respond(tls::Context& context, core::TimePoint authenticated);

private:
    enum class Step : std::uint8_t { Tls, Hello, Settling, Open };

    [[nodiscard]] ExitStatus loop();
    [[nodiscard]] core::Deadline deadline() const;
    [[nodiscard]] pollfd peerEntry() const;
    [[nodiscard]] bool listening() const;
    /// SecureUp was sent: the programs have something to say to each other.
    [[nodiscard]] bool begun() const { return step_ == Step::Settling || step_ == Step::Open; }

    void onSignals();
    void takeMessages();
    [[nodiscard]] bool obey(const ipc::ToWorker& message);
    [[nodiscard]] bool sendHandshake(const core::HandshakeFrame& frame);
    void onTime(core::TimePoint now, bool listened);

    void advance();
    void readPeer();
    void takeFrames();
    void onHello(const wire::Hello& hello);
    void onHandshake(const core::HandshakeFrame& frame);
    void onProfile(core::Profile profile);
    void onFrame(wire::Frame frame);
    void openIfBoth();
    void onLateness();
    void endOfPeer(tls::TlsEnd end);
    void finish(core::Reason reason, int number = 0);

    [[nodiscard]] ExitStatus leave();
    void hangUp(bool asked);
    void linger();

    Channel& channel_;
    core::UniqueFd peer_;
    int programPid_;
    core::HelloBytes hello_;
    core::Endpoint address_;
    core::Side side_ = core::Side::Initiator;
    std::optional<SecureLink> link_;
    Step step_ = Step::Tls;
    std::uint64_t lastNumber_ = 0;
    /// The peer's, kept until ours has gone: it opens the session behind our own.
    std::optional<core::Profile> early_;
    std::optional<core::Goodbye> goodbye_ = core::Goodbye::Ended;
    core::Deadline stepEnd_;
    core::Deadline drainEnd_; ///< SIGUSR1 came: until then what is queued may go out
    bool noMore_ = false;     ///< the program has nothing more to send
    std::optional<ipc::Ended> ended_;
};

} // namespace kith::worker

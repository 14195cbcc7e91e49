// A session with a plain-text peer: netcat, telnet, a classic chat program (PROTOCOL.md, "Plain text").
#pragma once

#include "core/clock.h"
#include "core/endpoint.h"
#include "core/unique_fd.h"
#include "ipc/messages.h"
#include "wire/plain_text.h"
#include "worker/channel.h"
#include "worker/net/socket.h"
#include "worker/peer_queue.h"
#include "worker/process.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kith::worker {

/// Talks to one plain-text peer over one connected socket, until one side ends it; or finds that it is no
/// plain-text peer, by the first byte. Owned by Session; the worker's main thread.
///
///     FirstByte ----> Asking ----> Open         an accepted peer: told apart by its first byte, then asked
///     about (receive)                    ^ (talk) ----------------------+            a peer that was dialled
///
/// SIGUSR1 ends it well from anywhere: from Open, what is queued goes out within limits::drain, then FIN;
/// before, at once and without a byte.
class PlainSession final {
public:
    PlainSession(Channel& channel, net::Peer peer, int programPid);

    /// The person dialled and chose plain text.
    [[nodiscard]] ExitStatus talk();
    /// The peer was accepted. Nothing where it begins TLS, of which not a byte was read; then takePeer().
    [[nodiscard]] std::optional<ExitStatus> receive(const ipc::ServeRole& role);
    [[nodiscard]] net::Peer takePeer() { return {std::move(peer_), address_}; }
    /// The program was asked about the peer.
    [[nodiscard]] bool asked() const { return step_ != Step::FirstByte; }

private:
    enum class Step : std::uint8_t { FirstByte, Asking, Open };

    void loop();
    [[nodiscard]] core::Deadline deadline() const;
    [[nodiscard]] pollfd peerEntry() const;

    void onSignals();
    void takeMessages();
    void onPeer(const pollfd& entry);
    /// listened: what came of the peer would have been read in this turn.
    void onTime(core::TimePoint now, bool listened);

    [[nodiscard]] bool readFirstByte();
    void readRequest();
    /// False where there was nothing to read.
    bool readText();
    void ask();
    void open();
    void pass(const std::vector<std::string>& messages);
    void writePeer();
    void endOfPeer(int number);
    void finish(core::Reason reason, int number = 0);

    [[nodiscard]] ExitStatus leave();
    void hangUp();
    void linger();

    Channel& channel_;
    core::UniqueFd peer_;
    int programPid_;
    core::Endpoint address_;
    Step step_ = Step::FirstByte;
    bool plainAllowed_ = true;
    bool letIn_ = false;
    /// Accepted, and not a byte has gone either way: its first one still tells what it speaks.
    bool undecided_ = false;
    bool beginsTls_ = false;
    wire::PlainDecoder decoder_;
    PeerQueue queue_;
    std::string early_; ///< raw bytes read before the peer was let in, at most limits::plainPreview
    std::uint64_t lastNumber_ = 0;
    core::Deadline stepEnd_;    ///< of FirstByte
    core::Deadline partialEnd_; ///< when what came without a newline is shown
    core::Deadline drainEnd_;   ///< SIGUSR1 came: until then what is queued may go out
    bool noMore_ = false;       ///< the program has nothing more to send
    std::optional<ipc::Ended> ended_;
};

} // namespace kith::worker

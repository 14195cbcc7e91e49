// TLS with frames in it: what a secure session says and hears, legal and whole.
#pragma once

#include "core/clock.h"
#include "wire/codec.h"
#include "wire/legality.h"
#include "worker/tls/connection.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>

namespace kith::worker {

/// One TLS connection, the frames in it and whether they are legal, for both directions; answers pings and
/// asks a silent peer for life. Owned by SecureSession; the worker's main thread. A peer that breaks a rule
/// or is gone makes over() true for good; what had come whole before that is still given out first.
class SecureLink final {
public:
    /// `context` is of that side. `peer` is connected and non-blocking; it stays the caller's.
    SecureLink(tls::Context& context, core::Side side, int peer);

    /// Goes on with the TLS handshake. True once it stands.
    [[nodiscard]] bool handshake() { return tls_->handshake(); }
    [[nodiscard]] const tls::Connection& tls() const { return *tls_; }

    /// Queues a frame. False where it is not legal now, or more than limits::peerQueue would wait: the
    /// program must not have sent it.
    [[nodiscard]] bool say(const wire::Frame& frame);
    [[nodiscard]] bool sayEntry(std::uint64_t number, const core::Entry& entry);
    /// Queues the end behind everything.
    void close() { tls_->close(); }
    /// Writes what can be written now.
    void flush() { tls_->flush(); }
    /// The number of the last entry that is wholly with the kernel, if that is a new one since the last call.
    [[nodiscard]] std::optional<std::uint64_t> takeWritten();

    /// Reads the records that are there, until limits::readChunk is reached.
    void read();
    /// The next frame of the peer's, but PING and PONG, which are dealt with here.
    [[nodiscard]] std::optional<wire::Frame> next();
    /// Once nothing is left to give out: the peer is gone or broke a rule. ProtocolBroken, TooMuch, or as
    /// tls::TlsEnd says.
    [[nodiscard]] std::optional<tls::TlsEnd> over() const;

    /// Where each side is, by what it has said.
    [[nodiscard]] wire::Phase ownPhase() const { return own_.phase(); }
    [[nodiscard]] wire::Phase peerPhase() const { return peer_.phase(); }

    /// When onTime() has something to do.
    [[nodiscard]] core::Deadline deadline() const;
    /// `listened`: what came of the peer would have been read; its silence counts only then.
    void onTime(core::TimePoint now, bool listened);

private:
    /// Where an entry ends.
    struct Mark {
        std::uint64_t number;
        std::uint64_t end; ///< its last byte, counted from the beginning of the session
    };

    [[nodiscard]] bool living() const;
    [[nodiscard]] bool answer(const wire::Frame& frame);
    [[nodiscard]] bool takePing();
    void finish(core::Reason reason, int number = 0);

    std::unique_ptr<tls::Connection> tls_;
    wire::Legality own_;
    wire::Legality peer_;
    wire::FrameReader reader_;
    std::deque<Mark> marks_;
    core::TimePoint heard_;    ///< when the peer last said anything
    core::Deadline nextPing_;  ///< while the peer is silent
    core::TimePoint pingTime_; ///< until when the peer's pings are paid for, see takePing()
    std::optional<tls::TlsEnd> over_;
};

} // namespace kith::worker

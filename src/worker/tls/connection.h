// TLS 1.3 over one connected socket, without blocking: what the rest of the worker sees of it. OpenSSL is
// behind it, in a module that is loaded when a peer speaks TLS (load.cpp): linked, it made every worker, a
// listener's too, twice as late to be ready and four times as large. The worker's main thread.
#pragma once

#include "core/bytes.h"
#include "core/hello.h"
#include "core/limits.h"
#include "core/reason.h"
#include "core/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kith::worker::tls {

/// Why a connection is over: PeerClosed (close_notify), PeerVanished (reset, or end-of-file without
/// close_notify), NotKith (what came is not TLS 1.3 with ALPN kith/1), TlsFailed (any other failure), TooMuch
/// (post-handshake messages over limits::postHandshakeMessages an hour).
struct TlsEnd {
    core::Reason reason = core::Reason::TlsFailed;
    int number = 0; ///< errno where there is one
};

/// One TLS connection, as I (client) or R (server): TLS 1.3 alone, ALPN kith/1 checked at both ends, no
/// tickets, no resumption, no early data, no client certificate, the server's certificate looked at by nobody
/// (who it is, is settled above). Records are padded. Owned by the session; the worker's main thread.
///
/// A peer that cannot be written to may have said something before it went: nothing more is written then, and
/// it is over when what had come is read.
class Connection {
public:
    Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    virtual ~Connection() = default;

    /// Goes on with the handshake as far as it goes now. True once it stands.
    [[nodiscard]] virtual bool handshake() = 0;
    /// The peer has shown that it speaks TLS 1.3, whatever becomes of the handshake.
    [[nodiscard]] virtual bool metTls() const = 0;
    /// Once it stands: 32 bytes, label "EXPERIMENTAL-kith-auth-v1", empty context (RFC 8446 section 7.5).
    [[nodiscard]] virtual std::optional<core::Exporter> exporter() const = 0;
    [[nodiscard]] virtual std::string cipher() const = 0;

    /// Reads one record into `out` (appended), whole: what stayed inside TLS would wake nobody who waits for
    /// the socket. False where none was there.
    virtual bool read(std::string& out) = 0;
    /// Queues bytes; flush() writes them.
    virtual void write(std::string_view bytes) = 0;
    /// Writes what can be written now.
    virtual void flush() = 0;
    /// Bytes queued and not yet with the kernel.
    [[nodiscard]] virtual std::size_t queued() const = 0;
    /// Bytes given to write() and with the kernel, since the beginning.
    [[nodiscard]] virtual std::uint64_t written() const = 0;

    /// Queues a close_notify behind everything; before the handshake stands TLS has none to send.
    virtual void close() = 0;
    /// Everything that was queued, a close_notify too, is with the kernel, or can never be.
    [[nodiscard]] virtual bool flushed() const = 0;

    /// What poll(2) should wait for: POLLIN, POLLOUT, as TLS needs it now.
    [[nodiscard]] virtual short wanted(bool reading) const = 0;
    /// Set once it is over, for good.
    [[nodiscard]] virtual const std::optional<TlsEnd>& over() const = 0;
};

/// Everything costly that can be made before there is a peer: OpenSSL itself, its settings and, of a
/// responder, its throw-away certificate (no name in it). Made once a process; owned by the session. Nothing
/// is read from OpenSSL's configuration.
class Context {
public:
    Context() = default;
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    virtual ~Context() = default;

    /// Errors: WorkerMissing (the module is not where it was installed), TlsFailed (OpenSSL could not).
    [[nodiscard]] static core::Result<std::unique_ptr<Context>> make(core::Side side);

    /// `peer` is connected and non-blocking; it stays the caller's. `recordsPerKey`: the sending key is
    /// renewed after so many records.
    [[nodiscard]] virtual std::unique_ptr<Connection>
    connect(int peer, std::uint64_t recordsPerKey = core::limits::recordsPerKey) = 0;
};

} // namespace kith::worker::tls

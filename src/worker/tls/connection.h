// TLS 1.3 over one connected socket, without blocking. The only use of OpenSSL's TLS. The worker's main
// thread.
#pragma once

#include "core/bytes.h"
#include "core/hello.h"
#include "core/limits.h"
#include "core/reason.h"

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

/// Everything costly that can be made before there is a peer: the OpenSSL context and, of a responder, its
/// throw-away certificate (no name in it). Made once a process. Nothing is read from OpenSSL's configuration.
class Context final {
public:
    /// Nothing where OpenSSL could not: then the worker ends with TlsFailed.
    [[nodiscard]] static std::unique_ptr<Context> make(core::Side side);
    ~Context();

private:
    friend class Connection;
    struct Private;
    explicit Context(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d_;
};

/// One TLS connection, as I (client) or R (server): TLS 1.3 alone, ALPN kith/1 checked at both ends, no
/// tickets, no resumption, no early data, no client certificate, the server's certificate looked at by nobody
/// (who it is, is settled above). Records are padded. Owned by the session.
///
/// A peer that cannot be written to may have said something before it went: nothing more is written then, and
/// it is over when what had come is read.
class Connection final {
public:
    /// `peer` is connected and non-blocking; it stays the caller's. `recordsPerKey`: the sending key is
    /// renewed after so many records.
    Connection(Context& context, core::Side side, int peer,
               std::uint64_t recordsPerKey = core::limits::recordsPerKey);
    ~Connection();

    /// Goes on with the handshake as far as it goes now. True once it stands.
    [[nodiscard]] bool handshake();
    /// The peer has shown that it speaks TLS 1.3, whatever becomes of the handshake.
    [[nodiscard]] bool metTls() const;
    /// Once it stands: 32 bytes, label "EXPERIMENTAL-kith-auth-v1", empty context (RFC 8446 section 7.5).
    [[nodiscard]] std::optional<core::Exporter> exporter() const;
    [[nodiscard]] std::string cipher() const;

    /// Reads what is there, at most `most` bytes, into `out` (appended). False where nothing was there.
    bool read(std::string& out, std::size_t most);
    /// Queues bytes; flush() writes them.
    void write(std::string_view bytes);
    /// Writes what can be written now.
    void flush();
    /// Bytes queued and not yet with the kernel.
    [[nodiscard]] std::size_t queued() const;
    /// Bytes given to write() and with the kernel, since the beginning.
    [[nodiscard]] std::uint64_t written() const;

    /// Queues a close_notify behind everything; before the handshake stands TLS has none to send.
    void close();
    /// Everything that was queued, a close_notify too, is with the kernel, or can never be.
    [[nodiscard]] bool flushed() const;

    /// What poll(2) should wait for: POLLIN, POLLOUT, as TLS needs it now. Data may also wait inside TLS
    /// (pending()).
    [[nodiscard]] short wanted(bool reading) const;
    [[nodiscard]] bool pending() const;
    /// Set once it is over, for good.
    [[nodiscard]] const std::optional<TlsEnd>& over() const;

private:
    struct Private;
    std::unique_ptr<Private> d_;
};

} // namespace kith::worker::tls

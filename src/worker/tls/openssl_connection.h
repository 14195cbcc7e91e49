// A TLS connection by OpenSSL. Plain C++ over OpenSSL; the session worker's main thread.
#pragma once

#include "core/clock.h"
#include "worker/tls/connection.h"
#include "worker/tls/openssl.h"

#include <array>

namespace kith::worker::tls {

/// See Connection. OpenSSL writes to the socket without MSG_NOSIGNAL, so SIGPIPE is ignored (signals.h).
class OpenSslConnection final : public Connection {
public:
    OpenSslConnection(SSL_CTX& context, core::Side side, int peer, std::uint64_t recordsPerKey);

    [[nodiscard]] bool handshake() override;
    [[nodiscard]] bool metTls() const override { return metTls_; }
    [[nodiscard]] std::optional<core::Exporter> exporter() const override;
    [[nodiscard]] std::string cipher() const override;
    bool read(std::string& out) override;
    void write(std::string_view bytes) override;
    void flush() override;
    [[nodiscard]] std::size_t queued() const override { return out_.size() - begin_; }
    [[nodiscard]] std::uint64_t written() const override { return written_; }
    void close() override { closeAsked_ = true; }
    [[nodiscard]] bool flushed() const override;
    [[nodiscard]] short wanted(bool reading) const override;
    [[nodiscard]] const std::optional<TlsEnd>& over() const override { return over_; }

private:
    static void onMessage(int sent, int version, int type, const void* bytes, std::size_t size, SSL* ssl,
                          void* self);
    void onSent(int type, std::string_view message);
    void onReceived(int type, std::string_view message);
    void countMessage();

    void finish(core::Reason reason, int number = 0);
    /// After a call of OpenSSL's for reading that did not succeed.
    void noteReadFailure(int result);
    void fail(int error, int number);
    [[nodiscard]] bool canWrite() const { return stands_ && !broken_ && writeFailure_ == 0 && !closeSent_; }
    [[nodiscard]] bool writeOnce();
    void sendClose();

    Owned<SSL> ssl_;
    std::uint64_t recordsPerKey_;
    bool stands_ = false;
    bool metTls_ = false;
    bool readWantsWrite_ = false;
    bool closeAsked_ = false;
    bool closeSent_ = false;
    bool broken_ = false;   ///< OpenSSL may not be asked for anything any more
    int writeFailure_ = 0;  ///< errno of the first write that failed
    std::size_t retry_ = 0; ///< the length of a write that OpenSSL wants repeated
    std::string out_;
    std::size_t begin_ = 0; ///< of what is unwritten of out_
    std::uint64_t written_ = 0;
    std::uint64_t records_ = 0; ///< sent under the present key
    /// When the last messages after the handshake came; messages_ counts them all.
    std::array<core::TimePoint, core::limits::postHandshakeMessages> came_{};
    std::uint64_t messages_ = 0;
    bool tooMuch_ = false;
    std::optional<TlsEnd> over_;
};

} // namespace kith::worker::tls

#include "worker/tls/openssl_connection.h"

#include <algorithm>
#include <cerrno>

#include <openssl/err.h>
#include <poll.h>

namespace kith::worker::tls {

namespace {

namespace limits = core::limits;

/// RFC 8446 section 5.1: a record holds at most 2^14 bytes; one of them is the content type within, so that a
/// full record too is a multiple of limits::recordPadding.
constexpr std::size_t recordData = SSL3_RT_MAX_PLAIN_LENGTH - 1;

constexpr std::string_view exporterLabel = "EXPERIMENTAL-kith-auth-v1";

} // namespace

/// OpenSSL's trace of all that goes by (SSL_set_msg_callback(3)); the only way to learn of what it handles by
/// itself.
void OpenSslConnection::onMessage(int sent, int /*version*/, int type, const void* bytes, std::size_t size,
                                  SSL* /*ssl*/, void* self) {
    auto& d = *static_cast<OpenSslConnection*>(self);
    const std::string_view message(static_cast<const char*>(bytes), size);
    if (sent != 0)
        d.onSent(type, message);
    else
        d.onReceived(type, message);
}

void OpenSslConnection::onSent(int type, std::string_view message) {
    if (type == SSL3_RT_HEADER)
        ++records_;
    // The server answers a ClientHello only once it has agreed to TLS 1.3.
    if (type == SSL3_RT_HANDSHAKE && message.front() == SSL3_MT_SERVER_HELLO)
        metTls_ = true;
}

void OpenSslConnection::onReceived(int type, std::string_view message) {
    // The first message behind a ServerHello that was found good.
    if (type == SSL3_RT_HANDSHAKE && message.front() == SSL3_MT_ENCRYPTED_EXTENSIONS)
        metTls_ = true;
    // Alerts too: a peer may send user_canceled as often as it likes.
    if (stands_ && (type == SSL3_RT_HANDSHAKE || type == SSL3_RT_ALERT))
        countMessage();
}

void OpenSslConnection::countMessage() {
    const core::TimePoint now = core::Clock::now();
    core::TimePoint& slot = came_.at(messages_ % came_.size());
    if (messages_ >= came_.size() && now - slot < limits::postHandshakeTime)
        tooMuch_ = true;
    slot = now;
    ++messages_;
}

void OpenSslConnection::finish(core::Reason reason, int number) {
    if (!over_)
        over_ = TlsEnd{reason, number};
}

void OpenSslConnection::noteReadFailure(int result) {
    const int number = errno;
    const int error = SSL_get_error(ssl_.get(), result);
    readWantsWrite_ = error == SSL_ERROR_WANT_WRITE;
    if (error == SSL_ERROR_ZERO_RETURN) {
        finish(core::Reason::PeerClosed);
    } else if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) {
        fail(error, number);
    } else if (writeFailure_ != 0) {
        finish(core::Reason::PeerVanished, writeFailure_); // all that had come is read
    }
}

/// OpenSSL reports an end-of-file without close_notify as SSL_ERROR_SSL first and as SSL_ERROR_SYSCALL
/// without an errno from then on, so that neither is asked for a second time.
void OpenSslConnection::fail(int error, int number) {
    broken_ = true;
    const unsigned long first = ERR_peek_error();
    const bool endOfFile =
        ERR_GET_LIB(first) == ERR_LIB_SSL && ERR_GET_REASON(first) == SSL_R_UNEXPECTED_EOF_WHILE_READING;
    if (error == SSL_ERROR_SYSCALL || endOfFile)
        finish(core::Reason::PeerVanished, endOfFile ? 0 : number);
    else
        finish(metTls_ ? core::Reason::TlsFailed : core::Reason::NotKith);
    ERR_clear_error();
}

OpenSslConnection::OpenSslConnection(SSL_CTX& context, core::Side side, int peer, std::uint64_t recordsPerKey)
    : ssl_(SSL_new(&context))
    , recordsPerKey_(recordsPerKey) {
    SSL* ssl = ssl_.get();
    if (ssl == nullptr || SSL_set_fd(ssl, peer) != 1) {
        broken_ = true;
        finish(core::Reason::TlsFailed);
        return;
    }
    SSL_set_msg_callback(ssl, onMessage);
    SSL_set_msg_callback_arg(ssl, this);
    if (side == core::Side::Initiator)
        SSL_set_connect_state(ssl);
    else
        SSL_set_accept_state(ssl);
}

bool OpenSslConnection::handshake() {
    if (stands_ || over_)
        return stands_ && !over_;
    ERR_clear_error();
    errno = 0;
    const int result = SSL_do_handshake(ssl_.get());
    if (result != 1) {
        noteReadFailure(result);
        return false;
    }
    stands_ = true;
    readWantsWrite_ = false;
    const unsigned char* name = nullptr;
    unsigned length = 0;
    SSL_get0_alpn_selected(ssl_.get(), &name, &length);
    if (SSL_version(ssl_.get()) != TLS1_3_VERSION ||
        std::string_view(reinterpret_cast<const char*>(name), length) != alpnName)
        finish(core::Reason::NotKith);
    return !over_;
}

std::optional<core::Exporter> OpenSslConnection::exporter() const {
    core::Exporter out;
    if (!stands_ ||
        SSL_export_keying_material(ssl_.get(), out.bytes.data(), out.bytes.size(), exporterLabel.data(),
                                   exporterLabel.size(), nullptr, 0, 1) != 1)
        return std::nullopt;
    return out;
}

std::string OpenSslConnection::cipher() const {
    return SSL_get_cipher_name(ssl_.get());
}

bool OpenSslConnection::read(std::string& out) {
    if (!stands_ || over_)
        return false;
    constexpr std::size_t room = SSL3_RT_MAX_PLAIN_LENGTH;
    const std::size_t before = out.size();
    out.resize(before + room);
    std::size_t got = 0;
    ERR_clear_error();
    errno = 0;
    const int result = SSL_read_ex(ssl_.get(), out.data() + before, room, &got);
    out.resize(before + got);
    if (result != 1)
        noteReadFailure(result);
    else
        readWantsWrite_ = false;
    if (tooMuch_)
        finish(core::Reason::TooMuch);
    return result == 1;
}

void OpenSslConnection::write(std::string_view bytes) {
    if (!closeAsked_)
        out_ += bytes;
}

/// False where nothing more can be written now.
bool OpenSslConnection::writeOnce() {
    if (records_ >= recordsPerKey_ && retry_ == 0 &&
        SSL_key_update(ssl_.get(), SSL_KEY_UPDATE_NOT_REQUESTED) == 1)
        records_ = 0;
    const std::size_t size = retry_ != 0 ? retry_ : std::min(out_.size() - begin_, recordData);
    std::size_t put = 0;
    ERR_clear_error();
    errno = 0;
    const int result = SSL_write_ex(ssl_.get(), out_.data() + begin_, size, &put);
    if (result == 1) {
        begin_ += put;
        written_ += put;
        retry_ = 0;
        return true;
    }
    const int number = errno;
    const int error = SSL_get_error(ssl_.get(), result);
    retry_ = size;
    if (error != SSL_ERROR_WANT_WRITE && error != SSL_ERROR_WANT_READ)
        writeFailure_ = number != 0 ? number : EPIPE;
    ERR_clear_error();
    return false;
}

void OpenSslConnection::flush() {
    while (canWrite() && begin_ < out_.size() && writeOnce()) {
    }
    // An idle session gives the memory of its longest burst back.
    if (begin_ == out_.size()) {
        out_.clear();
        if (out_.capacity() > limits::readChunk)
            out_.shrink_to_fit();
        begin_ = 0;
    } else if (begin_ > limits::peerQueue / 2) {
        out_.erase(0, begin_);
        begin_ = 0;
    }
    if (closeAsked_ && out_.empty() && canWrite())
        sendClose();
}

void OpenSslConnection::sendClose() {
    ERR_clear_error();
    errno = 0;
    const int result = SSL_shutdown(ssl_.get());
    if (result >= 0) {
        closeSent_ = true;
        return;
    }
    const int number = errno;
    if (SSL_get_error(ssl_.get(), result) != SSL_ERROR_WANT_WRITE)
        writeFailure_ = number != 0 ? number : EPIPE;
    ERR_clear_error();
}

bool OpenSslConnection::flushed() const {
    if (!stands_ && !over_)
        return queued() == 0;
    return !canWrite() || (queued() == 0 && !closeAsked_);
}

short OpenSslConnection::wanted(bool reading) const {
    if (broken_ || over_)
        return flushed() ? short{0} : short{POLLOUT};
    if (!stands_)
        return readWantsWrite_ ? short{POLLOUT} : short{POLLIN};
    short events = 0;
    if (reading)
        events = readWantsWrite_ ? short{POLLOUT} : short{POLLIN};
    if (!flushed())
        events = static_cast<short>(events | POLLOUT);
    return events;
}

} // namespace kith::worker::tls

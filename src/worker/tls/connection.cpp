#include "worker/tls/connection.h"

#include "core/clock.h"
#include "worker/tls/openssl.h"

#include <algorithm>
#include <array>
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

struct Connection::Private {
    Owned<SSL> ssl;
    std::uint64_t recordsPerKey = 0;

    bool stands = false;
    bool metTls = false;
    bool readWantsWrite = false;
    bool closeAsked = false;
    bool closeSent = false;
    bool broken = false;   ///< OpenSSL may not be asked for anything any more
    int writeFailure = 0;  ///< errno of the first write that failed
    std::size_t retry = 0; ///< the length of a write that OpenSSL wants repeated
    std::string out;
    std::size_t begin = 0; ///< of what is unwritten of `out`
    std::uint64_t written = 0;
    std::uint64_t records = 0; ///< sent under the present key

    /// When the last messages after the handshake came; `messages` counts them all.
    std::array<core::TimePoint, limits::postHandshakeMessages> came{};
    std::uint64_t messages = 0;
    bool tooMuch = false;

    std::optional<TlsEnd> over;

    static void onMessage(int sent, int version, int type, const void* bytes, std::size_t size, SSL* ssl,
                          void* self);
    void onSent(int type, std::string_view message);
    void onReceived(int type, std::string_view message);
    void countMessage();

    void finish(core::Reason reason, int number = 0);
    /// After a call of OpenSSL's for reading that did not succeed.
    void noteReadFailure(int result);
    void fail(int error, int number);
    [[nodiscard]] bool canWrite() const { return stands && !broken && writeFailure == 0 && !closeSent; }
    [[nodiscard]] bool writeOnce();
    void sendClose();
};

/// OpenSSL's trace of all that goes by (SSL_set_msg_callback(3)); the only way to learn of what it handles by
/// itself.
void Connection::Private::onMessage(int sent, int /*version*/, int type, const void* bytes, std::size_t size,
                                    SSL* /*ssl*/, void* self) {
    auto& d = *static_cast<Private*>(self);
    const std::string_view message(static_cast<const char*>(bytes), size);
    if (sent != 0)
        d.onSent(type, message);
    else
        d.onReceived(type, message);
}

void Connection::Private::onSent(int type, std::string_view message) {
    if (type == SSL3_RT_HEADER)
        ++records;
    // The server answers a ClientHello only once it has agreed to TLS 1.3.
    if (type == SSL3_RT_HANDSHAKE && message.front() == SSL3_MT_SERVER_HELLO)
        metTls = true;
}

void Connection::Private::onReceived(int type, std::string_view message) {
    // The first message behind a ServerHello that was found good.
    if (type == SSL3_RT_HANDSHAKE && message.front() == SSL3_MT_ENCRYPTED_EXTENSIONS)
        metTls = true;
    // Alerts too: a peer may send user_canceled as often as it likes.
    if (stands && (type == SSL3_RT_HANDSHAKE || type == SSL3_RT_ALERT))
        countMessage();
}

void Connection::Private::countMessage() {
    const core::TimePoint now = core::Clock::now();
    core::TimePoint& slot = came.at(messages % came.size());
    if (messages >= came.size() && now - slot < limits::postHandshakeTime)
        tooMuch = true;
    slot = now;
    ++messages;
}

void Connection::Private::finish(core::Reason reason, int number) {
    if (!over)
        over = TlsEnd{reason, number};
}

void Connection::Private::noteReadFailure(int result) {
    const int number = errno;
    const int error = SSL_get_error(ssl.get(), result);
    readWantsWrite = error == SSL_ERROR_WANT_WRITE;
    if (error == SSL_ERROR_ZERO_RETURN) {
        finish(core::Reason::PeerClosed);
    } else if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) {
        fail(error, number);
    } else if (writeFailure != 0) {
        finish(core::Reason::PeerVanished, writeFailure); // all that had come is read
    }
}

/// OpenSSL reports an end-of-file without close_notify as SSL_ERROR_SSL first and as SSL_ERROR_SYSCALL
/// without an errno from then on, so that neither is asked for a second time.
void Connection::Private::fail(int error, int number) {
    broken = true;
    const unsigned long first = ERR_peek_error();
    const bool endOfFile =
        ERR_GET_LIB(first) == ERR_LIB_SSL && ERR_GET_REASON(first) == SSL_R_UNEXPECTED_EOF_WHILE_READING;
    if (error == SSL_ERROR_SYSCALL || endOfFile)
        finish(core::Reason::PeerVanished, endOfFile ? 0 : number);
    else
        finish(metTls ? core::Reason::TlsFailed : core::Reason::NotKith);
    ERR_clear_error();
}

Connection::Connection(Context& context, core::Side side, int peer, std::uint64_t recordsPerKey)
    : d_(std::make_unique<Private>()) {
    d_->ssl.reset(SSL_new(context.d_->context.get()));
    d_->recordsPerKey = recordsPerKey;
    SSL* ssl = d_->ssl.get();
    if (ssl == nullptr || SSL_set_fd(ssl, peer) != 1) {
        d_->broken = true;
        d_->finish(core::Reason::TlsFailed);
        return;
    }
    SSL_set_msg_callback(ssl, Private::onMessage);
    SSL_set_msg_callback_arg(ssl, d_.get());
    if (side == core::Side::Initiator)
        SSL_set_connect_state(ssl);
    else
        SSL_set_accept_state(ssl);
}

Connection::~Connection() = default;

bool Connection::handshake() {
    if (d_->stands || d_->over)
        return d_->stands && !d_->over;
    ERR_clear_error();
    errno = 0;
    const int result = SSL_do_handshake(d_->ssl.get());
    if (result != 1) {
        d_->noteReadFailure(result);
        return false;
    }
    d_->stands = true;
    d_->readWantsWrite = false;
    const unsigned char* name = nullptr;
    unsigned length = 0;
    SSL_get0_alpn_selected(d_->ssl.get(), &name, &length);
    if (SSL_version(d_->ssl.get()) != TLS1_3_VERSION ||
        std::string_view(reinterpret_cast<const char*>(name), length) != alpnName)
        d_->finish(core::Reason::NotKith);
    return !d_->over;
}

bool Connection::metTls() const {
    return d_->metTls;
}

std::optional<core::Exporter> Connection::exporter() const {
    core::Exporter out;
    if (!d_->stands ||
        SSL_export_keying_material(d_->ssl.get(), out.bytes.data(), out.bytes.size(), exporterLabel.data(),
                                   exporterLabel.size(), nullptr, 0, 1) != 1)
        return std::nullopt;
    return out;
}

std::string Connection::cipher() const {
    return SSL_get_cipher_name(d_->ssl.get());
}

bool Connection::read(std::string& out, std::size_t most) {
    if (!d_->stands || d_->over || most == 0)
        return false;
    const std::size_t before = out.size();
    const std::size_t room = std::min(most, recordData);
    out.resize(before + room);
    std::size_t got = 0;
    ERR_clear_error();
    errno = 0;
    const int result = SSL_read_ex(d_->ssl.get(), out.data() + before, room, &got);
    out.resize(before + got);
    if (result != 1)
        d_->noteReadFailure(result);
    else
        d_->readWantsWrite = false;
    if (d_->tooMuch)
        d_->finish(core::Reason::TooMuch);
    return result == 1;
}

void Connection::write(std::string_view bytes) {
    if (!d_->closeAsked)
        d_->out += bytes;
}

/// False where nothing more can be written now.
bool Connection::Private::writeOnce() {
    if (records >= recordsPerKey && retry == 0 &&
        SSL_key_update(ssl.get(), SSL_KEY_UPDATE_NOT_REQUESTED) == 1)
        records = 0;
    const std::size_t size = retry != 0 ? retry : std::min(out.size() - begin, recordData);
    std::size_t put = 0;
    ERR_clear_error();
    errno = 0;
    const int result = SSL_write_ex(ssl.get(), out.data() + begin, size, &put);
    if (result == 1) {
        begin += put;
        written += put;
        retry = 0;
        return true;
    }
    const int number = errno;
    const int error = SSL_get_error(ssl.get(), result);
    retry = size;
    if (error != SSL_ERROR_WANT_WRITE && error != SSL_ERROR_WANT_READ)
        writeFailure = number != 0 ? number : EPIPE;
    ERR_clear_error();
    return false;
}

void Connection::flush() {
    while (d_->canWrite() && d_->begin < d_->out.size() && d_->writeOnce()) {
    }
    // An idle session gives the memory of its longest burst back.
    if (d_->begin == d_->out.size()) {
        d_->out.clear();
        if (d_->out.capacity() > limits::readChunk)
            d_->out.shrink_to_fit();
        d_->begin = 0;
    } else if (d_->begin > limits::peerQueue / 2) {
        d_->out.erase(0, d_->begin);
        d_->begin = 0;
    }
    if (d_->closeAsked && d_->out.empty() && d_->canWrite())
        d_->sendClose();
}

void Connection::Private::sendClose() {
    ERR_clear_error();
    errno = 0;
    const int result = SSL_shutdown(ssl.get());
    if (result >= 0) {
        closeSent = true;
        return;
    }
    const int number = errno;
    if (SSL_get_error(ssl.get(), result) != SSL_ERROR_WANT_WRITE)
        writeFailure = number != 0 ? number : EPIPE;
    ERR_clear_error();
}

std::size_t Connection::queued() const {
    return d_->out.size() - d_->begin;
}

std::uint64_t Connection::written() const {
    return d_->written;
}

void Connection::close() {
    d_->closeAsked = true;
}

bool Connection::flushed() const {
    if (!d_->stands && !d_->over)
        return queued() == 0;
    return !d_->canWrite() || (queued() == 0 && !d_->closeAsked);
}

short Connection::wanted(bool reading) const {
    if (d_->broken || d_->over)
        return flushed() ? short{0} : short{POLLOUT};
    if (!d_->stands)
        return d_->readWantsWrite ? short{POLLOUT} : short{POLLIN};
    short events = 0;
    if (reading)
        events = d_->readWantsWrite ? short{POLLOUT} : short{POLLIN};
    if (!flushed())
        events = static_cast<short>(events | POLLOUT);
    return events;
}

bool Connection::pending() const {
    return d_->stands && !d_->over && SSL_pending(d_->ssl.get()) > 0;
}

const std::optional<TlsEnd>& Connection::over() const {
    return d_->over;
}

} // namespace kith::worker::tls

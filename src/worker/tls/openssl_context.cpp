#include "worker/tls/openssl_context.h"

#include "core/limits.h"
#include "worker/tls/certificate.h"
#include "worker/tls/openssl.h"
#include "worker/tls/openssl_connection.h"

#include <utility>

namespace kith::worker::tls {

namespace {

namespace limits = core::limits;

/// Neither a configuration nor tables of error texts: nobody reads the one, nobody is shown the other.
bool startOpenSsl() {
    constexpr std::uint64_t options = OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_LOAD_SSL_STRINGS |
                                      OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS | OPENSSL_INIT_NO_ATEXIT;
    return OPENSSL_init_ssl(options, nullptr) == 1;
}

/// RFC 7301 section 3.2: a client that names other protocols alone is refused with an alert. One that names
/// none never comes here; Connection looks at what was agreed.
int selectProtocol(SSL* /*ssl*/, const unsigned char** out, unsigned char* outLength,
                   const unsigned char* offered, unsigned length, void* /*context*/) {
    unsigned char* chosen = nullptr;
    const auto* ours = reinterpret_cast<const unsigned char*>(alpnList.data());
    const int found = SSL_select_next_proto(&chosen, outLength, ours, static_cast<unsigned>(alpnList.size()),
                                            offered, length);
    *out = chosen;
    return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

/// What both sides have in common.
bool restrictToKith(SSL_CTX* context) {
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nullptr);
    // With AUTO_RETRY one read would go through any number of messages that are no data.
    SSL_CTX_clear_mode(context, SSL_MODE_AUTO_RETRY);
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                  SSL_MODE_RELEASE_BUFFERS);
    // Two groups of much the same low cost: a peer cannot have us compute in one that costs a hundred times
    // as much.
    return SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) == 1 &&
           SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION) == 1 &&
           SSL_CTX_set1_groups_list(context, "X25519:P-256") == 1 &&
           SSL_CTX_set_block_padding(context, limits::recordPadding) == 1;
}

bool makeClient(SSL_CTX* context) {
    // 0 is success, of this call alone.
    return SSL_CTX_set_alpn_protos(context, reinterpret_cast<const unsigned char*>(alpnList.data()),
                                   static_cast<unsigned>(alpnList.size())) == 0;
}

bool makeServer(SSL_CTX* context) {
    SSL_CTX_set_alpn_select_cb(context, selectProtocol, nullptr);
    return SSL_CTX_set_num_tickets(context, 0) == 1 && SSL_CTX_set_max_early_data(context, 0) == 1 &&
           setThrowAwayCertificate(*context);
}

/// See Context.
class OpenSslContext final : public Context {
public:
    OpenSslContext(core::Side side, Owned<SSL_CTX> context)
        : side_(side)
        , context_(std::move(context)) {}

    [[nodiscard]] std::unique_ptr<Connection> connect(int peer, std::uint64_t recordsPerKey) override {
        return std::make_unique<OpenSslConnection>(*context_, side_, peer, recordsPerKey);
    }

private:
    core::Side side_;
    Owned<SSL_CTX> context_;
};

} // namespace

std::unique_ptr<Context> makeOpenSslContext(core::Side side) {
    if (!startOpenSsl())
        return nullptr;
    const bool client = side == core::Side::Initiator;
    Owned<SSL_CTX> context(SSL_CTX_new(client ? TLS_client_method() : TLS_server_method()));
    if (!context || !restrictToKith(context.get()) ||
        !(client ? makeClient(context.get()) : makeServer(context.get())))
        return nullptr;
    return std::make_unique<OpenSslContext>(side, std::move(context));
}

} // namespace kith::worker::tls

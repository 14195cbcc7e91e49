#include "worker/tls/certificate.h"

#include "core/bytes.h"

#include <array>
#include <cstdint>

namespace kith::worker::tls {

namespace {

/// RFC 5280 section 4.1.2.5: no beginning and no end that would tell a clock.
constexpr const char* notBefore = "19700101000000Z";
constexpr const char* notAfter = "99991231235959Z";

/// RFC 5280 section 4.1.2.2: a positive number of at most 20 octets.
bool setSerial(X509& certificate) {
    std::array<std::uint8_t, 8> bytes{};
    core::fillRandom(bytes.data(), bytes.size());
    std::uint64_t serial = 1;
    for (const std::uint8_t byte : bytes)
        serial = (serial << 8U) | byte;
    return ASN1_INTEGER_set_uint64(X509_get_serialNumber(&certificate), serial) == 1;
}

} // namespace

bool setThrowAwayCertificate(SSL_CTX& context) {
    // P-256, the other cheap one, costs the same: within 0.1 ms and 4 KiB.
    const Owned<EVP_PKEY> key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    const Owned<X509> certificate(X509_new());
    if (!key || !certificate)
        return false;
    return X509_set_version(certificate.get(), X509_VERSION_3) == 1 && setSerial(*certificate) &&
           ASN1_TIME_set_string_X509(X509_getm_notBefore(certificate.get()), notBefore) == 1 &&
           ASN1_TIME_set_string_X509(X509_getm_notAfter(certificate.get()), notAfter) == 1 &&
           X509_set_pubkey(certificate.get(), key.get()) == 1 &&
           X509_sign(certificate.get(), key.get(), nullptr) > 0 &&
           SSL_CTX_use_certificate(&context, certificate.get()) == 1 &&
           SSL_CTX_use_PrivateKey(&context, key.get()) == 1;
}

} // namespace kith::worker::tls

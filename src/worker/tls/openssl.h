// What the files of this folder share of OpenSSL's own types; included by nothing else. Plain C++; the
// session worker.
#pragma once

#include <memory>
#include <string_view>

#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace kith::worker::tls {

/// Frees what OpenSSL gave, whichever it is.
struct Free {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    void operator()(SSL* ssl) const { SSL_free(ssl); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

/// ALPN's name of the protocol (RFC 7301), with its length before it as it goes over the wire.
inline constexpr std::string_view alpnName = "kith/1";
inline constexpr std::string_view alpnList = "\x06kith/1";

} // namespace kith::worker::tls

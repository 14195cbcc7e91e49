// libcrypto as Kith uses it: no configuration file, its values in unique_ptrs. Only for sources of this
// folder: no other header includes it, so that OpenSSL stays out of what the rest of Kith sees. Plain C++;
// any thread.
#pragma once

#include <memory>
#include <string_view>

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

namespace kith::core {

/// Calls `Free` where a unique_ptr goes; any thread.
template <auto Free>
struct FreeBy {
    template <typename T>
    void operator()(T* value) const {
        Free(value);
    }
};

using BioPtr = std::unique_ptr<BIO, FreeBy<BIO_free_all>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, FreeBy<EVP_PKEY_free>>;
using DigestPtr = std::unique_ptr<EVP_MD_CTX, FreeBy<EVP_MD_CTX_free>>;
/// Its free wipes the key in it.
using Pkcs8Ptr = std::unique_ptr<PKCS8_PRIV_KEY_INFO, FreeBy<PKCS8_PRIV_KEY_INFO_free>>;
using EncryptedPtr = std::unique_ptr<X509_SIG, FreeBy<X509_SIG_free>>;
using AlgorithmPtr = std::unique_ptr<X509_ALGOR, FreeBy<X509_ALGOR_free>>;

/// Before any other call: libcrypto would read openssl.cnf at the first, and what stands there may load
/// modules and forbid algorithms. Costs nothing the second time.
inline void prepareLibcrypto() {
    (void)OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
}

/// Bytes as libcrypto takes them; as valid as `bytes`. Any thread.
inline const unsigned char* raw(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

/// What libcrypto notes of failures in its scope is dropped with it: an error is told by a Result, and the
/// thread's queue stays as it was.
class ErrorsDropped final {
public:
    ErrorsDropped() { (void)ERR_set_mark(); }
    ~ErrorsDropped() { (void)ERR_pop_to_mark(); }
    ErrorsDropped(const ErrorsDropped&) = delete;
    ErrorsDropped& operator=(const ErrorsDropped&) = delete;
};

} // namespace kith::core

// Identity keys: Ed25519 (RFC 8032) by OpenSSL's libcrypto. Only programs hold a SigningKey, never a worker.
// Plain C++; any thread, one at a time for each value.
#pragma once

#include "core/bytes.h"
#include "core/result.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace kith::core {

/// A secret key. Its seed is in a page of its own, locked into memory where the system allows it, left out of
/// core files and wiped when it goes. Move-only.
class SigningKey final {
public:
    /// A fresh one, from the kernel's generator. Errors: Internal (libcrypto failed).
    [[nodiscard]] static Result<SigningKey> generate();
    /// From PKCS#8 as toPem() wrote it; the passphrase may be empty where it was written without one. Errors:
    /// KeyFileInvalid (not such a key), PassphraseWrong.
    [[nodiscard]] static Result<SigningKey> fromPem(std::string_view pem, std::string_view passphrase);

    SigningKey(SigningKey&&) noexcept;
    SigningKey& operator=(SigningKey&&) noexcept;
    ~SigningKey();

    [[nodiscard]] const PublicKey& publicKey() const { return public_; }
    [[nodiscard]] Result<Signature> sign(std::string_view message) const;

    /// PKCS#8 in PEM (RFC 5958, RFC 7468). With a passphrase: encrypted by PBES2 with scrypt and AES-256-CBC
    /// (RFC 8018, RFC 7914). Errors: Internal.
    [[nodiscard]] Result<std::string> toPem(std::string_view passphrase) const;

private:
    class Secret;
    SigningKey(std::unique_ptr<Secret> secret, const PublicKey& key);
    [[nodiscard]] static Result<SigningKey> of(std::unique_ptr<Secret> secret);

    std::unique_ptr<Secret> secret_;
    PublicKey public_{};
};

/// Overwrites the bytes and empties it: for a passphrase, and for the PEM of a key written without one.
void wipe(std::string& secret);
/// Overwrites the bytes of something else that held one.
void wipe(void* data, std::size_t size);

/// May this be somebody's key? Canonical (y < p) and not of small order: OpenSSL 3.0 accepts a small-order
/// key, for which one signature fits every message.
[[nodiscard]] bool isUsableKey(const PublicKey& key);

/// Is it that key's signature of the message? False for every key that is not usable.
[[nodiscard]] bool verify(const PublicKey& key, std::string_view message, const Signature& signature);

} // namespace kith::core

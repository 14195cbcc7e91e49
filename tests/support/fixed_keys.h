// Identity keys that a test knows beforehand.
#pragma once

#include "core/signing.h"

#include <QByteArray>

#include <cstdlib>
#include <string>
#include <utility>

namespace kith::tests {

/// PKCS#8 of Ed25519 up to the seed (RFC 8410 section 7).
inline QByteArray pkcs8Head() {
    return QByteArray::fromHex("302e020100300506032b657004220420");
}

inline std::string pemOf(const std::string& label, const QByteArray& der) {
    const std::string text = der.toBase64().toStdString();
    std::string pem = "-----BEGIN " + label + "-----\n";
    for (std::size_t at = 0; at < text.size(); at += 64)
        pem += text.substr(at, 64) + '\n';
    return pem + "-----END " + label + "-----\n";
}

/// The key with that seed of 32 bytes; a seed that is none is a mistake of the test's.
inline core::SigningKey keyOfSeed(const QByteArray& seed) {
    auto key = core::SigningKey::fromPem(pemOf("PRIVATE KEY", pkcs8Head().append(seed)), {});
    if (!key)
        std::abort();
    return std::move(key).value();
}

} // namespace kith::tests

// A key's file, as a person may import one: the first byte says whether the rest is the file, or what PEM
// would hold, plain or encrypted. Without a passphrase, so that no key derivation slows it down.
#include "claim.h"
#include "core/limits.h"
#include "core/signing.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <openssl/evp.h>

using namespace kith;

namespace {

std::string pemOf(const char* label, std::string_view bytes) {
    std::vector<unsigned char> text(4 * (bytes.size() / 3 + 1) + 1);
    const int size = ::EVP_EncodeBlock(text.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                                       static_cast<int>(bytes.size()));
    std::string pem = std::string("-----BEGIN ") + label + "-----\n";
    for (int at = 0; at < size; at += 64)
        pem.append(text.begin() + at, text.begin() + std::min(size, at + 64)).append("\n");
    return pem + "-----END " + label + "-----\n";
}

std::string fileOf(std::uint8_t kind, std::string_view rest) {
    if (kind % 3 == 0)
        return std::string(rest);
    return pemOf(kind % 3 == 1 ? "PRIVATE KEY" : "ENCRYPTED PRIVATE KEY", rest);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const std::string file = fileOf(data[0], {reinterpret_cast<const char*>(data) + 1, size - 1});
    const auto key = core::SigningKey::fromPem(file, "");
    if (!key.ok()) {
        CLAIM(key.error().reason == core::Reason::KeyFileInvalid ||
              key.error().reason == core::Reason::PassphraseWrong);
        return 0;
    }
    CLAIM(file.size() <= core::limits::keyFile);
    CLAIM(core::isUsableKey(key->publicKey()));
    const auto again = core::SigningKey::fromPem(key->toPem("").value(), "");
    CLAIM(again.ok() && again->publicKey() == key->publicKey());
    return 0;
}

#include "core/safety_number.h"

#include "core/libcrypto.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace kith::core {

namespace {

constexpr std::size_t digestBytes = 64;
constexpr std::size_t chunks = 6;
constexpr std::size_t chunkBytes = 5;
constexpr std::size_t chunkDigits = 5;

/// SHA-512, looked up once: to look it up costs more than to compute it.
class Sha512 final {
public:
    Sha512() {
        prepareLibcrypto();
        method_.reset(EVP_MD_fetch(nullptr, "SHA512", nullptr));
        context_.reset(EVP_MD_CTX_new());
        if (!method_ || !context_)
            std::abort(); // no memory
    }

    std::array<std::uint8_t, digestBytes> operator()(std::string_view bytes) {
        std::array<std::uint8_t, digestBytes> digest{};
        if (EVP_DigestInit_ex2(context_.get(), method_.get(), nullptr) != 1 ||
            EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) != 1 ||
            EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr) != 1)
            std::abort();
        return digest;
    }

private:
    std::unique_ptr<EVP_MD, FreeBy<EVP_MD_free>> method_;
    DigestPtr context_;
};

/// 30 digits: libsignal's Fingerprint::get_fingerprint and its encoding.
std::string half(Sha512& sha512, std::string_view identifier, std::string_view key, unsigned iterations) {
    std::string input(2, '\0'); // the construction's version, 0
    input.append(key).append(identifier).append(key);
    auto digest = sha512(input);
    for (unsigned i = 1; i < iterations; ++i) {
        input.assign(digest.begin(), digest.end());
        input.append(key);
        digest = sha512(input);
    }

    std::string digits;
    for (std::size_t chunk = 0; chunk < chunks; ++chunk) {
        std::uint64_t number = 0;
        for (std::size_t i = 0; i < chunkBytes; ++i)
            number = (number << 8U) | digest[chunk * chunkBytes + i];
        const std::string five = std::to_string(number % 100'000);
        digits.append(chunkDigits - five.size(), '0').append(five);
    }
    return digits;
}

} // namespace

std::string numericFingerprint(std::string_view identifierA, std::string_view keyA,
                               std::string_view identifierB, std::string_view keyB, unsigned iterations) {
    Sha512 sha512;
    const std::string a = half(sha512, identifierA, keyA, iterations);
    const std::string b = half(sha512, identifierB, keyB, iterations);
    return std::min(a, b) + std::max(a, b);
}

std::string safetyNumber(const PublicKey& one, const PublicKey& other) {
    constexpr unsigned iterations =
        5200; // libsignal's: finding another key with the same 30 digits costs some 2^112 digests
    return numericFingerprint(one.view(), one.view(), other.view(), other.view(), iterations);
}

std::string grouped(std::string_view safetyNumber) {
    std::string text;
    for (std::size_t i = 0; i < safetyNumber.size(); ++i) {
        if (i > 0 && i % chunkDigits == 0)
            text.push_back(' ');
        text.push_back(safetyNumber[i]);
    }
    return text;
}

std::string safetyCode(const PublicKey& one, const PublicKey& other) {
    return "kith-safety:1:" + safetyNumber(one, other);
}

} // namespace kith::core

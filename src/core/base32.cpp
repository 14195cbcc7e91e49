#include "core/base32.h"

namespace kith::core {

std::optional<std::uint8_t> base32Value(char c) {
    if (c >= 'A' && c <= 'Z')
        return static_cast<std::uint8_t>(c - 'A');
    if (c >= 'a' && c <= 'z')
        return static_cast<std::uint8_t>(c - 'a');
    if (c >= '2' && c <= '7')
        return static_cast<std::uint8_t>(c - '2' + 26);
    return std::nullopt;
}

std::string toBase32(std::string_view bytes) {
    std::string text;
    text.reserve(base32Length(bytes.size()));
    unsigned pending = 0;
    unsigned bits = 0;
    for (const char c : bytes) {
        pending = (pending << 8U) | static_cast<unsigned char>(c);
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            text.push_back(base32Alphabet[(pending >> bits) & 31U]);
        }
        pending &= (1U << bits) - 1U;
    }
    if (bits > 0)
        text.push_back(base32Alphabet[(pending << (5 - bits)) & 31U]);
    return text;
}

std::optional<std::vector<std::uint8_t>> fromBase32(std::string_view text) {
    const std::size_t size = text.size() * 5 / 8;
    if (base32Length(size) != text.size())
        return std::nullopt;
    std::vector<std::uint8_t> bytes;
    bytes.reserve(size);
    unsigned pending = 0;
    unsigned bits = 0;
    for (const char c : text) {
        const auto value = base32Value(c);
        if (!value)
            return std::nullopt;
        pending = (pending << 5U) | *value;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            bytes.push_back(static_cast<std::uint8_t>(pending >> bits));
            pending &= (1U << bits) - 1U;
        }
    }
    if (pending != 0)
        return std::nullopt;
    return bytes;
}

} // namespace kith::core

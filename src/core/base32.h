// Base32 as Kith writes it: RFC 4648's alphabet, upper case, no padding. Plain C++; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::core {

/// The 32 characters, each at its value.
inline constexpr std::string_view base32Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Characters that so many bytes take.
constexpr std::size_t base32Length(std::size_t bytes) {
    return (bytes * 8 + 4) / 5;
}

/// The value of one character, in any case; nothing for any other.
[[nodiscard]] std::optional<std::uint8_t> base32Value(char c);

[[nodiscard]] std::string toBase32(std::string_view bytes);

/// In any case. Nothing where a character is none of the alphabet, or the text is none that toBase32() makes
/// of any bytes: a length that no number of bytes has, or bits behind the last byte that are not 0. So two
/// texts that differ in more than case never mean the same bytes.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> fromBase32(std::string_view text);

} // namespace kith::core

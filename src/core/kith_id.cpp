#include "core/kith_id.h"

#include "core/base32.h"

#include <array>

namespace kith::core {

namespace {

constexpr std::size_t keyCharacters = base32Length(PublicKey::size);
constexpr std::size_t checksumCharacters = 6;
constexpr std::size_t idCharacters = keyCharacters + checksumCharacters;
constexpr std::size_t group = 4;

/// BIP 350, "Specification": the checksum of "kith" as the human-readable part, and of the key's characters
/// as the data, by their values.
class Checksum final {
public:
    Checksum() {
        constexpr std::string_view prefix = "kith";
        for (const char c : prefix)
            feed(static_cast<unsigned char>(c) >> 5U);
        feed(0);
        for (const char c : prefix)
            feed(static_cast<unsigned char>(c) & 31U);
    }

    /// BIP 173's polymod, one value at a time.
    void feed(std::uint32_t value) {
        constexpr std::array<std::uint32_t, 5> generator = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd,
                                                            0x2a1462b3};
        const std::uint32_t top = state_ >> 25U;
        state_ = ((state_ & 0x1ffffffU) << 5U) ^ value;
        for (std::size_t i = 0; i < generator.size(); ++i)
            state_ ^= ((top >> i) & 1U) != 0 ? generator[i] : 0;
    }

    /// The checksum's own characters, after the key's have been fed.
    [[nodiscard]] std::string characters() const {
        Checksum whole = *this;
        for (std::size_t i = 0; i < checksumCharacters; ++i)
            whole.feed(0);
        const std::uint32_t sum = whole.state_ ^ bech32m;
        std::string text;
        for (std::size_t i = 0; i < checksumCharacters; ++i)
            text.push_back(base32Alphabet[(sum >> (5 * (checksumCharacters - 1 - i))) & 31U]);
        return text;
    }

    /// Does it agree, after the checksum's characters have been fed too?
    [[nodiscard]] bool agrees() const { return state_ == bech32m; }

private:
    static constexpr std::uint32_t bech32m = 0x2bc830a3;
    std::uint32_t state_ = 1;
};

Error invalidId(std::string_view why) {
    return {Reason::KithIdInvalid, 0, std::string(why)};
}

} // namespace

std::string toKithId(const PublicKey& key) {
    std::string characters = toBase32(key.view());
    Checksum checksum;
    for (const char c : characters)
        checksum.feed(*base32Value(c));
    characters += checksum.characters();

    std::string text;
    text.reserve(characters.size() + characters.size() / group);
    for (std::size_t i = 0; i < characters.size(); ++i) {
        if (i > 0 && i % group == 0)
            text.push_back('-');
        text.push_back(characters[i]);
    }
    return text;
}

Result<PublicKey> parseKithId(std::string_view text) {
    std::string characters;
    characters.reserve(idCharacters);
    Checksum checksum;
    for (const char c : text) {
        if (c == '-' || c == ' ' || (c >= '\t' && c <= '\r'))
            continue;
        const auto value = base32Value(c);
        if (!value)
            return invalidId("character");
        if (characters.size() == idCharacters)
            return invalidId("too long");
        characters.push_back(c);
        checksum.feed(*value);
    }
    if (characters.size() != idCharacters)
        return invalidId("too short");
    if (!checksum.agrees())
        return invalidId("checksum");
    const auto bytes = fromBase32(std::string_view(characters).substr(0, keyCharacters));
    if (!bytes)
        return invalidId("bits behind the key");
    return *PublicKey::from(*bytes);
}

std::string shortKithId(const PublicKey& key) {
    return toKithId(key).substr(0, 2 * group + 1) + "\xE2\x80\xA6"; // U+2026, an ellipsis
}

} // namespace kith::core

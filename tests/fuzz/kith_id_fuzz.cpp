// What a person types or pastes as a Kith ID: what is taken is written back as the same characters, and any
// 32 bytes are written as what is taken.
#include "claim.h"
#include "core/base32.h"
#include "core/kith_id.h"

#include <cctype>
#include <cstddef>
#include <cstdint>

using namespace kith;

namespace {

std::string charactersOf(std::string_view text) {
    std::string characters;
    for (const char c : text) {
        if (c != '-' && std::isspace(static_cast<unsigned char>(c)) == 0)
            characters.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
    }
    return characters;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto key = core::parseKithId(text);
    if (key.ok())
        CLAIM(charactersOf(core::toKithId(*key)) == charactersOf(text));

    const auto bytes = core::fromBase32(text);
    if (bytes)
        CLAIM(core::toBase32({reinterpret_cast<const char*>(bytes->data()), bytes->size()}) ==
              charactersOf(text));

    if (const auto any = core::PublicKey::from(text.substr(0, core::PublicKey::size))) {
        const auto again = core::parseKithId(core::toKithId(*any));
        CLAIM(again.ok() && *again == *any);
    }
    return 0;
}

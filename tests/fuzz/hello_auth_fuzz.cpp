// A HELLO and an AUTH as a peer may send them: the first byte says whose they are, 40 bytes are the HELLO, 32
// a key, 64 a signature, and the rest is what was signed.
#include "claim.h"
#include "core/hello.h"
#include "core/signing.h"

#include <cstddef>
#include <cstdint>

using namespace kith;

namespace {

const core::SigningKey& self() {
    static const core::SigningKey key = core::SigningKey::generate().value();
    return key;
}

/// Takes as many bytes as the value has off the front; zeros where there are not so many.
template <typename Fixed>
Fixed take(std::string_view& bytes) {
    const auto value = Fixed::from(bytes.substr(0, Fixed::size));
    bytes.remove_prefix(std::min(bytes.size(), Fixed::size));
    return value.value_or(Fixed{});
}

void checkHello(const core::HelloBytes& bytes, core::Side side) {
    const auto hello = core::decode(bytes, side);
    if (!hello.ok()) {
        CLAIM(hello.error().reason == core::Reason::ProtocolBroken);
        return;
    }
    CLAIM(core::encode(*hello) == bytes);
    CLAIM(hello->versionMin > 0 && hello->versionMin <= hello->versionMax);
    CLAIM(side == core::Side::Initiator || !hello->hostKeyUnknown);
    CLAIM(hello->hostKeyUnknown || !hello->noContactFits);
    const core::Hello own = core::makeHello();
    const auto chosen = core::choose(own, *hello);
    const auto theirs = core::choose(*hello, own);
    CLAIM(chosen.ok() == theirs.ok());
    if (!chosen.ok())
        return;
    CLAIM(*chosen == *theirs);
    CLAIM(chosen->version >= hello->versionMin && chosen->version <= hello->versionMax);
    CLAIM((chosen->features & ~own.features) == 0);
}

void checkAuth(const core::PublicKey& key, const core::Signature& signature, std::string_view message) {
    if (core::verify(key, message, signature))
        CLAIM(core::isUsableKey(key));
    // Nobody but its holder signs for a key, and there is one signature of a message.
    if (core::verify(self().publicKey(), message, signature))
        CLAIM(self().sign(message).value() == signature);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
    checkHello(take<core::HelloBytes>(rest),
               data[0] % 2 == 0 ? core::Side::Initiator : core::Side::Responder);
    const auto key = take<core::PublicKey>(rest);
    const auto signature = take<core::Signature>(rest);
    checkAuth(key, signature, rest);
    return 0;
}

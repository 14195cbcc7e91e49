// What a page or a stranger gives as an invite: what is taken is bounded and usable, and our own link of it
// is taken too. A checksum is more than a fuzzer finds, so it is also put into what would be an invite but
// for it.
#include "claim.h"
#include "core/base32.h"
#include "core/hello.h"
#include "core/invite.h"
#include "core/limits.h"
#include "core/signing.h"
#include "core/text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

using namespace kith;

namespace {

void hold(std::string_view text) {
    const auto invite = core::parseInvite(text);
    if (!invite.ok())
        return;
    CLAIM(core::looksLikeInvite(text));
    CLAIM(!invite->addresses.empty() && invite->addresses.size() <= core::limits::inviteAddresses);
    for (const core::Endpoint& address : invite->addresses) {
        const auto again = core::parseEndpoint(core::toText(address));
        CLAIM(again.ok() && *again == address);
        CLAIM(address.host.find('%') == std::string::npos);
    }
    CLAIM(core::isUsableKey(invite->key));
    CLAIM(core::isValidUtf8(invite->name) && invite->name.size() <= core::limits::nameBytes);

    const std::string link = core::toLink(*invite);
    CLAIM(link.size() <= core::limits::addressInput);
    const auto again = core::parseInvite(link);
    CLAIM(again.ok() && again->key == invite->key && again->id == invite->id &&
          again->secret == invite->secret);
    CLAIM(again->addresses.front() == invite->addresses.front());
    CLAIM(core::toLink(*again) == link);
}

/// The text with a right checksum in a SECRET of its own, where it has an "s=" at all.
std::string sealed(std::string_view text) {
    const std::size_t parameter = text.find("s=");
    if (parameter == std::string_view::npos)
        return std::string(text);
    const std::size_t begin = parameter + 2;
    const std::size_t end = std::min(text.find('&', begin), text.size());
    const std::string before(text.substr(0, begin));
    const std::string after(text.substr(end));
    std::string covered = before + after;
    for (char& c : covered)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    std::string secret(core::InviteId::size + core::InviteSecret::size, 's');
    secret += core::sha256(covered + secret).view().substr(0, 2);
    return before + core::toBase32(secret) + after;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    hold(text);
    hold(sealed(text));
    return 0;
}

// A Kith ID: a public key as people see, copy and read it out. Plain C++; any thread.
#pragma once

#include "core/bytes.h"
#include "core/result.h"

#include <string>
#include <string_view>

namespace kith::core {

/// The key in base32 (RFC 4648's alphabet, upper case, no padding) with Bech32m's checksum (BIP 350) over it,
/// which catches every single wrong or swapped character, in groups of four: "ABCD-EFGH-…". ASCII.
[[nodiscard]] std::string toKithId(const PublicKey& key);

/// Takes it with or without hyphens and white space, in any case. Errors: KithIdInvalid. Does not look
/// whether anybody can have that key (isUsableKey).
[[nodiscard]] Result<PublicKey> parseKithId(std::string_view text);

/// The first two groups and an ellipsis (U+2026), where a whole one has no room: "ABCD-EFGH…". It identifies
/// nobody: somebody with a fast computer makes a key that begins like another.
[[nodiscard]] std::string shortKithId(const PublicKey& key);

} // namespace kith::core

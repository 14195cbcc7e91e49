// The number that two people compare to know that nobody is between them. Plain C++; any thread but the
// GUI's: a number takes some 10 ms to make, so it is made where nobody waits for it, and kept.
#pragma once

#include "core/bytes.h"

#include <string>
#include <string_view>

namespace kith::core {

/// Signal's numeric construction (libsignal, "NumericFingerprint"): SHA-512 iterated 5,200 times over
/// version, key and stable identifier; here the identifier is the key itself, as no other name of a person is
/// stable. 30 digits for each of the two, the smaller half first: 60 digits, the same on both sides. Ends the
/// process where libcrypto has no memory.
[[nodiscard]] std::string safetyNumber(const PublicKey& one, const PublicKey& other);

/// The construction itself, with what Signal's published vectors give: `identifier` and `key` of each side.
/// For tests and for safetyNumber().
[[nodiscard]] std::string numericFingerprint(std::string_view identifierA, std::string_view keyA,
                                             std::string_view identifierB, std::string_view keyB,
                                             unsigned iterations);

/// In 12 groups of 5, separated by single spaces.
[[nodiscard]] std::string grouped(std::string_view safetyNumber);

/// What the QR code beside it holds: "kith-safety:1:" and the 60 digits. ASCII.
[[nodiscard]] std::string safetyCode(const PublicKey& one, const PublicKey& other);

} // namespace kith::core

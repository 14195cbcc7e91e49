// Ids, keys, digests: fixed numbers of bytes, each a type of its own. Plain C++; any thread, any process.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string_view>

namespace kith::core {

/// Fills `size` bytes from the kernel's generator: fit for keys, ids and secrets. Ends the process where the
/// kernel has none to give, which getrandom(2) excludes once a system has started.
void fillRandom(std::uint8_t* bytes, std::size_t size);

/// N bytes that mean what Tag says; all zero when made. Two kinds never mix.
template <std::size_t N, typename Tag>
struct FixedBytes {
    std::array<std::uint8_t, N> bytes{};

    static constexpr std::size_t size = N;

    auto operator<=>(const FixedBytes&) const = default; // NOLINT(modernize-use-nullptr)

    [[nodiscard]] bool isZero() const {
        return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t b) { return b == 0; });
    }
    /// The bytes as they go into frames and digests; valid as long as this is.
    [[nodiscard]] std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), N}; }
    /// From anything with data() and size() in bytes; nothing where the length is not N.
    template <typename View>
    [[nodiscard]] static std::optional<FixedBytes> from(const View& view) {
        if (static_cast<std::size_t>(view.size()) != N)
            return std::nullopt;
        FixedBytes out;
        std::memcpy(out.bytes.data(), view.data(), N);
        return out;
    }
    [[nodiscard]] static FixedBytes random() {
        FixedBytes out;
        fillRandom(out.bytes.data(), N);
        return out;
    }
};

/// An Ed25519 public key: who somebody is.
using PublicKey = FixedBytes<32, struct PublicKeyTag>;
/// An Ed25519 signature.
using Signature = FixedBytes<64, struct SignatureTag>;
/// The random part of a HELLO.
using Nonce = FixedBytes<32, struct NonceTag>;
/// What both ends of one TLS session, and nobody else, can compute (RFC 8446 section 7.5).
using Exporter = FixedBytes<32, struct ExporterTag>;
/// SHA-256.
using Digest = FixedBytes<32, struct DigestTag>;
/// What KNOWN carries; only one who has the host's key can recognise it.
using KnownHint = FixedBytes<32, struct KnownHintTag>;
/// An invite (PROTOCOL.md, "Invites").
using InviteId = FixedBytes<8, struct InviteIdTag>;
using InviteSecret = FixedBytes<16, struct InviteSecretTag>;
/// HMAC-SHA-256 over T('I') under the invite's secret.
using InviteProof = FixedBytes<32, struct InviteProofTag>;
/// An entry's own id: random, made by who wrote it, unique per peer (PROTOCOL.md, "Entries").
using EntryId = FixedBytes<16, struct EntryIdTag>;
/// One direction of one conversation.
using StreamId = FixedBytes<16, struct StreamIdTag>;

} // namespace kith::core

/// For hashed containers; the bytes are random or digests, so the first of them tell.
template <std::size_t N, typename Tag>
struct std::hash<kith::core::FixedBytes<N, Tag>> {
    std::size_t operator()(const kith::core::FixedBytes<N, Tag>& id) const noexcept {
        return std::hash<std::string_view>()(id.view());
    }
};

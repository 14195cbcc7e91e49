// Ids and keys: fixed numbers of bytes, each a type of its own. Plain values; any thread.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QHashFunctions>
#include <QRandomGenerator>

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <optional>

namespace kith::store {

/// N bytes that mean what Tag says; all zero when made. Two kinds never mix.
template <std::size_t N, typename Tag>
struct FixedBytes {
    std::array<std::uint8_t, N> bytes{};

    static constexpr qsizetype size = qsizetype(N);

    auto operator<=>(const FixedBytes&) const = default;

    [[nodiscard]] bool isZero() const {
        return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t b) { return b == 0; });
    }
    [[nodiscard]] QByteArray toByteArray() const {
        return {reinterpret_cast<const char*>(bytes.data()), size};
    }
    /// Nothing where the length is not N.
    [[nodiscard]] static std::optional<FixedBytes> from(QByteArrayView view) {
        if (view.size() != size)
            return std::nullopt;
        FixedBytes out;
        std::memcpy(out.bytes.data(), view.data(), N);
        return out;
    }
    /// From the system's generator (getrandom): fit for ids and secrets.
    [[nodiscard]] static FixedBytes random() {
        FixedBytes out;
        for (std::uint8_t& byte : out.bytes)
            byte = static_cast<std::uint8_t>(QRandomGenerator::system()->bounded(256));
        return out;
    }
};

/// An entry's own id: random, made by who wrote it, unique per peer (protocol.md section 4).
using EntryId = FixedBytes<16, struct EntryIdTag>;
/// One direction of one conversation (protocol.md section 4).
using StreamId = FixedBytes<16, struct StreamIdTag>;
/// An Ed25519 public key: who somebody is.
using PublicKey = FixedBytes<32, struct PublicKeyTag>;
/// protocol.md section 2, "An invite".
using InviteId = FixedBytes<8, struct InviteIdTag>;
using InviteSecret = FixedBytes<16, struct InviteSecretTag>;

/// A conversation's row in this file. 0 is none.
struct ConversationId {
    qint64 value = 0;
    auto operator<=>(const ConversationId&) const = default;
    explicit operator bool() const { return value != 0; }
};

inline std::size_t qHash(ConversationId id, std::size_t seed = 0) noexcept {
    return ::qHash(quint64(id.value), seed);
}

/// An entry's place in this file: greater is later, whatever any clock said; never used twice. 0 is none.
struct EntryRow {
    qint64 value = 0;
    auto operator<=>(const EntryRow&) const = default;
    explicit operator bool() const { return value != 0; }
};

inline std::size_t qHash(EntryRow row, std::size_t seed = 0) noexcept {
    return ::qHash(quint64(row.value), seed);
}

template <std::size_t N, typename Tag>
std::size_t qHash(const FixedBytes<N, Tag>& id, std::size_t seed = 0) noexcept {
    return qHashBits(id.bytes.data(), N, seed);
}

} // namespace kith::store

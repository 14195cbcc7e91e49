// The ids and keys of core/bytes.h as the store keeps them, and the rows of its file. Plain values; any
// thread.
#pragma once

#include "core/bytes.h"

#include <QByteArray>
#include <QHashFunctions>

#include <compare>

namespace kith::store {

using core::EntryId;
using core::InviteId;
using core::InviteSecret;
using core::PublicKey;
using core::StreamId;

template <std::size_t N, typename Tag>
[[nodiscard]] QByteArray toByteArray(const core::FixedBytes<N, Tag>& id) {
    return {reinterpret_cast<const char*>(id.bytes.data()), qsizetype(N)};
}

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

} // namespace kith::store

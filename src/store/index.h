// The search index beside the entries. Store threads alone; inside a transaction of the caller's.
#pragma once

#include "core/result.h"
#include "store/connection.h"
#include "store/values.h"

namespace kith::store {

/// What the index is made of: the same values again erase it.
struct IndexedEntry {
    EntryRow row;
    ConversationId conversation;
    qint64 arrivedAt = 0;
    QString text;
};

[[nodiscard]] core::Status addToIndex(Connection& connection, const IndexedEntry& entry);
[[nodiscard]] core::Status removeFromIndex(Connection& connection, const IndexedEntry& entry);

/// Empties the index and makes it again of all entries.
[[nodiscard]] core::Status indexEverything(Connection& connection);

/// An FTS5 expression for the column `place`: this conversation, these days. Empty: everywhere, always.
/// Days are exact to the day at most, so the times themselves must be compared too.
[[nodiscard]] QString placeExpression(const SearchRequest& request);

} // namespace kith::store

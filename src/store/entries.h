// Entries: storing them, and reading them by pages. Store threads alone; what writes runs inside a
// transaction of the caller's.
#pragma once

#include "core/result.h"
#include "store/connection.h"
#include "store/values.h"

namespace kith::store {

/// The columns that readEntry() reads, in its order; `e` names the table.
[[nodiscard]] QString entryColumns();
/// An entry out of a row that begins with entryColumns(). Total: a row may hold anything.
[[nodiscard]] Entry readEntry(const Rows& rows);

/// Errors: UnknownPeer (no such conversation), TextTooLong.
[[nodiscard]] core::Result<Appended> appendEntry(Connection& connection, const NewEntry& entry);

/// All or none: the first error ends it.
[[nodiscard]] core::Result<QList<Appended>> appendEntries(Connection& connection,
                                                          const QList<NewEntry>& entries);

/// Sets state and failure of one of our own entries; false where none of this id is kept.
[[nodiscard]] core::Result<bool> setEntryState(Connection& connection, ConversationId conversation,
                                               const EntryId& id, EntryState state,
                                               std::optional<core::Reason> failure);

[[nodiscard]] core::Result<Page> readPage(Connection& connection, const PageRequest& request);

} // namespace kith::store

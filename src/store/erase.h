// Erasing: out of sight at once, out of the file in small steps. Store threads alone; each function inside a
// transaction of the caller's unless it says otherwise.
#pragma once

#include "core/result.h"
#include "store/connection.h"
#include "store/values.h"

namespace kith::store {

/// From here on nobody sees the entries that are there now. Errors: UnknownPeer.
[[nodiscard]] core::Status hideHistory(Connection& connection, ConversationId id);
/// ... nor the conversation, its draft and its streams. Errors: UnknownPeer.
[[nodiscard]] core::Status hideConversation(Connection& connection, ConversationId id);
/// The same with every conversation of a contact, and the contact. Errors: UnknownPeer.
[[nodiscard]] core::Status hideContact(Connection& connection, const PublicKey& key);

/// Erases at most `count` hidden entries from the table and the index. False where none is left.
[[nodiscard]] core::Result<bool> eraseSome(Connection& connection, int count);
/// Merges the index, about `pages` pages of it: a deleted word stays in its old segment until that is merged.
/// With `all`, every segment there is now becomes part of the merge; the calls after it go on with that, so
/// that what is written meanwhile does not begin it anew. False where nothing is left to merge.
[[nodiscard]] core::Result<bool> mergeSome(Connection& connection, int pages, bool all);
/// Gives unused pages back to the disk. False where there is none. A transaction of its own.
[[nodiscard]] core::Result<bool> vacuumSome(Connection& connection, int pages);
/// Writes the log into the file and cuts it to nothing, old pages with it. False where a reader is in the
/// way. Outside any transaction.
[[nodiscard]] core::Result<bool> truncateLog(Connection& connection);

} // namespace kith::store

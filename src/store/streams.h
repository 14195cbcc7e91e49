// Streams: how far each direction of a conversation has come (PROTOCOL.md, "Frames"). Store threads alone.
#pragma once

#include "core/result.h"
#include "store/connection.h"
#include "store/values.h"

namespace kith::store {

/// Notes in its stream that `entry` is stored: the stream's row, made where it is new; 0 where the entry has
/// no position. Inside the transaction that stores the entry.
[[nodiscard]] core::Result<qint64> advanceStream(Connection& connection, const NewEntry& entry);

/// All streams of a conversation, oldest first.
[[nodiscard]] core::Result<QList<Stream>> readStreams(Connection& connection, ConversationId conversation);

/// Ends every stream of ours, so that a new one is begun: what a restored backup needs, as the numbers given
/// since it was made are unknown to it.
[[nodiscard]] core::Status endOwnStreams(Connection& connection);

} // namespace kith::store

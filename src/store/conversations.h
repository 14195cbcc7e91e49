// Conversations, their drafts and what is read of them. Store threads alone; what writes runs inside a
// transaction of the caller's.
#pragma once

#include "core/result.h"
#include "store/connection.h"
#include "store/values.h"

namespace kith::store {

[[nodiscard]] core::Result<ConversationId> addPlainConversation(Connection& connection,
                                                                const QString& address, qint64 startedAt);
/// The one conversation with a contact, made where there is none. Errors: UnknownPeer.
[[nodiscard]] core::Result<ConversationId> conversationWith(Connection& connection, const PublicKey& key,
                                                            qint64 startedAt);
/// The conversation where something happened last first; with `endedSince`, without those that ended before.
[[nodiscard]] core::Result<QList<Conversation>> readConversations(Connection& connection,
                                                                  std::optional<qint64> endedSince);
[[nodiscard]] core::Result<std::optional<Conversation>> readConversation(Connection& connection,
                                                                         ConversationId id);

// Each gives UnknownPeer where there is no such conversation.
[[nodiscard]] core::Status endConversation(Connection& connection, ConversationId id, qint64 endedAt);
[[nodiscard]] core::Status setKeepHistory(Connection& connection, ConversationId id, bool keep);
[[nodiscard]] core::Status setConversationTitle(Connection& connection, ConversationId id,
                                                const QString& title);
/// Errors: TextTooLong, over limits::draftText.
[[nodiscard]] core::Status saveDraft(Connection& connection, ConversationId id, const QString& text);
/// Entries up to `upTo` are read; those after it are not.
[[nodiscard]] core::Status markRead(Connection& connection, ConversationId id, EntryRow upTo);

} // namespace kith::store

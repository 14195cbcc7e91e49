// Contacts, their addresses, invites, blocks, our own keys and settings: small tables. Store threads alone;
// what writes runs inside a transaction of the caller's.
#pragma once

#include "core/result.h"
#include "store/connection.h"
#include "store/values.h"

#include <QHash>

namespace kith::store {

/// Stores a contact, new or known by its key. The first time they were met stays; 0 is none yet.
[[nodiscard]] core::Status putContact(Connection& connection, const Contact& contact);
[[nodiscard]] core::Result<QList<Contact>> readContacts(Connection& connection);

/// Remembers that a contact was reached at an address, or has told it, which never takes back that it was
/// reached there; the oldest over limits::contactAddresses are forgotten. Errors: UnknownPeer.
[[nodiscard]] core::Status noteAddress(Connection& connection, const PublicKey& key,
                                       const ContactAddress& address);
/// The last seen first.
[[nodiscard]] core::Result<QList<ContactAddress>> readAddresses(Connection& connection, const PublicKey& key);
/// Everybody's, each list as above.
[[nodiscard]] core::Result<QHash<PublicKey, QList<ContactAddress>>> readAddresses(Connection& connection);

/// Errors: UsageError where limits::invitesAlive are alive at `madeAt`.
[[nodiscard]] core::Status addInvite(Connection& connection, const Invite& invite);
[[nodiscard]] core::Result<QList<Invite>> readInvites(Connection& connection);
/// False where there is no such invite.
[[nodiscard]] core::Result<bool> revokeInvite(Connection& connection, const InviteId& id);
/// Spends the invite on the contact and stores the contact, or neither.
[[nodiscard]] core::Result<InviteUse> useInvite(Connection& connection, const InviteId& id,
                                                const Contact& contact, qint64 now);

/// Errors: UsageError where neither key nor address is given, or both are.
[[nodiscard]] core::Status addBlock(Connection& connection, const Block& block);
[[nodiscard]] core::Result<bool> removeBlock(Connection& connection, const Block& block);
[[nodiscard]] core::Result<QList<Block>> readBlocks(Connection& connection);

/// Remembers a public key that this profile is.
[[nodiscard]] core::Status noteIdentity(Connection& connection, const PublicKey& key, qint64 now);
/// The last used first.
[[nodiscard]] core::Result<QList<PublicKey>> readIdentities(Connection& connection);

/// Errors: UsageError for a name or value over its limit.
[[nodiscard]] core::Status putSetting(Connection& connection, const QString& name, const QString& value);
[[nodiscard]] core::Status removeSetting(Connection& connection, const QString& name);
[[nodiscard]] core::Result<QHash<QString, QString>> readSettings(Connection& connection);

} // namespace kith::store

#include "store/contacts.h"

#include "core/limits.h"

namespace kith::store {

using namespace Qt::StringLiterals;
namespace limits = core::limits;
using core::Error;
using core::Reason;

namespace {

core::Result<qint64> contactRow(Connection& connection, const PublicKey& key) {
    const auto row = connection.number(u"SELECT id FROM contact WHERE key = ?"_s, {toByteArray(key)});
    if (!row)
        return row.error();
    if (!*row)
        return Error{Reason::UnknownPeer, 0, "no contact with this key"};
    return **row;
}

constexpr int blockedKey = 1;
constexpr int blockedAddress = 2;

int blockKind(const Block& block) {
    return block.key ? blockedKey : blockedAddress;
}

QByteArray blockedBytes(const Block& block) {
    return block.key ? toByteArray(*block.key) : block.address.toUtf8();
}

Trust trustOf(qint64 number) {
    if (number >= qint64(Trust::Unverified) && number <= qint64(Trust::KeyChanged))
        return static_cast<Trust>(number);
    return Trust::Unverified;
}

} // namespace

core::Status putContact(Connection& connection, const Contact& contact) {
    return connection.run(
        u"INSERT INTO contact (key, name, alias, trust, met, expected) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (key) DO UPDATE SET name = excluded.name, alias = excluded.alias, "
        "trust = excluded.trust, met = iif(contact.met = 0, excluded.met, contact.met), "
        "expected = excluded.expected"_s,
        {toByteArray(contact.key), contact.name, contact.alias, int(contact.trust), contact.metAt,
         int(contact.expected)});
}

core::Result<QList<Contact>> readContacts(Connection& connection) {
    auto rows =
        connection.select(u"SELECT key, name, alias, trust, met, expected FROM contact ORDER BY id"_s);
    if (!rows)
        return rows.error();
    QList<Contact> all;
    while (rows->next()) {
        if (const auto key = PublicKey::from(rows->bytes(0)))
            all << Contact{*key,
                           rows->text(1),
                           rows->text(2),
                           trustOf(rows->integer(3)),
                           rows->integer(4),
                           rows->integer(5) != 0};
    }
    if (auto error = rows->failure())
        return *error;
    return all;
}

core::Status noteAddress(Connection& connection, const PublicKey& key, const ContactAddress& address) {
    const auto row = contactRow(connection, key);
    if (!row)
        return row.error();
    if (auto done = connection.run(
            u"INSERT INTO contact_address (contact, host, port, network, seen, reached) "
            "VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET seen = excluded.seen, reached = max(reached, excluded.reached)"_s,
            {*row, address.host, int(address.port), address.network, address.seenAt, int(address.reached)});
        !done)
        return done;
    if (auto done =
            connection.run(u"DELETE FROM contact_address WHERE contact = ? AND port = 0 AND host NOT IN "
                           "(SELECT host FROM contact_address WHERE contact = ? AND port = 0 "
                           "ORDER BY seen DESC LIMIT ?)"_s,
                           {*row, *row, limits::contactOrigins});
        !done)
        return done;
    return connection.run(u"DELETE FROM contact_address WHERE contact = ? AND (host, port, network) NOT IN "
                          "(SELECT host, port, network FROM contact_address WHERE contact = ? "
                          "ORDER BY seen DESC LIMIT ?)"_s,
                          {*row, *row, limits::contactAddresses});
}

core::Result<QList<ContactAddress>> readAddresses(Connection& connection, const PublicKey& key) {
    auto rows =
        connection.select(u"SELECT a.host, a.port, a.network, a.seen, a.reached FROM contact_address a "
                          "JOIN contact k ON k.id = a.contact WHERE k.key = ? ORDER BY a.seen DESC"_s,
                          {toByteArray(key)});
    if (!rows)
        return rows.error();
    QList<ContactAddress> all;
    while (rows->next())
        all << ContactAddress{rows->text(0), quint16(rows->integer(1)), rows->text(2), rows->integer(3),
                              rows->integer(4) != 0};
    if (auto error = rows->failure())
        return *error;
    return all;
}

core::Result<QHash<PublicKey, QList<ContactAddress>>> readAddresses(Connection& connection) {
    auto rows = connection.select(
        u"SELECT k.key, a.host, a.port, a.network, a.seen, a.reached FROM contact_address a "
        "JOIN contact k ON k.id = a.contact ORDER BY a.seen DESC"_s);
    if (!rows)
        return rows.error();
    QHash<PublicKey, QList<ContactAddress>> all;
    while (rows->next()) {
        if (const auto key = PublicKey::from(rows->bytes(0)))
            all[*key] << ContactAddress{rows->text(1), quint16(rows->integer(2)), rows->text(3),
                                        rows->integer(4), rows->integer(5) != 0};
    }
    if (auto error = rows->failure())
        return *error;
    return all;
}

core::Status addInvite(Connection& connection, const Invite& invite) {
    // What expired long ago, unspent, tells nothing any more; a spent one goes on admitting its key.
    const auto listed = std::chrono::duration_cast<std::chrono::milliseconds>(limits::inviteListed);
    if (auto done = connection.run(u"DELETE FROM invite WHERE expires <= ? AND used_by IS NULL"_s,
                                   {invite.madeAt - qint64(listed.count())});
        !done)
        return done;
    const auto alive = connection.number(
        u"SELECT count(*) FROM invite WHERE used_by IS NULL AND expires > ?"_s, {invite.madeAt});
    if (!alive)
        return alive.error();
    if (alive->value_or(0) >= limits::invitesAlive)
        return Error{Reason::UsageError, 0, "too many invites are alive"};
    return connection.run(u"INSERT INTO invite (id, secret, made, expires, shown) VALUES (?, ?, ?, ?, ?)"_s,
                          {toByteArray(invite.id), toByteArray(invite.secret), invite.madeAt,
                           invite.expiresAt, int(invite.shown)});
}

core::Result<QList<Invite>> readInvites(Connection& connection) {
    auto rows = connection.select(
        u"SELECT id, secret, made, expires, used_by, shown FROM invite ORDER BY made, id"_s);
    if (!rows)
        return rows.error();
    QList<Invite> all;
    while (rows->next()) {
        const auto id = InviteId::from(rows->bytes(0));
        const auto secret = InviteSecret::from(rows->bytes(1));
        if (!id || !secret)
            continue;
        Invite invite{*id, *secret, rows->integer(2), rows->integer(3), std::nullopt, rows->integer(5) != 0};
        if (!rows->isNull(4))
            invite.usedBy = PublicKey::from(rows->bytes(4));
        all << invite;
    }
    if (auto error = rows->failure())
        return *error;
    return all;
}

core::Result<bool> revokeInvite(Connection& connection, const InviteId& id) {
    if (auto done = connection.run(u"DELETE FROM invite WHERE id = ?"_s, {toByteArray(id)}); !done)
        return done.error();
    return connection.changed() > 0;
}

core::Result<InviteUse> useInvite(Connection& connection, const InviteId& id, const Contact& contact,
                                  qint64 now) {
    qint64 expires = 0;
    QByteArray usedBy;
    {
        auto rows =
            connection.select(u"SELECT expires, used_by FROM invite WHERE id = ?"_s, {toByteArray(id)});
        if (!rows)
            return rows.error();
        if (!rows->next()) {
            if (auto error = rows->failure())
                return *error;
            return InviteUse::Unknown;
        }
        expires = rows->integer(0);
        usedBy = rows->bytes(1);
    }
    if (!usedBy.isEmpty() && usedBy != toByteArray(contact.key))
        return InviteUse::Spent;
    if (usedBy.isEmpty() && expires <= now)
        return InviteUse::Expired;
    if (auto done = connection.run(u"UPDATE invite SET used_by = ?, used = ? WHERE id = ?"_s,
                                   {toByteArray(contact.key), now, toByteArray(id)});
        !done)
        return done.error();
    if (auto done = putContact(connection, contact); !done)
        return done.error();
    return InviteUse::Accepted;
}

core::Status addBlock(Connection& connection, const Block& block) {
    if (block.key.has_value() != block.address.isEmpty())
        return Error{Reason::UsageError, 0, "a block is of a key or of an address"};
    return connection.run(u"INSERT INTO block (kind, who, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"_s,
                          {blockKind(block), blockedBytes(block), block.since});
}

core::Result<bool> removeBlock(Connection& connection, const Block& block) {
    if (auto done = connection.run(u"DELETE FROM block WHERE kind = ? AND who = ?"_s,
                                   {blockKind(block), blockedBytes(block)});
        !done)
        return done.error();
    return connection.changed() > 0;
}

core::Result<QList<Block>> readBlocks(Connection& connection) {
    auto rows = connection.select(u"SELECT kind, who, since FROM block ORDER BY since, who"_s);
    if (!rows)
        return rows.error();
    QList<Block> all;
    while (rows->next()) {
        Block block;
        block.since = rows->integer(2);
        if (rows->integer(0) == blockedAddress)
            block.address = QString::fromUtf8(rows->bytes(1));
        else
            block.key = PublicKey::from(rows->bytes(1));
        if (block.key || !block.address.isEmpty())
            all << block;
    }
    if (auto error = rows->failure())
        return *error;
    return all;
}

core::Status noteIdentity(Connection& connection, const PublicKey& key, qint64 now) {
    return connection.run(u"INSERT INTO identity (key, used) VALUES (?, ?) "
                          "ON CONFLICT (key) DO UPDATE SET used = excluded.used"_s,
                          {toByteArray(key), now});
}

core::Result<QList<PublicKey>> readIdentities(Connection& connection) {
    auto rows = connection.select(u"SELECT key FROM identity ORDER BY used DESC, key"_s);
    if (!rows)
        return rows.error();
    QList<PublicKey> all;
    while (rows->next()) {
        if (const auto key = PublicKey::from(rows->bytes(0)))
            all << *key;
    }
    if (auto error = rows->failure())
        return *error;
    return all;
}

core::Status putSetting(Connection& connection, const QString& name, const QString& value) {
    if (name.isEmpty() || std::size_t(name.size()) > limits::settingName ||
        std::size_t(value.toUtf8().size()) > limits::settingValue)
        return Error{Reason::UsageError, 0, "a setting's name or value is too long"};
    return connection.run(u"INSERT INTO setting (name, value) VALUES (?, ?) "
                          "ON CONFLICT (name) DO UPDATE SET value = excluded.value"_s,
                          {name, value});
}

core::Status removeSetting(Connection& connection, const QString& name) {
    return connection.run(u"DELETE FROM setting WHERE name = ?"_s, {name});
}

core::Result<QHash<QString, QString>> readSettings(Connection& connection) {
    auto rows = connection.select(u"SELECT name, value FROM setting"_s);
    if (!rows)
        return rows.error();
    QHash<QString, QString> all;
    while (rows->next())
        all.insert(rows->text(0), rows->text(1));
    if (auto error = rows->failure())
        return *error;
    return all;
}

} // namespace kith::store

#include "store/erase.h"

#include "store/index.h"
#include "store/marks.h"

namespace kith::store {

using namespace Qt::StringLiterals;
using core::Error;
using core::Reason;

namespace {

core::Status hide(Connection& connection, ConversationId id, const QString& more) {
    if (auto done =
            connection.run(u"UPDATE conversation SET hidden_to = coalesce((SELECT seq FROM sqlite_sequence "
                           "WHERE name = 'entry'), 0), unread = 0, last_entry = 0"_s +
                               more + u" WHERE id = ? AND removed = 0"_s,
                           {id.value});
        !done)
        return done;
    if (connection.changed() == 0)
        return Error{Reason::UnknownPeer, 0, "no such conversation"};
    return setMark(connection, u"erasing"_s, 1);
}

/// A conversation with something to erase.
struct Hidden {
    ConversationId id;
    qint64 to = 0;
    bool removed = false;
};

core::Result<std::optional<Hidden>> nextHidden(Connection& connection) {
    auto rows = connection.select(
        u"SELECT id, hidden_to, removed FROM conversation WHERE hidden_to > 0 OR removed <> 0 LIMIT 1"_s);
    if (!rows)
        return rows.error();
    if (rows->next())
        return std::optional(Hidden{{rows->integer(0)}, rows->integer(1), rows->integer(2) != 0});
    if (auto error = rows->failure())
        return *error;
    return std::optional<Hidden>();
}

core::Result<QList<IndexedEntry>> hiddenEntries(Connection& connection, const Hidden& hidden, int count) {
    auto rows = connection.select(
        u"SELECT id, arrived, text FROM entry WHERE conversation = ? AND id <= ? ORDER BY id LIMIT ?"_s,
        {hidden.id.value, hidden.to, count});
    if (!rows)
        return rows.error();
    QList<IndexedEntry> entries;
    while (rows->next())
        entries << IndexedEntry{{rows->integer(0)}, hidden.id, rows->integer(1), rows->text(2)};
    if (auto error = rows->failure())
        return *error;
    return entries;
}

core::Status finishHidden(Connection& connection, const Hidden& hidden) {
    if (!hidden.removed)
        return connection.run(u"UPDATE conversation SET hidden_to = 0 WHERE id = ?"_s, {hidden.id.value});
    if (auto done = connection.run(u"DELETE FROM stream WHERE conversation = ?"_s, {hidden.id.value}); !done)
        return done;
    return connection.run(u"DELETE FROM conversation WHERE id = ?"_s, {hidden.id.value});
}

} // namespace

core::Status hideHistory(Connection& connection, ConversationId id) {
    return hide(connection, id, QString());
}

core::Status hideConversation(Connection& connection, ConversationId id) {
    return hide(connection, id, u", removed = 1, contact = NULL, address = '', title = '', draft = ''"_s);
}

core::Status hideContact(Connection& connection, const PublicKey& key) {
    const auto contact = connection.number(u"SELECT id FROM contact WHERE key = ?"_s, {toByteArray(key)});
    if (!contact)
        return contact.error();
    if (!*contact)
        return Error{Reason::UnknownPeer, 0, "no contact with this key"};
    const auto conversation =
        connection.number(u"SELECT id FROM conversation WHERE contact = ? AND removed = 0"_s, {**contact});
    if (!conversation)
        return conversation.error();
    if (*conversation) {
        if (auto done = hideConversation(connection, {**conversation}); !done)
            return done;
    }
    return connection.run(u"DELETE FROM contact WHERE id = ?"_s, {**contact});
}

core::Result<bool> eraseSome(Connection& connection, int count) {
    const auto hidden = nextHidden(connection);
    if (!hidden)
        return hidden.error();
    if (!*hidden)
        return false;
    const auto entries = hiddenEntries(connection, **hidden, count);
    if (!entries)
        return entries.error();
    for (const IndexedEntry& entry : *entries) {
        if (auto done = removeFromIndex(connection, entry); !done)
            return done.error();
        if (auto done = connection.run(u"DELETE FROM entry WHERE id = ?"_s, {entry.row.value}); !done)
            return done.error();
    }
    if (entries->size() < count) {
        if (auto done = finishHidden(connection, **hidden); !done)
            return done.error();
    }
    return true;
}

core::Result<bool> mergeSome(Connection& connection, int pages, bool all) {
    const auto before = connection.number(u"SELECT total_changes()"_s);
    if (!before)
        return before.error();
    // FTS5, "The 'merge' Command": a negative number takes all segments as one level; fewer than two changes
    // mean that there was nothing to merge.
    if (auto done = connection.run(u"INSERT INTO entry_words (entry_words, rank) VALUES ('merge', ?)"_s,
                                   {all ? -pages : pages});
        !done)
        return done.error();
    const auto after = connection.number(u"SELECT total_changes()"_s);
    if (!after)
        return after.error();
    return after->value_or(0) - before->value_or(0) >= 2;
}

core::Result<bool> vacuumSome(Connection& connection, int pages) {
    const auto unused = connection.number(u"PRAGMA freelist_count"_s);
    if (!unused)
        return unused.error();
    if (unused->value_or(0) == 0)
        return false;
    if (auto done = connection.run(u"PRAGMA incremental_vacuum(%1)"_s.arg(pages)); !done)
        return done.error();
    const auto left = connection.number(u"PRAGMA freelist_count"_s);
    if (!left)
        return left.error();
    // A file made without auto_vacuum gives nothing back; it is not asked for ever.
    return left->value_or(0) > 0 && left->value_or(0) < unused->value_or(0);
}

core::Result<bool> truncateLog(Connection& connection) {
    const auto busy = connection.number(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    if (!busy)
        return busy.error();
    return busy->value_or(1) == 0;
}

} // namespace kith::store

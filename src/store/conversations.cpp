#include "store/conversations.h"

#include "core/limits.h"

#include <algorithm>
#include <limits>

namespace kith::store {

using namespace Qt::StringLiterals;
namespace limits = core::limits;
using core::Error;
using core::Reason;

namespace {

// What orders the list before anything is written in a conversation: the entry that is newest anywhere.
QString newestEntry() {
    return u"coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'entry'), 0)"_s;
}

core::Status change(Connection& connection, ConversationId id, const QString& assignment,
                    const QVariantList& values) {
    if (auto done =
            connection.run(u"UPDATE conversation SET "_s + assignment + u" WHERE id = ? AND removed = 0"_s,
                           values + QVariantList{id.value});
        !done)
        return done;
    if (connection.changed() == 0)
        return Error{Reason::UnknownPeer, 0, "no such conversation"};
    return core::Done{};
}

// What readRow() reads; a condition may follow.
QString columns() {
    return u"SELECT c.id, c.kind, k.key, c.address, c.title, c.started, c.ended, c.keep_history, c.draft, "
           "c.unread, e.id, e.arrived, e.mine, substr(e.text, 1, %1) "
           "FROM conversation c LEFT JOIN contact k ON k.id = c.contact "
           "LEFT JOIN entry e ON e.id = c.last_entry AND e.conversation = c.id "
           "WHERE c.removed = 0 "_s.arg(limits::previewCharacters);
}

Conversation readRow(const Rows& rows) {
    Conversation c;
    c.id = {rows.integer(0)};
    c.kind = rows.integer(1) == qint64(ConversationKind::Contact) ? ConversationKind::Contact
                                                                  : ConversationKind::Plain;
    if (!rows.isNull(2))
        c.key = PublicKey::from(rows.bytes(2));
    c.address = rows.text(3);
    c.title = rows.text(4);
    c.startedAt = rows.integer(5);
    if (rows.integer(6) != 0)
        c.endedAt = rows.integer(6);
    c.keepHistory = rows.integer(7) != 0;
    c.draft = rows.text(8);
    c.unread = int(std::clamp<qint64>(rows.integer(9), 0, std::numeric_limits<int>::max()));
    if (!rows.isNull(10)) {
        c.lastEntry = {rows.integer(10)};
        c.lastArrivedAt = rows.integer(11);
        c.lastMine = rows.integer(12) != 0;
        c.preview = rows.text(13);
    }
    return c;
}

} // namespace

core::Result<ConversationId> addPlainConversation(Connection& connection, const QString& address,
                                                  qint64 startedAt) {
    if (auto done = connection.run(u"INSERT INTO conversation (kind, address, started, activity) "
                                   "VALUES (1, ?, ?, "_s +
                                       newestEntry() + u")"_s,
                                   {address, startedAt});
        !done)
        return done.error();
    return ConversationId{connection.inserted()};
}

core::Result<ConversationId> conversationWith(Connection& connection, const PublicKey& key,
                                              qint64 startedAt) {
    const auto contact = connection.number(u"SELECT id FROM contact WHERE key = ?"_s, {toByteArray(key)});
    if (!contact)
        return contact.error();
    if (!*contact)
        return Error{Reason::UnknownPeer, 0, "no contact with this key"};
    if (auto done = connection.run(u"INSERT INTO conversation (kind, contact, started, activity) "
                                   "VALUES (2, ?, ?, "_s +
                                       newestEntry() + u") ON CONFLICT DO NOTHING"_s,
                                   {**contact, startedAt});
        !done)
        return done.error();
    const auto id = connection.number(u"SELECT id FROM conversation WHERE contact = ?"_s, {**contact});
    if (!id)
        return id.error();
    return ConversationId{id->value_or(0)};
}

core::Result<QList<Conversation>> readConversations(Connection& connection,
                                                    std::optional<qint64> endedSince) {
    auto rows = connection.select(
        columns() + u"AND (c.ended IS NULL OR c.ended = 0 OR c.ended >= ? OR c.draft <> '') "
                    "ORDER BY c.activity DESC, c.id DESC"_s,
        {endedSince.value_or(std::numeric_limits<qint64>::min())});
    if (!rows)
        return rows.error();
    QList<Conversation> all;
    while (rows->next())
        all << readRow(*rows);
    if (auto error = rows->failure())
        return *error;
    return all;
}

core::Result<std::optional<Conversation>> readConversation(Connection& connection, ConversationId id) {
    auto rows = connection.select(columns() + u"AND c.id = ?"_s, {id.value});
    if (!rows)
        return rows.error();
    std::optional<Conversation> found;
    if (rows->next())
        found = readRow(*rows);
    if (auto error = rows->failure())
        return *error;
    return found;
}

core::Status endConversation(Connection& connection, ConversationId id, qint64 endedAt) {
    return change(connection, id, u"ended = ?"_s, {endedAt});
}

core::Status setKeepHistory(Connection& connection, ConversationId id, bool keep) {
    return change(connection, id, u"keep_history = ?"_s, {keep});
}

core::Status setConversationTitle(Connection& connection, ConversationId id, const QString& title) {
    return change(connection, id, u"title = ?"_s, {title.left(qsizetype(limits::nameCodePoints))});
}

core::Status saveDraft(Connection& connection, ConversationId id, const QString& text) {
    if (std::size_t(text.toUtf8().size()) > limits::draftText)
        return Error{Reason::TextTooLong, 0, {}};
    return change(connection, id, u"draft = ?"_s, {text});
}

core::Status markRead(Connection& connection, ConversationId id, EntryRow upTo) {
    return change(connection, id,
                  u"unread = (SELECT count(*) FROM entry e WHERE e.conversation = conversation.id "
                  "AND e.mine = 0 AND e.id > max(?, conversation.hidden_to))"_s,
                  {upTo.value});
}

} // namespace kith::store

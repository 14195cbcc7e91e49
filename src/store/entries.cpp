#include "store/entries.h"

#include "core/limits.h"
#include "store/index.h"
#include "store/streams.h"

#include <algorithm>

namespace kith::store {

using namespace Qt::StringLiterals;
namespace limits = core::limits;
using core::Error;
using core::Reason;

namespace {

EntryKind kindOf(qint64 number) {
    return number == qint64(EntryKind::Text) ? EntryKind::Text : EntryKind::Unknown;
}

EntryState stateOf(qint64 number, bool mine) {
    if (!mine)
        return EntryState::Received;
    if (number >= qint64(EntryState::Waiting) && number <= qint64(EntryState::Failed))
        return static_cast<EntryState>(number);
    return EntryState::Failed;
}

std::optional<Reason> failureOf(const QString& text) {
    if (text.isEmpty())
        return std::nullopt;
    const std::string wanted = text.toStdString();
    for (const Reason reason : core::allReasons) {
        if (core::code(reason) == wanted)
            return reason;
    }
    return Reason::Internal;
}

QString textOf(std::optional<Reason> failure) {
    if (!failure)
        return {};
    const std::string_view code = core::code(*failure);
    return QString::fromLatin1(code.data(), qsizetype(code.size()));
}

/// What appending needs to know of a conversation; nothing where it is not there.
core::Result<std::optional<bool>> keepsHistory(Connection& connection, ConversationId id) {
    auto found = connection.number(u"SELECT keep_history FROM conversation WHERE id = ? AND removed = 0"_s,
                                   {id.value});
    if (!found)
        return found.error();
    if (!*found)
        return std::optional<bool>();
    return std::optional(**found != 0);
}

/// The outcome where an entry of this id is there already.
core::Result<std::optional<Appended>> storedBefore(Connection& connection, const NewEntry& entry) {
    auto rows =
        connection.select(u"SELECT id, mine, kind, text FROM entry WHERE uid = ? AND conversation = ?"_s,
                          {toByteArray(entry.id), entry.conversation.value});
    if (!rows)
        return rows.error();
    if (!rows->next()) {
        if (auto error = rows->failure())
            return *error;
        return std::optional<Appended>();
    }
    const bool same = (rows->integer(1) != 0) == entry.mine && rows->integer(2) == qint64(entry.kind) &&
                      rows->text(3) == entry.text;
    const auto outcome = same ? Appended::Outcome::Duplicate : Appended::Outcome::Conflicting;
    return std::optional(Appended{outcome, {rows->integer(0)}});
}

core::Status insertRow(Connection& connection, const NewEntry& entry, qint64 stream) {
    return connection.run(
        u"INSERT INTO entry (conversation, uid, mine, kind, state, failure, written, arrived, text, stream, "
        "number, refers) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {entry.conversation.value, toByteArray(entry.id), entry.mine, int(entry.kind), int(entry.state),
         textOf(entry.failure), entry.writtenAt, entry.arrivedAt, entry.text, stream,
         entry.position ? entry.position->number : 0,
         entry.refersTo ? QVariant(toByteArray(*entry.refersTo)) : QVariant()});
}

} // namespace

QString entryColumns() {
    return u"e.id, e.conversation, e.uid, e.mine, e.kind, e.state, e.failure, e.written, e.arrived, e.text, "
           "e.number, e.refers"_s;
}

Entry readEntry(const Rows& rows) {
    Entry entry;
    entry.row = {rows.integer(0)};
    entry.conversation = {rows.integer(1)};
    entry.id = EntryId::from(rows.bytes(2)).value_or(EntryId{});
    entry.mine = rows.integer(3) != 0;
    entry.kind = kindOf(rows.integer(4));
    entry.state = stateOf(rows.integer(5), entry.mine);
    entry.failure = failureOf(rows.text(6));
    entry.writtenAt = rows.integer(7);
    entry.arrivedAt = rows.integer(8);
    entry.text = rows.text(9);
    entry.number = rows.integer(10);
    if (!rows.isNull(11))
        entry.refersTo = EntryId::from(rows.bytes(11));
    return entry;
}

core::Result<Appended> appendEntry(Connection& connection, const NewEntry& entry) {
    // UTF-8 takes at most three bytes for one UTF-16 unit; count only where that may matter.
    if (std::size_t(entry.text.size()) * 3 > limits::messageText &&
        std::size_t(entry.text.toUtf8().size()) > limits::messageText)
        return Error{Reason::TextTooLong, 0, {}};
    const auto kept = keepsHistory(connection, entry.conversation);
    if (!kept)
        return kept.error();
    if (!*kept)
        return Error{Reason::UnknownPeer, 0, "no such conversation"};
    const auto before = storedBefore(connection, entry);
    if (!before)
        return before.error();
    if (*before)
        return **before;
    const auto stream = advanceStream(connection, entry);
    if (!stream)
        return stream.error();
    if (!**kept)
        return Appended{Appended::Outcome::NotKept, {}};
    if (auto done = insertRow(connection, entry, *stream); !done)
        return done.error();
    const EntryRow row{connection.inserted()};
    if (auto done = addToIndex(connection, {row, entry.conversation, entry.arrivedAt, entry.text}); !done)
        return done.error();
    if (auto done = connection.run(u"UPDATE conversation SET last_entry = ?, activity = ?, "
                                   "unread = unread + ? WHERE id = ?"_s,
                                   {row.value, row.value, entry.mine ? 0 : 1, entry.conversation.value});
        !done)
        return done.error();
    return Appended{Appended::Outcome::Stored, row};
}

core::Result<QList<Appended>> appendEntries(Connection& connection, const QList<NewEntry>& entries) {
    QList<Appended> all;
    all.reserve(entries.size());
    for (const NewEntry& entry : entries) {
        const auto appended = appendEntry(connection, entry);
        if (!appended)
            return appended.error();
        all << *appended;
    }
    return all;
}

core::Result<bool> setEntryState(Connection& connection, ConversationId conversation, const EntryId& id,
                                 EntryState state, std::optional<Reason> failure) {
    auto done = connection.run(
        u"UPDATE entry SET state = ?, failure = ? WHERE uid = ? AND conversation = ? AND mine <> 0"_s,
        {int(state), textOf(failure), toByteArray(id), conversation.value});
    if (!done)
        return done.error();
    return connection.changed() > 0;
}

} // namespace kith::store

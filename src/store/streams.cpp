#include "store/streams.h"

namespace kith::store {

using namespace Qt::StringLiterals;

core::Result<qint64> advanceStream(Connection& connection, const NewEntry& entry) {
    if (!entry.position)
        return qint64(0);
    const QByteArray uid = toByteArray(entry.position->stream);
    if (auto done = connection.run(
            u"INSERT INTO stream (conversation, mine, uid, begun) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"_s,
            {entry.conversation.value, entry.mine, uid, entry.arrivedAt});
        !done)
        return done.error();
    if (auto done = connection.run(u"UPDATE stream SET last_number = ?, last_uid = ? "
                                   "WHERE conversation = ? AND mine = ? AND uid = ? AND last_number < ?"_s,
                                   {entry.position->number, toByteArray(entry.id), entry.conversation.value,
                                    entry.mine, uid, entry.position->number});
        !done)
        return done.error();
    const auto row =
        connection.number(u"SELECT id FROM stream WHERE conversation = ? AND mine = ? AND uid = ?"_s,
                          {entry.conversation.value, entry.mine, uid});
    if (!row)
        return row.error();
    return row->value_or(0);
}

core::Result<QList<Stream>> readStreams(Connection& connection, ConversationId conversation) {
    auto rows = connection.select(u"SELECT uid, mine, last_number, last_uid, ended FROM stream "
                                  "WHERE conversation = ? ORDER BY id"_s,
                                  {conversation.value});
    if (!rows)
        return rows.error();
    QList<Stream> streams;
    while (rows->next()) {
        const auto id = StreamId::from(rows->bytes(0));
        if (!id)
            continue;
        Stream stream{*id, rows->integer(1) != 0, rows->integer(2), std::nullopt, rows->integer(4) != 0};
        if (!rows->isNull(3))
            stream.lastEntry = EntryId::from(rows->bytes(3));
        streams << stream;
    }
    if (auto error = rows->failure())
        return *error;
    return streams;
}

core::Status endOwnStreams(Connection& connection) {
    return connection.run(u"UPDATE stream SET ended = 1 WHERE mine <> 0"_s);
}

} // namespace kith::store

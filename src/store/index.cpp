#include "store/index.h"

#include "store/fold.h"

#include <QStringList>

namespace kith::store {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 dayMilliseconds = 86'400'000;
constexpr qint64 daysInMonth = 30;
// A range of more days than this is looked up by months, and one of more months by no token at all: then most
// of what is found lies in it anyway.
constexpr qint64 mostDays = 45;
constexpr qint64 mostMonths = 480;

// Rounded down, before 1970 too; never negative in a token, as '-' is no part of a word.
qint64 dayOf(qint64 time) {
    const qint64 day = time >= 0 ? time / dayMilliseconds : -((-(time + 1)) / dayMilliseconds) - 1;
    return day < 0 ? 0 : day;
}

QString placeText(ConversationId conversation, qint64 arrivedAt) {
    const qint64 day = dayOf(arrivedAt);
    return u"c%1 d%2 m%3"_s.arg(QString::number(conversation.value), QString::number(day),
                                QString::number(day / daysInMonth));
}

QString anyOf(QChar letter, qint64 first, qint64 last) {
    QStringList tokens;
    for (qint64 i = first; i <= last; ++i)
        tokens << letter + QString::number(i);
    return u'(' + tokens.join(u" OR "_s) + u')';
}

} // namespace

core::Status addToIndex(Connection& connection, const IndexedEntry& entry) {
    return connection.run(
        u"INSERT INTO entry_words (rowid, words, place) VALUES (?, ?, ?)"_s,
        {entry.row.value, indexText(entry.text), placeText(entry.conversation, entry.arrivedAt)});
}

core::Status removeFromIndex(Connection& connection, const IndexedEntry& entry) {
    return connection.run(
        u"INSERT INTO entry_words (entry_words, rowid, words, place) VALUES ('delete', ?, ?, ?)"_s,
        {entry.row.value, indexText(entry.text), placeText(entry.conversation, entry.arrivedAt)});
}

core::Status indexEverything(Connection& connection) {
    if (auto done = connection.run(u"INSERT INTO entry_words (entry_words) VALUES ('delete-all')"_s); !done)
        return done;
    auto rows = connection.select(u"SELECT id, conversation, arrived, text FROM entry ORDER BY id"_s);
    if (!rows)
        return rows.error();
    while (rows->next()) {
        const IndexedEntry entry{{rows->integer(0)}, {rows->integer(1)}, rows->integer(2), rows->text(3)};
        if (auto done = addToIndex(connection, entry); !done)
            return done;
    }
    if (auto error = rows->failure())
        return *error;
    return core::Done{};
}

QString placeExpression(const SearchRequest& request) {
    QStringList parts;
    if (request.conversation)
        parts << u'c' + QString::number(request.conversation->value);
    if (request.from && request.until && *request.from < *request.until) {
        const qint64 first = dayOf(*request.from);
        const qint64 last = dayOf(*request.until - 1);
        if (last - first < mostDays)
            parts << anyOf(u'd', first, last);
        else if ((last - first) / daysInMonth < mostMonths)
            parts << anyOf(u'm', first / daysInMonth, last / daysInMonth);
    }
    return parts.join(u" AND "_s);
}

} // namespace kith::store

#include "store/search.h"

#include "core/limits.h"
#include "store/conversations.h"
#include "store/entries.h"
#include "store/fold.h"
#include "store/index.h"

#include <QSet>

#include <algorithm>
#include <limits>

namespace kith::store {

using namespace Qt::StringLiterals;
namespace limits = core::limits;
using core::Error;

namespace {

// Both parts name their columns, so that a word never matches a place.
QString matchOf(const SearchTerms& terms, const SearchRequest& request) {
    QStringList parts;
    if (!terms.isEmpty())
        parts << u"words : ("_s + terms.expression() + u')';
    if (const QString place = placeExpression(request); !place.isEmpty())
        parts << u"place : ("_s + place + u')';
    return parts.join(u" AND "_s);
}

// An error of FTS5 repeats the expression, and with it what a person looked for: it stays out of logs.
Error withoutWords(Error error) {
    error.detail = "search failed";
    return error;
}

QString statement(const SearchRequest& request, bool byIndex) {
    const QString id = byIndex ? u"w.rowid"_s : u"e.id"_s;
    QString sql = u"SELECT "_s + entryColumns();
    // CROSS JOIN keeps SQLite from turning the loops round: the index leads.
    sql += byIndex ? u" FROM entry_words w CROSS JOIN entry e ON e.id = w.rowid"_s : u" FROM entry e"_s;
    sql += u" CROSS JOIN conversation c ON c.id = e.conversation AND c.removed = 0 AND e.id > c.hidden_to "
           "WHERE "_s;
    if (byIndex)
        sql += u"w.entry_words MATCH ? AND "_s;
    sql += request.oldestFirst ? id + u" > ?"_s : id + u" < ?"_s;
    sql += u" AND e.arrived >= ? AND e.arrived < ? AND (? OR e.conversation = ?)"_s;
    sql += u" ORDER BY "_s + id + (request.oldestFirst ? u" LIMIT ?"_s : u" DESC LIMIT ?"_s);
    return sql;
}

core::Status addConversations(Connection& connection, SearchResult& result) {
    QSet<ConversationId> seen;
    for (const SearchHit& hit : std::as_const(result.hits)) {
        if (seen.contains(hit.entry.conversation))
            continue;
        seen.insert(hit.entry.conversation);
        auto found = readConversation(connection, hit.entry.conversation);
        if (!found)
            return found.error();
        if (*found)
            result.conversations << **found;
    }
    return core::Done{};
}

} // namespace

core::Result<SearchResult> searchEntries(Connection& connection, const SearchRequest& request) {
    const SearchTerms terms = SearchTerms::of(request.words);
    SearchResult result;
    if (terms.isEmpty() && (!request.words.trimmed().isEmpty() || (!request.from && !request.until)))
        return result;
    const QString match = matchOf(terms, request);
    constexpr qint64 most = std::numeric_limits<qint64>::max();
    qint64 after = request.after.value;
    if (!request.oldestFirst && after == 0)
        after = most;
    const int limit = std::clamp(request.limit, 1, limits::searchHits);
    QVariantList values;
    if (!match.isEmpty())
        values << match;
    values << after << request.from.value_or(std::numeric_limits<qint64>::min())
           << request.until.value_or(most) << !request.conversation.has_value()
           << request.conversation.value_or(ConversationId{}).value << limit + 1;
    auto rows = connection.select(statement(request, !match.isEmpty()), values);
    if (!rows)
        return withoutWords(rows.error());
    while (rows->next()) {
        if (result.hits.size() == limit) {
            result.more = true;
            break;
        }
        Entry entry = readEntry(*rows);
        QList<TextRange> matches = terms.matchesIn(entry.text);
        result.hits << SearchHit{std::move(entry), std::move(matches)};
    }
    if (auto error = rows->failure())
        return withoutWords(*error);
    if (auto done = addConversations(connection, result); !done)
        return done.error();
    return result;
}

} // namespace kith::store

// readPage() of entries.h: pages around a place, and what can be read where the file is damaged.
#include "core/limits.h"
#include "store/entries.h"

#include <algorithm>
#include <limits>

namespace kith::store {

using namespace Qt::StringLiterals;
namespace limits = core::limits;
using core::Error;
using core::Reason;

namespace {

/// One direction from a place: rows beyond `from`, at most `count`, in the direction's order.
struct Run {
    ConversationId conversation;
    qint64 from = 0; ///< not itself given
    bool forward = true;
    int count = 0;
};

struct Found {
    QList<Entry> entries;
    bool more = false;
    bool damaged = false;
};

// Takes an entry where it still fits; the first one always does.
bool fits(const Found& found, const Entry& entry, int count, std::size_t& bytes) {
    if (found.entries.size() >= count)
        return false;
    bytes += std::size_t(entry.text.size()) * sizeof(QChar);
    return bytes <= limits::pageText || found.entries.isEmpty();
}

core::Result<Found> readRun(Connection& connection, const Run& run) {
    Found found;
    if (run.count <= 0)
        return found;
    // One bound for each side: of two on the same side SQLite seeks by the first and walks to the other.
    const QString hidden = u"(SELECT hidden_to FROM conversation WHERE id = ? AND removed = 0)"_s;
    const QString range = run.forward ? u"e.id > max("_s + hidden + u", ?) ORDER BY e.id"_s
                                      : u"e.id > "_s + hidden + u" AND e.id < ? ORDER BY e.id DESC"_s;
    auto rows =
        connection.select(u"SELECT "_s + entryColumns() + u" FROM entry e WHERE e.conversation = ? AND "_s +
                              range + u" LIMIT ?"_s,
                          {run.conversation.value, run.conversation.value, run.from, run.count + 1});
    if (!rows)
        return rows.error();
    std::size_t bytes = 0;
    while (rows->next()) {
        const Entry entry = readEntry(*rows);
        if (!fits(found, entry, run.count, bytes)) {
            found.more = true;
            break;
        }
        found.entries << entry;
    }
    if (auto error = rows->failure())
        return *error;
    return found;
}

// A damaged page of the file fails every statement that meets it. Asking for one row at a time, past the
// index, meets only the pages on the way to that row.
core::Result<Found> salvageRun(Connection& connection, const Run& run) {
    Found found;
    found.damaged = true;
    const auto hidden = connection.number(
        u"SELECT hidden_to FROM conversation WHERE id = ? AND removed = 0"_s, {run.conversation.value});
    const auto newest = connection.number(u"SELECT seq FROM sqlite_sequence WHERE name = 'entry'"_s);
    if (!hidden || !*hidden || !newest || !*newest)
        return Error{Reason::StoreDamaged, 0, "nothing of this conversation can be read"};
    std::size_t bytes = 0;
    qint64 id = run.forward ? std::max(run.from, **hidden) : std::min(run.from, **newest + 1);
    for (int probe = 0; probe < limits::salvageProbes; ++probe) {
        id += run.forward ? 1 : -1;
        if (id <= **hidden || id > **newest)
            return found;
        auto rows =
            connection.select(u"SELECT "_s + entryColumns() + u" FROM entry e WHERE e.id = ?"_s, {id});
        if (!rows || !rows->next())
            continue;
        const Entry entry = readEntry(*rows);
        if (entry.conversation != run.conversation)
            continue;
        if (!fits(found, entry, run.count, bytes))
            break;
        found.entries << entry;
    }
    found.more = true;
    return found;
}

core::Result<Found> readRunOrSalvage(Connection& connection, const Run& run) {
    auto found = readRun(connection, run);
    if (!found && found.error().reason == Reason::StoreDamaged)
        return salvageRun(connection, run);
    return found;
}

constexpr qint64 beyondAll = std::numeric_limits<qint64>::max();

} // namespace

core::Result<Page> readPage(Connection& connection, const PageRequest& request) {
    const int before = std::clamp(request.before, 0, limits::pageEntries);
    const int after = std::clamp(request.after, 0, limits::pageEntries);
    Run back{request.conversation, request.row.value, false, before};
    Run ahead{request.conversation, request.row.value - 1, true, after};
    switch (request.anchor) {
    case PageRequest::Anchor::Latest:
        back.from = beyondAll;
        ahead.count = 0;
        break;
    case PageRequest::Anchor::First:
        back.count = 0;
        ahead.from = 0;
        break;
    case PageRequest::Anchor::Row:
        break;
    }
    auto earlier = readRunOrSalvage(connection, back);
    if (!earlier)
        return earlier.error();
    auto later = readRunOrSalvage(connection, ahead);
    if (!later)
        return later.error();
    Page page;
    page.damaged = earlier->damaged || later->damaged;
    page.moreBefore = earlier->more;
    page.moreAfter = later->more;
    page.entries = std::move(earlier->entries);
    std::reverse(page.entries.begin(), page.entries.end());
    page.entries += later->entries;
    // A side that was not asked for: one look tells whether there is anything.
    if (request.anchor == PageRequest::Anchor::Row && (before == 0 || after == 0)) {
        for (const bool forward : {false, true}) {
            const Run look{request.conversation, forward ? ahead.from : back.from, forward, 1};
            if ((forward ? after : before) > 0)
                continue;
            if (auto found = readRun(connection, look); found && !found->entries.isEmpty())
                (forward ? page.moreAfter : page.moreBefore) = true;
        }
    }
    return page;
}

} // namespace kith::store

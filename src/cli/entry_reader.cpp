#include "cli/entry_reader.h"

#include "core/limits.h"

#include <algorithm>
#include <utility>

namespace kith::cli {

namespace limits = core::limits;

EntryReader::EntryReader(store::Store& store, ReadRequest request, QObject* parent)
    : QObject(parent)
    , store_(store)
    , search_(std::move(request.search)) {
    for (const store::Conversation& each : std::as_const(request.conversations)) {
        conversations_.insert(each.id, each);
        if (search_ || each.lastEntry)
            sources_.push_back({each.id, {}, {}, 1, true});
    }
    if (search_ && request.conversations.isEmpty())
        sources_.push_back({{}, {}, {}, 1, true});
}

void EntryReader::next() {
    QMetaObject::invokeMethod(this, &EntryReader::go, Qt::QueuedConnection);
}

store::Conversation EntryReader::conversationOf(const store::Entry& entry) const {
    return conversations_.value(entry.conversation);
}

void EntryReader::go() {
    if (begun_ < sources_.size())
        return ask(begun_++);
    const std::optional<std::size_t> empty = gather();
    if (empty)
        ask(*empty);
    else
        hand();
}

std::optional<std::size_t> EntryReader::gather() {
    while (!turns_.empty() && batchBytes_ < limits::terminalPageText) {
        const std::size_t index = turns_.top().source;
        turns_.pop();
        Source& source = sources_[index];
        batch_ += std::move(source.ahead.front());
        source.ahead.pop_front();
        batchBytes_ +=
            static_cast<std::size_t>(batch_.last().text.size()) * sizeof(QChar) + sizeof(store::Entry);
        if (!source.ahead.empty())
            turns_.push({source.ahead.front().row.value, index});
        else if (source.more)
            return index;
    }
    return std::nullopt;
}

void EntryReader::hand() {
    batchBytes_ = 0;
    if (batch_.isEmpty()) {
        Q_EMIT ended();
        return;
    }
    Q_EMIT read(std::exchange(batch_, {}));
}

void EntryReader::ask(std::size_t source) {
    if (search_)
        askSearch(source);
    else
        askPage(source);
    sources_[source].size = std::min(sources_[source].size * 2, limits::terminalPage);
}

void EntryReader::askPage(std::size_t source) {
    const Source& from = sources_[source];
    store::PageRequest request{from.conversation, store::PageRequest::Anchor::First, {}, 0, from.size};
    if (from.last) {
        request.anchor = store::PageRequest::Anchor::Row;
        request.row = {from.last.value + 1};
    }
    store::whenDone(store_.page(request), this,
                    [this, source](const core::Result<store::Page>& page) { onPage(source, page); });
}

void EntryReader::askSearch(std::size_t source) {
    const Source& from = sources_[source];
    store::SearchRequest request = *search_;
    if (from.conversation)
        request.conversation = from.conversation;
    request.oldestFirst = true;
    request.after = from.last;
    request.limit = from.size;
    store::whenDone(
        store_.search(request), this,
        [this, source](const core::Result<store::SearchResult>& found) { onFound(source, found); });
}

void EntryReader::onPage(std::size_t source, const core::Result<store::Page>& page) {
    if (!page) {
        Q_EMIT failed(page.error());
        return;
    }
    damaged_ = damaged_ || page->damaged;
    // Nothing in reach of a damaged place can be read: beyond that reach there may be more.
    if (page->entries.isEmpty() && page->moreAfter)
        sources_[source].last.value += limits::salvageProbes;
    take(source, page->entries, page->moreAfter);
}

void EntryReader::onFound(std::size_t source, const core::Result<store::SearchResult>& found) {
    if (!found) {
        Q_EMIT failed(found.error());
        return;
    }
    for (const store::Conversation& each : found->conversations)
        conversations_.insert(each.id, each);
    QList<store::Entry> entries;
    for (const store::SearchHit& hit : found->hits)
        entries += hit.entry;
    take(source, entries, found->more);
}

void EntryReader::take(std::size_t source, const QList<store::Entry>& entries, bool more) {
    Source& to = sources_[source];
    to.more = more;
    to.ahead.insert(to.ahead.end(), entries.begin(), entries.end());
    if (!entries.isEmpty()) {
        to.last = entries.last().row;
        turns_.push({to.ahead.front().row.value, source});
        return go();
    }
    if (more)
        ask(source);
    else
        go();
}

} // namespace kith::cli

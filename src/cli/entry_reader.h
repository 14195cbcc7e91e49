// Entries of several conversations in the order in which they were stored.
#pragma once

#include "model/history.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <queue>

#include <deque>
#include <optional>
#include <vector>

namespace kith::cli {

/// What to read: the conversations named, or with `search` what it finds, in them or (none named) everywhere.
struct ReadRequest {
    QList<store::Conversation> conversations;
    std::optional<store::SearchRequest> search;
};

/// Reads page by page, and only when asked: of each conversation one entry is held, and of those whose turn
/// it is a page, so that what is held depends on how many conversations went on at once and not on how long
/// they are. One question is with the store at a time; others come between.
///
/// Owned by the command that reads; main thread. The store must outlive it. After failed() nothing comes.
class EntryReader final : public QObject {
    Q_OBJECT

public:
    EntryReader(store::Store& store, ReadRequest request, QObject* parent = nullptr);

    /// Asks for the next entries: read() or ended() or failed() follows, never from within this call.
    void next();
    /// Of an entry that was read.
    [[nodiscard]] store::Conversation conversationOf(const store::Entry& entry) const;
    /// A part of the file could not be read: what could be was given.
    [[nodiscard]] bool isDamaged() const { return damaged_; }

Q_SIGNALS:
    /// Oldest first; at most limits::terminalPageText of text beside the last one.
    void read(const QList<kith::store::Entry>& entries);
    void ended();
    void failed(const kith::core::Error& error);

private:
    /// One conversation, or the one answer to a search of all.
    struct Source {
        store::ConversationId conversation{}; ///< 0: of all
        std::deque<store::Entry> ahead;
        store::EntryRow last{}; ///< the newest that was read
        int size = 1;           ///< of the next page
        bool more = true;
    };
    /// The source with the oldest entry comes first.
    struct Turn {
        qint64 row;
        std::size_t source;
        bool operator<(const Turn& other) const { return row > other.row; }
    };

    void ask(std::size_t source);
    void askPage(std::size_t source);
    void askSearch(std::size_t source);
    void onPage(std::size_t source, const core::Result<store::Page>& page);
    void onFound(std::size_t source, const core::Result<store::SearchResult>& found);
    void take(std::size_t source, const QList<store::Entry>& entries, bool more);
    void go();
    /// Takes what is there in its order; the source that has to be read on first, if any.
    std::optional<std::size_t> gather();
    void hand();

    store::Store& store_;
    std::optional<store::SearchRequest> search_;
    std::vector<Source> sources_;
    std::size_t begun_ = 0; ///< sources that were asked for their first entry
    std::priority_queue<Turn> turns_;
    QHash<store::ConversationId, store::Conversation> conversations_;
    QList<store::Entry> batch_;
    std::size_t batchBytes_ = 0;
    bool damaged_ = false;
};

} // namespace kith::cli

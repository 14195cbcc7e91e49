#include "model/conversation_record.h"

#include "core/limits.h"
#include "model/history.h"
#include "model/message_list.h"

#include <algorithm>
#include <utility>

namespace kith::model {

namespace limits = core::limits;

namespace {

store::EntryState stateOf(core::MessageState state) {
    switch (state) {
    case core::MessageState::Waiting:
        return store::EntryState::Waiting;
    case core::MessageState::Sent:
        return store::EntryState::Sent;
    case core::MessageState::Failed:
        break;
    }
    return store::EntryState::Failed;
}

std::size_t bytesOf(const store::NewEntry& entry) {
    return static_cast<std::size_t>(entry.text.size()) * sizeof(QChar);
}

} // namespace

ConversationRecord::ConversationRecord(History& history, QString address, qint64 startedAt, QObject* parent)
    : QObject(parent)
    , history_(history)
    , address_(std::move(address))
    , startedAt_(startedAt) {
    connect(&history, &History::stateChanged, this, &ConversationRecord::pumpLater);
}

ConversationRecord::ConversationRecord(History& history, const store::Conversation& stored, QObject* parent)
    : ConversationRecord(history, stored.address, stored.startedAt, parent) {
    id_ = stored.id;
    keeps_ = stored.keepHistory;
    key_ = stored.key;
    said_ = bool(stored.lastEntry);
    draft_ = !stored.draft.isEmpty();
    lastRow_ = stored.lastEntry;
    lastPlace_ = placeOf(stored.lastEntry);
}

void ConversationRecord::setContact(const core::PublicKey& key) {
    key_ = key;
    awaits_ = false;
    open();
}

void ConversationRecord::open() {
    wanted_ = true;
    pumpLater();
}

void ConversationRecord::add(const store::NewEntry& entry) {
    if (waiting_.empty() && !keepsNow()) {
        waiting_.emplace_back(Waiting{entry, Progress::NotKept, {}, {}, {}});
        bytes_ += bytesOf(entry);
        settleFront();
        return;
    }
    waiting_.emplace_back(Waiting{entry, Progress::Given, {}, {}, {}});
    bytes_ += bytesOf(entry);
    weigh();
    pumpLater();
}

bool ConversationRecord::holdsOwn() const {
    return std::ranges::any_of(waiting_, [](const Waiting& waiting) { return waiting.entry.mine; });
}

bool ConversationRecord::keepsNow() const {
    // A contact's entries are counted in its row where they are not kept, too.
    return history_.takesWrites() && !off_ && (keeps_ || (key_ && id_));
}

void ConversationRecord::pumpLater() {
    if (std::exchange(pumping_, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            pumping_ = false;
            pump();
        },
        Qt::QueuedConnection);
}

void ConversationRecord::pump() {
    for (Waiting& waiting : waiting_) {
        if (waiting.progress != Progress::Given)
            continue;
        if (!keepsNow())
            waiting.progress = Progress::NotKept;
        else if (wantsRow())
            return makeRow();
        else
            ask(waiting);
    }
    settleFront();
    if ((nextDraft_ || wanted_) && keepsNow() && wantsRow())
        makeRow();
}

void ConversationRecord::makeRow() {
    if (std::exchange(making_, true))
        return;
    wanted_ = false;
    store::whenDone(key_ ? history_.store().conversationWith(*key_, startedAt_)
                         : history_.store().addPlainConversation(address_, startedAt_),
                    this, [this](const core::Result<store::ConversationId>& row) { onRow(row); });
}

void ConversationRecord::onRow(const core::Result<store::ConversationId>& row) {
    if (!row)
        return rowFailed(row.error());
    if (key_)
        return readRow(*row);
    making_ = false;
    id_ = *row;
    Q_EMIT rowMade(std::nullopt);
    if (const std::optional<QString> draft = std::exchange(nextDraft_, std::nullopt))
        saveDraft(*draft);
    pump();
}

/// A contact's may be an old one. Both reads see what was written before them, and nothing is written until
/// they are done.
void ConversationRecord::readRow(store::ConversationId row) {
    if (!id_) {
        store::whenDone(history_.store().conversation(row), this,
                        [this, row](const core::Result<std::optional<store::Conversation>>& found) {
                            if (id_ || !found || !*found)
                                return;
                            id_ = row;
                            said_ = bool((*found)->lastEntry);
                            draft_ = !(*found)->draft.isEmpty();
                            keeps_ = (*found)->keepHistory;
                            lastRow_ = (*found)->lastEntry;
                            lastPlace_ = std::max(lastPlace_, placeOf(lastRow_));
                            Q_EMIT rowMade(*found);
                        });
    }
    store::whenDone(
        history_.store().streams(row), this,
        [this, row](const core::Result<QList<store::Stream>>& streams) { onRowRead(row, streams); });
}

void ConversationRecord::onRowRead(store::ConversationId row,
                                   const core::Result<QList<store::Stream>>& streams) {
    if (!streams)
        return rowFailed(streams.error());
    if (id_ != row)
        return rowFailed({core::Reason::StoreUnavailable, 0, "the row was not read"});
    making_ = false;
    own_ = {store::StreamId::random(), 0};
    for (const store::Stream& stream : *streams) {
        if (stream.mine && !stream.ended)
            own_ = {stream.id, stream.lastNumber};
    }
    placed_ = true;
    if (const std::optional<QString> draft = std::exchange(nextDraft_, std::nullopt))
        saveDraft(*draft);
    pump();
}

void ConversationRecord::rowFailed(const core::Error& error) {
    making_ = false;
    nextDraft_.reset();
    history_.noteFailure(error);
    for (Waiting& waiting : waiting_) {
        if (waiting.progress == Progress::Given && keepsNow()) {
            waiting.progress = Progress::Failed;
            waiting.error = error;
        }
    }
    pump();
}

void ConversationRecord::ask(Waiting& waiting) {
    waiting.progress = Progress::Asked;
    waiting.entry.conversation = id_;
    place(waiting.entry);
    said_ = true;
    store::whenDone(
        history_.store().append(waiting.entry), this,
        [this, id = waiting.entry.id](const core::Result<store::Appended>& answer) { onAnswer(id, answer); });
}

void ConversationRecord::place(store::NewEntry& entry) {
    if (!key_ || !entry.mine)
        return;
    store::StreamPosition& stream = placed_ && keepsNow() ? own_ : unstored_;
    ++stream.number;
    entry.position = stream;
}

void ConversationRecord::onAnswer(const store::EntryId& entry, const core::Result<store::Appended>& answer) {
    const auto found = std::ranges::find_if(waiting_, [&](const Waiting& waiting) {
        return waiting.progress == Progress::Asked && waiting.entry.id == entry;
    });
    if (found == waiting_.end())
        return;
    if (answer) {
        found->row = answer->row;
        found->outcome = answer->outcome;
        found->progress =
            answer->outcome == store::Appended::Outcome::NotKept ? Progress::NotKept : Progress::Kept;
    } else {
        history_.noteFailure(answer.error());
        found->error = answer.error();
        found->progress = history_.takesWrites() ? Progress::Failed : Progress::NotKept;
        // A number that was not stored is given again, unless a later one is under way: then it stays empty.
        if (found->progress == Progress::Failed && found->entry.position == own_)
            --own_.number;
    }
    settleFront();
}

void ConversationRecord::settleFront() {
    if (waiting_.empty())
        return;
    while (!waiting_.empty()) {
        const Progress progress = waiting_.front().progress;
        if (progress == Progress::Given || progress == Progress::Asked)
            return;
        Waiting waiting = std::move(waiting_.front());
        waiting_.pop_front();
        bytes_ -= bytesOf(waiting.entry);
        if (progress == Progress::NotKept && !waiting.entry.position)
            place(waiting.entry);
        Settled settled;
        settled.entry = waiting.entry;
        settled.kept = progress == Progress::Kept;
        if (progress == Progress::Failed)
            settled.refused = waiting.error;
        settled.again = settled.kept && waiting.outcome == store::Appended::Outcome::Duplicate;
        settled.other = settled.kept && waiting.outcome == store::Appended::Outcome::Conflicting;
        if (settled.again || settled.other) {
            settled.place = placeOf(waiting.row);
            Q_EMIT this->settled(settled);
            weigh();
            continue;
        }
        if (settled.kept) {
            lastRow_ = waiting.row;
            lastPlace_ = placeOf(waiting.row);
        } else {
            ++lastPlace_;
        }
        settled.place = lastPlace_;
        Q_EMIT this->settled(settled);
        weigh();
    }
    Q_EMIT idle();
}

void ConversationRecord::weigh() {
    const std::size_t share = full_ ? 2 : 1;
    const bool full =
        waiting_.size() > limits::storingEntries / share || bytes_ > limits::storingText / share;
    if (std::exchange(full_, full) != full)
        Q_EMIT fullChanged();
}

void ConversationRecord::setKeepsHistory(bool keep) {
    off_ = false;
    if (keep == keeps_)
        return;
    keeps_ = keep;
    if (id_ && history_.takesWrites())
        watch(history_.store().setKeepHistory(id_, keep));
}

void ConversationRecord::saveDraft(const QString& text) {
    if (!history_.takesWrites())
        return;
    if (!id_) {
        if (!keepsHistory() || (text.isEmpty() && !nextDraft_))
            return;
        nextDraft_ = text;
        return pumpLater();
    }
    draft_ = !text.isEmpty();
    watch(history_.store().saveDraft(id_, text));
}

void ConversationRecord::markRead() {
    if (id_ && lastRow_ && history_.takesWrites())
        watch(history_.store().markRead(id_, lastRow_));
}

void ConversationRecord::setState(const store::EntryId& entry, core::MessageState state,
                                  std::optional<core::Reason> why) {
    if (!id_ || !history_.takesWrites())
        return;
    store::whenDone(history_.store().setState(id_, entry, stateOf(state), why), this,
                    [this](const core::Result<bool>& done) {
                        if (!done)
                            history_.noteFailure(done.error());
                    });
}

void ConversationRecord::end(qint64 endedAt) {
    if (!id_ || !history_.takesWrites())
        return;
    watch(said_ || draft_ ? history_.store().endConversation(id_, endedAt)
                          : history_.store().removeConversation(id_));
}

void ConversationRecord::clear() {
    if (!id_) {
        Q_EMIT cleared();
        return;
    }
    store::whenDone(history_.store().clearHistory(id_), this, [this](const core::Status& done) {
        if (done)
            Q_EMIT cleared();
        else
            Q_EMIT failed(done.error());
    });
}

void ConversationRecord::remove() {
    if (!id_) {
        Q_EMIT removed();
        return;
    }
    store::whenDone(history_.store().removeConversation(id_), this, [this](const core::Status& done) {
        if (done)
            Q_EMIT removed();
        else
            Q_EMIT failed(done.error());
    });
}

void ConversationRecord::forget() {
    id_ = {};
    placed_ = false;
    lastPlace_ = 0;
    lastRow_ = {};
    said_ = false;
}

void ConversationRecord::watch(const store::PendingStatus& write) {
    store::whenDone(write, this, [this](const core::Status& done) {
        if (done)
            return;
        history_.noteFailure(done.error());
        Q_EMIT failed(done.error());
    });
}

} // namespace kith::model

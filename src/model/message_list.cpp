#include "model/message_list.h"

#include "core/limits.h"
#include "model/history.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace kith::model {

namespace limits = core::limits;
using core::MessageState;

namespace {

/// Places between two stored entries: more than are ever said in a conversation that is not kept.
constexpr int placeBits = 20;
constexpr qint64 nowhere = std::numeric_limits<qint64>::max();

std::size_t bytesOf(const Message& message) {
    return static_cast<std::size_t>(message.text.size()) * sizeof(QChar);
}

store::EntryRow rowOfPlace(qint64 place) {
    return {place >> placeBits};
}

/// The messages that are not kept stand between the places of those that are.
bool isStored(qint64 place) {
    return (place & ((qint64{1} << placeBits) - 1)) == 0;
}

MessageState stateOf(const store::Entry& entry, bool over) {
    switch (entry.state) {
    case store::EntryState::Waiting:
        return over ? MessageState::Failed : MessageState::Waiting;
    case store::EntryState::Failed:
        return MessageState::Failed;
    case store::EntryState::Received:
    case store::EntryState::Sent:
    case store::EntryState::Delivered:
    case store::EntryState::Read:
        break;
    }
    return MessageState::Sent;
}

} // namespace

QString idText(const store::EntryId& entry) {
    return QString::fromLatin1(store::toByteArray(entry).toHex());
}

qint64 placeOf(store::EntryRow row) {
    return row.value << placeBits;
}

Message messageOf(const store::Entry& entry, bool over) {
    return {placeOf(entry.row),   entry.mine, entry.text, QDateTime::fromMSecsSinceEpoch(entry.writtenAt),
            stateOf(entry, over), entry.id};
}

MessageList::MessageList(QObject* parent)
    : QAbstractListModel(parent) {}

int MessageList::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(messages_.size());
}

QVariant MessageList::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Message& message = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return message.text;
    case IdRole:
        return message.id;
    case MineRole:
        return message.mine;
    case TimeRole:
        return message.written;
    case StateRole:
        return static_cast<int>(message.state);
    default:
        return {};
    }
}

int MessageList::rowOf(qint64 id) const {
    return static_cast<int>(std::ranges::lower_bound(messages_, id, {}, &Message::id) - messages_.begin());
}

void MessageList::setSource(History* history, store::ConversationId conversation, bool stored) {
    history_ = history;
    conversation_ = conversation;
    moreAfter_ = moreAfter_ || stored; // nothing of it is here yet
}

// --- reading ---------------------------------------------------------------------------------------------

void MessageList::fetchBefore() {
    if (!moreBefore_ || reading_ || messages_.empty())
        return;
    const qint64 first = messages_.front().id;
    request({.conversation = conversation_,
             .anchor = store::PageRequest::Anchor::Row,
             .row = {rowOfPlace(first).value + (isStored(first) ? 0 : 1)},
             .before = limits::messagePage,
             .after = 0},
            Where::Before);
}

void MessageList::fetchAfter() {
    if (!moreAfter_ || reading_)
        return;
    if (messages_.empty())
        return showLatest();
    request({.conversation = conversation_,
             .anchor = store::PageRequest::Anchor::Row,
             .row = {rowOfPlace(messages_.back().id).value + 1},
             .before = 0,
             .after = limits::messagePage},
            Where::After);
}

void MessageList::showLatest() {
    if (!moreAfter_) {
        ++question_; // an answer for another place comes too late
        reading_ = false;
        Q_EMIT loaded();
        return;
    }
    request({.conversation = conversation_,
             .anchor = store::PageRequest::Anchor::Latest,
             .row = {},
             .before = limits::messagePage,
             .after = 0},
            Where::Replace);
}

void MessageList::showAround(qint64 id) {
    request({.conversation = conversation_,
             .anchor = store::PageRequest::Anchor::Row,
             .row = rowOfPlace(id),
             .before = limits::messagePage / 2,
             .after = limits::messagePage / 2},
            Where::Replace);
}

void MessageList::request(const store::PageRequest& page, Where where) {
    reading_ = true;
    readingBefore_ = where == Where::Before;
    missed_ = false;
    const quint64 question = ++question_;
    if (!history_ || !conversation_) {
        take(store::Page{}, where, question);
        return;
    }
    store::whenDone(
        history_->store().page(page), this,
        [this, where, question](const core::Result<store::Page>& answer) { take(answer, where, question); });
}

void MessageList::take(const core::Result<store::Page>& page, Where where, quint64 question) {
    if (question != question_)
        return;
    reading_ = false;
    if (!page) {
        Q_EMIT readFailed(page.error());
        return;
    }
    switch (where) {
    case Where::Before: {
        const qint64 before = messages_.empty() ? nowhere : messages_.front().id;
        const qint64 after =
            page->moreBefore && !page->entries.isEmpty() ? placeOf(page->entries.front().row) - 1 : -1;
        prepend(merged(*page, after, before));
        moreBefore_ = page->moreBefore;
        Q_EMIT fetched();
        break;
    }
    case Where::After: {
        const qint64 after = messages_.empty() ? -1 : messages_.back().id;
        const qint64 before =
            page->moreAfter && !page->entries.isEmpty() ? placeOf(page->entries.back().row) + 1 : nowhere;
        extend(merged(*page, after, before));
        moreAfter_ = page->moreAfter || missed_;
        Q_EMIT fetched();
        break;
    }
    case Where::Replace: {
        const bool some = !page->entries.isEmpty();
        replace(merged(*page, some && page->moreBefore ? placeOf(page->entries.front().row) - 1 : -1,
                       some && page->moreAfter ? placeOf(page->entries.back().row) + 1 : nowhere));
        moreBefore_ = page->moreBefore;
        moreAfter_ = page->moreAfter || missed_;
        Q_EMIT loaded();
        break;
    }
    }
}

std::deque<Message> MessageList::merged(const store::Page& page, qint64 after, qint64 before) const {
    std::deque<Message> stored;
    for (const store::Entry& entry : page.entries) {
        if (placeOf(entry.row) > after && placeOf(entry.row) < before)
            stored.push_back(messageOf(entry, over_));
    }
    std::deque<Message> held;
    for (const Message& message : unkept_) {
        if (message.id > after && message.id < before)
            held.push_back(message);
    }
    std::deque<Message> all;
    std::ranges::merge(stored, held, std::back_inserter(all), {}, &Message::id, &Message::id);
    return all;
}

void MessageList::replace(std::deque<Message> page) {
    beginResetModel();
    messages_ = std::move(page);
    bytes_ = 0;
    for (const Message& message : messages_)
        bytes_ += bytesOf(message);
    endResetModel();
}

void MessageList::prepend(std::deque<Message> page) {
    if (page.empty())
        return;
    beginInsertRows({}, 0, static_cast<int>(page.size()) - 1);
    for (const Message& message : page)
        bytes_ += bytesOf(message);
    messages_.insert(messages_.begin(), std::make_move_iterator(page.begin()),
                     std::make_move_iterator(page.end()));
    endInsertRows();
    dropBack();
}

void MessageList::extend(std::deque<Message> page) {
    if (page.empty())
        return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(page.size()) - 1);
    for (Message& message : page) {
        bytes_ += bytesOf(message);
        messages_.push_back(std::move(message));
    }
    endInsertRows();
    // Somebody who reads at the front waits for the page before it: what he reads must not leave.
    if (reading_ && readingBefore_)
        dropBack();
    else
        dropFront();
}

// --- bounds ----------------------------------------------------------------------------------------------

int MessageList::surplus(bool fromFront) const {
    std::size_t rows = messages_.size();
    std::size_t bytes = bytes_;
    int over = 0;
    // One stays, however long it is.
    while (rows > 1 && (rows > limits::messagesInMemory || bytes > limits::messageBytesInMemory)) {
        const auto at = static_cast<std::size_t>(over);
        bytes -= bytesOf(messages_[fromFront ? at : messages_.size() - 1 - at]);
        --rows;
        ++over;
    }
    return over;
}

void MessageList::dropFront() {
    const int over = surplus(true);
    if (over == 0)
        return;
    beginRemoveRows({}, 0, over - 1);
    for (int i = 0; i < over; ++i) {
        const qint64 place = messages_.front().id;
        const bool held = !unkept_.empty() && unkept_.front().id <= place;
        moreBefore_ = moreBefore_ || held || (conversation_ && isStored(place));
        bytes_ -= bytesOf(messages_.front());
        messages_.pop_front();
    }
    endRemoveRows();
}

void MessageList::dropBack() {
    const int over = surplus(false);
    if (over == 0)
        return;
    beginRemoveRows({}, rowCount() - over, rowCount() - 1);
    for (int i = 0; i < over; ++i) {
        bytes_ -= bytesOf(messages_.back());
        messages_.pop_back();
    }
    moreAfter_ = true;
    endRemoveRows();
}

// --- what happens now ------------------------------------------------------------------------------------

void MessageList::append(const Message& message, bool kept) {
    if (!kept) {
        unkept_.push_back(message);
        unkeptBytes_ += bytesOf(message);
        while (unkept_.size() > 1 &&
               (unkept_.size() > limits::messagesInMemory || unkeptBytes_ > limits::messageBytesInMemory)) {
            unkeptBytes_ -= bytesOf(unkept_.front());
            unkept_.pop_front();
        }
    }
    if (moreAfter_) {
        missed_ = true; // a page that is being read may be from before it
        return;
    }
    extend({message});
}

bool MessageList::setState(const store::EntryId& entry, MessageState state) {
    const auto held = std::ranges::find(unkept_, entry, &Message::entry);
    if (held != unkept_.end())
        held->state = state;
    // Whose state changes is nearly always among the last.
    const auto reversed = std::find_if(messages_.rbegin(), messages_.rend(),
                                       [&](const Message& message) { return message.entry == entry; });
    if (reversed == messages_.rend())
        return held != unkept_.end();
    if (reversed->state == state)
        return true;
    reversed->state = state;
    const QModelIndex changed = index(static_cast<int>(messages_.rend() - reversed) - 1);
    Q_EMIT dataChanged(changed, changed, {StateRole});
    return true;
}

void MessageList::clear() {
    ++question_;
    reading_ = false;
    beginResetModel();
    messages_.clear();
    unkept_.clear();
    bytes_ = 0;
    unkeptBytes_ = 0;
    moreBefore_ = false;
    moreAfter_ = false;
    endResetModel();
}

} // namespace kith::model

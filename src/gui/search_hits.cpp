#include "gui/search_hits.h"

#include "gui/conversation_words.h"
#include "gui/message_layout.h"

#include <QLocale>

#include <utility>

namespace kith::gui {

namespace {

/// Hits read at once: some heights of a window.
constexpr int hitsAtOnce = 50;

} // namespace

SearchHits::SearchHits(model::History& history, TitleOf titleOf, QObject* parent)
    : QAbstractListModel(parent)
    , history_(history)
    , titleOf_(std::move(titleOf)) {}

void SearchHits::ask(const store::SearchRequest& request) {
    request_ = request;
    request_.limit = hitsAtOnce;
    this->request(true);
}

void SearchHits::clear() {
    ++question_;
    asking_ = false;
    beginResetModel();
    hits_.clear();
    conversations_.clear();
    more_ = false;
    endResetModel();
}

void SearchHits::request(bool first) {
    asking_ = true;
    store::SearchRequest request = request_;
    if (!first)
        request.after = hits_.constLast().entry.row;
    store::whenDone(history_.store().search(request), this,
                    [this, first, question = ++question_](const core::Result<store::SearchResult>& answer) {
                        if (question == question_)
                            take(answer, first);
                    });
}

void SearchHits::take(const core::Result<store::SearchResult>& answer, bool first) {
    asking_ = false;
    if (!answer) {
        more_ = false;
        Q_EMIT failed(answer.error());
        return;
    }
    if (first) {
        beginResetModel();
        hits_.clear();
        conversations_.clear();
    } else if (!answer->hits.isEmpty()) {
        beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(answer->hits.size()) - 1);
    }
    for (const store::Conversation& conversation : answer->conversations)
        conversations_.insert(conversation.id.value, conversation);
    hits_ += answer->hits;
    more_ = answer->more;
    if (first)
        endResetModel();
    else if (!answer->hits.isEmpty())
        endInsertRows();
    Q_EMIT answered();
}

const store::Conversation& SearchHits::conversationAt(int row) const {
    return *conversations_.constFind(at(row).entry.conversation.value);
}

QString SearchHits::titleAt(int row) const {
    const auto found = conversations_.constFind(at(row).entry.conversation.value);
    return found != conversations_.constEnd() ? titleOf_(*found) : QString();
}

int SearchHits::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(hits_.size());
}

QVariant SearchHits::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const store::Entry& entry = at(index.row()).entry;
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(entry.arrivedAt);
    switch (role) {
    case Qt::DisplayRole:
        return entry.text;
    case TitleRole:
        return titleAt(index.row());
    case TimeRole:
        return time;
    case Qt::AccessibleTextRole: {
        const QString what =
            tr("%1, %2").arg(isolated(titleAt(index.row())), QLocale().toString(time, QLocale::ShortFormat));
        return entry.mine ? tr("%1, You: %2").arg(what, entry.text) : tr("%1: %2").arg(what, entry.text);
    }
    default:
        return {};
    }
}

bool SearchHits::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && more_ && !asking_ && !hits_.isEmpty();
}

void SearchHits::fetchMore(const QModelIndex& parent) {
    if (canFetchMore(parent))
        request(false);
}

} // namespace kith::gui

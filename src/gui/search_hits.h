// What a search has found, as an item model. GUI thread.
#pragma once

#include "model/history.h"

#include <QAbstractListModel>
#include <QHash>

#include <functional>

namespace kith::gui {

/// The hits of one search, newest first; further ones are read when a view asks for them. Owned by the search
/// page; GUI thread. An answer that comes after another question was asked is dropped; a search that fails
/// leaves what is there and says why.
class SearchHits final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        TitleRole = Qt::UserRole + 1, ///< QString: of the conversation
        TimeRole,                     ///< QDateTime, local time
    };
    using TitleOf = std::function<QString(const store::Conversation&)>;

    /// The history must outlive it.
    SearchHits(model::History& history, TitleOf titleOf, QObject* parent);

    /// The hits of this question in place of those there are; answered() or failed() follows.
    void ask(const store::SearchRequest& request);
    void clear();

    [[nodiscard]] const store::SearchHit& at(int row) const { return hits_[row]; }
    /// The conversation of a hit.
    [[nodiscard]] const store::Conversation& conversationAt(int row) const;

    /// Qt::DisplayRole is the text; Qt::AccessibleTextRole "title, time, author: text".
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    void answered();
    void failed(const kith::core::Error& why);

private:
    void request(bool first);
    void take(const core::Result<store::SearchResult>& answer, bool first);
    [[nodiscard]] QString titleAt(int row) const;

    model::History& history_;
    TitleOf titleOf_;
    store::SearchRequest request_;
    QList<store::SearchHit> hits_;
    QHash<qint64, store::Conversation> conversations_; ///< by id
    bool more_ = false;
    bool asking_ = false;
    quint64 question_ = 0;
};

} // namespace kith::gui

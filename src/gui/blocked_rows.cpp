#include "gui/blocked_rows.h"

#include "core/kith_id.h"
#include "gui/conversation_words.h"
#include "gui/theme.h"
#include "model/people.h"

namespace kith::gui {

BlockedRows::BlockedRows(const model::People& people, QObject* parent)
    : QAbstractListModel(parent)
    , people_(people) {
    connect(&people_, &model::People::changed, this, &BlockedRows::refresh);
    connect(&people_, &model::People::blockedAddressesChanged, this, &BlockedRows::refresh);
    connect(&people_, &model::People::ready, this, &BlockedRows::refresh);
    refresh();
}

void BlockedRows::refresh() {
    QList<Blocked> rows;
    QList<Blocked> strangers;
    for (const core::PublicKey& key : people_.blocked())
        (people_.find(key) != nullptr ? rows : strangers).append({key, {}});
    rows.append(strangers);
    for (const QString& address : people_.blockedAddresses())
        rows.append({std::nullopt, address});
    if (rows == rows_ && !rows.isEmpty()) {
        Q_EMIT dataChanged(index(0), index(static_cast<int>(rows_.size()) - 1)); // a name may be another
        return;
    }
    beginResetModel();
    rows_ = rows;
    endResetModel();
}

int BlockedRows::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant BlockedRows::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rows_.size())
        return {};
    const Blocked& blocked = rows_.at(index.row());
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return textOf(blocked);
    if (role == Qt::ToolTipRole && blocked.key)
        return plainToolTip(QString::fromStdString(core::toKithId(*blocked.key)));
    return {};
}

QString BlockedRows::textOf(const Blocked& blocked) const {
    if (!blocked.key)
        return tr("Everybody at %1").arg(blocked.address);
    const QString id = QString::fromStdString(core::shortKithId(*blocked.key));
    const model::Person* const person = people_.find(*blocked.key);
    return person != nullptr ? tr("%1 (%2)").arg(isolated(person->shownName()), id)
                             : tr("Somebody you did not know (%1)").arg(id);
}

} // namespace kith::gui

#include "model/connection_list.h"

#include "model/hosting.h"
#include "model/messenger.h"

#include <algorithm>

namespace kith::model {

namespace {

/// The listener first.
bool comesBefore(const ConnectionFacts& one, const ConnectionFacts& other) {
    const bool listens = one.role == ConnectionRole::Listener;
    const bool otherListens = other.role == ConnectionRole::Listener;
    return listens != otherListens ? listens : one.pid < other.pid;
}

} // namespace

ConnectionList::ConnectionList(Messenger& messenger, std::chrono::milliseconds every, QObject* parent)
    : QAbstractTableModel(parent)
    , messenger_(messenger) {
    clock_.setInterval(every);
    connect(&clock_, &QTimer::timeout, this, &ConnectionList::refresh);
}

void ConnectionList::watch(bool on) {
    if (on == clock_.isActive())
        return;
    if (on) {
        refresh();
        clock_.start();
    } else {
        clock_.stop();
    }
}

void ConnectionList::refresh() {
    messenger_.measureConnections(); // for the next look
    QList<ConnectionFacts> now = messenger_.connections();
    std::ranges::sort(now, comesBefore);
    take(now);
}

void ConnectionList::take(const QList<ConnectionFacts>& now) {
    for (int row = static_cast<int>(rows_.size()) - 1; row >= 0; --row) {
        const auto isIt = [&](const ConnectionFacts& each) { return each.pid == rows_.at(row).pid; };
        if (std::ranges::any_of(now, isIt))
            continue;
        beginRemoveRows({}, row, row);
        rows_.removeAt(row);
        endRemoveRows();
    }
    for (int row = 0; row < now.size(); ++row) {
        if (row == rows_.size() || rows_.at(row).pid != now.at(row).pid) {
            beginInsertRows({}, row, row);
            rows_.insert(row, now.at(row));
            endInsertRows();
        } else if (rows_.at(row) != now.at(row)) {
            rows_[row] = now.at(row);
            Q_EMIT dataChanged(index(row, 0), index(row, Columns - 1));
        }
    }
}

int ConnectionList::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int ConnectionList::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(Columns);
}

QVariant ConnectionList::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rows_.size() || role != Qt::DisplayRole)
        return {};
    const ConnectionFacts& facts = rows_.at(index.row());
    switch (static_cast<Column>(index.column())) {
    case Peer:
        return facts.peer;
    case Role:
        return int(facts.role);
    case State:
        return int(facts.step);
    case Address:
        return facts.address;
    case Pid:
        return facts.pid;
    case RoundTrip:
        return facts.traffic ? QVariant(facts.traffic->roundTrip) : QVariant();
    case Received:
        return facts.traffic ? QVariant(quint64(facts.traffic->received)) : QVariant();
    case Sent:
        return facts.traffic ? QVariant(quint64(facts.traffic->acknowledged)) : QVariant();
    case Memory:
        return facts.memory ? QVariant(*facts.memory) : QVariant();
    case Cipher:
        return facts.cipher;
    case Sandbox:
        return facts.sandbox.has_value();
    case Columns:
        break;
    }
    return {};
}

void ConnectionList::end(int row) {
    if (row < 0 || row >= rows_.size())
        return;
    messenger_.endConnection(rows_.at(row).pid);
    refresh();
}

} // namespace kith::model

// Every worker process of one program, as an item model. GUI thread.
#pragma once

#include "model/connection_facts.h"

#include <QAbstractTableModel>
#include <QList>
#include <QTimer>

#include <chrono>

namespace kith::model {

class Messenger;

/// One row for each worker that runs: the listener first, then in the order of their pids. Looks anew again
/// and again, and only while watched. No words: its columns give the bare values of ConnectionFacts. Owned by
/// the window that shows it; GUI thread; the messenger must outlive it.
class ConnectionList final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column : quint8 {
        Peer,
        Role,
        State,
        Address,
        Pid,
        RoundTrip, ///< microseconds
        Received,
        Sent,
        Memory,
        Cipher,
        Sandbox, ///< whether it is known
        Columns, ///< how many there are
    };

    /// `every`: how long it waits between two looks.
    ConnectionList(Messenger& messenger, std::chrono::milliseconds every, QObject* parent);

    /// Somebody is looking. Rows are as they were last while nobody does.
    void watch(bool on);
    void refresh();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    /// Qt::DisplayRole: the bare value, or nothing where it is not known.
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] const ConnectionFacts& at(int row) const { return rows_.at(row); }

    /// Ends that one well (SIGUSR1), whatever it is doing; the listener: closes the door.
    void end(int row);

private:
    /// Rows come and go one by one, so that what is chosen stays chosen.
    void take(const QList<ConnectionFacts>& now);

    Messenger& messenger_;
    QList<ConnectionFacts> rows_;
    QTimer clock_;
};

} // namespace kith::model

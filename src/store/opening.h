// Opening the history, whatever state it is in. The store's writing thread alone.
#pragma once

#include "core/result.h"
#include "store/connection.h"
#include "store/values.h"

#include <QString>

#include <memory>

namespace kith::store {

/// The files of a profile's history.
struct HistoryFiles {
    QString directory;
    QString vfs; ///< for tests: an SQLite VFS by name

    /// The database; SQLite keeps its log and its index of the log beside it, as -wal and -shm.
    [[nodiscard]] QString history() const;
    [[nodiscard]] QString reserve() const;
    /// Stands there while the history is suspected to be damaged: the next opening looks at all of it.
    [[nodiscard]] QString suspect() const;
};

/// A history that is open.
struct OpenHistory {
    std::unique_ptr<Connection> connection;
    Opened opened;
    ConnectionTarget forReading; ///< what a reading connection opens
};

/// Opens, makes or migrates the history.
///
/// A file that is damaged is copied beside itself (history.damaged-TIME.sqlite; once for the same content)
/// and the copy is opened read-only; the file itself stays as it is. A file or folder that cannot be written
/// is opened read-only. Errors: StoreNewer (nothing is touched), StoreLocked, StoreDamaged (the copy cannot
/// be read either), StoreReadOnly (an older version, which cannot be read without migrating it), StoreFull,
/// StoreUnavailable.
[[nodiscard]] core::Result<OpenHistory> openHistory(const HistoryFiles& files);

/// Notes that the history is damaged somewhere: the next opening looks at all of it before it writes to it.
void noteSuspect(const HistoryFiles& files);

/// Puts a history that does not open out of the way, under a name that says so, and never deletes it. Nothing
/// may have it open. Errors: FileFailed.
[[nodiscard]] core::Status setHistoryAside(const HistoryFiles& files);

} // namespace kith::store

// An SQLite VFS that fails on command: the power goes, the disk is full.
#pragma once

#include <QString>

#include <memory>

namespace kith::tests {

/// A VFS over SQLite's own, registered under a name of its own while this lives; no connection may outlive
/// it. All functions may be called in any thread.
///
/// It keeps, for each file, what the last sync left (what a disk holds for certain) and every write since.
/// When the power is cut every further write, sync and removal fails; leaveDisk() then makes the files what a
/// disk may hold: what was synced, and of each write since all, nothing or any sectors of 512 bytes; a file
/// that was removed may be there again unless something was synced since.
class FaultVfs final {
public:
    FaultVfs();
    ~FaultVfs();
    FaultVfs(const FaultVfs&) = delete;
    FaultVfs& operator=(const FaultVfs&) = delete;

    [[nodiscard]] QString name() const;

    /// The power goes with the n-th write, sync, cut or removal from now on.
    void cutPowerAfter(int operations);
    [[nodiscard]] bool powerIsOff() const;
    /// Writes, syncs, cuts and removals since it was made.
    [[nodiscard]] int operations() const;
    /// After a cut, with no connection left: makes the files what the disk holds.
    void leaveDisk(quint32 seed);

    /// All files of this folder together may have this many bytes (SQLite's shared memory aside); a write
    /// that needs more fails with SQLITE_FULL. -1: as many as there are.
    void setQuota(const QString& folder, qint64 bytes);
    /// What they have now.
    [[nodiscard]] static qint64 used(const QString& folder);

    /// The disk does not answer: from now on every write waits until stall(false).
    void stall(bool on);
    /// Until every connection is closed; false where that takes longer than a minute.
    [[nodiscard]] bool waitUntilClosed();

    struct State;

private:
    std::unique_ptr<State> state_;
};

} // namespace kith::tests

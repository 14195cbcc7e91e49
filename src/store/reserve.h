// The reserve: a file of limits::storeReserve beside the history that is given up when the disk is full, so
// that there is room to delete something. The store's writing thread alone.
#pragma once

#include <QString>

namespace kith::store {

/// One reserve file. Owned by the writing thread's Upkeep. Not being able to make it is no failure: it is
/// tried again.
class Reserve final {
public:
    explicit Reserve(QString file);

    /// Makes the file where it is missing and limits::storeReserveRoom would be left beside it. True where
    /// it is there now.
    bool make();
    /// Gives the room up. True where there was something to give.
    bool release();
    [[nodiscard]] bool isThere() const;

private:
    QString file_;
};

/// Bytes that an ordinary user can still write to the file system of this folder; nothing less than 0.
[[nodiscard]] qint64 freeBytes(const QString& folder);

} // namespace kith::store

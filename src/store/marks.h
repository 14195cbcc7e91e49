// What the store notes about its own file, and looking whether the file is whole. Store threads alone.
#pragma once

#include "core/result.h"
#include "store/connection.h"

#include <QString>

namespace kith::store {

/// In a transaction of the caller's, or as one.
[[nodiscard]] core::Status setMark(Connection& connection, const QString& name, qint64 value);
[[nodiscard]] core::Status clearMark(Connection& connection, const QString& name);
/// 0 where there is none.
[[nodiscard]] core::Result<qint64> readMark(Connection& connection, const QString& name);
/// Whether it was set; it is cleared.
[[nodiscard]] core::Result<bool> takeMark(Connection& connection, const QString& name);

/// Reads all of the file (PRAGMA quick_check). Errors: StoreDamaged, with the first finding as detail.
[[nodiscard]] core::Status checkWhole(Connection& connection);

} // namespace kith::store

// The versions of the history's file, and the way from each to the next. Store threads alone.
#pragma once

#include "core/result.h"
#include "store/connection.h"

#include <QString>

namespace kith::store {

/// The version this Kith writes. PRAGMA user_version holds the version of a file; 0 is an empty one.
inline constexpr int schemaVersion = 3;

/// PRAGMA application_id: "Kith" in ASCII, so that file(1) and we know our files.
inline constexpr qint64 applicationId = 0x4B697468;

/// The statements of src/store/schema/VERSION.sql; empty where there is no such version.
[[nodiscard]] QString schemaText(int version);

/// The version of an open file. Errors: StoreNewer; StoreUnavailable where it is another program's database;
/// StoreDamaged, StoreLocked and others as SQLite finds them.
[[nodiscard]] core::Result<int> schemaVersionOf(Connection& connection);

/// Brings a file from `version` to schemaVersion, each step in a transaction of its own: a failure or a loss
/// of power leaves the file at a whole version.
[[nodiscard]] core::Status migrate(Connection& connection, int version);

} // namespace kith::store

// A profile made of a backup. A store thread, with no history open in the folder.
#pragma once

#include "core/result.h"
#include "store/values.h"

#include <QString>

namespace kith::store {

/// Checks all of the backup, then puts aside what the folder holds (where the request allows it), then puts
/// the restored files there. Up to the putting aside nothing of the profile is touched; if the program ends
/// after that, what was there is whole in Restored::putAside, and restoring again goes on. The restored
/// history is marked, and its own streams are ended, so that new ones are begun (PROTOCOL.md, "Frames").
/// Errors: BackupInvalid, StoreNewer (made by a newer version), ProfileOccupied, StoreFull, FileFailed.
[[nodiscard]] core::Result<Restored> restoreProfile(const QString& folder, const RestoreRequest& request);

} // namespace kith::store

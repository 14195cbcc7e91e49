// The settings file of Kith 0.1.0. The store's writing thread alone.
#pragma once

#include "store/connection.h"

#include <QString>

namespace kith::store {

/// Stores what `directory`/settings.json holds, where Kith 0.1.0 kept the settings: one JSON object, with the
/// names that the table has. A setting that is stored already stays as it is. The file is removed once all of
/// it is flushed; one that cannot be read, is over limits::settingsFile or makes no sense stays, and changes
/// nothing. A failure is no reason to keep a history closed: it is tried again at the next start.
void takeOldSettings(Connection& connection, const QString& directory);

} // namespace kith::store

// The lines of a log, the terminal's and the window's. Plain functions; main thread.
#pragma once

#include "core/unique_fd.h"
#include "model/messenger.h"

#include <QByteArray>
#include <QLatin1String>
#include <QString>

#include <optional>

namespace kith::cli {

/// Whose line it is. A value.
struct LogPeer {
    int conversation = 0; ///< tells it from the others of this run
    qint64 worker = 0;    ///< the pid of its process; 0 where there is none
};

/// Time, pid, event, conversation and worker, and `more`, which is FIELD=VALUE with blanks between; with the
/// newline. Nobody hands it a name, an address, a key or a text.
[[nodiscard]] QByteArray logLine(QLatin1StringView event, const std::optional<LogPeer>& peer,
                                 const QString& more);

/// Who came to the door, as fields; empty where nobody did.
[[nodiscard]] QString doorFields(const model::DoorCounts& counts);

/// The file of `--log`, to be appended to, 0600 where it is made. Without a descriptor where that fails
/// (errno).
[[nodiscard]] core::UniqueFd openLogFile(const QString& path);

} // namespace kith::cli

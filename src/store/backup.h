// A whole profile in one file: the format, making one, reading one. Store threads alone.
//
// The format (all integers big-endian):
//   16 bytes   "KITH BACKUP 1" CR LF 0x1A
//   records    length of name (2) | name, UTF-8 | size (8) | bytes | SHA-256 of the record up to here (32)
//   the end    0 (2) | SHA-256 of the file up to here (32)
// The first record is history.sqlite, an SQLite database made by VACUUM INTO; the others are files of the
// profile's folder under their plain names. It holds the identity's secret key: it is made 0600, and to be
// kept like one.
#pragma once

#include "core/result.h"
#include "store/connection.h"
#include "store/values.h"

#include <QByteArrayView>
#include <QString>

#include <functional>

namespace kith::store {

/// Makes a backup of the open history and the files of `folder` that the request names. Its size in bytes.
/// Errors: UsageError (a name that is not a plain one, more than limits::backupFiles or a file over
/// limits::backupFile), and those of OutputFile.
[[nodiscard]] core::Result<qint64> makeBackup(Connection& connection, const QString& folder,
                                              const BackupRequest& request);

/// Who takes what a backup holds. A call of beginFile() is followed by the file's bytes in pieces.
struct BackupSink {
    std::function<core::Status(const QString& name, qint64 size)> beginFile;
    std::function<core::Status(QByteArrayView)> bytes;
};

/// Reads a backup to its end, checking every digest; what was given to the sink is good only where this gives
/// no error. Errors: BackupInvalid, FileFailed, and the sink's own.
[[nodiscard]] core::Status readBackup(const QString& file, const BackupSink& sink);

/// A name that is a file of the folder itself and hides nothing: no separator, no leading dot, no control
/// characters, at most 255 bytes, and not one of the history's own.
[[nodiscard]] bool isPlainFileName(const QString& name);

} // namespace kith::store

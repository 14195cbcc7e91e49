// The write-ahead log before SQLite reads it: SQLite takes the frames up to the first bad one and then begins
// the file anew, which is right after a loss of power and loses commits where a byte was flipped. Pure
// reading; store threads.
#pragma once

#include <QString>

#include <cstdint>

namespace kith::store {

enum class LogState : std::uint8_t {
    Whole,   ///< none, empty, or good to the end
    Torn,    ///< ends in what a loss of power leaves: nothing that was reported as stored is missing
    Damaged, ///< a bad frame, and whole transactions after it: commits that were reported would be lost
};

/// Looks at FILE-wal. A frame counts where its salts are the log's and its checksum fits (sqlite.org,
/// "WAL-format"). Each commit is flushed before the next one is written, so a bad frame with frames of a
/// second commit after it was not left by a loss of power.
[[nodiscard]] LogState examineLog(const QString& file);

/// The same for the log under its own name.
[[nodiscard]] LogState examineLogFile(const QString& log);

} // namespace kith::store

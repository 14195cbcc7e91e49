// A file made for a person: whole under its name, or not there. A thread that may wait for the disk.
#pragma once

#include "core/result.h"
#include "core/unique_fd.h"

#include <QByteArrayView>
#include <QString>

namespace kith::store {

/// Writes NAME.part (0600) and gives it its name when it is whole and flushed; what is not finished is
/// removed with it. Owned by who writes. Errors: FileExists (the name is taken and may not be replaced),
/// StoreFull (no room), FileFailed with errno.
class OutputFile final {
public:
    [[nodiscard]] static core::Result<OutputFile> create(const QString& name, bool replace);
    OutputFile(OutputFile&&) noexcept;
    OutputFile& operator=(OutputFile&&) = delete;
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;
    ~OutputFile();

    [[nodiscard]] core::Status write(QByteArrayView bytes);
    [[nodiscard]] core::Status finish();
    [[nodiscard]] qint64 written() const { return written_; }

private:
    OutputFile(QString name, bool replace, core::UniqueFd fd);

    QString name_;
    QString part_;
    bool replace_;
    core::UniqueFd fd_;
    qint64 written_ = 0;
};

/// Writes all of it to a descriptor that stays the caller's. Errors as OutputFile's.
[[nodiscard]] core::Status writeAll(int fd, QByteArrayView bytes);

/// errno of a file operation as a reason.
[[nodiscard]] core::Error fileError(const char* what, int number);

/// Flushes a folder: a name given or taken in it survives a loss of power.
void flushFolder(const QString& folder);

} // namespace kith::store

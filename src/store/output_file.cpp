#include "store/output_file.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

namespace kith::store {

using namespace Qt::StringLiterals;
using core::Error;
using core::Reason;

Error fileError(const char* what, int number) {
    const bool full = number == ENOSPC || number == EDQUOT || number == EFBIG;
    if (number == EEXIST)
        return {Reason::FileExists, number, what};
    return {full ? Reason::StoreFull : Reason::FileFailed, number, what};
}

void flushFolder(const QString& folder) {
    const core::UniqueFd fd(
        ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd)
        (void)::fsync(fd.get());
}

core::Status writeAll(int fd, QByteArrayView bytes) {
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(fd, bytes.data(), std::size_t(bytes.size()));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return fileError("a file cannot be written", errno);
        bytes = bytes.sliced(written);
    }
    return core::Done{};
}

OutputFile::OutputFile(QString name, bool replace, core::UniqueFd fd)
    : name_(std::move(name))
    , part_(name_ + u".part"_s)
    , replace_(replace)
    , fd_(std::move(fd)) {}

OutputFile::OutputFile(OutputFile&&) noexcept = default;

core::Result<OutputFile> OutputFile::create(const QString& name, bool replace) {
    if (!replace && QFileInfo::exists(name))
        return fileError("the file is there already", EEXIST);
    const QByteArray part = QFile::encodeName(name + u".part"_s);
    core::UniqueFd fd(::open(part.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!fd && errno == EEXIST) {
        // Left by a program that ended while it wrote; a link put there is removed, not followed.
        (void)::unlink(part.constData());
        fd = core::UniqueFd(
            ::open(part.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    }
    if (!fd)
        return fileError("the file cannot be made", errno);
    return OutputFile(name, replace, std::move(fd));
}

OutputFile::~OutputFile() {
    if (fd_)
        (void)::unlink(QFile::encodeName(part_).constData());
}

core::Status OutputFile::write(QByteArrayView bytes) {
    written_ += bytes.size();
    return writeAll(fd_.get(), bytes);
}

core::Status OutputFile::finish() {
    if (::fsync(fd_.get()) != 0)
        return fileError("the file cannot be flushed", errno);
    const QByteArray part = QFile::encodeName(part_);
    const QByteArray name = QFile::encodeName(name_);
    if (!replace_ && ::link(part.constData(), name.constData()) == 0) {
        (void)::unlink(part.constData());
    } else if (!replace_ && (errno == EEXIST || QFileInfo::exists(name_))) {
        // Where the file system has no links (FAT), to look is the best there is.
        return fileError("the file is there already", EEXIST);
    } else if (::rename(part.constData(), name.constData()) != 0) {
        return fileError("the file cannot be given its name", errno);
    }
    fd_.reset();
    flushFolder(QFileInfo(name_).absolutePath());
    return core::Done{};
}

} // namespace kith::store

#include "store/reserve.h"

#include "core/limits.h"
#include "core/unique_fd.h"

#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

#include <array>

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace kith::store {

namespace limits = core::limits;

namespace {

// Random, so that no file system stores it in less room than it is meant to hold.
bool fill(int fd) {
    std::array<quint32, 4096> block{};
    std::size_t left = limits::storeReserve;
    while (left > 0) {
        QRandomGenerator::global()->fillRange(block.data(), qsizetype(block.size()));
        const std::size_t wanted = std::min(left, sizeof(block));
        const ssize_t written = ::write(fd, block.data(), wanted);
        if (written <= 0)
            return false;
        left -= std::size_t(written);
    }
    return ::fsync(fd) == 0;
}

} // namespace

qint64 freeBytes(const QString& folder) {
    struct statvfs state {};
    if (::statvfs(QFile::encodeName(folder).constData(), &state) != 0)
        return 0;
    return qint64(state.f_bavail) * qint64(state.f_frsize);
}

Reserve::Reserve(QString file)
    : file_(std::move(file)) {}

bool Reserve::isThere() const {
    return QFileInfo(file_).size() == qint64(limits::storeReserve);
}

bool Reserve::make() {
    if (isThere())
        return true;
    constexpr auto wanted = qint64(limits::storeReserve) + qint64(limits::storeReserveRoom);
    if (freeBytes(QFileInfo(file_).path()) < wanted)
        return false;
    const core::UniqueFd fd(::open(QFile::encodeName(file_).constData(),
                                   O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!fd)
        return false;
    if (fill(fd.get()))
        return true;
    release();
    return false;
}

bool Reserve::release() {
    return QFile::remove(file_);
}

} // namespace kith::store

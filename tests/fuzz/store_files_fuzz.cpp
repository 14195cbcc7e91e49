// Files that the store reads by itself: a backup and a write-ahead log of any bytes.
#include "claim.h"
#include "store/backup.h"
#include "store/log_check.h"

#include <QFile>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include <sys/mman.h>
#include <unistd.h>

using namespace kith;
using namespace kith::store;

namespace {

/// A file in memory, under a name that ends in -wal where SQLite's would.
class MemoryFile final {
public:
    MemoryFile()
        : fd_(::memfd_create("fuzz", MFD_CLOEXEC)) {}
    ~MemoryFile() { ::close(fd_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    void fill(const std::uint8_t* data, std::size_t size) {
        if (::ftruncate(fd_, 0) != 0 || ::pwrite(fd_, data, size, 0) != ssize_t(size))
            std::abort();
    }
    [[nodiscard]] QString name() const { return QStringLiteral("/proc/self/fd/%1").arg(fd_); }

private:
    int fd_;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static MemoryFile file;
    file.fill(data, size);
    qint64 bytes = 0;
    qint64 announced = 0;
    BackupSink sink;
    sink.beginFile = [&](const QString& name, qint64 length) -> core::Status {
        CLAIM(announced == bytes);
        CLAIM(isPlainFileName(name) || name == QStringLiteral("history.sqlite"));
        announced += length;
        return core::Done{};
    };
    sink.bytes = [&](QByteArrayView piece) -> core::Status {
        bytes += piece.size();
        return core::Done{};
    };
    const auto read = readBackup(file.name(), sink);
    CLAIM(bytes <= qint64(size));
    CLAIM(!read.ok() || announced == bytes);
    (void)examineLogFile(file.name());
    return 0;
}

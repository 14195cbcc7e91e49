#include "support/fault_vfs.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QList>
#include <QRandomGenerator>

#include <atomic>
#include <condition_variable>
#include <cstring>
#include <limits>
#include <memory>
#include <mutex>

#include <sqlite3.h>

namespace kith::tests {

namespace {

constexpr qint64 sectorBytes = 512;

/// A write that no sync has followed; a cut of the file where there are no bytes.
struct Unsynced {
    qint64 at = 0;
    QByteArray bytes;
    bool cut = false;
};

/// One file as a disk sees it.
struct DiskFile {
    QByteArray durable;
    bool exists = false; ///< on the disk, for certain
    QList<Unsynced> unsynced;
    std::shared_ptr<const DiskFile>
        removed; ///< what stands here again where its removal did not reach the disk
};

void apply(QByteArray& content, const Unsynced& write) {
    if (write.cut) {
        content.resize(std::min<qint64>(content.size(), write.at));
        return;
    }
    if (content.size() < write.at + write.bytes.size())
        content.append(write.at + write.bytes.size() - content.size(), '\0');
    std::memcpy(content.data() + write.at, write.bytes.constData(), std::size_t(write.bytes.size()));
}

} // namespace

/// What the functions that SQLite calls work on.
struct FaultVfs::State {
    sqlite3_vfs vfs{};
    sqlite3_vfs* real = nullptr;
    QByteArray name;
    mutable std::mutex mutex;
    QHash<QString, DiskFile> files;
    int operations = 0;
    int cutAt = std::numeric_limits<int>::max();
    QString quotaFolder;
    qint64 quota = -1;
    std::condition_variable changed;
    bool stalled = false;
    int open = 0; ///< files

    bool off() const { return operations >= cutAt; }
    /// Counts one; true where the power is gone.
    bool count() {
        ++operations;
        return off();
    }
};

namespace {

/// SQLite's file object; the real one stands behind it in the same memory.
struct FaultFile {
    sqlite3_file base;
    FaultVfs::State* state;
    QString* path;

    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

FaultFile* self(sqlite3_file* file) {
    return reinterpret_cast<FaultFile*>(file);
}

sqlite3_file* realOf(sqlite3_file* file) {
    return self(file)->real();
}

int closeFile(sqlite3_file* file) {
    const int result = realOf(file)->pMethods ? realOf(file)->pMethods->xClose(realOf(file)) : SQLITE_OK;
    delete self(file)->path;
    FaultVfs::State* const state = self(file)->state;
    const std::lock_guard lock(state->mutex);
    --state->open;
    state->changed.notify_all();
    return result;
}

int readFile(sqlite3_file* file, void* to, int count, sqlite3_int64 at) {
    return realOf(file)->pMethods->xRead(realOf(file), to, count, at);
}

int writeFile(sqlite3_file* file, const void* from, int count, sqlite3_int64 at) {
    FaultFile* const f = self(file);
    std::unique_lock lock(f->state->mutex);
    f->state->changed.wait(lock, [f] { return !f->state->stalled; });
    if (f->state->count())
        return SQLITE_IOERR_WRITE;
    sqlite3_int64 size = 0;
    f->real()->pMethods->xFileSize(f->real(), &size);
    if (f->state->quota >= 0 && at + count > size &&
        FaultVfs::used(f->state->quotaFolder) + (at + count - size) > f->state->quota)
        return SQLITE_FULL;
    f->state->files[*f->path].unsynced
        << Unsynced{at, QByteArray(static_cast<const char*>(from), count), false};
    return f->real()->pMethods->xWrite(f->real(), from, count, at);
}

int truncateFile(sqlite3_file* file, sqlite3_int64 size) {
    FaultFile* const f = self(file);
    const std::lock_guard lock(f->state->mutex);
    if (f->state->count())
        return SQLITE_IOERR_TRUNCATE;
    f->state->files[*f->path].unsynced << Unsynced{size, {}, true};
    return f->real()->pMethods->xTruncate(f->real(), size);
}

int syncFile(sqlite3_file* file, int) {
    FaultFile* const f = self(file);
    const std::lock_guard lock(f->state->mutex);
    if (f->state->count())
        return SQLITE_IOERR_FSYNC;
    DiskFile& disk = f->state->files[*f->path];
    for (const Unsynced& write : std::exchange(disk.unsynced, {}))
        apply(disk.durable, write);
    disk.exists = true;
    // A journalling file system takes earlier removals to the disk with this: they stand before it in its
    // journal.
    for (DiskFile& any : f->state->files)
        any.removed.reset();
    return SQLITE_OK;
}

int fileSize(sqlite3_file* file, sqlite3_int64* size) {
    return realOf(file)->pMethods->xFileSize(realOf(file), size);
}

int lockFile(sqlite3_file* file, int level) {
    return realOf(file)->pMethods->xLock(realOf(file), level);
}

int unlockFile(sqlite3_file* file, int level) {
    return realOf(file)->pMethods->xUnlock(realOf(file), level);
}

int checkReservedLock(sqlite3_file* file, int* result) {
    return realOf(file)->pMethods->xCheckReservedLock(realOf(file), result);
}

int fileControl(sqlite3_file* file, int operation, void* argument) {
    return realOf(file)->pMethods->xFileControl(realOf(file), operation, argument);
}

int sectorSize(sqlite3_file*) {
    return int(sectorBytes);
}

int characteristics(sqlite3_file* file) {
    return realOf(file)->pMethods->xDeviceCharacteristics(realOf(file));
}

int shmMap(sqlite3_file* file, int page, int size, int extend, void volatile** memory) {
    return realOf(file)->pMethods->xShmMap(realOf(file), page, size, extend, memory);
}

int shmLock(sqlite3_file* file, int offset, int count, int flags) {
    return realOf(file)->pMethods->xShmLock(realOf(file), offset, count, flags);
}

void shmBarrier(sqlite3_file* file) {
    realOf(file)->pMethods->xShmBarrier(realOf(file));
}

int shmUnmap(sqlite3_file* file, int remove) {
    return realOf(file)->pMethods->xShmUnmap(realOf(file), remove);
}

const sqlite3_io_methods methods = {2,           closeFile,  readFile,        writeFile,  truncateFile,
                                    syncFile,    fileSize,   lockFile,        unlockFile, checkReservedLock,
                                    fileControl, sectorSize, characteristics, shmMap,     shmLock,
                                    shmBarrier,  shmUnmap,   nullptr,         nullptr};

FaultVfs::State* stateOf(sqlite3_vfs* vfs) {
    return static_cast<FaultVfs::State*>(vfs->pAppData);
}

int openFile(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* outFlags) {
    FaultVfs::State* const state = stateOf(vfs);
    FaultFile* const f = self(file);
    f->base.pMethods = nullptr;
    f->state = state;
    const QString path = name ? QFile::decodeName(name) : QString();
    {
        const std::lock_guard lock(state->mutex);
        if (!path.isEmpty() && !state->files.contains(path)) {
            DiskFile disk;
            if (QFile existing(path); existing.open(QIODevice::ReadOnly)) {
                disk.durable = existing.readAll();
                disk.exists = true;
            }
            state->files.insert(path, disk);
        }
    }
    const int result = state->real->xOpen(state->real, name, f->real(), flags, outFlags);
    if (!f->real()->pMethods)
        return result;
    f->path = new QString(path);
    {
        const std::lock_guard lock(state->mutex);
        ++state->open;
    }
    f->base.pMethods = &methods;
    return result;
}

int removeFile(sqlite3_vfs* vfs, const char* name, int syncFolder) {
    FaultVfs::State* const state = stateOf(vfs);
    const std::lock_guard lock(state->mutex);
    if (state->count())
        return SQLITE_IOERR_DELETE;
    DiskFile& disk = state->files[QFile::decodeName(name)];
    DiskFile now;
    if (syncFolder == 0)
        now.removed = disk.exists ? std::make_shared<const DiskFile>(disk) : disk.removed;
    disk = now;
    return state->real->xDelete(state->real, name, syncFolder);
}

int access(sqlite3_vfs* vfs, const char* name, int flags, int* result) {
    return stateOf(vfs)->real->xAccess(stateOf(vfs)->real, name, flags, result);
}

int fullPathname(sqlite3_vfs* vfs, const char* name, int size, char* out) {
    return stateOf(vfs)->real->xFullPathname(stateOf(vfs)->real, name, size, out);
}

/// One of what a disk may hold of this file when the power is gone.
QByteArray contentAfterCut(const DiskFile& disk, QRandomGenerator& random) {
    QByteArray content = disk.durable;
    const int mood = random.bounded(3); // nothing of it, all of it, any of it
    for (const Unsynced& write : disk.unsynced) {
        if (mood == 0)
            break;
        if (mood == 1 || write.cut) {
            if (mood == 1 || random.bounded(2) == 0)
                apply(content, write);
            continue;
        }
        for (qint64 at = 0; at < write.bytes.size(); at += sectorBytes) {
            if (random.bounded(2) == 0)
                apply(content, {write.at + at, write.bytes.mid(at, sectorBytes), false});
        }
    }
    return content;
}

} // namespace

FaultVfs::FaultVfs()
    : state_(std::make_unique<State>()) {
    static std::atomic<int> counter{0};
    state_->real = sqlite3_vfs_find(nullptr);
    state_->name = "kith-fault-" + QByteArray::number(++counter);
    state_->vfs = *state_->real;
    state_->vfs.szOsFile = int(sizeof(FaultFile)) + state_->real->szOsFile;
    state_->vfs.zName = state_->name.constData();
    state_->vfs.pAppData = state_.get();
    state_->vfs.pNext = nullptr;
    state_->vfs.xOpen = openFile;
    state_->vfs.xDelete = removeFile;
    state_->vfs.xAccess = access;
    state_->vfs.xFullPathname = fullPathname;
    sqlite3_vfs_register(&state_->vfs, 0);
}

FaultVfs::~FaultVfs() {
    sqlite3_vfs_unregister(&state_->vfs);
}

QString FaultVfs::name() const {
    return QString::fromLatin1(state_->name);
}

void FaultVfs::cutPowerAfter(int operations) {
    const std::lock_guard lock(state_->mutex);
    state_->cutAt = state_->operations + operations;
}

bool FaultVfs::powerIsOff() const {
    const std::lock_guard lock(state_->mutex);
    return state_->off();
}

int FaultVfs::operations() const {
    const std::lock_guard lock(state_->mutex);
    return state_->operations;
}

void FaultVfs::leaveDisk(quint32 seed) {
    const std::lock_guard lock(state_->mutex);
    QRandomGenerator random(seed);
    QStringList paths = state_->files.keys();
    paths.sort();
    for (const QString& path : paths) {
        const DiskFile& disk = state_->files[path];
        QFile::remove(path);
        QFile::remove(path + QStringLiteral("-shm"));
        const bool goneAgain = !disk.exists && (disk.unsynced.isEmpty() || random.bounded(2) == 0);
        const bool backAgain = goneAgain && disk.removed && random.bounded(2) == 0;
        if (goneAgain && !backAgain)
            continue;
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write(contentAfterCut(backAgain ? *disk.removed : disk, random));
    }
    state_->files.clear();
    state_->cutAt = std::numeric_limits<int>::max();
}

void FaultVfs::setQuota(const QString& folder, qint64 bytes) {
    const std::lock_guard lock(state_->mutex);
    state_->quotaFolder = folder;
    state_->quota = bytes;
}

void FaultVfs::stall(bool on) {
    const std::lock_guard lock(state_->mutex);
    state_->stalled = on;
    state_->changed.notify_all();
}

bool FaultVfs::waitUntilClosed() {
    std::unique_lock lock(state_->mutex);
    return state_->changed.wait_for(lock, std::chrono::minutes(1), [this] { return state_->open == 0; });
}

qint64 FaultVfs::used(const QString& folder) {
    qint64 sum = 0;
    for (const QFileInfo& file : QDir(folder).entryInfoList(QDir::Files | QDir::Hidden)) {
        if (!file.fileName().endsWith(QLatin1String("-shm")))
            sum += file.size();
    }
    return sum;
}

} // namespace kith::tests

#include "model/profile.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace kith::model {

using core::Error;
using core::Reason;
using core::Result;
using core::UniqueFd;

namespace {

constexpr mode_t onlyOwner = S_IRWXU;
constexpr int folderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

Error unusable(int number, const char* what) {
    return {Reason::ProfileUnusable, number, what};
}

/// Makes `folder` and what is missing above it, each 0700. 0 or errno.
int makeFolder(const QString& folder) {
    const QByteArray path = QFile::encodeName(folder);
    if (::mkdir(path.constData(), onlyOwner) == 0 || errno == EEXIST)
        return 0;
    if (errno != ENOENT)
        return errno;
    const QString above = folder.section(u'/', 0, -2);
    if (above.isEmpty())
        return ENOENT;
    if (const int failed = makeFolder(above); failed != 0)
        return failed;
    return ::mkdir(path.constData(), onlyOwner) == 0 || errno == EEXIST ? 0 : errno;
}

/// An open folder of this user's and of nobody else's: it is looked at through its descriptor, so that
/// nothing can be put in its place in between.
Result<UniqueFd> checked(UniqueFd folder) {
    if (!folder)
        return unusable(errno, "open"); // ELOOP or ENOTDIR: a symbolic link
    struct stat status {};
    if (::fstat(folder.get(), &status) != 0)
        return unusable(errno, "stat");
    if (status.st_uid != ::geteuid())
        return unusable(EPERM, "it belongs to another user");
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return unusable(EPERM, "others may enter it");
    return folder;
}

Result<UniqueFd> lockIn(const UniqueFd& run) {
    UniqueFd lock(::openat(run.get(), "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR));
    struct stat status {};
    if (!lock || ::fstat(lock.get(), &status) != 0)
        return unusable(errno, "lock");
    if (!S_ISREG(status.st_mode) || status.st_uid != ::geteuid())
        return unusable(EPERM, "lock");
    int locked = -1;
    do {
        locked = ::flock(lock.get(), LOCK_EX | LOCK_NB);
    } while (locked != 0 && errno == EINTR);
    if (locked == 0)
        return lock;
    if (errno == EWOULDBLOCK)
        return Error{Reason::ProfileInUse, 0, {}};
    return unusable(errno, "flock");
}

} // namespace

Profile::Profile(QString folder, UniqueFd lock)
    : folder_(std::move(folder))
    , lock_(std::move(lock)) {}

QString Profile::defaultFolder() {
#ifdef __APPLE__
    const QString name = u"/Kith"_s;
#else
    const QString name = u"/kith"_s;
#endif
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + name;
}

QString Profile::namedFolder(const QString& name) {
    return defaultFolder() + u'-' + name;
}

Result<Profile> Profile::open(const QString& folder) {
    // Without a slash at its end, which would follow a symbolic link in spite of O_NOFOLLOW.
    const QString path = QDir::cleanPath(QDir::current().absoluteFilePath(folder));
    if (const int failed = makeFolder(path); failed != 0)
        return unusable(failed, "mkdir");
    Result<UniqueFd> profile = checked(UniqueFd(::open(QFile::encodeName(path).constData(), folderFlags)));
    if (!profile.ok())
        return profile.error();
    if (::mkdirat(profile->get(), "run", onlyOwner) != 0 && errno != EEXIST)
        return unusable(errno, "mkdir run");
    Result<UniqueFd> run = checked(UniqueFd(::openat(profile->get(), "run", folderFlags)));
    if (!run.ok())
        return run.error();
    Result<UniqueFd> lock = lockIn(*run);
    if (!lock.ok())
        return lock.error();
    return Profile(path, std::move(*lock));
}

QString Profile::controlSocket(const QString& folder) {
    return QDir::cleanPath(QDir::current().absoluteFilePath(folder)) + u"/run/control"_s;
}

} // namespace kith::model

#include "store/restore.h"

#include "core/unique_fd.h"
#include "store/backup.h"
#include "store/marks.h"
#include "store/opening.h"
#include "store/output_file.h"
#include "store/schema.h"
#include "store/streams.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kith::store {

using namespace Qt::StringLiterals;
using core::Error;
using core::Reason;

namespace {

core::Status makeFolder(const QString& folder) {
    if (::mkdir(QFile::encodeName(folder).constData(), 0700) != 0)
        return fileError("a folder cannot be made", errno);
    return core::Done{};
}

/// Writes the backup's files into a folder. The names beside the history's.
core::Result<QStringList> extract(const QString& backup, const QString& folder) {
    QStringList names;
    core::UniqueFd current;
    const auto finishFile = [&]() -> core::Status {
        if (current && ::fsync(current.get()) != 0)
            return fileError("a file cannot be flushed", errno);
        current.reset();
        return core::Done{};
    };
    BackupSink sink;
    sink.beginFile = [&](const QString& name, qint64) -> core::Status {
        if (auto done = finishFile(); !done)
            return done;
        current = core::UniqueFd(::open(QFile::encodeName(folder + u'/' + name).constData(),
                                        O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
        if (!current) // a second record of the same name is the backup's fault
            return errno == EEXIST ? Error{Reason::BackupInvalid, 0, "a name stands twice"}
                                   : fileError("a file cannot be made", errno);
        names << name;
        return core::Done{};
    };
    sink.bytes = [&](QByteArrayView bytes) { return writeAll(current.get(), bytes); };
    if (auto done = readBackup(backup, sink); !done)
        return done.error();
    if (auto done = finishFile(); !done)
        return done.error();
    names.removeFirst();
    return names;
}

/// The history of a backup, looked at in full and marked as restored.
core::Status prepareHistory(const QString& file) {
    auto connection = Connection::open({file, {}, ConnectionTarget::Access::ReadWrite});
    if (!connection)
        return connection.error();
    Connection& c = **connection;
    const auto version = schemaVersionOf(c);
    if (!version)
        return version.error().reason == Reason::StoreNewer
                   ? version.error()
                   : Error{Reason::BackupInvalid, version.error().number, version.error().detail};
    if (*version == 0)
        return Error{Reason::BackupInvalid, 0, "the backup's history is empty"};
    if (auto whole = checkWhole(c); !whole)
        return Error{Reason::BackupInvalid, whole.error().number, whole.error().detail};
    if (auto done = migrate(c, *version); !done)
        return done;
    return c.transaction([&]() -> core::Status {
        if (auto done = endOwnStreams(c); !done)
            return done;
        return setMark(c, u"restored"_s, QDateTime::currentMSecsSinceEpoch());
    });
}

QStringList occupiedNames(const QString& folder, const QStringList& names) {
    QStringList occupied;
    for (const QString& name : QStringList{u"history.sqlite"_s, u"history.sqlite-wal"_s} + names) {
        if (QFileInfo::exists(folder + u'/' + name))
            occupied << name;
    }
    return occupied;
}

core::Status moveAll(const QStringList& names, const QString& from, const QString& to) {
    for (const QString& name : names) {
        if (::rename(QFile::encodeName(from + u'/' + name).constData(),
                     QFile::encodeName(to + u'/' + name).constData()) != 0)
            return fileError("a file cannot be moved", errno);
    }
    flushFolder(to);
    flushFolder(from);
    return core::Done{};
}

core::Result<QString> putAside(const QString& folder, const QStringList& occupied) {
    if (occupied.isEmpty())
        return QString();
    const QString stamp = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmsszzz"_s);
    const QString aside = folder + u"/replaced-"_s + stamp;
    if (auto done = makeFolder(aside); !done)
        return done.error();
    if (auto done = moveAll(occupied, folder, aside); !done)
        return done.error();
    // The index of a log that has moved away is of no use, and would mislead SQLite.
    QFile::remove(folder + u"/history.sqlite-shm"_s);
    return aside;
}

core::Result<Restored> restoreFrom(const QString& part, const QString& folder,
                                   const RestoreRequest& request) {
    const auto names = extract(request.file, part);
    if (!names)
        return names.error();
    if (auto done = prepareHistory(part + u"/history.sqlite"_s); !done)
        return done.error();
    const QStringList occupied = occupiedNames(folder, *names);
    if (!occupied.isEmpty() && !request.replace)
        return Error{Reason::ProfileOccupied, 0, "the profile holds a history or an identity"};
    const auto aside = putAside(folder, occupied);
    if (!aside)
        return aside.error();
    // The history last: a profile without one is seen to be unfinished.
    if (auto done = moveAll(*names + QStringList{u"history.sqlite"_s}, part, folder); !done)
        return done.error();
    QFile::remove(HistoryFiles{folder, {}}.suspect());
    return Restored{*names, *aside};
}

} // namespace

core::Result<Restored> restoreProfile(const QString& folder, const RestoreRequest& request) {
    const QString part = folder + u"/restore.part"_s;
    QDir(part).removeRecursively(); // of a restore that was interrupted; the backup it came from is elsewhere
    if (auto done = makeFolder(part); !done)
        return done.error();
    auto restored = restoreFrom(part, folder, request);
    QDir(part).removeRecursively();
    return restored;
}

} // namespace kith::store

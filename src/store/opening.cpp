#include "store/opening.h"

#include "core/limits.h"
#include "core/unique_fd.h"
#include "store/index.h"
#include "store/log_check.h"
#include "store/marks.h"
#include "store/schema.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>

#include <fcntl.h>

namespace kith::store {

using namespace Qt::StringLiterals;
using core::Error;
using core::Reason;

namespace {

QStringList suffixes() {
    return {QString(), u"-wal"_s};
}

/// A name beside the history that is not taken: history.WHAT-TIME.sqlite.
QString nameAside(const HistoryFiles& files, const QString& what) {
    const QString stamp = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss"_s);
    for (int i = 0;; ++i) {
        const QString number = i == 0 ? QString() : u"-%1"_s.arg(i);
        QString name = files.directory + u"/history."_s + what + u'-' + stamp + number + u".sqlite"_s;
        if (!QFile::exists(name) && !QFile::exists(name + u"-wal"_s))
            return name;
    }
}

bool sameContent(const QString& one, const QString& other) {
    QFile a(one);
    QFile b(other);
    if (!a.exists() && !b.exists())
        return true;
    if (!a.open(QIODevice::ReadOnly) || !b.open(QIODevice::ReadOnly) || a.size() != b.size())
        return false;
    while (!a.atEnd()) {
        constexpr qint64 block = qint64{1024} * 1024;
        if (a.read(block) != b.read(block))
            return false;
    }
    return true;
}

/// The copy of the damaged history: one made before of the same bytes, or a new one; empty where there is no
/// room for it.
QString copyAside(const HistoryFiles& files) {
    const QDir directory(files.directory);
    for (const QString& name : directory.entryList({u"history.damaged-*.sqlite"_s}, QDir::Files)) {
        QString path = directory.filePath(name);
        if (sameContent(path, files.history()))
            return path;
    }
    QString copy = nameAside(files, u"damaged"_s);
    for (const QString& suffix : suffixes()) {
        if (!QFile::exists(files.history() + suffix))
            continue;
        if (!QFile::copy(files.history() + suffix, copy + suffix)) {
            // A copy that is not whole is of no use; the file it was to be made of is untouched.
            QFile::remove(copy);
            QFile::remove(copy + u"-wal"_s);
            return {};
        }
        QFile::setPermissions(copy + suffix, QFile::ReadOwner | QFile::WriteOwner);
    }
    return copy;
}

/// That what every start reads can be read.
core::Status probe(Connection& connection) {
    for (const QString& table : {u"setting"_s, u"contact"_s, u"conversation"_s, u"entry"_s, u"stream"_s,
                                 u"invite"_s, u"block"_s, u"mark"_s}) {
        if (auto found = connection.number(u"SELECT 1 FROM "_s + table + u" LIMIT 1"_s); !found)
            return found.error();
    }
    return core::Done{};
}

/// That the search index can be read; made anew of the entries where it cannot.
core::Status probeIndex(Connection& connection) {
    const auto found =
        connection.number(u"SELECT rowid FROM entry_words WHERE entry_words MATCH 'c1' LIMIT 1"_s);
    if (found)
        return core::Done{};
    if (found.error().number != sqliteCorruptIndex)
        return found.error();
    return connection.transaction([&] { return indexEverything(connection); });
}

/// StoreReadOnly where the file cannot be written.
core::Status tryToWrite(Connection& connection, int version) {
    if (auto begun = connection.run(u"BEGIN IMMEDIATE"_s); !begun)
        return begun;
    auto written = connection.run(u"PRAGMA user_version = %1"_s.arg(version));
    (void)connection.run(u"ROLLBACK"_s);
    return written;
}

core::Result<OpenHistory> openToRead(const ConnectionTarget& target) {
    auto connection = Connection::open(target);
    if (!connection)
        return connection.error();
    const auto version = schemaVersionOf(**connection);
    if (!version)
        return version.error();
    if (*version != schemaVersion)
        return Error{Reason::StoreReadOnly, *version, "an older version that cannot be migrated"};
    OpenHistory history;
    history.connection = std::move(*connection);
    history.forReading = target;
    history.opened.readOnly = true;
    return history;
}

core::Result<OpenHistory> openReadOnly(const HistoryFiles& files, const QString& file, Reason why) {
    auto history = openToRead({file, files.vfs, ConnectionTarget::Access::ReadOnly});
    // Without a lock file, which cannot be made in such a folder, SQLite reads only what it may take for
    // unchanging.
    if (!history)
        history = openToRead({file, files.vfs, ConnectionTarget::Access::Immutable});
    if (!history)
        return history;
    history->opened.why = why;
    return history;
}

core::Result<OpenHistory> openDamaged(const HistoryFiles& files, const Error& damage) {
    const QString copy = copyAside(files);
    auto history = openReadOnly(files, copy.isEmpty() ? files.history() : copy, Reason::StoreDamaged);
    if (!history)
        return Error{Reason::StoreDamaged, damage.number, damage.detail};
    history->opened.copy = copy;
    return history;
}

/// Reads and, where it must, writes what opening needs; the connection is closed again where that fails.
core::Result<OpenHistory> openToWrite(const HistoryFiles& files, bool suspect) {
    const ConnectionTarget target{files.history(), files.vfs, ConnectionTarget::Access::ReadWrite};
    auto opened = Connection::open(target);
    if (!opened)
        return opened.error();
    Connection& connection = **opened;
    const auto version = schemaVersionOf(connection);
    if (!version)
        return version.error();
    if (*version == 0) {
        // Before the first table: what is erased can be given back to the disk in small steps.
        if (auto done = connection.run(u"PRAGMA auto_vacuum = INCREMENTAL"_s); !done)
            return done.error();
    }
    if (auto done = tryToWrite(connection, *version); !done)
        return done.error();
    for (const QString& setting : {u"PRAGMA journal_mode = WAL"_s,
                                   u"PRAGMA journal_size_limit = %1"_s.arg(core::limits::storeLogBytes)}) {
        if (auto done = connection.run(setting); !done)
            return done.error();
    }
    if (auto done = migrate(connection, *version); !done)
        return done.error();
    if (auto done = probe(connection); !done)
        return done.error();
    if (auto done = probeIndex(connection); !done)
        return done.error();
    if (suspect) {
        if (auto done = checkWhole(connection); !done)
            return done.error();
    }
    OpenHistory history;
    history.opened.created = *version == 0;
    history.opened.migratedFrom = *version == schemaVersion ? 0 : *version;
    history.connection = std::move(*opened);
    history.forReading = target;
    return history;
}

core::Status makeFile(const QString& file) {
    const core::UniqueFd fd(
        ::open(QFile::encodeName(file).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (fd)
        return core::Done{};
    if (errno == ENOSPC || errno == EDQUOT)
        return Error{Reason::StoreFull, errno, "the history's file cannot be made"};
    return Error{Reason::StoreUnavailable, errno, "the history's file cannot be made"};
}

/// A log that would lose commits is kept before SQLite begins it anew. The name of the copy.
QString keepDamagedLog(const HistoryFiles& files) {
    if (!files.vfs.isEmpty() || examineLog(files.history()) != LogState::Damaged)
        return {};
    QString copy = nameAside(files, u"damaged-log"_s) + u"-wal"_s;
    if (!QFile::copy(files.history() + u"-wal"_s, copy))
        return {};
    QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner);
    return copy;
}

} // namespace

QString HistoryFiles::history() const {
    return directory + u"/history.sqlite"_s;
}

QString HistoryFiles::reserve() const {
    return directory + u"/history.reserve"_s;
}

QString HistoryFiles::suspect() const {
    return directory + u"/history.suspect"_s;
}

core::Result<OpenHistory> openHistory(const HistoryFiles& files) {
    if (!QFile::exists(files.history())) {
        if (auto made = makeFile(files.history()); !made)
            return made.error();
    }
    const QString log = keepDamagedLog(files);
    const bool suspect = QFile::exists(files.suspect());
    auto history = openToWrite(files, suspect);
    if (!history) {
        const Error& error = history.error();
        if (error.reason == Reason::StoreDamaged)
            return openDamaged(files, error);
        const bool unwritable =
            error.reason == Reason::StoreReadOnly ||
            (error.reason == Reason::StoreUnavailable && !QFileInfo(files.directory).isWritable());
        if (unwritable)
            return openReadOnly(files, files.history(), Reason::StoreReadOnly);
        return history;
    }
    history->opened.damagedLog = log;
    if (suspect)
        QFile::remove(files.suspect());
    if (const auto restored = takeMark(*history->connection, u"restored"_s); restored)
        history->opened.restored = *restored;
    return history;
}

void noteSuspect(const HistoryFiles& files) {
    QFile file(files.suspect());
    (void)file.open(QIODevice::WriteOnly);
}

core::Status setHistoryAside(const HistoryFiles& files) {
    const QString aside = nameAside(files, u"damaged"_s);
    for (const QString& suffix : suffixes()) {
        if (QFile::exists(files.history() + suffix) &&
            !QFile::rename(files.history() + suffix, aside + suffix))
            return Error{Reason::FileFailed, 0, "the damaged history cannot be renamed"};
    }
    QFile::remove(files.history() + u"-shm"_s);
    QFile::remove(files.suspect());
    return core::Done{};
}

} // namespace kith::store

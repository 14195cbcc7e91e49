#include "store/connection.h"

#include "core/limits.h"

#include <QSqlError>
#include <QUrl>

#include <algorithm>
#include <atomic>

namespace kith::store {

using namespace Qt::StringLiterals;
using core::Error;
using core::Reason;

namespace {

// Result codes that have a meaning of their own here, from sqlite3.h (the parts of it that never change).
constexpr int sqliteBusy = 5;
constexpr int sqliteLocked = 6;
constexpr int sqliteReadOnly = 8;
constexpr int sqliteIoError = 10;
constexpr int sqliteCorrupt = 11;
constexpr int sqliteFull = 13;
constexpr int sqliteCantOpen = 14;
constexpr int sqliteNotADatabase = 26;

// Prepared statements kept for one connection. Kith has about sixty texts in all.
constexpr std::size_t keptStatements = 96;

Error errorOf(const QSqlError& sql) {
    bool isNumber = false;
    const int number = sql.nativeErrorCode().toInt(&isNumber);
    Error error;
    error.number = isNumber ? number : 0;
    error.reason = isNumber ? reasonOfSqlite(number) : Reason::StoreUnavailable;
    error.detail = (sql.databaseText().isEmpty() ? sql.driverText() : sql.databaseText()).toStdString();
    return error;
}

QString uriOf(const ConnectionTarget& target) {
    const QByteArray path = QUrl::toPercentEncoding(target.file, "/");
    QString uri = u"file:"_s + QString::fromLatin1(path);
    QStringList options;
    if (!target.vfs.isEmpty())
        options << u"vfs="_s + target.vfs;
    switch (target.access) {
    case ConnectionTarget::Access::ReadWrite:
        options << u"mode=rwc"_s;
        break;
    case ConnectionTarget::Access::ReadOnly:
        options << u"mode=ro"_s;
        break;
    case ConnectionTarget::Access::Immutable:
        options << u"mode=ro"_s << u"immutable=1"_s;
        break;
    }
    return uri + u'?' + options.join(u'&');
}

QVariant bound(const QVariant& value) {
    if (value.typeId() == QMetaType::QString && value.toString().isNull())
        return QString(u""_s);
    if (value.typeId() == QMetaType::QByteArray && value.toByteArray().isNull())
        return QByteArray("");
    return value;
}

} // namespace

Reason reasonOfSqlite(int code) {
    switch (code & 0xFF) {
    case sqliteBusy:
    case sqliteLocked:
        return Reason::StoreLocked;
    case sqliteReadOnly:
        return Reason::StoreReadOnly;
    case sqliteCorrupt:
    case sqliteNotADatabase:
        return Reason::StoreDamaged;
    case sqliteFull:
        return Reason::StoreFull;
    case sqliteIoError:
    case sqliteCantOpen:
        return Reason::StoreUnavailable;
    default:
        return Reason::Internal;
    }
}

Rows::Rows(Connection& connection, QString sql, std::unique_ptr<QSqlQuery> query)
    : connection_(&connection)
    , sql_(std::move(sql))
    , query_(std::move(query)) {}

Rows::~Rows() {
    if (query_)
        connection_->keep(sql_, std::move(query_));
}

bool Rows::next() {
    return query_->next();
}

std::optional<Error> Rows::failure() const {
    const QSqlError error = query_->lastError();
    if (error.type() == QSqlError::NoError)
        return std::nullopt;
    return errorOf(error);
}

qint64 Rows::integer(int column) const {
    return query_->value(column).toLongLong();
}

QString Rows::text(int column) const {
    return query_->value(column).toString();
}

QByteArray Rows::bytes(int column) const {
    return query_->value(column).toByteArray();
}

bool Rows::isNull(int column) const {
    return query_->value(column).isNull();
}

Connection::Connection(ConnectionTarget target)
    : target_(std::move(target)) {
    static std::atomic<unsigned> counter{0};
    name_ = u"kith-store-%1"_s.arg(++counter);
}

core::Result<std::unique_ptr<Connection>> Connection::open(const ConnectionTarget& target) {
    std::unique_ptr<Connection> connection(new Connection(target));
    connection->database_ = QSqlDatabase::addDatabase(u"QSQLITE"_s, connection->name_);
    QSqlDatabase& database = *connection->database_;
    if (!database.isValid())
        return Error{Reason::StoreUnavailable, 0, "the SQLite driver of Qt is not installed"};
    const auto lock = std::chrono::duration_cast<std::chrono::milliseconds>(core::limits::storeLock);
    database.setConnectOptions(u"QSQLITE_OPEN_URI;QSQLITE_BUSY_TIMEOUT=%1"_s.arg(lock.count()));
    database.setDatabaseName(uriOf(target));
    if (!database.open())
        return errorOf(database.lastError());
    // None of these reads the file. cell_size_check and trusted_schema: the file may be damaged or planted.
    const QString settings[] = {
        u"PRAGMA synchronous = FULL"_s,
        u"PRAGMA foreign_keys = ON"_s,
        u"PRAGMA secure_delete = ON"_s,
        u"PRAGMA cell_size_check = ON"_s,
        u"PRAGMA trusted_schema = OFF"_s,
        u"PRAGMA temp_store = MEMORY"_s,
        u"PRAGMA cache_size = -%1"_s.arg(core::limits::storeCacheKib),
#ifdef Q_OS_MACOS
        // fsync(2) on macOS leaves the data in the drive's cache; F_FULLFSYNC does not.
        u"PRAGMA fullfsync = ON"_s,
        u"PRAGMA checkpoint_fullfsync = ON"_s,
#endif
    };
    for (const QString& setting : settings) {
        if (auto done = connection->run(setting); !done)
            return done.error();
    }
    return connection;
}

Connection::~Connection() {
    idle_.clear();
    if (database_) {
        database_->close();
        database_.reset();
        QSqlDatabase::removeDatabase(name_);
    }
}

core::Result<std::unique_ptr<QSqlQuery>> Connection::execute(const QString& sql, const QVariantList& values) {
    std::unique_ptr<QSqlQuery> query;
    const auto kept =
        std::find_if(idle_.begin(), idle_.end(), [&](const auto& entry) { return entry.first == sql; });
    if (kept != idle_.end()) {
        query = std::move(kept->second);
        idle_.erase(kept);
    } else {
        query = std::make_unique<QSqlQuery>(*database_);
        query->setForwardOnly(true);
        if (!query->prepare(sql))
            return errorOf(query->lastError());
    }
    for (qsizetype i = 0; i < values.size(); ++i)
        query->bindValue(int(i), bound(values[i]));
    if (!query->exec()) {
        const Error error = errorOf(query->lastError());
        keep(sql, std::move(query));
        return error;
    }
    return query;
}

void Connection::keep(const QString& sql, std::unique_ptr<QSqlQuery> query) {
    query->finish();
    if (idle_.size() >= keptStatements)
        idle_.erase(idle_.begin());
    idle_.emplace_back(sql, std::move(query));
}

core::Status Connection::run(const QString& sql, const QVariantList& values) {
    auto query = execute(sql, values);
    if (!query)
        return query.error();
    // A PRAGMA or RETURNING gives rows; the statement is done when they are.
    while ((*query)->isSelect() && (*query)->next()) {
    }
    const QSqlError error = (*query)->lastError();
    changed_ = (*query)->numRowsAffected();
    if (!(*query)->isSelect())
        inserted_ = (*query)->lastInsertId().toLongLong();
    keep(sql, std::move(*query));
    if (error.type() != QSqlError::NoError)
        return errorOf(error);
    return core::Done{};
}

core::Result<Rows> Connection::select(const QString& sql, const QVariantList& values) {
    auto query = execute(sql, values);
    if (!query)
        return query.error();
    return Rows(*this, sql, std::move(*query));
}

core::Result<std::optional<qint64>> Connection::number(const QString& sql, const QVariantList& values) {
    auto rows = select(sql, values);
    if (!rows)
        return rows.error();
    if (rows->next())
        return std::optional(rows->isNull(0) ? 0 : rows->integer(0));
    if (auto error = rows->failure())
        return *error;
    return std::optional<qint64>();
}

} // namespace kith::store

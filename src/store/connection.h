// One connection to the history's file: statements, their values, and errors as values. The only use of Qt
// Sql in Kith. Store threads alone.
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QHash>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <memory>
#include <optional>
#include <vector>

namespace kith::store {

class Connection;

/// The rows of one SELECT that is running. Held by who asked, in the store thread it was asked in, and
/// shorter than the Connection; ends the statement, and with it the read transaction, when destroyed. A
/// failure ends the rows like their end does: ask failure() after the loop.
class Rows final {
public:
    Rows(Connection& connection, QString sql, std::unique_ptr<QSqlQuery> query);
    Rows(Rows&&) noexcept = default;
    Rows& operator=(Rows&&) = delete;
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    ~Rows();

    [[nodiscard]] bool next();
    /// Why next() gave false; nothing at the rows' end.
    [[nodiscard]] std::optional<core::Error> failure() const;

    [[nodiscard]] qint64 integer(int column) const;
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] QByteArray bytes(int column) const;
    [[nodiscard]] bool isNull(int column) const;

private:
    Connection* connection_;
    QString sql_;
    std::unique_ptr<QSqlQuery> query_;
};

/// Which file, and how.
struct ConnectionTarget {
    enum class Access : std::uint8_t {
        ReadWrite,
        ReadOnly,
        Immutable, ///< a file that nobody can change, in a folder where no lock file can be made
    };
    QString file;
    QString vfs; ///< an SQLite VFS by name; empty: SQLite's own
    Access access = Access::ReadWrite;
};

/// One QSqlDatabase with the settings that Kith needs. Owned by a store thread, made, used and destroyed in
/// it. Statements are kept prepared. A failed call says why and changes nothing else.
class Connection final {
public:
    /// Opens without looking at the file's content, which SQLite reads at the first statement.
    [[nodiscard]] static core::Result<std::unique_ptr<Connection>> open(const ConnectionTarget& target);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Runs one statement to its end. Values by position, one for each '?' (Qt 6.4 does not count '?1'); a
    /// null QString or QByteArray is an empty one, QVariant() is NULL.
    [[nodiscard]] core::Status run(const QString& sql, const QVariantList& values = {});
    [[nodiscard]] core::Result<Rows> select(const QString& sql, const QVariantList& values = {});
    /// The first column of the first row, as a number; nothing where there is no row.
    [[nodiscard]] core::Result<std::optional<qint64>> number(const QString& sql,
                                                             const QVariantList& values = {});
    /// Rows that the last run() changed.
    [[nodiscard]] qint64 changed() const { return changed_; }
    /// sqlite3_last_insert_rowid after the last run().
    [[nodiscard]] qint64 inserted() const { return inserted_; }

    /// Runs `work` in a transaction: commits where it gives a value, rolls back where it gives an error.
    template <typename Work>
    [[nodiscard]] auto transaction(Work&& work) -> decltype(work()) {
        if (auto begun = run(QStringLiteral("BEGIN IMMEDIATE")); !begun)
            return begun.error();
        auto result = work();
        if (result) {
            auto committed = run(QStringLiteral("COMMIT"));
            if (committed)
                return result;
            result = committed.error();
        }
        // SQLite may have rolled back by itself (a full disk); then there is nothing to roll back.
        (void)run(QStringLiteral("ROLLBACK"));
        return result;
    }

    [[nodiscard]] const QString& file() const { return target_.file; }

private:
    friend class Rows;

    explicit Connection(ConnectionTarget target);
    [[nodiscard]] core::Result<std::unique_ptr<QSqlQuery>> execute(const QString& sql,
                                                                   const QVariantList& values);
    void keep(const QString& sql, std::unique_ptr<QSqlQuery> query);

    ConnectionTarget target_;
    QString name_;
    std::optional<QSqlDatabase> database_;
    std::vector<std::pair<QString, std::unique_ptr<QSqlQuery>>> idle_;
    qint64 changed_ = 0;
    qint64 inserted_ = 0;
};

/// SQLITE_CORRUPT_VTAB: the search index is damaged; the entries it is made of need not be.
inline constexpr int sqliteCorruptIndex = 267;

/// What an SQLite result code (sqlite.org/rescode.html, extended or not) means to a person.
[[nodiscard]] core::Reason reasonOfSqlite(int code);

} // namespace kith::store

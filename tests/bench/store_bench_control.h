// The store's work done without the store: the same pages and the same searches by SQLite's own functions in
// this thread, and a flush of the same bytes with nothing around it. Bench programs alone.
#pragma once

#include "core/limits.h"
#include "core/unique_fd.h"
#include "store/fold.h"

#include <QString>

#include <cstdio>
#include <cstdlib>
#include <string>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

namespace kith::bench {

/// A history read with prepared statements alone: no thread, no future, no values of Qt's. A value of
/// main()'s; what fails ends the bench.
class BareSqlite final {
public:
    explicit BareSqlite(const QString& file) {
        must(sqlite3_open_v2(file.toUtf8().constData(), &database_, SQLITE_OPEN_READONLY, nullptr));
        const std::string cache = "PRAGMA cache_size = -" + std::to_string(core::limits::storeCacheKib);
        must(sqlite3_exec(database_, cache.c_str(), nullptr, nullptr, nullptr));
        const std::string columns = "SELECT e.id, e.conversation, e.uid, e.mine, e.kind, e.state, e.failure, "
                                    "e.written, e.arrived, e.text, e.number, e.refers ";
        page_ = prepare(columns + "FROM entry e WHERE e.conversation = ? ORDER BY e.id DESC LIMIT ?");
        search_ = prepare(columns + "FROM entry_words w CROSS JOIN entry e ON e.id = w.rowid "
                                    "WHERE w.entry_words MATCH ? ORDER BY w.rowid DESC LIMIT ?");
        count_ = prepare("SELECT count(*), 0, 0, 0, 0, 0, 0, 0, 0, '' FROM entry WHERE id > ?");
    }
    ~BareSqlite() {
        for (sqlite3_stmt* statement : {page_, search_, count_})
            sqlite3_finalize(statement);
        sqlite3_close(database_);
    }
    BareSqlite(const BareSqlite&) = delete;
    BareSqlite& operator=(const BareSqlite&) = delete;

    /// Reads the newest entries of a conversation; how many.
    int page(qint64 conversation, int limit) {
        sqlite3_bind_int64(page_, 1, conversation);
        sqlite3_bind_int(page_, 2, limit);
        return readAll(page_);
    }
    /// Reads the newest hits of a question, in the words that the store makes of it; how many.
    int search(const QString& words, int limit) {
        const QByteArray match = "words : (" + store::SearchTerms::of(words).expression().toUtf8() + ')';
        sqlite3_bind_text(search_, 1, match.constData(), int(match.size()), SQLITE_TRANSIENT);
        sqlite3_bind_int(search_, 2, limit);
        return readAll(search_);
    }
    /// How many entries there are after this one.
    qint64 entriesAfter(qint64 row) {
        sqlite3_bind_int64(count_, 1, row);
        must(sqlite3_step(count_) == SQLITE_ROW ? SQLITE_OK : SQLITE_ERROR);
        const qint64 count = sqlite3_column_int64(count_, 0);
        sqlite3_reset(count_);
        return count;
    }

private:
    void must(int outcome) const {
        if (outcome == SQLITE_OK)
            return;
        std::fprintf(stderr, "bench: %s\n", sqlite3_errmsg(database_));
        std::exit(1);
    }
    sqlite3_stmt* prepare(const std::string& sql) const {
        sqlite3_stmt* statement = nullptr;
        must(sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr));
        return statement;
    }
    /// Every row's text is fetched, as whoever shows it must.
    int readAll(sqlite3_stmt* statement) {
        int rows = 0;
        while (sqlite3_step(statement) == SQLITE_ROW) {
            read_ += sqlite3_column_bytes(statement, 9);
            ++rows;
        }
        must(sqlite3_reset(statement));
        return rows;
    }

    sqlite3* database_ = nullptr;
    sqlite3_stmt* page_ = nullptr;
    sqlite3_stmt* search_ = nullptr;
    sqlite3_stmt* count_ = nullptr;
    qint64 read_ = 0; ///< so that nothing of the reading is left out
};

/// A file that grows and is flushed, with nothing around it. A value of main()'s.
class BareFile final {
public:
    explicit BareFile(const QString& file)
        : fd_(::open(file.toUtf8().constData(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)) {}

    void writeAndFlush(const QByteArray& bytes) const {
        if (::write(fd_.get(), bytes.constData(), std::size_t(bytes.size())) == bytes.size() &&
            ::fsync(fd_.get()) == 0)
            return;
        std::perror("bench: fsync");
        std::exit(1);
    }

private:
    core::UniqueFd fd_;
};

} // namespace kith::bench

#include "store/schema.h"

#include "store/index.h"

namespace kith::store {

using namespace Qt::StringLiterals;
using core::Error;
using core::Reason;

namespace {

// Statements end with ';' at the end of a line; comments have lines of their own.
core::Status runScript(Connection& connection, const QString& script) {
    QString statement;
    for (const QString& line : script.split(u'\n')) {
        if (line.trimmed().isEmpty() || line.trimmed().startsWith(u"--"_s))
            continue;
        statement += line + u'\n';
        if (!line.trimmed().endsWith(u';'))
            continue;
        if (auto done = connection.run(statement); !done)
            return done;
        statement.clear();
    }
    return core::Done{};
}

// What a version needs beside its statements.
core::Status fill(Connection& connection, int version) {
    if (version == 2)
        return indexEverything(connection);
    return core::Done{};
}

core::Status step(Connection& connection, int version) {
    return connection.transaction([&]() -> core::Status {
        if (auto done = runScript(connection, schemaText(version)); !done)
            return done;
        if (auto done = fill(connection, version); !done)
            return done;
        if (auto done = connection.run(u"PRAGMA application_id = %1"_s.arg(applicationId)); !done)
            return done;
        return connection.run(u"PRAGMA user_version = %1"_s.arg(version));
    });
}

} // namespace

core::Result<int> schemaVersionOf(Connection& connection) {
    const auto version = connection.number(u"PRAGMA user_version"_s);
    if (!version)
        return version.error();
    const auto application = connection.number(u"PRAGMA application_id"_s);
    if (!application)
        return application.error();
    const auto tables = connection.number(u"SELECT count(*) FROM sqlite_schema"_s);
    if (!tables)
        return tables.error();
    const qint64 found = version->value_or(0);
    const bool ours = application->value_or(0) == applicationId;
    if (!ours && (found != 0 || tables->value_or(0) != 0))
        return Error{Reason::StoreUnavailable, 0, "the file is another program's database"};
    if (found > schemaVersion)
        return Error{Reason::StoreNewer, int(found), "written by a newer version"};
    if (found < 0 || (ours && found == 0))
        return Error{Reason::StoreDamaged, 0, "the file's version is missing"};
    return int(found);
}

core::Status migrate(Connection& connection, int version) {
    for (int next = version + 1; next <= schemaVersion; ++next) {
        if (auto done = step(connection, next); !done)
            return done;
    }
    return core::Done{};
}

} // namespace kith::store

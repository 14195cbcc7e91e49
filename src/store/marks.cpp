#include "store/marks.h"

namespace kith::store {

using namespace Qt::StringLiterals;
using core::Error;
using core::Reason;

core::Status setMark(Connection& connection, const QString& name, qint64 value) {
    return connection.run(u"INSERT INTO mark (name, value) VALUES (?, ?) "
                          "ON CONFLICT (name) DO UPDATE SET value = excluded.value"_s,
                          {name, value});
}

core::Status clearMark(Connection& connection, const QString& name) {
    return connection.run(u"DELETE FROM mark WHERE name = ?"_s, {name});
}

core::Result<qint64> readMark(Connection& connection, const QString& name) {
    const auto value = connection.number(u"SELECT value FROM mark WHERE name = ?"_s, {name});
    if (!value)
        return value.error();
    return value->value_or(0);
}

core::Result<bool> takeMark(Connection& connection, const QString& name) {
    const auto value = readMark(connection, name);
    if (!value)
        return value.error();
    if (*value == 0)
        return false;
    if (auto done = clearMark(connection, name); !done)
        return done.error();
    return true;
}

core::Status checkWhole(Connection& connection) {
    auto rows = connection.select(u"PRAGMA quick_check(1)"_s);
    if (!rows)
        return rows.error();
    if (!rows->next()) {
        if (auto error = rows->failure())
            return *error;
        return Error{Reason::StoreDamaged, 0, "the check gave no answer"};
    }
    const QString finding = rows->text(0);
    if (finding == u"ok"_s)
        return core::Done{};
    return Error{Reason::StoreDamaged, 0, finding.toStdString()};
}

} // namespace kith::store

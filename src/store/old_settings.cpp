#include "store/old_settings.h"

#include "core/limits.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <optional>

namespace kith::store {

using namespace Qt::StringLiterals;
namespace limits = core::limits;

namespace {

/// As the table has it: numbers and switches in words, lists as JSON.
std::optional<QString> textOf(const QJsonValue& value) {
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    if (value.isDouble())
        return QString::number(value.toInteger());
    if (value.isArray())
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    if (value.isString())
        return value.toString();
    return std::nullopt;
}

QJsonObject readFile(const QString& path) {
    QFile file(path);
    constexpr auto most = static_cast<qint64>(limits::settingsFile);
    // A pipe of that name would be waited for.
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly) || file.size() > most)
        return {};
    return QJsonDocument::fromJson(file.read(most)).object();
}

core::Status takeAll(Connection& connection, const QJsonObject& settings) {
    for (auto it = settings.begin(); it != settings.end(); ++it) {
        const std::optional<QString> text = textOf(it.value());
        if (!text || std::size_t(it.key().size()) > limits::settingName ||
            std::size_t(text->toUtf8().size()) > limits::settingValue)
            continue;
        if (auto done = connection.run(u"INSERT OR IGNORE INTO setting (name, value) VALUES (?, ?)"_s,
                                       {it.key(), *text});
            !done)
            return done;
    }
    return core::Done{};
}

} // namespace

void takeOldSettings(Connection& connection, const QString& directory) {
    const QString path = directory + u"/settings.json"_s;
    const QJsonObject settings = readFile(path);
    if (settings.isEmpty())
        return;
    const core::Status done = connection.transaction([&] { return takeAll(connection, settings); });
    if (done)
        QFile::remove(path);
}

} // namespace kith::store

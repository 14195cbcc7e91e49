#include "supervisor/control_line.h"

#include "core/limits.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>

using namespace Qt::StringLiterals;

namespace kith::supervisor {

namespace {

constexpr auto maximum = static_cast<qsizetype>(core::limits::controlLine);
constexpr qsizetype wordsInCommand = 64;

QByteArray lineOf(const QJsonObject& object) {
    const QByteArray line = QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
    return line.size() <= maximum ? line : QByteArray();
}

QString base64(const QByteArray& bytes) {
    return QString::fromLatin1(bytes.toBase64());
}

std::optional<QByteArray> bytesOf(const QJsonValue& value) {
    const auto decoded =
        QByteArray::fromBase64Encoding(value.toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (!value.isString() || !decoded)
        return std::nullopt;
    return *decoded;
}

std::optional<QJsonObject> objectOf(const QByteArray& line) {
    const QJsonDocument document = QJsonDocument::fromJson(line);
    if (line.size() > maximum || !document.isObject())
        return std::nullopt;
    return document.object();
}

QJsonObject objectOf(const ControlTaken&) {
    return {{u"taken"_s, true}};
}
QJsonObject objectOf(const ControlOut& out) {
    return {{u"out"_s, base64(out.bytes)}};
}
QJsonObject objectOf(const ControlError& error) {
    return {{u"error"_s, base64(error.bytes)}};
}
QJsonObject objectOf(const ControlExit& exit) {
    return {{u"exit"_s, exit.status}};
}

} // namespace

QByteArray toLine(const ControlCommand& command) {
    QJsonObject object{{u"words"_s, QJsonArray::fromStringList(command.words)}};
    if (!command.input.isEmpty())
        object.insert(u"input"_s, base64(command.input));
    return lineOf(object);
}

QByteArray toLine(const ControlAnswer& answer) {
    return std::visit([](const auto& a) { return lineOf(objectOf(a)); }, answer);
}

std::optional<ControlCommand> commandOf(const QByteArray& line) {
    const std::optional<QJsonObject> object = objectOf(line);
    if (!object || !object->value("words"_L1).isArray())
        return std::nullopt;
    ControlCommand command;
    const QJsonArray words = object->value("words"_L1).toArray();
    if (words.isEmpty() || words.size() > wordsInCommand)
        return std::nullopt;
    for (const auto& word : words) {
        if (!word.isString())
            return std::nullopt;
        command.words.append(word.toString());
    }
    if (object->contains("input"_L1)) {
        const std::optional<QByteArray> input = bytesOf(object->value("input"_L1));
        if (!input)
            return std::nullopt;
        command.input = *input;
    }
    return command;
}

std::optional<ControlAnswer> answerOf(const QByteArray& line) {
    const std::optional<QJsonObject> object = objectOf(line);
    if (!object || object->size() != 1)
        return std::nullopt;
    const QString key = object->constBegin().key();
    const QJsonValue value = object->constBegin().value();
    if (key == "taken"_L1)
        return ControlTaken{};
    if (key == "exit"_L1 && value.isDouble())
        return ControlExit{value.toInt(1)};
    const std::optional<QByteArray> bytes = bytesOf(value);
    if (!bytes)
        return std::nullopt;
    if (key == "out"_L1)
        return ControlOut{*bytes};
    if (key == "error"_L1)
        return ControlError{*bytes};
    return std::nullopt;
}

std::optional<QByteArray> takeLine(QByteArray& buffer) {
    const qsizetype end = buffer.indexOf('\n');
    if (end < 0)
        return std::nullopt;
    const QByteArray line = buffer.first(end);
    buffer.remove(0, end + 1);
    return line;
}

bool withinLine(const QByteArray& buffer) {
    return buffer.size() < maximum;
}

} // namespace kith::supervisor

#include "cli/commands.h"

#include "core/limits.h"
#include "core/text.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace kith::cli {

using namespace Qt::StringLiterals;

namespace {

QString harmless(const QByteArray& utf8) {
    return QString::fromStdString(core::toValidUtf8(utf8.toStdString()));
}

} // namespace

InputCommand parseTypedLine(const QByteArray& line) {
    const QString text = harmless(line);
    if (!text.startsWith(u'/'))
        return SendText{{}, text};
    if (text.startsWith("//"_L1))
        return SendText{{}, text.mid(1)};
    const qsizetype space = text.indexOf(u' ');
    const QString word = space < 0 ? text : text.left(space);
    const QString rest = space < 0 ? QString() : text.mid(space + 1).trimmed();
    if (word == u"/to")
        return ChoosePeer{rest};
    if (word == u"/accept")
        return AcceptPeer{rest};
    if (word == u"/decline")
        return DeclinePeer{rest};
    if (word == u"/block")
        return BlockPeer{rest};
    if (word == u"/who" && rest.isEmpty())
        return ShowPeers{};
    if (word == u"/quit" && rest.isEmpty())
        return Quit{};
    if (word == u"/help" && rest.isEmpty())
        return ShowCommands{};
    return NotUnderstood{text.left(static_cast<qsizetype>(core::limits::terminalQuote))};
}

InputCommand parseJsonLine(const QByteArray& line) {
    const QJsonDocument document = QJsonDocument::fromJson(line);
    if (!document.isObject())
        return NotUnderstood{};
    const QJsonObject object = document.object();
    const QJsonValue accept = object.value("accept"_L1);
    const QJsonValue decline = object.value("decline"_L1);
    const QJsonValue block = object.value("block"_L1);
    const QJsonValue text = object.value("text"_L1);
    const QJsonValue to = object.value("to"_L1);
    const int asked = int(!accept.isUndefined()) + int(!decline.isUndefined()) + int(!block.isUndefined()) +
                      int(!text.isUndefined());
    if (asked != 1)
        return NotUnderstood{};
    if (accept.isString())
        return AcceptPeer{accept.toString()};
    if (decline.isString())
        return DeclinePeer{decline.toString()};
    if (block.isString())
        return BlockPeer{block.toString()};
    if (!text.isString() || !(to.isUndefined() || to.isString()))
        return NotUnderstood{};
    return SendText{to.toString(), harmless(text.toString().toUtf8())};
}

} // namespace kith::cli

#include "cli/json_output.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <string_view>
#include <utility>

namespace kith::cli {

using namespace Qt::StringLiterals;

QString stateName(core::MessageState state) {
    switch (state) {
    case core::MessageState::Waiting:
        return u"waiting"_s;
    case core::MessageState::Sent:
        return u"sent"_s;
    case core::MessageState::Failed:
        return u"failed"_s;
    }
    return {};
}

QString reasonCode(core::Reason reason) {
    const std::string_view name = core::code(reason);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

JsonOutput::JsonOutput(Writer out)
    : out_(std::move(out)) {}

void JsonOutput::listening(quint16 port, const QStringList& addresses, const QStringList& /*shown*/) {
    write({{u"event"_s, u"listening"_s},
           {u"port"_s, port},
           {u"addresses"_s, QJsonArray::fromStringList(addresses)}});
}

void JsonOutput::connecting(const PeerLabel& /*peer*/, const QString& /*sentence*/) {}

void JsonOutput::connected(const PeerLabel& peer, const QString& /*sentence*/) {
    write({{u"event"_s, u"connected"_s},
           {u"peer"_s, peer.address},
           {u"name"_s, peer.name},
           {u"secure"_s, false},
           {u"verified"_s, false},
           {u"worker"_s, peer.worker}});
}

void JsonOutput::request(const PeerLabel& peer, bool /*several*/) {
    write({{u"event"_s, u"request"_s}, {u"peer"_s, peer.address}, {u"name"_s, peer.name}});
}

void JsonOutput::preview(const PeerLabel& /*peer*/, const QString& /*text*/) {}

void JsonOutput::message(const PeerLabel& peer, const QString& id, const QDateTime& time,
                         const QString& text) {
    const QString stamp = time.toOffsetFromUtc(time.offsetFromUtc()).toString(Qt::ISODateWithMs);
    write({{u"event"_s, u"message"_s},
           {u"peer"_s, peer.address},
           {u"name"_s, peer.name},
           {u"id"_s, id},
           {u"time"_s, stamp},
           {u"text"_s, text}});
}

void JsonOutput::messageState(const QString& id, core::MessageState state, std::optional<core::Reason> why,
                              const QString& /*text*/) {
    QJsonObject event{{u"event"_s, u"state"_s}, {u"id"_s, id}, {u"state"_s, stateName(state)}};
    if (why)
        event.insert(u"why"_s, reasonCode(*why));
    write(event);
}

void JsonOutput::closed(const PeerLabel& peer, const core::End& end, const words::Sentence& sentence) {
    write({{u"event"_s, u"closed"_s},
           {u"peer"_s, peer.address},
           {u"reason"_s, reasonCode(end.reason)},
           {u"text"_s, inOneLine(sentence)}});
}

void JsonOutput::error(core::Reason reason, const words::Sentence& sentence) {
    write({{u"event"_s, u"error"_s}, {u"code"_s, reasonCode(reason)}, {u"text"_s, inOneLine(sentence)}});
}

void JsonOutput::notice(const QString& /*text*/) {}

void JsonOutput::write(const QJsonObject& event) {
    out_(QJsonDocument(event).toJson(QJsonDocument::Compact) + '\n');
}

} // namespace kith::cli

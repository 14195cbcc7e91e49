#include "cli/json_output.h"

#include "words/terminal_sentences.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <string_view>
#include <utility>

namespace kith::cli {

using namespace Qt::StringLiterals;

namespace {

QByteArray encoded(const QJsonValue& value) {
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return list.mid(1, list.size() - 2);
}

QJsonObject jsonOf(const core::Sandbox& sandbox) {
    QJsonObject object{{u"seccomp"_s, sandbox.seccomp},
                       {u"landlock"_s, static_cast<qint64>(sandbox.landlock)},
                       {u"no_new_privs"_s, sandbox.noNewPrivileges}};
    if (sandbox.seatbelt)
        object.insert(u"sandbox_init"_s, true);
    return object;
}

} // namespace

QByteArray jsonLine(const JsonFields& fields) {
    QByteArray line;
    for (const auto& [key, value] : fields) {
        line += line.isEmpty() ? '{' : ',';
        line += encoded(QString(key)) + ':' + encoded(value);
    }
    return line + "}\n";
}

QString jsonTime(const QDateTime& time) {
    return time.toOffsetFromUtc(time.offsetFromUtc()).toString(Qt::ISODateWithMs);
}

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

void JsonOutput::listening(quint16 port, const QStringList& addresses, const QStringList& /*shown*/,
                           const QString& invite) {
    JsonFields event{{"event"_L1, "listening"_L1},
                     {"port"_L1, port},
                     {"addresses"_L1, QJsonArray::fromStringList(addresses)}};
    if (!invite.isEmpty())
        event.emplace_back("invite"_L1, invite);
    write(event);
}

void JsonOutput::connecting(const PeerLabel& /*peer*/, const QString& /*sentence*/) {}

void JsonOutput::connected(const PeerLabel& peer, const QString& /*sentence*/) {
    write({{"event"_L1, "connected"_L1},
           {"peer"_L1, peer.peer},
           {"name"_L1, peer.name},
           {"secure"_L1, peer.secure},
           {"verified"_L1, peer.verified},
           {"worker"_L1, peer.worker},
           {"sandbox"_L1, jsonOf(peer.sandbox)}});
}

void JsonOutput::request(const PeerLabel& peer, const Asking& /*how*/) {
    write({{"event"_L1, "request"_L1}, {"peer"_L1, peer.peer}, {"name"_L1, peer.name}});
}

void JsonOutput::preview(const PeerLabel& /*peer*/, const QString& /*text*/) {}

void JsonOutput::message(const PeerLabel& peer, const QString& id, const QDateTime& time,
                         const QString& text) {
    write({{"event"_L1, "message"_L1},
           {"peer"_L1, peer.peer},
           {"name"_L1, peer.name},
           {"id"_L1, id},
           {"time"_L1, jsonTime(time)},
           {"text"_L1, text}});
}

void JsonOutput::messageState(const QString& id, core::MessageState state, std::optional<core::Reason> why,
                              const QString& /*text*/) {
    if (why)
        write({{"event"_L1, "state"_L1},
               {"id"_L1, id},
               {"state"_L1, stateName(state)},
               {"why"_L1, reasonCode(*why)}});
    else
        write({{"event"_L1, "state"_L1}, {"id"_L1, id}, {"state"_L1, stateName(state)}});
}

void JsonOutput::closed(const PeerLabel& peer, const core::End& end, const words::Sentence& sentence) {
    write({{"event"_L1, "closed"_L1},
           {"peer"_L1, peer.peer},
           {"reason"_L1, reasonCode(end.reason)},
           {"text"_L1, words::inOneLine(sentence)}});
}

void JsonOutput::error(core::Reason reason, const words::Sentence& sentence) {
    write(
        {{"event"_L1, "error"_L1}, {"code"_L1, reasonCode(reason)}, {"text"_L1, words::inOneLine(sentence)}});
}

void JsonOutput::keyChanged(const PeerLabel& peer, const QString& known, const QString& other) {
    write({{"event"_L1, "key-changed"_L1},
           {"peer"_L1, peer.peer},
           {"name"_L1, peer.name},
           {"safety"_L1, known},
           {"other"_L1, other}});
}

void JsonOutput::notice(const QString& /*text*/) {}

void JsonOutput::write(const JsonFields& event) {
    out_(jsonLine(event));
}

} // namespace kith::cli

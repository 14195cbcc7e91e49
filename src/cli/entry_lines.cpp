#include "cli/entry_lines.h"

#include "cli/human_output.h"
#include "cli/json_output.h"
#include "core/endpoint.h"
#include "core/kith_id.h"
#include "words/isolated.h"
#include "words/terminal_sentences.h"

namespace kith::cli {

using namespace Qt::StringLiterals;

namespace {

QByteArray jsonEntry(const store::Conversation& conversation, const QString& name,
                     const model::Message& message) {
    JsonFields fields{{"event"_L1, "message"_L1},
                      {"peer"_L1, peerOf(conversation)},
                      {"name"_L1, name},
                      {"id"_L1, model::idText(message.entry)},
                      {"time"_L1, jsonTime(message.written)},
                      {"mine"_L1, message.mine}};
    if (message.mine)
        fields.emplace_back("state"_L1, stateName(message.state));
    fields.emplace_back("text"_L1, message.text);
    return jsonLine(fields);
}

} // namespace

QString hostOf(const store::Conversation& conversation) {
    const auto endpoint = core::parseEndpoint(conversation.address.toStdString());
    return endpoint ? QString::fromStdString(endpoint->host) : conversation.address;
}

QString nameOf(const store::Conversation& conversation, const PersonOf& personOf) {
    if (conversation.key) {
        const model::Person* person = personOf ? personOf(*conversation.key) : nullptr;
        return person != nullptr ? bareNameOf(*person)
                                 : QString::fromStdString(core::shortKithId(*conversation.key));
    }
    return conversation.title.isEmpty() ? hostOf(conversation) : conversation.title;
}

QString peerOf(const store::Conversation& conversation) {
    return conversation.key ? QString::fromStdString(core::toKithId(*conversation.key))
                            : conversation.address;
}

QByteArray EntryLines::next(const store::Conversation& conversation, const store::Entry& entry) {
    const model::Message message = model::messageOf(entry, allOver_ || conversation.endedAt);
    if (json_)
        return jsonEntry(conversation, nameOf(conversation, personOf_), message);
    QByteArray lines;
    if (const QDate day = message.written.date(); day != day_) {
        day_ = day;
        lines += forTerminal(words::terminalDay(day));
    }
    const bool unsent = message.mine && message.state == core::MessageState::Failed;
    const QString author =
        message.mine ? words::terminalYou(unsent) : words::isolated(nameOf(conversation, personOf_));
    // An entry is one paragraph whatever its author is called.
    QByteArray name = lineForTerminal(QString(author).replace(u'\n', u' ') + u": "_s);
    name.chop(1);
    return lines + message.written.toString(u"HH:mm"_s).toUtf8() + ' ' + name + forTerminal(message.text);
}

} // namespace kith::cli

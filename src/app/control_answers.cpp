#include "app/control_answers.h"

#include "cli/human_output.h"
#include "cli/json_output.h"
#include "cli/peers.h"
#include "cli/stored_command.h"
#include "core/endpoint.h"
#include "model/conversation.h"
#include "model/hosting.h"
#include "words/terminal_sentences.h"

namespace kith::app {

using supervisor::ControlReply;

namespace {

words::Values valuesFor(const model::Conversation* conversation) {
    words::Values values;
    values.peer = cli::Peers::nameOf(conversation);
    values.where = conversation->dialled();
    return values;
}

void tellHosting(const model::Hosting& hosting, cli::EventSink& sink) {
    QStringList addresses;
    QStringList shown;
    for (const core::Endpoint& each : hosting.addresses()) {
        addresses += QString::fromStdString(core::toText({each.host, hosting.port()}));
        shown += QString::fromStdString(core::toDisplay({each.host, hosting.port()}));
    }
    sink.listening(hosting.port(), addresses, shown);
}

} // namespace

std::shared_ptr<cli::EventSink> sinkOf(ControlReply* reply, bool json) {
    const cli::Writer out = [reply](const QByteArray& bytes) { reply->writeOut(bytes); };
    const cli::Writer error = [reply](const QByteArray& bytes) { reply->writeError(bytes); };
    if (json)
        return std::make_shared<cli::JsonOutput>(out);
    return std::make_shared<cli::HumanOutput>(out, error);
}

void answerWhenConnected(model::Conversation* conversation, ControlReply* reply,
                         const std::shared_ptr<cli::EventSink>& sink,
                         const std::function<cli::PeerLabel()>& label) {
    // The reply is the context: once the asking program is gone nothing is written to it any more.
    QObject::connect(conversation, &model::Conversation::changed, reply, [=] {
        if (conversation->state() != core::ConversationState::Open)
            return;
        conversation->disconnect(reply);
        sink->connected(label(), words::stateLine(conversation->state(), valuesFor(conversation)));
        reply->finish(0);
    });
    QObject::connect(conversation, &model::Conversation::ended, reply, [=] {
        conversation->disconnect(reply);
        sink->error(conversation->end().reason,
                    words::forTerminalEnd(conversation->end(), valuesFor(conversation)));
        reply->finish(1);
    });
}

void answerWhenHosting(model::Hosting* hosting, quint16 wanted, ControlReply* reply,
                       const std::shared_ptr<cli::EventSink>& sink, const std::function<void()>& start) {
    const core::HostingState now = hosting->state();
    if (now != core::HostingState::Off && now != core::HostingState::Failed) {
        sink->notice(words::terminalAlreadyHosting(hosting->port()));
        return reply->finish(wanted == 0 || wanted == hosting->port() ? 0 : 1);
    }
    QObject::connect(hosting, &model::Hosting::changed, reply, [=] {
        if (hosting->state() == core::HostingState::Starting)
            return;
        hosting->disconnect(reply);
        if (hosting->state() == core::HostingState::On) {
            tellHosting(*hosting, *sink);
            return reply->finish(0);
        }
        words::Values values;
        values.where.port = hosting->port();
        sink->error(hosting->end().reason, words::forTerminalEnd(hosting->end(), values));
        reply->finish(1);
    });
    start();
}

void answerStored(const cli::Arguments& arguments, model::History& history, model::Messenger* messenger,
                  ControlReply* reply) {
    const cli::CommandPlace place{history, messenger, sinkOf(reply, arguments.json),
                                  [reply](const QByteArray& bytes) { reply->writeOut(bytes); },
                                  [reply] { return reply->isFull(); }};
    cli::StoredCommand* command = cli::StoredCommand::make(arguments, place).release();
    command->setParent(reply);
    QObject::connect(reply, &ControlReply::roomMade, command, &cli::StoredCommand::resume);
    QObject::connect(reply, &ControlReply::abandoned, command, &QObject::deleteLater);
    QObject::connect(command, &cli::StoredCommand::finished, reply, &ControlReply::finish);
    command->start();
}

} // namespace kith::app

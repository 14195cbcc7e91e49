#include "app/terminal_control.h"

#include "cli/human_output.h"
#include "cli/json_output.h"
#include "core/endpoint.h"
#include "model/messenger.h"
#include "words/terminal_sentences.h"

#include <functional>
#include <memory>

namespace kith::app {

using namespace Qt::StringLiterals;
using supervisor::ControlReply;

namespace {

/// What the asking program gets to read, in the form it asked for.
std::shared_ptr<cli::EventSink> sinkOf(ControlReply* reply, bool json) {
    const cli::Writer out = [reply](const QByteArray& bytes) { reply->writeOut(bytes); };
    const cli::Writer error = [reply](const QByteArray& bytes) { reply->writeError(bytes); };
    if (json)
        return std::make_shared<cli::JsonOutput>(out);
    return std::make_shared<cli::HumanOutput>(out, error);
}

words::Values valuesFor(const model::Conversation* conversation) {
    words::Values values;
    values.peer = cli::Peers::nameOf(conversation);
    values.where = conversation->dialled();
    return values;
}

} // namespace

TerminalControl::TerminalControl(cli::TerminalChat& chat, QObject* parent)
    : QObject(parent)
    , chat_(chat) {
    connect(&server_, &supervisor::ControlServer::command, this, &TerminalControl::answer);
}

void TerminalControl::listen(const QString& path) {
    QString why;
    [[maybe_unused]] const bool serves = server_.listen(path, &why);
}

void TerminalControl::answer(const supervisor::ControlCommand& command, ControlReply* reply) {
    const cli::Parsed parsed = cli::parseArguments(command.words);
    if (const auto* arguments = std::get_if<cli::Arguments>(&parsed)) {
        if (arguments->command == cli::Command::Connect)
            return connectTo(*arguments, command.input, reply);
        return host(*arguments, reply);
    }
    reply->writeError(words::terminalHoldsProfile().toUtf8() + '\n');
    reply->finish(1);
}

void TerminalControl::connectTo(const cli::Arguments& arguments, const QByteArray& input,
                                ControlReply* reply) {
    const auto sink = sinkOf(reply, arguments.json);
    const QString address =
        arguments.address == u"-" ? QString::fromUtf8(input).trimmed() : arguments.address;
    const core::Result<model::Conversation*> begun = chat_.connectTo(address, arguments.plain, false);
    if (!begun) {
        words::Values values;
        values.peer = address;
        sink->error(begun.error().reason, words::forTerminalError(begun.error(), values));
        return reply->finish(1);
    }
    // The reply is the context: once the asking program is gone nothing is written to it any more.
    model::Conversation* conversation = *begun;
    connect(conversation, &model::Conversation::changed, reply, [this, conversation, reply, sink] {
        if (conversation->state() != core::ConversationState::Open)
            return;
        conversation->disconnect(reply);
        sink->connected(chat_.peers().label(conversation),
                        words::stateLine(conversation->state(), valuesFor(conversation)));
        reply->finish(0);
    });
    connect(conversation, &model::Conversation::ended, reply, [conversation, reply, sink] {
        conversation->disconnect(reply);
        sink->error(conversation->end().reason, words::forEnd(conversation->end(), valuesFor(conversation)));
        reply->finish(1);
    });
}

void TerminalControl::host(const cli::Arguments& arguments, ControlReply* reply) {
    const auto sink = sinkOf(reply, arguments.json);
    model::Hosting* hosting = chat_.messenger().hosting();
    const auto tellWhenKnown = [hosting, reply, sink] {
        words::Values values;
        values.where.port = hosting->port();
        const core::HostingState state = hosting->state();
        if (state == core::HostingState::Starting)
            return;
        hosting->disconnect(reply);
        if (state == core::HostingState::On) {
            QStringList addresses;
            QStringList shown;
            for (const core::Endpoint& each : hosting->addresses()) {
                addresses += QString::fromStdString(core::toText({each.host, hosting->port()}));
                shown += QString::fromStdString(core::toDisplay({each.host, hosting->port()}));
            }
            sink->listening(hosting->port(), addresses, shown);
            return reply->finish(0);
        }
        sink->error(hosting->end().reason, words::forEnd(hosting->end(), values));
        reply->finish(1);
    };
    const core::HostingState state = hosting->state();
    if (state == core::HostingState::Off || state == core::HostingState::Failed) {
        connect(hosting, &model::Hosting::changed, reply, tellWhenKnown);
        return chat_.host(arguments);
    }
    const bool asItIs = !arguments.port || *arguments.port == hosting->port();
    sink->notice(words::terminalAlreadyHosting(hosting->port()));
    reply->finish(asItIs ? 0 : 1);
}

} // namespace kith::app

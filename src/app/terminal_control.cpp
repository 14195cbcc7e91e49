#include "app/terminal_control.h"

#include "app/control_answers.h"
#include "cli/dialled.h"
#include "model/messenger.h"
#include "words/terminal_sentences.h"

namespace kith::app {

using namespace Qt::StringLiterals;
using supervisor::ControlReply;

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
        model::Messenger& messenger = chat_.messenger();
        if (cli::isStored(arguments->command))
            return answerStored(*arguments, command.input, messenger, reply);
        if (chat_.isLeaving())
            return reply->deleteLater(); // who asks tries again until the profile is free
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
    const core::Result<model::Conversation*> begun = chat_.connectTo(address, arguments, false);
    if (!begun) {
        const words::Values values = cli::dialledValues(chat_.messenger().people(), address);
        sink->error(begun.error().reason, words::forTerminalError(begun.error(), values));
        return reply->finish(1);
    }
    answerWhenConnected(*begun, chat_.messenger(), chat_.peers(), reply, sink);
}

void TerminalControl::host(const cli::Arguments& arguments, ControlReply* reply) {
    answerWhenHosting(chat_.messenger().hosting(), arguments.port.value_or(0), reply,
                      sinkOf(reply, arguments.json), [&] { chat_.host(arguments); });
}

} // namespace kith::app

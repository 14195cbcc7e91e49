#include "app/command_control.h"

#include "app/control_answers.h"
#include "words/terminal_sentences.h"

namespace kith::app {

CommandControl::CommandControl(ProfileParts& parts, QObject* parent)
    : QObject(parent)
    , parts_(parts) {
    connect(&server_, &supervisor::ControlServer::command, this, &CommandControl::answer);
}

void CommandControl::listen(const QString& path) {
    QString why;
    [[maybe_unused]] const bool serves = server_.listen(path, &why);
}

void CommandControl::answer(const supervisor::ControlCommand& command, supervisor::ControlReply* reply) {
    const cli::Parsed parsed = cli::parseArguments(command.words);
    const auto* arguments = std::get_if<cli::Arguments>(&parsed);
    if (arguments && cli::isStored(arguments->command))
        return answerStored(*arguments, command.input, parts_, reply);
    if (!arguments)
        return reply->deleteLater(); // a window says by itself that the profile is in use
    sinkOf(reply, arguments->json)->error(core::Reason::ProfileInUse, words::terminalCommandRuns());
    reply->finish(1);
}

} // namespace kith::app

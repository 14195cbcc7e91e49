#include "app/window_control.h"

#include "app/control_answers.h"
#include "app/window_arguments.h"
#include "cli/dialled.h"
#include "cli/peers.h"
#include "model/messenger.h"
#include "model/preferences.h"
#include "words/terminal_sentences.h"

namespace kith::app {

using namespace Qt::StringLiterals;
using supervisor::ControlReply;

WindowControl::WindowControl(model::Messenger& messenger, QObject* parent)
    : QObject(parent)
    , messenger_(messenger) {
    connect(&server_, &supervisor::ControlServer::command, this, &WindowControl::answer);
}

void WindowControl::listen(const QString& path) {
    QString why;
    if (!server_.listen(path, &why))
        qWarning("kith: no control socket: %s", qUtf8Printable(why));
}

void WindowControl::answer(const supervisor::ControlCommand& command, ControlReply* reply) {
    if (!command.words.isEmpty() && command.words.first() == u"open") {
        const WindowParsed parsed = parseWindowArguments(command.words.mid(1));
        if (const auto* arguments = std::get_if<WindowArguments>(&parsed)) {
            Q_EMIT openWanted(*arguments);
            return reply->finish(0);
        }
        return reply->finish(2);
    }
    const cli::Parsed parsed = cli::parseArguments(command.words);
    if (const auto* arguments = std::get_if<cli::Arguments>(&parsed)) {
        if (cli::isStored(arguments->command))
            return answerStored(*arguments, command.input, messenger_, reply);
        if (arguments->command == cli::Command::Connect)
            return connectTo(*arguments, command.input, reply);
        return host(*arguments, reply);
    }
    reply->writeError(words::windowHoldsProfile().toUtf8() + '\n');
    reply->finish(1);
}

void WindowControl::connectTo(const cli::Arguments& arguments, const QByteArray& input, ControlReply* reply) {
    const auto sink = sinkOf(reply, arguments.json);
    const QString address =
        arguments.address == u"-" ? QString::fromUtf8(input).trimmed() : arguments.address;
    const core::Result<model::Conversation*> begun = arguments.somebodyNew
                                                         ? messenger_.connectAsSomebodyNew(address)
                                                         : messenger_.connectTo(address, arguments.plain);
    if (!begun) {
        const words::Values values = cli::dialledValues(messenger_.people(), address);
        sink->error(begun.error().reason, words::forTerminalError(begun.error(), values));
        return reply->finish(1);
    }
    model::Conversation* conversation = *begun;
    if (!arguments.keepsHistory)
        conversation->setKeepsHistory(false);
    answerWhenConnected(conversation, messenger_, cli::Peers(messenger_.people()), reply, sink);
}

void WindowControl::host(const cli::Arguments& arguments, ControlReply* reply) {
    const auto sink = sinkOf(reply, arguments.json);
    if (arguments.accept != cli::Accept::Ask || arguments.once || !arguments.keepsHistory) {
        sink->notice(words::windowDecides());
        return reply->finish(1);
    }
    model::Preferences& preferences = messenger_.preferences();
    if (arguments.plain)
        preferences.setPlainFromNetwork(true);
    const quint16 port = arguments.port.value_or(preferences.port());
    answerWhenHosting(messenger_.hosting(), arguments.port.value_or(0), reply, sink, [&] {
        preferences.setPort(port);
        preferences.setWasHosting(true);
        messenger_.hosting()->start(port);
    });
}

} // namespace kith::app

#include "app/control_answers.h"

#include "app/profile_parts.h"
#include "cli/human_output.h"
#include "cli/json_output.h"
#include "cli/peers.h"
#include "cli/stored_command.h"
#include "core/endpoint.h"
#include "model/conversation.h"
#include "model/hosting.h"
#include "model/messenger.h"
#include "words/terminal_sentences.h"

#include <utility>

namespace kith::app {

using supervisor::ControlReply;

namespace {

void tellHosting(const model::Hosting& hosting, cli::EventSink& sink) {
    QStringList addresses;
    QStringList shown;
    for (const core::Endpoint& each : hosting.addresses()) {
        addresses += QString::fromStdString(core::toText({each.host, hosting.port()}));
        shown += QString::fromStdString(core::toDisplay({each.host, hosting.port()}));
    }
    sink.listening(hosting.port(), addresses, shown, {});
}

/// Waits for what becomes of one attempt to connect. Owned by the reply.
class ConnectAnswer final : public QObject {
public:
    ConnectAnswer(model::Messenger& messenger, cli::Peers peers, ControlReply& reply,
                  std::shared_ptr<cli::EventSink> sink)
        : QObject(&reply)
        , peers_(std::move(peers))
        , reply_(reply)
        , sink_(std::move(sink)) {
        connect(&messenger, &model::Messenger::conversationReplaced, this,
                [this](const model::Conversation* old, model::Conversation* current) {
                    if (old == conversation_)
                        follow(current);
                });
    }

    void follow(model::Conversation* conversation) {
        if (conversation_)
            conversation_->disconnect(this);
        conversation_ = conversation;
        connect(conversation, &model::Conversation::changed, this, &ConnectAnswer::look);
        connect(conversation, &model::Conversation::ended, this, &ConnectAnswer::onEnded);
        look();
    }

private:
    void look() {
        const core::ConversationState state = conversation_->state();
        if (state == core::ConversationState::Waiting && !std::exchange(waits_, true))
            sink_->connecting(peers_.label(conversation_), words::terminalWaitsAtHost());
        if (state != core::ConversationState::Open)
            return;
        sink_->connected(peers_.label(conversation_), words::stateLine(state, peers_.values(conversation_)));
        finish(0);
    }

    void onEnded() {
        const core::End& end = conversation_->end();
        sink_->error(end.reason, words::forTerminalEnd(end, peers_.values(conversation_)));
        finish(1);
    }

    void finish(int status) {
        conversation_->disconnect(this);
        conversation_ = nullptr;
        reply_.finish(status);
    }

    cli::Peers peers_;
    ControlReply& reply_;
    std::shared_ptr<cli::EventSink> sink_;
    model::Conversation* conversation_ = nullptr;
    bool waits_ = false; ///< it was told that a person is asked
};

/// `place` without a sink and an output: those are the reply's.
void answer(const cli::Arguments& arguments, cli::CommandPlace place, ControlReply* reply) {
    place.sink = sinkOf(reply, arguments.json);
    place.out = [reply](const QByteArray& bytes) { reply->writeOut(bytes); };
    place.isFull = [reply] { return reply->isFull(); };
    cli::StoredCommand* command = cli::StoredCommand::make(arguments, place).release();
    command->setParent(reply);
    QObject::connect(reply, &ControlReply::roomMade, command, &cli::StoredCommand::resume);
    QObject::connect(reply, &ControlReply::abandoned, command, &QObject::deleteLater);
    QObject::connect(command, &cli::StoredCommand::finished, reply, &ControlReply::finish);
    command->start();
}

} // namespace

std::shared_ptr<cli::EventSink> sinkOf(ControlReply* reply, bool json) {
    const cli::Writer out = [reply](const QByteArray& bytes) { reply->writeOut(bytes); };
    const cli::Writer error = [reply](const QByteArray& bytes) { reply->writeError(bytes); };
    if (json)
        return std::make_shared<cli::JsonOutput>(out);
    return std::make_shared<cli::HumanOutput>(out, error);
}

void answerWhenConnected(model::Conversation* conversation, model::Messenger& messenger,
                         const cli::Peers& peers, ControlReply* reply,
                         const std::shared_ptr<cli::EventSink>& sink) {
    // The reply owns it: once the asking program is gone nothing is written to it any more.
    auto* const answer = new ConnectAnswer(messenger, peers, *reply, sink);
    answer->follow(conversation);
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

void answerStored(const cli::Arguments& arguments, const QByteArray& input, model::Messenger& messenger,
                  ControlReply* reply) {
    cli::CommandPlace place{messenger.history(),
                            messenger.identity(),
                            messenger.people(),
                            messenger.invites(),
                            &messenger,
                            {},
                            {},
                            {},
                            input};
    answer(arguments, std::move(place), reply);
}

void answerStored(const cli::Arguments& arguments, const QByteArray& input, ProfileParts& parts,
                  ControlReply* reply) {
    cli::CommandPlace place{parts.history, parts.identity, parts.people, parts.invites, nullptr, {}, {}, {},
                            input};
    answer(arguments, std::move(place), reply);
}

} // namespace kith::app

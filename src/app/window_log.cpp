#include "app/window_log.h"

#include "cli/json_output.h"
#include "cli/log_line.h"
#include "model/hosting.h"

#include <utility>

namespace kith::app {

using namespace Qt::StringLiterals;
using core::ConversationState;
using model::Conversation;
using model::Messenger;

namespace {

QString idField(const store::EntryId& entry) {
    return u"id="_s + model::idText(entry);
}

QString codeField(core::Reason reason) {
    return u"code="_s + cli::reasonCode(reason);
}

/// What a line calls a state that has been reached; empty where there is none for it.
QLatin1StringView eventOf(ConversationState state) {
    switch (state) {
    case ConversationState::Connecting:
        return "connecting"_L1;
    case ConversationState::Asking:
        return "request"_L1;
    case ConversationState::Open:
        return "connected"_L1;
    case ConversationState::Waiting:
    case ConversationState::Closing:
    case ConversationState::Ended:
        break;
    }
    return {};
}

} // namespace

WindowLog::WindowLog(core::UniqueFd file)
    : file_(std::move(file))
    , out_(file_.get(), cli::OutputStream::WhenFull::Drop) {
    write("started"_L1, nullptr);
}

WindowLog::~WindowLog() {
    write("ended"_L1, nullptr);
    out_.flush();
}

void WindowLog::follow(Messenger& messenger) {
    told_.clear();
    hosting_ = core::HostingState::Off;
    for (Conversation* conversation : messenger.all())
        follow(conversation);
    connect(&messenger, &Messenger::conversationAdded, this, qOverload<Conversation*>(&WindowLog::follow));
    connect(&messenger, &Messenger::conversationRemoved, this,
            [this](const Conversation* gone) { told_.remove(gone); });
    connect(&messenger, &Messenger::refused, this, [this](const core::Endpoint&, const core::End& why) {
        write("error"_L1, nullptr, codeField(why.reason));
    });
    connect(messenger.hosting(), &model::Hosting::changed, this,
            [this, from = &messenger] { onHosting(*from); });
    connect(&messenger, &Messenger::finished, this, [this, from = &messenger] {
        if (const QString fields = cli::doorFields(from->door()); !fields.isEmpty())
            write("door"_L1, nullptr, fields);
    });
}

void WindowLog::follow(Conversation* conversation) {
    if (told_.contains(conversation))
        return;
    told_.insert(conversation, Told{++conversations_}); // what it is in by now is told
    connect(conversation, &Conversation::changed, this, [this, conversation] { onChanged(conversation); });
    connect(conversation, &Conversation::messageAdded, this,
            [this, conversation](const model::Message& added) {
                write("message"_L1, conversation, idField(added.entry));
            });
    connect(conversation, &Conversation::messageStateChanged, this,
            [this, conversation](const store::EntryId& entry, core::MessageState state) {
                write("state"_L1, conversation, idField(entry) + u" state="_s + cli::stateName(state));
            });
    connect(
        conversation, &Conversation::sendRefused, this,
        [this, conversation](const store::EntryId& entry, const QString& /*text*/, const core::Error& why) {
            write("error"_L1, conversation, idField(entry) + u' ' + codeField(why.reason));
        });
    connect(conversation, &Conversation::historyFailed, this, [this, conversation](const core::Error& why) {
        write("error"_L1, conversation, codeField(why.reason));
    });
    onChanged(conversation);
}

void WindowLog::onChanged(Conversation* conversation) {
    const ConversationState state = conversation->state();
    if (std::exchange(told_[conversation].state, state) == state)
        return;
    if (state == ConversationState::Ended) {
        const core::End& end = conversation->end();
        write("closed"_L1, conversation,
              u"reason="_s + cli::reasonCode(end.reason) + u" number="_s + QString::number(end.number) +
                  u" unsent="_s + QString::number(end.unsent));
    } else if (const QLatin1StringView event = eventOf(state); !event.isEmpty()) {
        write(event, conversation);
    }
}

void WindowLog::onHosting(const Messenger& messenger) {
    const core::HostingState state = messenger.hosting()->state();
    if (std::exchange(hosting_, state) == state)
        return;
    if (state == core::HostingState::On)
        write("listening"_L1, nullptr, u"port="_s + QString::number(messenger.hosting()->port()));
    else if (state == core::HostingState::Off)
        write("stopped"_L1, nullptr, codeField(messenger.hosting()->end().reason));
}

void WindowLog::write(QLatin1StringView event, const Conversation* conversation, const QString& more) {
    std::optional<cli::LogPeer> peer;
    if (conversation != nullptr)
        peer = cli::LogPeer{told_.value(conversation).number, conversation->workerPid()};
    out_.write(cli::logLine(event, peer, more));
}

} // namespace kith::app

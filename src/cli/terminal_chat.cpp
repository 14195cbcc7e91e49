#include "cli/terminal_chat.h"

#include "cli/standard_input.h"
#include "core/endpoint.h"
#include "core/limits.h"
#include "model/messenger.h"
#include "words/terminal_sentences.h"

namespace kith::cli {

using core::ConversationState;
using core::HostingState;
using core::Reason;
using model::Conversation;

namespace {

words::Values valuesFor(const Conversation* conversation) {
    words::Values values;
    values.peer = Peers::nameOf(conversation);
    values.where = conversation->dialled();
    return values;
}

bool endedWell(const Conversation* conversation) {
    const core::End& end = conversation->end();
    const bool asMeant = end.reason == Reason::StoppedByUs || end.reason == Reason::PeerClosed;
    return asMeant && end.unsent == 0 && conversation->wasOpen();
}

} // namespace

TerminalChat::TerminalChat(model::Messenger& messenger, StandardInput& input, EventSink& sink, bool json,
                           QObject* parent)
    : QObject(parent)
    , messenger_(messenger)
    , input_(input)
    , sink_(sink)
    , json_(json)
    , lines_(sink) {
    connect(&messenger, &model::Messenger::conversationAdded, this, &TerminalChat::onConversationAdded);
    connect(&messenger, &model::Messenger::finished, this,
            [this] { Q_EMIT finished(lines_.failed() > 0 ? 1 : exitStatus_); });
    connect(&messenger, &model::Messenger::turnedAway, this, [this](const core::Endpoint& peer) {
        words::Values values;
        values.peer = QString::fromStdString(peer.host);
        values.where = peer;
        sink_.error(Reason::PlainTurnedAway, words::forTerminalEnd({Reason::PlainTurnedAway, 0, 0}, values));
    });
    connect(&messenger, &model::Messenger::refused, this,
            [this](const core::Endpoint& peer, const core::End& why) {
                words::Values values;
                values.peer = QString::fromStdString(peer.host);
                values.where = peer;
                sink_.error(why.reason, words::forTerminalEnd(why, values));
            });
    connect(messenger.hosting(), &model::Hosting::changed, this, &TerminalChat::onHostingChanged);
    connect(messenger.hosting(), &model::Hosting::acceptPaused, this, [this](int number) {
        words::Values values;
        values.where.port = messenger_.hosting()->port();
        sink_.error(Reason::DescriptorsSpent,
                    words::forTerminalEnd({Reason::DescriptorsSpent, number, 0}, values));
    });
    connect(&lines_, &OutgoingLines::progressed, this, [this] {
        paceInput();
        endIfDone();
    });
    connect(&input, &StandardInput::line, this, &TerminalChat::onLine);
    connect(&input, &StandardInput::lineTooLong, this, &TerminalChat::onLineTooLong);
    connect(&input, &StandardInput::ended, this, &TerminalChat::onInputEnded);
}

void TerminalChat::host(const Arguments& arguments) {
    messenger_.setPlainText(arguments.plain);
    messenger_.setKeepsHistory(arguments.keepsHistory);
    switch (arguments.accept) {
    case Accept::Ask:
        messenger_.setAcceptPolicy(model::AcceptPolicy::Ask);
        break;
    case Accept::Known:
        messenger_.setAcceptPolicy(model::AcceptPolicy::Known);
        break;
    case Accept::All:
        messenger_.setAcceptPolicy(model::AcceptPolicy::All);
        break;
    }
    letsAllIn_ = arguments.accept == Accept::All;
    once_ = arguments.once;
    messenger_.hosting()->start(arguments.port.value_or(core::limits::defaultPort));
}

core::Result<Conversation*> TerminalChat::connectTo(const QString& typed, const Arguments& arguments,
                                                    bool isMain) {
    core::Result<Conversation*> begun = messenger_.connectTo(typed, arguments.plain);
    if (begun && !arguments.keepsHistory)
        (*begun)->setKeepsHistory(false);
    if (begun && isMain)
        main_ = *begun;
    return begun;
}

void TerminalChat::start() {
    started_ = true;
    paceInput();
    endIfDone();
}

void TerminalChat::leave() {
    if (leaving_)
        return;
    leaving_ = true;
    input_.pause();
    if (const int never = lines_.failWaiting(); never > 0)
        sink_.notice(words::terminalNeverSent(never));
    messenger_.shutDown();
}

// --- conversations ---------------------------------------------------------------------------------------

void TerminalChat::onConversationAdded(Conversation* conversation) {
    peers_.add(conversation);
    connect(conversation, &Conversation::changed, this, [this, conversation] { onChanged(conversation); });
    connect(conversation, &Conversation::messageAdded, this,
            [this, conversation](const model::Message& message) { onMessage(conversation, message); });
    connect(conversation, &Conversation::messageStateChanged, this,
            [this](const store::EntryId& entry, core::MessageState state) {
                if (state == core::MessageState::Sent)
                    lines_.onSent(entry);
            });
    connect(conversation, &Conversation::sendRefused, this,
            [this](const store::EntryId& entry, const QString& /*text*/, const core::Error& why) {
                onHistoryFailed(why);
                lines_.onRefused(entry, why.reason);
            });
    connect(conversation, &Conversation::historyFailed, this, &TerminalChat::onHistoryFailed);
    connect(conversation, &Conversation::ended, this, [this, conversation] { onEnded(conversation); });
    const bool incoming = conversation->direction() == model::Direction::Incoming;
    if (once_ && incoming && main_) {
        if (conversation->state() == ConversationState::Asking)
            conversation->decline();
        else
            conversation->disconnectPeer();
        return;
    }
    onChanged(conversation);
}

void TerminalChat::onChanged(Conversation* conversation) {
    const ConversationState state = conversation->state();
    const bool isNew = !told_.contains(conversation) || told_.value(conversation).state != state;
    Told& told = told_[conversation];
    told.state = state;
    if (const qint64 worker = conversation->workerPid(); worker != 0)
        told.worker = worker;
    if (state == ConversationState::Asking) {
        if (isNew)
            sink_.request(peers_.label(conversation), peers_.asking().size() > 1);
        if (!conversation->preview().isEmpty() && !previewed_.contains(conversation)) {
            previewed_.insert(conversation);
            sink_.preview(peers_.label(conversation), conversation->preview());
        }
    } else if (isNew && state == ConversationState::Connecting) {
        sink_.connecting(peers_.label(conversation), words::stateLine(state, valuesFor(conversation)));
    } else if (isNew && state == ConversationState::Open) {
        onOpened(conversation);
    }
}

void TerminalChat::onOpened(Conversation* conversation) {
    peers_.countOpened();
    sink_.connected(peers_.label(conversation),
                    words::stateLine(ConversationState::Open, valuesFor(conversation)));
    if (once_ && !main_ && conversation->direction() == model::Direction::Incoming) {
        main_ = conversation;
        messenger_.hosting()->stop();
        const QList<Conversation*> others = peers_.asking();
        for (Conversation* other : others)
            other->decline();
    }
    const QList<Conversation*> open = peers_.open();
    if (!peers_.chosen() && open.size() == 1) {
        peers_.choose(conversation);
        if (peers_.label(conversation).named)
            sink_.notice(words::terminalLinesGoTo(Peers::nameOf(conversation)));
        lines_.giveWaitingTo(conversation);
    }
    paceInput();
    endIfDone();
}

void TerminalChat::onMessage(Conversation* conversation, const model::Message& message) {
    onChanged(conversation); // what was said is told after the word that somebody is there
    if (message.mine)
        lines_.onTaken(message.entry);
    else
        sink_.message(peers_.label(conversation), model::idText(message.entry), message.written,
                      message.text);
}

void TerminalChat::onHistoryFailed(const core::Error& why) {
    // Once for a row of them: a full disk refuses every line.
    if (historyTold_ == why.reason)
        return;
    historyTold_ = why.reason;
    sink_.error(why.reason, words::forTerminalError(why, {}));
}

void TerminalChat::onEnded(Conversation* conversation) {
    const core::End end = conversation->end();
    const words::Sentence sentence = words::forTerminalEnd(end, valuesFor(conversation));
    PeerLabel label = peers_.label(conversation);
    label.worker = told_.value(conversation).worker;
    const bool wasChosen = peers_.remove(conversation);
    lines_.onEnded(conversation, end.reason);
    const bool neverOpened =
        conversation->direction() == model::Direction::Outgoing && !conversation->wasOpen();
    if (neverOpened)
        sink_.error(end.reason, sentence);
    else if (told_.contains(conversation))
        sink_.closed(label, end, sentence);
    if (wasChosen && !peers_.open().isEmpty())
        sink_.notice(words::terminalChooseAgain(label.name));
    told_.remove(conversation);
    previewed_.remove(conversation);
    if (conversation == main_ && !endedWell(conversation))
        exitStatus_ = 1;
    const bool endsAll = conversation == main_ && once_;
    if (conversation == main_)
        main_ = nullptr;
    messenger_.dismiss(conversation);
    if (endsAll)
        return leave();
    paceInput();
    endIfDone();
}

void TerminalChat::onHostingChanged() {
    const model::Hosting* hosting = messenger_.hosting();
    const HostingState state = hosting->state();
    if (state == hostingTold_)
        return;
    hostingTold_ = state;
    if (state == HostingState::On) {
        QStringList addresses;
        QStringList shown;
        for (const core::Endpoint& each : hosting->addresses()) {
            const core::Endpoint here{each.host, hosting->port()};
            addresses += QString::fromStdString(core::toText(here));
            shown += QString::fromStdString(core::toDisplay(here));
        }
        sink_.listening(hosting->port(), addresses, shown);
    } else if (state == HostingState::Failed || state == HostingState::HeldOff) {
        words::Values values;
        values.where.port = hosting->port();
        values.seconds = hosting->secondsToRetry();
        sink_.error(hosting->end().reason, words::forTerminalEnd(hosting->end(), values));
        if (!isHosting())
            exitStatus_ = 1;
    }
    endIfDone();
}

// --- when it ends ----------------------------------------------------------------------------------------

bool TerminalChat::isHosting() const {
    const HostingState state = messenger_.hosting()->state();
    const bool willTryAgain = state == HostingState::HeldOff && messenger_.hosting()->secondsToRetry() >= 0;
    return state == HostingState::Starting || state == HostingState::On || willTryAgain;
}

/// Whether what waits can still find a peer: once input has ended nobody can be let in by hand.
bool TerminalChat::somebodyMayCome() const {
    return peers_.isConnecting() || (isHosting() && letsAllIn_);
}

void TerminalChat::paceInput() {
    if (!started_ || leaving_)
        return;
    if (lines_.isFull())
        input_.pause();
    else
        input_.resume();
}

void TerminalChat::endIfDone() {
    if (!started_ || leaving_)
        return;
    if (!inputEnded_) {
        if (!isHosting() && peers_.all().isEmpty())
            leave();
        return;
    }
    if (messenger_.hosting()->state() == HostingState::Starting || peers_.isConnecting())
        return;
    if (lines_.hasWaiting() ? !somebodyMayCome() : lines_.isEmpty())
        leave();
}

} // namespace kith::cli

#include "cli/terminal_chat.h"

#include "cli/standard_input.h"
#include "core/endpoint.h"
#include "core/limits.h"
#include "model/messenger.h"
#include "model/people.h"
#include "words/terminal_sentences.h"

namespace kith::cli {

using core::ConversationState;
using core::HostingState;
using core::Reason;
using model::Conversation;

namespace {

bool endedWell(const core::End& end) {
    const bool asMeant = end.reason == Reason::StoppedByUs || end.reason == Reason::PeerClosed;
    return asMeant && end.unsent == 0;
}

/// When it began: before its peer became a contact. A contact's begins now.
qint64 begunAt(const Conversation* conversation) {
    const bool goesOn = conversation->kind() == model::PeerKind::Contact &&
                        conversation->state() != ConversationState::Asking;
    return goesOn ? QDateTime::currentMSecsSinceEpoch() : conversation->since().toMSecsSinceEpoch();
}

bool asksNow(const Conversation* conversation) {
    return conversation->state() == ConversationState::Asking &&
           conversation->kind() != model::PeerKind::Contact;
}

} // namespace

TerminalChat::TerminalChat(model::Messenger& messenger, StandardInput& input, EventSink& sink, bool json,
                           QObject* parent)
    : QObject(parent)
    , messenger_(messenger)
    , input_(input)
    , sink_(sink)
    , json_(json)
    , peers_(messenger.people())
    , lines_(sink) {
    connect(&messenger, &model::Messenger::conversationAdded, this, &TerminalChat::onConversationAdded);
    connect(&messenger, &model::Messenger::conversationReplaced, this, &TerminalChat::onReplaced);
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

core::Result<Conversation*> TerminalChat::connectTo(const QString& typed, const Arguments& arguments,
                                                    bool isMain) {
    if (arguments.sandboxOptional)
        messenger_.allowNoSandbox();
    core::Result<Conversation*> begun = arguments.somebodyNew ? messenger_.connectAsSomebodyNew(typed)
                                                              : messenger_.connectTo(typed, arguments.plain);
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
    told_[conversation].begun = begunAt(conversation);
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
    Told& told = told_[conversation];
    const bool isNew = told.state != state;
    told.state = state;
    if (const qint64 worker = conversation->workerPid(); worker != 0)
        told.worker = worker;
    if (asksNow(conversation)) {
        if (isNew)
            sink_.request(peers_.label(conversation),
                          {peers_.asking().size() > 1, conversation->asIfForTheFirstTime()});
        if (!conversation->preview().isEmpty() && !previewed_.contains(conversation)) {
            previewed_.insert(conversation);
            sink_.preview(peers_.label(conversation), conversation->preview());
        }
    } else if (isNew && state == ConversationState::Connecting) {
        sink_.connecting(peers_.label(conversation), words::stateLine(state, peers_.values(conversation)));
    } else if (isNew && state == ConversationState::Waiting) {
        sink_.connecting(peers_.label(conversation), words::terminalWaitsAtHost());
    } else if (isNew && state == ConversationState::Open) {
        onOpened(conversation);
    }
}

void TerminalChat::onOpened(Conversation* conversation) {
    peers_.countOpened();
    told_[conversation].opened = true;
    const PeerLabel label = peers_.label(conversation);
    sink_.connected(label, words::stateLine(ConversationState::Open, peers_.values(conversation)));
    const model::Person* person = label.secure ? messenger_.people().find(*conversation->key()) : nullptr;
    if (person && !person->verified() && person->metAt >= told_[conversation].begun)
        sink_.notice(words::terminalFirstContact(label.name, label.peer));
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
        if (label.named)
            sink_.notice(words::terminalLinesGoTo(label.shown()));
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
    const words::Sentence sentence = words::forTerminalEnd(end, peers_.values(conversation));
    const Told told = told_.take(conversation);
    PeerLabel label = peers_.label(conversation);
    label.worker = told.worker;
    const bool wasChosen = peers_.remove(conversation);
    lines_.onEnded(conversation, end.reason);
    if (conversation->direction() == model::Direction::Outgoing && !told.opened)
        sink_.error(end.reason, sentence);
    else
        sink_.closed(label, end, sentence);
    if (end.reason == Reason::KeyChanged)
        tellNumbers(conversation, label);
    if (wasChosen && !peers_.open().isEmpty())
        sink_.notice(words::terminalChooseAgain(label.shown()));
    previewed_.remove(conversation);
    if (conversation == main_ && !(told.opened && endedWell(end)))
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

void TerminalChat::onReplaced(const Conversation* old, Conversation* current) {
    if (main_ == old)
        main_ = current;
    auto* const gone = const_cast<Conversation*>(old);
    gone->disconnect(this);
    told_.remove(old);
    if (peers_.remove(gone))
        peers_.choose(current);
}

// --- when it ends ----------------------------------------------------------------------------------------

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
    if (!started_ || leaving_ || untold_ > 0)
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

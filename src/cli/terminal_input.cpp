// The lines of standard input in a terminal chat: what each of them does.
#include "cli/standard_input.h"
#include "cli/terminal_chat.h"
#include "core/endpoint.h"
#include "core/kith_id.h"
#include "core/limits.h"
#include "model/messenger.h"
#include "words/terminal_sentences.h"

#include <variant>

namespace kith::cli {

using core::Reason;
using model::Conversation;

void TerminalChat::onLine(const QByteArray& line) {
    const InputCommand command = json_ ? parseJsonLine(line) : parseTypedLine(line);
    std::visit([this](const auto& each) { run(each); }, command);
    paceInput();
}

void TerminalChat::onLineTooLong() {
    refuseLine(Reason::TextTooLong);
}

void TerminalChat::onInputEnded() {
    inputEnded_ = true;
    endIfDone();
}

void TerminalChat::run(const SendText& command) {
    if (command.text.toUtf8().size() > static_cast<qsizetype>(core::limits::messageText))
        return refuseLine(Reason::TextTooLong);
    Conversation* to = peers_.chosen();
    if (!command.to.isEmpty()) {
        to = findPeer(command.to, peers_.open());
        if (!to) {
            exitStatus_ = 1;
            return;
        }
    }
    if (to)
        return lines_.send(to, command.text);
    if (peers_.hadAnybody())
        return refuseLine(Reason::NotConnected);
    if (!saidThatLinesWait_) {
        saidThatLinesWait_ = true;
        sink_.notice(words::terminalLinesWait());
    }
    lines_.wait(command.text);
}

void TerminalChat::run(const ChoosePeer& command) {
    Conversation* peer = command.peer.isEmpty() ? peers_.chosen() : findPeer(command.peer, peers_.open());
    if (peer) {
        peers_.choose(peer);
        sink_.notice(words::terminalLinesGoTo(peers_.nameOf(peer)));
    } else if (command.peer.isEmpty()) {
        sink_.notice(words::terminalNobody());
    }
}

QList<Conversation*> TerminalChat::toAnswer(const QString& typed) const {
    QList<Conversation*> asking = peers_.asking();
    if (!typed.isEmpty() || asking.isEmpty())
        return asking + missed();
    return asking;
}

void TerminalChat::run(const AcceptPeer& command) {
    Conversation* peer = findPeer(command.peer, toAnswer(command.peer));
    if (!peer)
        return;
    if (peer->state() == core::ConversationState::Asking)
        return peer->accept();
    sink_.accepted(peers_.label(peer));
    messenger_.acceptLater(peer);
}

void TerminalChat::run(const DeclinePeer& command) {
    Conversation* peer = findPeer(command.peer, toAnswer(command.peer));
    if (!peer)
        return;
    if (peer->state() == core::ConversationState::Asking)
        peer->decline();
    else
        messenger_.dismiss(peer);
}

void TerminalChat::run(const BlockPeer& command) {
    Conversation* peer = findPeer(command.peer, command.peer.isEmpty() ? toAnswer(command.peer)
                                                                       : QList(peers_.all() + missed()));
    if (!peer)
        return;
    if (!peer->key()) {
        sink_.notice(words::terminalNoKeyToBlock(peers_.nameOf(peer)));
        return;
    }
    sink_.notice(
        words::terminalBlocked(peers_.nameOf(peer), QString::fromStdString(core::toKithId(*peer->key()))));
    messenger_.block(*peer->key());
}

void TerminalChat::run(const ShowPeers& /*command*/) {
    for (Conversation* each : peers_.all()) {
        const words::Values values = peers_.values(each);
        sink_.notice(words::terminalWho(values.peer, QString::fromStdString(core::toText(each->peer())),
                                        words::stateLine(each->state(), values), each == peers_.chosen()));
    }
    if (peers_.all().isEmpty())
        sink_.notice(words::terminalNobody());
    const QList<Conversation*> gone = missed();
    for (const Conversation* each : gone)
        sink_.missed(peers_.label(each));
    // Whoever looks has seen it.
    if (messenger_.foldedRequests() > 0)
        sink_.folded(messenger_.foldedRequests());
    messenger_.dismissFolded();
}

void TerminalChat::run(const Quit& /*command*/) {
    leave();
}

void TerminalChat::run(const ShowCommands& /*command*/) {
    sink_.notice(words::terminalCommands());
}

void TerminalChat::run(const NotUnderstood& command) {
    if (json_)
        refuse(Reason::UsageError);
    else
        sink_.notice(words::terminalUnknownCommand(command.typed));
}

Conversation* TerminalChat::findPeer(const QString& typed, const QList<Conversation*>& candidates) {
    const QList<Conversation*> found = typed.isEmpty() ? candidates : peers_.find(typed, candidates);
    if (found.size() == 1)
        return found.first();
    if (found.size() > 1 && !json_)
        sink_.notice(words::terminalAmbiguous(typed, peers_.namesOf(found)));
    else if (typed.isEmpty() && !json_)
        sink_.notice(words::terminalNobodyAsks());
    else
        refuse(Reason::UnknownPeer, typed);
    return nullptr;
}

void TerminalChat::refuseLine(Reason reason, const QString& peer) {
    exitStatus_ = 1;
    refuse(reason, peer);
}

void TerminalChat::refuse(Reason reason, const QString& peer) {
    words::Values values;
    values.peer = peer;
    sink_.error(reason, words::forTerminalError({reason, 0, {}}, values));
}

} // namespace kith::cli

#include "cli/keep_command.h"

#include "cli/stored_peers.h"
#include "core/endpoint.h"
#include "model/messenger.h"
#include "words/terminal_sentences.h"

namespace kith::cli {

using model::Conversation;

namespace {

QList<Conversation*> goingOn(const QList<Conversation*>& all, const QString& typed) {
    QList<Conversation*> found;
    for (Conversation* each : all) {
        const QString address = QString::fromStdString(core::toText(each->dialled()));
        if (each->state() != core::ConversationState::Ended && isAddress(typed, address))
            found += each;
    }
    return found;
}

} // namespace

KeepCommand::KeepCommand(const Arguments& arguments, const CommandPlace& place)
    : StoredCommand(arguments, place) {}

void KeepCommand::run() {
    QList<Conversation*> found;
    if (place().messenger)
        found = goingOn(place().messenger->all(), arguments().peer);
    if (found.isEmpty())
        return refuse(words::terminalNobodyToKeep(arguments().peer));
    left_ = decided_ = static_cast<int>(found.size());
    for (Conversation* each : found) {
        each->setKeepsHistory(arguments().keep);
        if (!each->stored()) {
            onDecided(core::Done{}); // its row is made with what is kept first
            continue;
        }
        // The same once more, as this one says what became of it.
        store::whenDone(store().setKeepHistory(each->stored(), arguments().keep), this,
                        [this](const core::Status& done) { onDecided(done); });
    }
}

void KeepCommand::onDecided(const core::Status& done) {
    if (!done)
        error_ = done.error();
    if (--left_ > 0)
        return;
    if (error_)
        return fail(*error_);
    notice(words::terminalKeeps(decided_, arguments().keep));
    finish();
}

} // namespace kith::cli

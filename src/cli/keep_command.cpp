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
        const bool isOpenPlain = !each->key() && each->state() != core::ConversationState::Ended;
        if (isOpenPlain && isAddress(typed, address))
            found += each;
    }
    return found;
}

} // namespace

KeepCommand::KeepCommand(const Arguments& arguments, const CommandPlace& place)
    : StoredCommand(arguments, place) {}

void KeepCommand::run() {
    const FoundPeople people = findPeople(arguments().peer, place().people.all());
    QList<Conversation*> found;
    if (place().messenger)
        found = goingOn(place().messenger->all(), arguments().peer);
    QStringList names = people.names;
    if (!found.isEmpty())
        names += found.front()->host();
    if (names.size() > 1)
        return refuse({words::terminalAmbiguous(arguments().peer, names), {}, {}, {}});
    if (people.keys.size() == 1)
        return decideFor(people.keys.front());
    if (found.isEmpty())
        return refuse(words::terminalNobodyToKeep(arguments().peer));
    left_ = decided_ = static_cast<int>(found.size());
    for (Conversation* each : found) {
        each->setKeepsHistory(arguments().keep);
        if (each->stored())
            keepStored(each->stored());
        else
            onDecided(core::Done{}); // its row is made with what is kept first
    }
}

void KeepCommand::decideFor(const core::PublicKey& contact) {
    left_ = decided_ = 1;
    if (place().messenger != nullptr)
        place().messenger->conversationWith(contact)->setKeepsHistory(arguments().keep);
    store::whenDone(store().conversationWith(contact, QDateTime::currentMSecsSinceEpoch()), this,
                    [this](const core::Result<store::ConversationId>& row) {
                        if (!row)
                            return fail(row.error());
                        keepStored(*row);
                    });
}

void KeepCommand::keepStored(store::ConversationId row) {
    // Where the program has it, the same once more, as this one says what became of it.
    store::whenDone(store().setKeepHistory(row, arguments().keep), this,
                    [this](const core::Status& done) { onDecided(done); });
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

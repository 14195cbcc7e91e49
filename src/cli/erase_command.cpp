#include "cli/erase_command.h"

#include "cli/entry_lines.h"
#include "core/limits.h"
#include "model/messenger.h"
#include "words/isolated.h"
#include "words/people_sentences.h"
#include "words/terminal_sentences.h"

namespace kith::cli {

namespace limits = core::limits;
using core::Reason;
using model::Conversation;

EraseCommand::EraseCommand(const Arguments& arguments, const CommandPlace& place)
    : StoredCommand(arguments, place) {}

void EraseCommand::run() {
    findPeers([this](const QList<store::Conversation>& found) {
        const bool isContact = !found.isEmpty() && found.front().key;
        if (isContact && arguments().command == Command::Delete)
            return forget(*found.front().key);
        if (!arguments().yes)
            return ask(found);
        left_ = found;
        eraseNext();
    });
}

void EraseCommand::onNothingSaid(const core::PublicKey& contact) {
    if (arguments().command == Command::Delete)
        forget(contact);
    else
        StoredCommand::onNothingSaid(contact);
}

void EraseCommand::forget(const core::PublicKey& key) {
    const QString name = nameWithId(*place().people.find(key));
    if (!arguments().yes)
        return refuse(words::terminalWouldForget(name));
    whenStored(place().people.remove(key), [this, name] { awaitFiles(words::terminalForgotten(name)); });
}

void EraseCommand::ask(const QList<store::Conversation>& found) {
    for (qsizetype i = 0; i < found.size() && i < limits::terminalNamed; ++i) {
        const store::Conversation& each = found[i];
        const QDateTime last =
            QDateTime::fromMSecsSinceEpoch(each.lastEntry ? each.lastArrivedAt : each.startedAt);
        notice(words::terminalConversation(words::isolated(nameOf(each, personOf())), each.address,
                                           QDateTime::fromMSecsSinceEpoch(each.startedAt), last,
                                           each.preview));
    }
    const bool all = arguments().command == Command::Delete;
    refuse(words::terminalWouldErase(words::isolated(nameOf(found.first(), personOf())),
                                     static_cast<int>(found.size()), all));
}

model::Conversation* EraseCommand::atHand(store::ConversationId id) const {
    if (!place().messenger)
        return nullptr;
    for (Conversation* each : place().messenger->all()) {
        if (each->stored() == id)
            return each;
    }
    return nullptr;
}

void EraseCommand::eraseNext() {
    if (left_.isEmpty())
        return awaitFiles(
            words::terminalErased(static_cast<int>(erased_), arguments().command == Command::Delete));
    const store::ConversationId id = left_.takeFirst().id;
    if (arguments().command == Command::Clear)
        clear(id);
    else
        remove(id);
}

void EraseCommand::clear(store::ConversationId id) {
    Conversation* conversation = atHand(id);
    if (!conversation) {
        store::whenDone(store().clearHistory(id), this, [this](const core::Status& done) { onErased(done); });
        return;
    }
    // The window's rows go with it.
    connect(conversation, &Conversation::historyCleared, this, [this, conversation] {
        conversation->disconnect(this);
        onErased(core::Done{});
    });
    connect(conversation, &Conversation::historyFailed, this, [this, conversation](const core::Error& why) {
        conversation->disconnect(this);
        onErased(why);
    });
    conversation->clearHistory();
}

void EraseCommand::remove(store::ConversationId id) {
    Conversation* conversation = atHand(id);
    if (!conversation)
        return removeFromStore(id);
    // An open one ends first. Whoever shows it may let it go before it is erased, so the row is asked for
    // too.
    connect(place().messenger, &model::Messenger::conversationRemoved, this,
            [this, id, conversation](const Conversation* removed) {
                if (removed != conversation)
                    return;
                place().messenger->disconnect(this);
                conversation->disconnect(this);
                removeFromStore(id);
            });
    connect(conversation, &Conversation::historyFailed, this, [this, conversation](const core::Error& why) {
        place().messenger->disconnect(this);
        conversation->disconnect(this);
        onErased(why);
    });
    place().messenger->remove(conversation);
}

void EraseCommand::removeFromStore(store::ConversationId id) {
    store::whenDone(store().removeConversation(id), this, [this](const core::Status& done) {
        const bool isGone = !done && done.error().reason == Reason::UnknownPeer;
        onErased(isGone ? core::Status(core::Done{}) : done);
    });
}

void EraseCommand::onErased(const core::Status& done) {
    if (!done)
        return fail(done.error());
    ++erased_;
    eraseNext();
}

void EraseCommand::awaitFiles(const QString& erased) {
    const auto end = [this](const QString& what) {
        store().disconnect(this);
        patience_.stop();
        notice(what);
        finish();
    };
    connect(&store(), &store::Store::erased, this, [=] { end(erased); });
    patience_.setSingleShot(true);
    connect(&patience_, &QTimer::timeout, this, [=] { end(words::terminalStillErasing()); });
    patience_.start(limits::terminalErase);
}

} // namespace kith::cli

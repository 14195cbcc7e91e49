#include "cli/stored_command.h"

#include "cli/erase_command.h"
#include "cli/file_commands.h"
#include "cli/human_output.h"
#include "cli/identity_commands.h"
#include "cli/invite_commands.h"
#include "cli/keep_command.h"
#include "cli/people_commands.h"
#include "cli/read_command.h"
#include "cli/stored_peers.h"
#include "model/identity.h"
#include "model/invites.h"
#include "model/messenger.h"
#include "model/preferences.h"
#include "words/people_sentences.h"
#include "words/terminal_sentences.h"

#include <utility>

namespace kith::cli {

using core::Reason;
using model::History;

StoredCommand::StoredCommand(Arguments arguments, CommandPlace place)
    : arguments_(std::move(arguments))
    , place_(std::move(place)) {}

StoredCommand::~StoredCommand() = default;

std::unique_ptr<StoredCommand> StoredCommand::make(const Arguments& arguments, const CommandPlace& place) {
    switch (arguments.command) {
    case Command::Host:
    case Command::Connect:
        break;
    case Command::History:
    case Command::Search:
        return std::make_unique<ReadCommand>(arguments, place);
    case Command::Export:
        return std::make_unique<ExportCommand>(arguments, place);
    case Command::Backup:
        return std::make_unique<BackupCommand>(arguments, place);
    case Command::Restore:
        return std::make_unique<RestoreCommand>(arguments, place);
    case Command::Clear:
    case Command::Delete:
        return std::make_unique<EraseCommand>(arguments, place);
    case Command::Keep:
        return std::make_unique<KeepCommand>(arguments, place);
    case Command::Id:
        return std::make_unique<IdCommand>(arguments, place);
    case Command::Key:
        return std::make_unique<KeyCommand>(arguments, place);
    case Command::Invite:
        return std::make_unique<InviteCommand>(arguments, place);
    case Command::Invites:
        return std::make_unique<InvitesCommand>(arguments, place);
    case Command::Contacts:
        return std::make_unique<ContactsCommand>(arguments, place);
    case Command::Safety:
        return std::make_unique<SafetyCommand>(arguments, place);
    case Command::Verify:
    case Command::Accept:
    case Command::Block:
    case Command::Unblock:
    case Command::Rename:
        return std::make_unique<PersonCommand>(arguments, place);
    }
    return nullptr;
}

void StoredCommand::start() {
    connect(&place_.history, &History::stateChanged, this, &StoredCommand::begin);
    connect(&place_.people, &model::People::ready, this, &StoredCommand::begin);
    connect(&place_.invites, &model::Invites::ready, this, &StoredCommand::begin);
    connect(&place_.identity, &model::Identity::stateChanged, this, &StoredCommand::begin);
    // A chat does so by itself; nothing else may make a key, as a restore or an import may bring one.
    if (usesKey() && place_.messenger == nullptr &&
        place_.identity.state() == model::Identity::State::Loading)
        place_.identity.load();
    QMetaObject::invokeMethod(this, &StoredCommand::begin, Qt::QueuedConnection);
}

bool StoredCommand::isReady() const {
    const bool known = !usesKey() || place_.identity.state() != model::Identity::State::Loading;
    return known && place_.history.state() != History::State::Opening && place_.people.isReady() &&
           place_.invites.isReady();
}

void StoredCommand::begin() {
    if (begun_ || !isReady())
        return;
    begun_ = true;
    if (usesKey() && place_.identity.why())
        return fail({Reason::IdentityUnusable, place_.identity.why()->number, place_.identity.why()->detail});
    if (needsHistory())
        runWithHistory();
    else
        run();
}

void StoredCommand::runWithHistory() {
    const History& history = place_.history;
    if (!history.readable())
        return fail(history.why().value_or(core::Error{Reason::StoreUnavailable, 0, {}}));
    const core::Error why = history.why().value_or(core::Error{});
    if (history.state() == History::State::ReadOnly && writes())
        return fail(why);
    if (history.state() == History::State::ReadOnly && why.reason == Reason::StoreDamaged)
        tell(why);
    run();
}

void StoredCommand::findPeers(const std::function<void(const QList<store::Conversation>&)>& then) {
    store::whenDone(store().conversations(), this, [this, then](const auto& all) {
        if (!all)
            return fail(all.error());
        if (arguments_.peer.isEmpty())
            return then(*all);
        const StoredPeers found = findStored(arguments_.peer, *all, personOf());
        if (found.conversations.isEmpty()) {
            const FoundPeople people = findPeople(arguments_.peer, place_.people.all());
            if (people.keys.size() != 1)
                return fail({Reason::UnknownPeer, 0, {}});
            return onNothingSaid(people.keys.front());
        }
        if (found.names.size() > 1)
            return refuse({words::terminalAmbiguous(arguments_.peer, found.names), {}, {}, {}});
        then(found.conversations);
    });
}

void StoredCommand::onNothingSaid(const core::PublicKey& contact) {
    notice(words::terminalNothingSaid(nameOf(*place_.people.find(contact))));
    finish();
}

PersonOf StoredCommand::personOf() const {
    return [&people = place_.people](const core::PublicKey& key) { return people.find(key); };
}

std::optional<core::PublicKey> StoredCommand::findPerson(const QList<core::PublicKey>& strangers) {
    const FoundPeople found = findPeople(arguments_.peer, place_.people.all(), strangers);
    if (found.keys.size() == 1)
        return found.keys.front();
    if (found.keys.isEmpty())
        refuse(words::terminalUnknownPerson(arguments_.peer), Reason::UnknownPeer);
    else
        refuse({words::terminalAmbiguous(arguments_.peer, found.names), {}, {}, {}});
    return std::nullopt;
}

void StoredCommand::withPreferences(const std::function<void(const model::Preferences&)>& then) {
    if (place_.messenger != nullptr)
        return then(place_.messenger->preferences());
    store::whenDone(store().settings(), this, [then](const auto& settings) {
        model::Preferences preferences;
        if (settings)
            preferences.take(*settings);
        then(preferences);
    });
}

void StoredCommand::whenStored(const store::PendingStatus& change, const std::function<void()>& then) {
    store::whenDone(change, this, [this, then](const core::Status& done) {
        if (!done)
            return fail(done.error());
        then();
    });
}

void StoredCommand::print(const QString& text, const JsonFields& fields) {
    place_.out(arguments_.json ? jsonLine(fields) : forTerminal(text));
}

void StoredCommand::tell(const core::Error& error) {
    failed_ = true;
    words::Values values;
    values.peer = arguments_.peer;
    values.profile = place_.history.folder();
    values.file = arguments_.file;
    if (error.reason == Reason::StoreDamaged)
        values.file = place_.history.opened().copy;
    else if (error.reason == Reason::IdentityUnusable)
        values.file = values.profile + u'/' + model::Identity::fileName();
    place_.sink->error(error.reason, words::forCommandError(error, values));
}

void StoredCommand::fail(const core::Error& error) {
    tell(error);
    finish();
}

void StoredCommand::refuse(const words::Sentence& why, Reason code) {
    failed_ = true;
    place_.sink->error(code, why);
    finish();
}

void StoredCommand::finish() {
    Q_EMIT finished(failed_ ? 1 : 0);
}

} // namespace kith::cli

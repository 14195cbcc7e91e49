#include "cli/stored_command.h"

#include "cli/erase_command.h"
#include "cli/file_commands.h"
#include "cli/keep_command.h"
#include "cli/read_command.h"
#include "cli/stored_peers.h"
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
    }
    return nullptr;
}

void StoredCommand::start() {
    connect(&place_.history, &History::stateChanged, this, &StoredCommand::begin);
    QMetaObject::invokeMethod(this, &StoredCommand::begin, Qt::QueuedConnection);
}

void StoredCommand::begin() {
    const History& history = place_.history;
    if (begun_ || history.state() == History::State::Opening)
        return;
    begun_ = true;
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
        const StoredPeers found = findStored(arguments_.peer, *all);
        if (found.conversations.isEmpty())
            return fail({Reason::UnknownPeer, 0, {}});
        if (found.names.size() > 1)
            return refuse({words::terminalAmbiguous(arguments_.peer, found.names), {}, {}, {}});
        then(found.conversations);
    });
}

void StoredCommand::tell(const core::Error& error) {
    failed_ = true;
    words::Values values;
    values.peer = arguments_.peer;
    values.profile = place_.history.folder();
    values.file = error.reason == Reason::StoreDamaged ? place_.history.opened().copy : arguments_.file;
    place_.sink->error(error.reason, words::forCommandError(error, values));
}

void StoredCommand::fail(const core::Error& error) {
    tell(error);
    finish();
}

void StoredCommand::refuse(const words::Sentence& why) {
    failed_ = true;
    place_.sink->error(Reason::UsageError, why);
    finish();
}

void StoredCommand::finish() {
    Q_EMIT finished(failed_ ? 1 : 0);
}

} // namespace kith::cli

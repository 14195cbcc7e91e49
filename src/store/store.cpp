#include "store/store.h"

#include "core/limits.h"
#include "store/backup.h"
#include "store/contacts.h"
#include "store/conversations.h"
#include "store/delivery.h"
#include "store/entries.h"
#include "store/erase.h"
#include "store/exporting.h"
#include "store/index.h"
#include "store/lane.h"
#include "store/marks.h"
#include "store/opening.h"
#include "store/search.h"
#include "store/streams.h"

#include <QPromise>

namespace kith::store {

using namespace Qt::StringLiterals;
namespace limits = core::limits;
using core::Error;
using core::Reason;

namespace {

/// One call's promise, and the value until it is due.
template <typename T>
struct Call {
    QPromise<core::Result<T>> promise;
    std::optional<core::Result<T>> result;
};

/// The job that works off a call and hands its result to the Store's thread.
template <typename T>
Job jobOf(std::shared_ptr<Call<T>> call, std::function<core::Result<T>(Connection&)> work,
          std::shared_ptr<Delivery> delivery) {
    Job job;
    job.run = [call, work = std::move(work)](Connection& connection) -> core::Status {
        call->result = work(connection);
        if (*call->result)
            return core::Done{};
        return call->result->error();
    };
    job.done = [call, delivery = std::move(delivery)](const std::optional<Error>& error) {
        delivery->deliver([call, error] {
            if (error)
                call->promise.addResult(core::Result<T>(*error));
            else
                call->promise.addResult(std::move(*call->result));
            call->promise.finish();
        });
    };
    return job;
}

} // namespace

template <typename T>
Pending<T> Store::read(Work<T> work) {
    auto call = std::make_shared<Call<T>>();
    call->promise.start();
    Job job = jobOf<T>(call, std::move(work), delivery_);
    if (phase_ == Phase::Opening && early_.size() < limits::storeQueue)
        early_.push_back(std::move(job));
    else
        give(reader_.get(), std::move(job));
    return call->promise.future();
}

template <typename T>
Pending<T> Store::write(Work<T> work, Manner manner) {
    auto call = std::make_shared<Call<T>>();
    call->promise.start();
    Job job = jobOf<T>(call, std::move(work), delivery_);
    job.alone = manner == Manner::Alone;
    job.erases = manner == Manner::Erasing;
    give(writer_.get(), std::move(job));
    return call->promise.future();
}

template <typename T>
Pending<T> Store::errand(Work<T> work) {
    auto call = std::make_shared<Call<T>>();
    call->promise.start();
    give(errandLane(), jobOf<T>(call, std::move(work), delivery_));
    return call->promise.future();
}

void Store::readDamageFound(const Error& error) {
    if (error.number == sqliteCorruptIndex && !indexRepaired_) {
        // Once: an index that is damaged again has a disk that damages.
        indexRepaired_ = true;
        (void)write<core::Done>([](Connection& c) { return indexEverything(c); });
    }
    const HistoryFiles files{place_.directory, place_.vfs};
    (void)write<core::Done>(
        [files](Connection&) -> core::Status {
            noteSuspect(files);
            return core::Done{};
        },
        Manner::Alone);
    Q_EMIT damageFound(error);
}

// --- conversations
// -------------------------------------------------------------------------------------------

Pending<QList<Conversation>> Store::conversations(std::optional<qint64> endedSince) {
    return read<QList<Conversation>>([=](Connection& c) { return readConversations(c, endedSince); });
}

Pending<std::optional<Conversation>> Store::conversation(ConversationId id) {
    return read<std::optional<Conversation>>([=](Connection& c) { return readConversation(c, id); });
}

Pending<ConversationId> Store::addPlainConversation(const QString& address, qint64 startedAt) {
    return write<ConversationId>(
        [=](Connection& c) { return store::addPlainConversation(c, address, startedAt); });
}

Pending<ConversationId> Store::conversationWith(const PublicKey& key, qint64 startedAt) {
    return write<ConversationId>([=](Connection& c) { return store::conversationWith(c, key, startedAt); });
}

PendingStatus Store::endConversation(ConversationId id, qint64 endedAt) {
    return write<core::Done>([=](Connection& c) { return store::endConversation(c, id, endedAt); });
}

PendingStatus Store::setTitle(ConversationId id, const QString& title) {
    return write<core::Done>([=](Connection& c) { return setConversationTitle(c, id, title); });
}

PendingStatus Store::setKeepHistory(ConversationId id, bool keep) {
    return write<core::Done>([=](Connection& c) { return store::setKeepHistory(c, id, keep); });
}

PendingStatus Store::saveDraft(ConversationId id, const QString& text) {
    return write<core::Done>([=](Connection& c) { return store::saveDraft(c, id, text); });
}

PendingStatus Store::markRead(ConversationId id, EntryRow upTo) {
    return write<core::Done>([=](Connection& c) { return store::markRead(c, id, upTo); });
}

PendingStatus Store::clearHistory(ConversationId id) {
    return write<core::Done>([=](Connection& c) { return hideHistory(c, id); }, Manner::Erasing);
}

PendingStatus Store::removeConversation(ConversationId id) {
    return write<core::Done>([=](Connection& c) { return hideConversation(c, id); }, Manner::Erasing);
}

// --- entries
// -------------------------------------------------------------------------------------------------

Pending<Appended> Store::append(const NewEntry& entry) {
    return write<Appended>([=](Connection& c) { return appendEntry(c, entry); });
}

Pending<QList<Appended>> Store::appendAll(const QList<NewEntry>& entries) {
    return write<QList<Appended>>([=](Connection& c) { return appendEntries(c, entries); });
}

Pending<bool> Store::setState(ConversationId id, const EntryId& entry, EntryState state,
                              std::optional<Reason> failure) {
    return write<bool>([=](Connection& c) { return setEntryState(c, id, entry, state, failure); });
}

Pending<Page> Store::page(const PageRequest& request) {
    return read<Page>([=](Connection& c) { return readPage(c, request); });
}

Pending<SearchResult> Store::search(const SearchRequest& request) {
    return read<SearchResult>([=](Connection& c) { return searchEntries(c, request); });
}

Pending<QList<Stream>> Store::streams(ConversationId id) {
    return read<QList<Stream>>([=](Connection& c) { return readStreams(c, id); });
}

// --- people
// --------------------------------------------------------------------------------------------------

Pending<QList<Contact>> Store::contacts() {
    return read<QList<Contact>>([](Connection& c) { return readContacts(c); });
}

PendingStatus Store::putContact(const Contact& contact) {
    return write<core::Done>([=](Connection& c) { return store::putContact(c, contact); });
}

PendingStatus Store::removeContact(const PublicKey& key) {
    return write<core::Done>([=](Connection& c) { return hideContact(c, key); }, Manner::Erasing);
}

PendingStatus Store::noteAddress(const PublicKey& key, const ContactAddress& address) {
    return write<core::Done>([=](Connection& c) { return store::noteAddress(c, key, address); });
}

Pending<QList<ContactAddress>> Store::addresses(const PublicKey& key) {
    return read<QList<ContactAddress>>([=](Connection& c) { return readAddresses(c, key); });
}

Pending<QHash<PublicKey, QList<ContactAddress>>> Store::addresses() {
    return read<QHash<PublicKey, QList<ContactAddress>>>([](Connection& c) { return readAddresses(c); });
}

PendingStatus Store::addInvite(const Invite& invite) {
    return write<core::Done>([=](Connection& c) { return store::addInvite(c, invite); });
}

Pending<QList<Invite>> Store::invites() {
    return read<QList<Invite>>([](Connection& c) { return readInvites(c); });
}

Pending<bool> Store::revokeInvite(const InviteId& id) {
    return write<bool>([=](Connection& c) { return store::revokeInvite(c, id); });
}

Pending<InviteUse> Store::useInvite(const InviteId& id, const Contact& contact, qint64 now) {
    return write<InviteUse>([=](Connection& c) { return store::useInvite(c, id, contact, now); });
}

PendingStatus Store::addBlock(const Block& block) {
    return write<core::Done>([=](Connection& c) { return store::addBlock(c, block); });
}

Pending<bool> Store::removeBlock(const Block& block) {
    return write<bool>([=](Connection& c) { return store::removeBlock(c, block); });
}

Pending<QList<Block>> Store::blocks() {
    return read<QList<Block>>([](Connection& c) { return readBlocks(c); });
}

PendingStatus Store::noteIdentity(const PublicKey& key, qint64 now) {
    return write<core::Done>([=](Connection& c) { return store::noteIdentity(c, key, now); });
}

Pending<QList<PublicKey>> Store::identities() {
    return read<QList<PublicKey>>([](Connection& c) { return readIdentities(c); });
}

// --- settings
// ------------------------------------------------------------------------------------------------

Pending<QHash<QString, QString>> Store::settings() {
    return read<QHash<QString, QString>>([](Connection& c) { return readSettings(c); });
}

PendingStatus Store::putSetting(const QString& name, const QString& value) {
    return write<core::Done>([=](Connection& c) { return store::putSetting(c, name, value); });
}

PendingStatus Store::removeSetting(const QString& name) {
    return write<core::Done>([=](Connection& c) { return store::removeSetting(c, name); });
}

// --- files
// ---------------------------------------------------------------------------------------------------

Pending<Exported> Store::exportHistory(const ExportRequest& request) {
    return errand<Exported>([=](Connection& c) { return store::exportHistory(c, request); });
}

Pending<qint64> Store::backup(const BackupRequest& request) {
    return errand<qint64>(
        [=, folder = place_.directory](Connection& c) { return makeBackup(c, folder, request); });
}

PendingStatus Store::check() {
    return errand<core::Done>([](Connection& c) { return checkWhole(c); });
}

} // namespace kith::store

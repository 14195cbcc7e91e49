#include "cli/people_commands.h"

#include "cli/human_output.h"
#include "cli/peers.h"
#include "cli/people_lines.h"
#include "core/kith_id.h"
#include "model/identity.h"
#include "model/messenger.h"
#include "words/people_sentences.h"
#include "words/terminal_sentences.h"

namespace kith::cli {

using namespace Qt::StringLiterals;
using core::PublicKey;

namespace {

/// Groups of a safety number in one row, as they are read out.
constexpr int groupsInRow = 4;

QByteArray rowsOf(const QString& number) {
    const QStringList groups = number.split(u' ');
    QByteArray rows;
    for (qsizetype i = 0; i < groups.size(); i += groupsInRow)
        rows += forTerminal(groups.mid(i, groupsInRow).join(u' '));
    return rows;
}

words::Known knownOf(const model::Person& person) {
    if (person.stopped())
        return words::Known::KeyChanged;
    return person.trust == store::Trust::ByCompare ? words::Known::ByCompare : words::Known::NotVerified;
}

} // namespace

// --- contacts --------------------------------------------------------------------------------------------

ContactsCommand::ContactsCommand(const Arguments& arguments, const CommandPlace& place)
    : StoredCommand(arguments, place) {}

void ContactsCommand::run() {
    const model::People& people = place().people;
    QByteArray lines;
    const QList<model::Person> all = people.all();
    for (const model::Person& person : all)
        lines += contactLine(person, arguments().json);
    const QList<PublicKey> blocked = people.blocked();
    for (const PublicKey& key : blocked) {
        if (people.find(key) == nullptr)
            lines += blockedLine(key, arguments().json);
    }
    if (lines.isEmpty())
        notice(words::terminalNoContacts());
    place().out(lines);
    finish();
}

// --- safety ----------------------------------------------------------------------------------------------

SafetyCommand::SafetyCommand(const Arguments& arguments, const CommandPlace& place)
    : StoredCommand(arguments, place) {}

std::optional<PublicKey> SafetyCommand::otherKey(const PublicKey& key) const {
    if (place().messenger == nullptr)
        return std::nullopt;
    for (const model::Conversation* each : place().messenger->all()) {
        if (each->key() == key && each->otherKey())
            return each->otherKey();
    }
    return std::nullopt;
}

void SafetyCommand::run() {
    const std::optional<PublicKey> key = findPerson();
    if (!key)
        return;
    using Numbers = core::Result<std::pair<QString, QString>>;
    const auto work = [key = *key, other = otherKey(*key)](const core::SigningKey& own) {
        return Numbers(std::pair(numberOf(own, key), other ? numberOf(own, *other) : QString()));
    };
    store::whenDone(
        place().identity.withKey<Numbers>(work, core::Error{core::Reason::IdentityUnusable, 0, {}}), this,
        [this, key = *key](const Numbers& numbers) {
            if (!numbers)
                return fail(numbers.error());
            give(key, numbers->first, numbers->second);
        });
}

void SafetyCommand::give(const PublicKey& key, const QString& number, const QString& other) {
    const model::Person* person = place().people.find(key);
    if (person == nullptr) // removed meanwhile
        return refuse(words::terminalUnknownPerson(arguments().peer), core::Reason::UnknownPeer);
    notice(words::terminalSafety(nameOf(*person), knownOf(*person)));
    if (!other.isEmpty())
        notice(words::terminalBothNumbers(nameOf(*person), number, other));
    if (!arguments().json) {
        place().out(rowsOf(number));
        return finish();
    }
    JsonFields fields{{"event"_L1, "safety"_L1},
                      {"peer"_L1, QString::fromStdString(core::toKithId(key))},
                      {"name"_L1, person->shownName()},
                      {"verified"_L1, person->verified()},
                      {"trust"_L1, trustName(person->trust)},
                      {"safety"_L1, number}};
    if (!other.isEmpty())
        fields.emplace_back("other"_L1, other);
    place().out(jsonLine(fields));
    finish();
}

// --- verify, block, unblock, rename ----------------------------------------------------------------------

PersonCommand::PersonCommand(const Arguments& arguments, const CommandPlace& place)
    : StoredCommand(arguments, place) {}

void PersonCommand::run() {
    const Command command = arguments().command;
    if (command == Command::Accept)
        return accept();
    std::optional<PublicKey> key;
    if (command == Command::Block)
        key = keyOf(arguments().peer); // anybody's, met or not
    if (!key)
        key = findPerson(command == Command::Unblock ? place().people.blocked() : QList<PublicKey>());
    if (!key)
        return;
    if (command == Command::Verify)
        verify(*key);
    else if (command == Command::Block)
        block(*key);
    else if (command == Command::Unblock)
        unblock(*key);
    else
        rename(*key);
}

void PersonCommand::verify(const PublicKey& key) {
    model::People& people = place().people;
    const QString name = nameOfKey(key);
    if (arguments().compared == Compared::Agree)
        return finishWith(people.setCompared(key, true), key, words::terminalVerified(name));
    if (arguments().compared == Compared::Differ)
        return finishWith(people.setCompared(key, false), key, words::terminalStopped(name));
    const bool stopped = people.find(key)->stopped();
    finishWith(people.resume(key), key,
               stopped ? words::terminalResumed(name) : words::terminalNotStopped(name));
}

void PersonCommand::accept() {
    const model::Messenger* messenger = place().messenger;
    const Peers peers(place().people);
    const QList<model::Conversation*> requests = messenger != nullptr
                                                     ? peers.find(arguments().peer, messenger->requests())
                                                     : QList<model::Conversation*>();
    if (requests.size() > 1)
        return refuse({words::terminalAmbiguous(arguments().peer, peers.namesOf(requests)), {}, {}, {}});
    if (!requests.isEmpty())
        return acceptRequest(requests.first(), peers.namesOf(requests).first());
    std::optional<PublicKey> key = keyOf(arguments().peer); // anybody's, met or not
    if (!key)
        key = findPerson();
    if (!key)
        return;
    const QString name = nameOfKey(*key);
    if (place().people.isBlocked(*key))
        return refuse(words::terminalUnblockFirst(name), core::Reason::Blocked);
    finishWith(place().people.expect(*key, {}), *key, words::terminalLetInLater(name));
}

void PersonCommand::acceptRequest(model::Conversation* request, const QString& name) {
    if (request->state() == core::ConversationState::Asking) {
        request->accept();
        notice(words::terminalLetIn(name));
        return finish();
    }
    if (!request->key()) // in plain text nobody can be told apart the next time
        return refuse(words::terminalUnknownPerson(arguments().peer), core::Reason::UnknownPeer);
    const PublicKey key = *request->key();
    finishWith(place().messenger->acceptLater(request), key, words::terminalLetInLater(name));
}

void PersonCommand::block(const PublicKey& key) {
    const QString name = nameOfKey(key);
    const store::PendingStatus stored =
        place().messenger != nullptr ? place().messenger->block(key) : place().people.block(key);
    finishWith(stored, key, words::terminalBlocked(name, QString::fromStdString(core::toKithId(key))));
}

void PersonCommand::unblock(const PublicKey& key) {
    const QString name = nameOfKey(key);
    const bool wasBlocked = place().people.isBlocked(key);
    finishWith(place().people.unblock(key), key,
               wasBlocked ? words::terminalUnblocked(name) : words::terminalNotBlocked(name));
}

void PersonCommand::rename(const PublicKey& key) {
    const QString before = nameOfKey(key);
    const store::PendingStatus stored = place().people.rename(key, arguments().name);
    finishWith(stored, key, words::terminalRenamed(before, place().people.find(key)->alias));
}

QString PersonCommand::nameOfKey(const PublicKey& key) const {
    const model::Person* person = place().people.find(key);
    return person != nullptr ? nameOf(*person) : QString::fromStdString(core::shortKithId(key));
}

void PersonCommand::finishWith(const store::PendingStatus& change, const PublicKey& key,
                               const QString& said) {
    whenStored(change, [this, key, said] {
        notice(said);
        const model::Person* person = place().people.find(key);
        if (arguments().json && person != nullptr)
            place().out(contactLine(*person, true));
        finish();
    });
}

} // namespace kith::cli

#include "model/people.h"

#include "core/kith_id.h"
#include "core/limits.h"
#include "core/signing.h"
#include "core/text.h"
#include "model/history.h"
#include "model/shown_names.h"

#include <QDateTime>
#include <QHash>
#include <QPromise>
#include <QSet>

#include <algorithm>
#include <utility>

namespace kith::model {

namespace limits = core::limits;
using core::Error;
using core::PublicKey;
using core::Reason;
using store::Trust;

namespace {

QString cleaned(const QString& name) {
    return QString::fromStdString(core::cleanName(name.toStdString()));
}

/// Trust after one more proof: it only rises, and no proof lifts a stop.
Trust risen(Trust now, Trust proof) {
    if (now == Trust::KeyChanged || proof == Trust::KeyChanged)
        return now;
    return std::max(now, proof);
}

store::Contact contactOf(const Person& person) {
    return {person.key, person.name, person.alias, person.trust, person.metAt};
}

bool isSamePlace(const store::ContactAddress& one, const store::ContactAddress& other) {
    return one.host == other.host && one.port == other.port && one.network == other.network;
}

/// The last seen first, at most limits::contactAddresses.
void note(QList<store::ContactAddress>& addresses, const store::ContactAddress& seen) {
    addresses.removeIf([&](const store::ContactAddress& each) { return isSamePlace(each, seen); });
    const auto later = std::find_if(addresses.cbegin(), addresses.cend(),
                                    [&](const auto& each) { return each.seenAt <= seen.seenAt; });
    addresses.insert(later, seen);
    if (addresses.size() > limits::contactAddresses)
        addresses.resize(limits::contactAddresses);
}

} // namespace

/// What is known, and its way to and from the history.
struct People::Private {
    /// What is read, until all of it is there.
    struct Reading {
        int open = 0;       ///< reads that have not come back
        bool stale = false; ///< something was taken away meanwhile: all is read once more
        QList<store::Contact> contacts;
        QHash<PublicKey, QList<store::ContactAddress>> addresses;
        QList<store::Block> blocks;
        std::optional<Error> failure;
    };
    /// A write that came before what is stored was known, and would have replaced it.
    struct Held {
        PublicKey key;
        std::shared_ptr<QPromise<core::Status>> promise;
    };

    Private(People& owner, History& store)
        : people(owner)
        , history(store) {}

    People& people;
    History& history;
    QHash<PublicKey, Person> known;
    ShownNames names;
    QSet<PublicKey> blockedKeys;
    QSet<QString> blockedAddresses;
    Reading reading;
    bool hasRead = false;
    QList<Held> held;

    [[nodiscard]] bool holds() const { return !people.ready_ || reading.open > 0; }
    void onHistoryChanged();
    void read();
    template <typename T>
    void readInto(T& place, store::Pending<T> pending);
    void onRead();
    void take();
    void becomeReady();

    void fail(const Error& error);
    template <typename T>
    void watch(store::Pending<T> write);
    store::PendingStatus write(const PublicKey& key);
    void writeNow(const Held& held);
    void writeMissing(const Person& mine, const Person* stored);

    QSet<PublicKey> refreshName(const Person& person);
    void tell(QSet<PublicKey> keys);
    void changeTrust(const PublicKey& key, Trust trust);
};

// --- Person ----------------------------------------------------------------------------------------------

QString Person::shownName() const {
    if (!alias.isEmpty())
        return alias;
    return name.isEmpty() ? QString::fromStdString(core::shortKithId(key)) : name;
}

// --- reading ---------------------------------------------------------------------------------------------

People::People(History& history, QObject* parent)
    : QObject(parent)
    , d_(std::make_unique<Private>(*this, history)) {
    connect(&history, &History::stateChanged, this, [this] { d_->onHistoryChanged(); });
    d_->onHistoryChanged();
}

People::~People() = default;

void People::Private::onHistoryChanged() {
    switch (history.state()) {
    case History::State::Opening:
        hasRead = false;
        read();
        break;
    case History::State::Open:
    case History::State::ReadOnly:
        if (!hasRead && reading.open == 0)
            read();
        break;
    case History::State::Failed:
        becomeReady();
        break;
    case History::State::Closing:
    case History::State::Closed:
        break;
    }
}

void People::Private::read() {
    if (reading.open > 0) {
        reading.stale = true;
        return;
    }
    reading = {};
    reading.open = 3;
    readInto(reading.contacts, history.store().contacts());
    readInto(reading.addresses, history.store().addresses());
    readInto(reading.blocks, history.store().blocks());
}

template <typename T>
void People::Private::readInto(T& place, store::Pending<T> pending) {
    store::whenDone(pending, &people, [this, &place](core::Result<T> result) {
        if (result)
            place = std::move(*result);
        else
            reading.failure = result.error();
        if (--reading.open == 0)
            onRead();
    });
}

void People::Private::onRead() {
    if (reading.failure) {
        if (history.state() == History::State::Opening)
            return; // it tells when that has come to an end
        hasRead = true;
        if (history.readable())
            fail(*reading.failure);
        becomeReady();
    } else if (reading.stale) {
        read();
    } else {
        hasRead = true;
        take();
    }
}

void People::Private::take() {
    QHash<PublicKey, Person> stored;
    for (const store::Contact& contact : std::as_const(reading.contacts)) {
        Person person{contact.key,   contact.name, contact.alias, contact.trust,
                      contact.metAt, false,        false,         reading.addresses.value(contact.key)};
        stored.insert(contact.key, person);
    }
    const QHash<PublicKey, Person> before = std::exchange(known, stored);
    for (const Person& mine : before) {
        const auto theirs = stored.constFind(mine.key);
        writeMissing(mine, theirs == stored.cend() ? nullptr : &*theirs);
    }
    const QSet<PublicKey> blockedBefore = blockedKeys;
    for (const store::Block& block : std::as_const(reading.blocks)) {
        if (block.key)
            blockedKeys.insert(*block.key);
        else
            blockedAddresses.insert(block.address);
    }
    for (const PublicKey& key : blockedBefore) {
        const auto isIt = [&key](const store::Block& block) { return block.key == key; };
        if (std::none_of(reading.blocks.cbegin(), reading.blocks.cend(), isIt))
            watch(history.store().addBlock({key, {}, QDateTime::currentMSecsSinceEpoch()}));
    }
    reading = {};
    for (Person& person : known) {
        person.blocked = blockedKeys.contains(person.key);
        (void)names.put(person.key, person.shownName());
    }
    QSet<PublicKey> turned = blockedKeys - blockedBefore;
    for (Person& person : known) {
        person.looksLikeAnother = names.isAlike(person.key);
        const auto was = before.constFind(person.key);
        if (was == before.cend() || *was != person)
            turned.insert(person.key);
    }
    if (people.ready_)
        tell(turned);
    becomeReady();
}

/// What is known here and not there is stored there; in `known`, they become one.
void People::Private::writeMissing(const Person& mine, const Person* stored) {
    Person one = mine;
    if (stored != nullptr) {
        one.trust = std::max(mine.trust, stored->trust); // a stop is above them all
        one.name = mine.name.isEmpty() ? stored->name : mine.name;
        one.alias = mine.alias.isEmpty() ? stored->alias : mine.alias;
        one.metAt = std::min(mine.metAt, stored->metAt);
        one.addresses = stored->addresses;
        for (const store::ContactAddress& address : mine.addresses)
            note(one.addresses, address);
    }
    known.insert(one.key, one);
    if (stored == nullptr || contactOf(*stored) != contactOf(one))
        watch(history.store().putContact(contactOf(one)));
    for (const store::ContactAddress& address : std::as_const(one.addresses)) {
        if (stored == nullptr || !stored->addresses.contains(address))
            watch(history.store().noteAddress(one.key, address));
    }
}

void People::Private::becomeReady() {
    const bool first = !std::exchange(people.ready_, true);
    for (const Held& each : std::exchange(held, {}))
        writeNow(each);
    if (first)
        Q_EMIT people.ready();
}

// --- writing ---------------------------------------------------------------------------------------------

void People::Private::fail(const Error& error) {
    history.noteFailure(error);
    Q_EMIT people.failed(error);
}

template <typename T>
void People::Private::watch(store::Pending<T> write) {
    store::whenDone(write, &people, [this](const core::Result<T>& done) {
        if (!done)
            fail(done.error());
    });
}

store::PendingStatus People::Private::write(const PublicKey& key) {
    // A future takes one continuation, and the caller's is not ours.
    const Held write{key, std::make_shared<QPromise<core::Status>>()};
    write.promise->start();
    store::PendingStatus future = write.promise->future();
    if (holds())
        held << write;
    else
        writeNow(write);
    return future;
}

void People::Private::writeNow(const Held& write) {
    const auto finish = [this, promise = write.promise](const core::Status& done) {
        if (!done)
            fail(done.error());
        promise->addResult(done);
        promise->finish();
    };
    if (const auto at = known.constFind(write.key); at != known.cend())
        store::whenDone(history.store().putContact(contactOf(*at)), &people, finish);
    else // removed meanwhile
        finish(Error{Reason::UnknownPeer, 0, {}});
}

/// Keys of others whose mark has changed by it.
QSet<PublicKey> People::Private::refreshName(const Person& person) {
    QSet<PublicKey> turned;
    for (const PublicKey& key : names.put(person.key, person.shownName())) {
        if (const auto each = known.find(key); each != known.end())
            each->looksLikeAnother = names.isAlike(key);
        turned.insert(key);
    }
    return turned;
}

void People::Private::tell(QSet<PublicKey> keys) {
    for (const PublicKey& key : std::as_const(keys))
        Q_EMIT people.changed(key);
}

void People::Private::changeTrust(const PublicKey& key, Trust trust) {
    const auto at = known.find(key);
    if (at == known.end() || at->trust == trust)
        return;
    at->trust = trust;
    (void)write(key);
    tell({key});
}

// --- asking ----------------------------------------------------------------------------------------------

QList<Person> People::all() const {
    QList<Person> people = d_->known.values();
    std::sort(people.begin(), people.end(), [](const Person& one, const Person& other) {
        const int order = QString::localeAwareCompare(one.shownName(), other.shownName());
        return order != 0 ? order < 0 : one.key < other.key;
    });
    return people;
}

const Person* People::find(const PublicKey& key) const {
    const auto at = d_->known.constFind(key);
    return at == d_->known.cend() ? nullptr : &*at;
}

bool People::isBlocked(const PublicKey& key) const {
    return d_->blockedKeys.contains(key);
}

bool People::isAddressBlocked(const QString& host) const {
    return d_->blockedAddresses.contains(host);
}

const Person* People::atAddress(const core::Endpoint& where) const {
    const QString host = QString::fromStdString(where.host);
    const Person* found = nullptr;
    qint64 seenAt = 0;
    for (const Person& person : std::as_const(d_->known)) {
        for (const store::ContactAddress& address : person.addresses) {
            if (address.host != host || address.port != where.port || (found && address.seenAt <= seenAt))
                continue;
            found = &person;
            seenAt = address.seenAt;
        }
    }
    return found;
}

bool People::looksLikeContact(const QString& name, const PublicKey& key) const {
    return d_->names.isTaken(cleaned(name), key);
}

store::Contact People::asMet(const PublicKey& key, const QString& name, Trust trust) const {
    store::Contact contact{key, {}, {}, Trust::Unverified, QDateTime::currentMSecsSinceEpoch()};
    if (const Person* known = find(key))
        contact = contactOf(*known);
    if (const QString given = cleaned(name); !given.isEmpty())
        contact.name = given;
    contact.trust = risen(contact.trust, trust);
    return contact;
}

// --- changing --------------------------------------------------------------------------------------------

store::PendingStatus People::meet(const PublicKey& key, const QString& name, Trust trust) {
    if (!core::isUsableKey(key)) {
        QPromise<core::Status> refused;
        refused.start();
        refused.addResult(Error{Reason::KeyInvalid, 0, "nobody can have this key"});
        refused.finish();
        return refused.future();
    }
    const store::Contact contact = asMet(key, name, trust);
    const bool isSame = d_->known.contains(key) && contactOf(d_->known[key]) == contact;
    Person& person = d_->known[key];
    person.key = key;
    person.name = contact.name;
    person.trust = contact.trust;
    person.metAt = contact.metAt;
    person.blocked = isBlocked(key);
    QSet<PublicKey> turned = d_->refreshName(person);
    store::PendingStatus stored = d_->write(key);
    if (!isSame)
        turned.insert(key);
    d_->tell(turned);
    return stored;
}

void People::rename(const PublicKey& key, const QString& alias) {
    const auto at = d_->known.find(key);
    const QString name = cleaned(alias);
    if (at == d_->known.end() || at->alias == name)
        return;
    at->alias = name;
    QSet<PublicKey> turned = d_->refreshName(*at);
    (void)d_->write(key);
    turned.insert(key);
    d_->tell(turned);
}

void People::setCompared(const PublicKey& key, bool agree) {
    d_->changeTrust(key, agree ? Trust::ByCompare : Trust::KeyChanged);
}

void People::setKeyChanged(const PublicKey& key) {
    d_->changeTrust(key, Trust::KeyChanged);
}

void People::resume(const PublicKey& key) {
    if (const Person* person = find(key); person != nullptr && person->stopped())
        d_->changeTrust(key, Trust::Unverified);
}

void People::block(const PublicKey& key) {
    if (isBlocked(key))
        return;
    d_->blockedKeys.insert(key);
    if (const auto at = d_->known.find(key); at != d_->known.end())
        at->blocked = true;
    d_->watch(d_->history.store().addBlock({key, {}, QDateTime::currentMSecsSinceEpoch()}));
    d_->tell({key});
}

void People::unblock(const PublicKey& key) {
    if (!d_->blockedKeys.remove(key))
        return;
    if (const auto at = d_->known.find(key); at != d_->known.end())
        at->blocked = false;
    d_->reading.stale = true;
    d_->watch(d_->history.store().removeBlock({key, {}, 0}));
    d_->tell({key});
}

void People::remove(const PublicKey& key) {
    if (d_->known.remove(key) == 0)
        return;
    QSet<PublicKey> turned;
    for (const PublicKey& each : d_->names.remove(key)) {
        if (const auto at = d_->known.find(each); at != d_->known.end()) {
            at->looksLikeAnother = d_->names.isAlike(each);
            turned.insert(each);
        }
    }
    d_->reading.stale = true;
    d_->watch(d_->history.store().removeContact(key));
    turned.insert(key);
    d_->tell(turned);
}

void People::noteAddress(const PublicKey& key, const core::Endpoint& where, const QString& network) {
    const auto at = d_->known.find(key);
    if (at == d_->known.end() || where.host.empty() || where.host.size() > limits::hostName ||
        where.port == 0)
        return;
    const store::ContactAddress seen{QString::fromStdString(where.host), where.port, network,
                                     QDateTime::currentMSecsSinceEpoch()};
    note(at->addresses, seen);
    if (!d_->holds()) // otherwise it is stored with the rest
        d_->watch(d_->history.store().noteAddress(key, seen));
    d_->tell({key});
}

} // namespace kith::model

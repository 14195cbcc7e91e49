// The half of People that reads what is stored, makes it one with what is known, and writes behind it.
#include "core/limits.h"
#include "model/people_private.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace kith::model {

namespace limits = core::limits;
using core::Error;
using core::PublicKey;
using core::Reason;

namespace {

/// The earlier of two times of which 0 means "not yet".
qint64 firstMeeting(qint64 one, qint64 other) {
    return one == 0 || other == 0 ? std::max(one, other) : std::min(one, other);
}

} // namespace

store::Contact contactOf(const Person& person) {
    return {person.key, person.name, person.alias, person.trust, person.metAt, person.expected};
}

bool isSamePlace(const store::ContactAddress& one, const store::ContactAddress& other) {
    return one.host == other.host && one.port == other.port && one.network == other.network;
}

void note(QList<store::ContactAddress>& addresses, const store::ContactAddress& seen) {
    store::ContactAddress noted = seen;
    addresses.removeIf([&](const store::ContactAddress& each) {
        const bool isIt = isSamePlace(each, seen);
        noted.reached = noted.reached || (isIt && each.reached);
        return isIt;
    });
    const auto later = std::find_if(addresses.cbegin(), addresses.cend(),
                                    [&](const auto& each) { return each.seenAt <= noted.seenAt; });
    addresses.insert(later, noted);
    int origins = 0;
    addresses.removeIf([&origins](const store::ContactAddress& each) {
        return each.port == 0 && ++origins > limits::contactOrigins;
    });
    if (addresses.size() > limits::contactAddresses)
        addresses.resize(limits::contactAddresses);
}

// --- reading ---------------------------------------------------------------------------------------------

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
    if (reading.open > 0)
        return; // of this same store, which gives them in its order
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
    if (reading.failure && history.state() == History::State::Opening)
        return; // it tells when that has come to an end
    hasRead = true;
    if (!history.readable())
        return becomeReady();
    if (reading.failure)
        fail(*reading.failure); // what else could be read still counts
    take();
}

void People::Private::take() {
    QHash<PublicKey, Person> stored;
    for (const store::Contact& contact : std::as_const(reading.contacts)) {
        if (removed.contains(contact.key))
            continue;
        Person person{contact.key,   contact.name,  contact.alias,
                      contact.trust, contact.metAt, contact.expected,
                      false,         false,         reading.addresses.value(contact.key)};
        stored.insert(contact.key, person);
    }
    const QHash<PublicKey, Person> before = std::exchange(known, stored);
    for (const Person& mine : before) {
        const auto theirs = stored.constFind(mine.key);
        writeMissing(mine, theirs == stored.cend() ? nullptr : &*theirs);
    }
    const QSet<PublicKey> blockedBefore = takeBlocks();
    takeBlockedAddresses();
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

/// Those that were blocked before.
QSet<PublicKey> People::Private::takeBlocks() {
    QSet<PublicKey> blockedBefore = blockedKeys;
    for (const store::Block& block : std::as_const(reading.blocks)) {
        if (block.key && !unblocked.contains(*block.key))
            blockedKeys.insert(*block.key);
    }
    for (const PublicKey& key : std::as_const(blockedBefore)) {
        const auto isIt = [&key](const store::Block& block) { return block.key == key; };
        if (std::none_of(reading.blocks.cbegin(), reading.blocks.cend(), isIt))
            (void)addBlock(key);
    }
    return blockedBefore;
}

void People::Private::takeBlockedAddresses() {
    const QSet<QString> before = blockedAddresses;
    QSet<QString> stored;
    for (const store::Block& block : std::as_const(reading.blocks)) {
        if (!block.key && !unblockedAddresses.contains(block.address))
            stored.insert(block.address);
    }
    blockedAddresses.unite(stored);
    for (const QString& host : before - stored)
        (void)addBlock(host);
    if (blockedAddresses != before)
        Q_EMIT people.blockedAddressesChanged();
}

/// What is known here and not there is stored there; in `known`, they become one.
void People::Private::writeMissing(const Person& mine, const Person* stored) {
    Person one = mine;
    if (stored != nullptr) {
        one.trust = std::max(mine.trust, stored->trust); // a stop is above them all
        one.name = mine.name.isEmpty() ? stored->name : mine.name;
        one.alias = mine.alias.isEmpty() ? stored->alias : mine.alias;
        one.metAt = firstMeeting(mine.metAt, stored->metAt);
        // Whom we have met since then has used it up.
        one.expected = mine.expected || (stored->expected && mine.metAt == 0);
        one.addresses = stored->addresses;
        for (const store::ContactAddress& address : mine.addresses)
            note(one.addresses, address);
    }
    known.insert(one.key, one);
    if (stored == nullptr || contactOf(*stored) != contactOf(one))
        (void)write<core::Done>([&](store::Store& store) { return store.putContact(contactOf(one)); });
    for (const store::ContactAddress& address : std::as_const(one.addresses)) {
        if (stored == nullptr || !stored->addresses.contains(address))
            (void)write<core::Done>([&](store::Store& store) { return store.noteAddress(one.key, address); });
    }
}

void People::Private::becomeReady() {
    const bool first = !std::exchange(people.ready_, true);
    for (const Held& each : std::exchange(held, {}))
        putNow(each);
    if (first)
        Q_EMIT people.ready();
}

// --- writing ---------------------------------------------------------------------------------------------

void People::Private::fail(const Error& error) {
    history.noteFailure(error);
    Q_EMIT people.failed(error);
}

store::PendingStatus People::Private::addBlock(const PublicKey& key) {
    const store::Block block{key, {}, QDateTime::currentMSecsSinceEpoch()};
    return write<core::Done>([&](store::Store& store) { return store.addBlock(block); });
}

store::PendingStatus People::Private::addBlock(const QString& host) {
    const store::Block block{std::nullopt, host, QDateTime::currentMSecsSinceEpoch()};
    return write<core::Done>([&](store::Store& store) { return store.addBlock(block); });
}

store::PendingStatus People::Private::put(const PublicKey& key) {
    // A future takes one continuation, and the caller's is not ours.
    const Held write{key, std::make_shared<QPromise<core::Status>>()};
    write.promise->start();
    store::PendingStatus future = write.promise->future();
    if (holds())
        held << write;
    else
        putNow(write);
    return future;
}

void People::Private::putNow(const Held& write) {
    const auto finish = [promise = write.promise](const core::Status& done) {
        promise->addResult(done);
        promise->finish();
    };
    const auto at = known.constFind(write.key);
    if (at == known.cend())
        return finish(Error{Reason::UnknownPeer, 0, "removed meanwhile"});
    const auto stored =
        history.write<core::Done>([&](store::Store& store) { return store.putContact(contactOf(*at)); });
    store::whenDone(stored, &people, [this, finish](const core::Status& done) {
        if (!done)
            fail(done.error());
        finish(done);
    });
}

} // namespace kith::model

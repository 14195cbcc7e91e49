#include "core/kith_id.h"
#include "core/limits.h"
#include "core/signing.h"
#include "model/clean_name.h"
#include "model/local_addresses.h"
#include "model/people_private.h"

#include <QDateTime>

#include <algorithm>
#include <iterator>
#include <utility>

namespace kith::model {

namespace limits = core::limits;
using core::Error;
using core::PublicKey;
using core::Reason;
using store::Trust;

namespace {

/// A private address is somebody else's in another network.
bool isHere(const store::ContactAddress& address) {
    return address.network.isEmpty() || address.network == networkOf(address.host.toStdString());
}

/// Trust after one more proof: it only rises, and no proof lifts a stop.
Trust risen(Trust now, Trust proof) {
    if (now == Trust::KeyChanged || proof == Trust::KeyChanged)
        return now;
    return std::max(now, proof);
}

} // namespace

// --- Person ----------------------------------------------------------------------------------------------

QString Person::shownName() const {
    if (!alias.isEmpty())
        return alias;
    return name.isEmpty() ? QString::fromStdString(core::shortKithId(key)) : name;
}

People::People(History& history, QObject* parent)
    : QObject(parent)
    , d_(std::make_unique<Private>(*this, history)) {
    connect(&history, &History::stateChanged, this, [this] { d_->onHistoryChanged(); });
    d_->onHistoryChanged();
}

People::~People() = default;

// --- asking ----------------------------------------------------------------------------------------------

QList<Person> People::all() const {
    QList<Person> people = d_->known.values();
    std::sort(people.begin(), people.end(), [](const Person& one, const Person& other) {
        const int order = QString::localeAwareCompare(one.shownName(), other.shownName());
        return order != 0 ? order < 0 : one.key < other.key;
    });
    return people;
}

bool People::isFull() const {
    return static_cast<std::size_t>(d_->known.size()) >= limits::contacts;
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

QList<PublicKey> People::blocked() const {
    QList<PublicKey> keys = d_->blockedKeys.values();
    std::sort(keys.begin(), keys.end(), [](const PublicKey& one, const PublicKey& other) {
        return one.view().compare(other.view()) < 0;
    });
    return keys;
}

QStringList People::blockedAddresses() const {
    QStringList hosts = d_->blockedAddresses.values();
    hosts.sort();
    return hosts;
}

const Person* People::atAddress(const core::Endpoint& where) const {
    const QString host = QString::fromStdString(where.host);
    const Person* found = nullptr;
    qint64 seenAt = 0;
    for (const Person& person : std::as_const(d_->known)) {
        for (const store::ContactAddress& address : person.addresses) {
            if (!address.reached || address.host != host || address.port != where.port ||
                (found && address.seenAt <= seenAt) || !isHere(address))
                continue;
            found = &person;
            seenAt = address.seenAt;
        }
    }
    return found;
}

QList<store::ContactAddress> People::addressesHere(const PublicKey& key) const {
    QList<store::ContactAddress> here;
    if (const Person* person = find(key)) {
        std::ranges::copy_if(person->addresses, std::back_inserter(here),
                             [](const auto& each) { return each.port != 0 && isHere(each); });
    }
    return here;
}

void People::forEachProved(const std::function<void(const store::ContactAddress&)>& visit) const {
    for (const Person& person : std::as_const(d_->known)) {
        for (const store::ContactAddress& address : person.addresses) {
            if (address.reached || address.port == 0)
                visit(address);
        }
    }
}

bool People::looksLikeContact(const QString& name, const PublicKey& key) const {
    return d_->names.isTaken(cleaned(name), key);
}

store::Contact People::asMet(const PublicKey& key, const QString& name, Trust trust) const {
    store::Contact contact{key, {}, {}, Trust::Unverified, QDateTime::currentMSecsSinceEpoch()};
    if (const Person* known = find(key))
        contact = contactOf(*known);
    if (contact.metAt == 0)
        contact.metAt = QDateTime::currentMSecsSinceEpoch();
    contact.expected = false; // it is used up
    if (const QString given = cleaned(name); !given.isEmpty())
        contact.name = given;
    contact.trust = risen(contact.trust, trust);
    return contact;
}

// --- changing --------------------------------------------------------------------------------------------

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

store::PendingStatus People::Private::changeTrust(const PublicKey& key, Trust trust, StoppedBy by) {
    const auto at = known.find(key);
    if (at == known.end() || at->trust == trust)
        return nothingToStore();
    at->trust = trust;
    at->stoppedBy = by;
    store::PendingStatus stored = put(key);
    tell({key});
    return stored;
}

store::PendingStatus People::meet(const PublicKey& key, const QString& name, Trust trust) {
    if (!core::isUsableKey(key)) {
        const Error nobody{Reason::KeyInvalid, 0, "nobody can have this key"};
        return QtFuture::makeReadyFuture(core::Status(nobody));
    }
    return d_->know(asMet(key, name, trust));
}

store::PendingStatus People::expect(const PublicKey& key, const QString& name) {
    if (!core::isUsableKey(key))
        return meet(key, name, Trust::Unverified);
    const Person* const person = find(key);
    store::Contact contact = person != nullptr ? contactOf(*person) : asMet(key, name, Trust::Unverified);
    if (person == nullptr)
        contact.metAt = 0;
    contact.expected = true;
    return d_->know(contact);
}

store::PendingStatus People::Private::know(const store::Contact& contact) {
    const PublicKey& key = contact.key;
    const bool isSame = known.contains(key) && contactOf(known[key]) == contact;
    removed.remove(key);
    Person& person = known[key];
    person.key = key;
    person.name = contact.name;
    person.trust = contact.trust;
    person.metAt = contact.metAt;
    person.expected = contact.expected;
    person.blocked = blockedKeys.contains(key);
    QSet<PublicKey> turned = refreshName(person);
    store::PendingStatus stored = put(key);
    if (!isSame)
        turned.insert(key);
    tell(turned);
    return stored;
}

store::PendingStatus People::rename(const PublicKey& key, const QString& alias) {
    const auto at = d_->known.find(key);
    const QString name = cleaned(alias);
    if (at == d_->known.end() || at->alias == name)
        return nothingToStore();
    at->alias = name;
    QSet<PublicKey> turned = d_->refreshName(*at);
    store::PendingStatus stored = d_->put(key);
    turned.insert(key);
    d_->tell(turned);
    return stored;
}

store::PendingStatus People::setCompared(const PublicKey& key, bool agree) {
    return agree ? d_->changeTrust(key, Trust::ByCompare)
                 : d_->changeTrust(key, Trust::KeyChanged, StoppedBy::Comparing);
}

store::PendingStatus People::setKeyChanged(const PublicKey& key) {
    return d_->changeTrust(key, Trust::KeyChanged, StoppedBy::OtherKey);
}

store::PendingStatus People::resume(const PublicKey& key) {
    if (const Person* person = find(key); person != nullptr && person->stopped())
        return d_->changeTrust(key, Trust::Unverified);
    return nothingToStore();
}

store::PendingStatus People::block(const PublicKey& key) {
    if (isBlocked(key))
        return nothingToStore();
    d_->blockedKeys.insert(key);
    d_->unblocked.remove(key);
    if (const auto at = d_->known.find(key); at != d_->known.end())
        at->blocked = true;
    store::PendingStatus stored = d_->addBlock(key);
    d_->tell({key});
    return stored;
}

store::PendingStatus People::unblock(const PublicKey& key) {
    if (!d_->blockedKeys.remove(key))
        return nothingToStore();
    if (const auto at = d_->known.find(key); at != d_->known.end())
        at->blocked = false;
    d_->unblocked.insert(key);
    store::PendingStatus stored = d_->write<bool>([&](store::Store& store) {
        return store.removeBlock({key, {}, 0});
    });
    d_->tell({key});
    return stored;
}

store::PendingStatus People::blockAddress(const QString& host) {
    if (host.isEmpty() || isAddressBlocked(host))
        return nothingToStore();
    d_->blockedAddresses.insert(host);
    d_->unblockedAddresses.remove(host);
    store::PendingStatus stored = d_->addBlock(host);
    Q_EMIT blockedAddressesChanged();
    return stored;
}

store::PendingStatus People::unblockAddress(const QString& host) {
    if (!d_->blockedAddresses.remove(host))
        return nothingToStore();
    d_->unblockedAddresses.insert(host);
    store::PendingStatus stored = d_->write<bool>([&](store::Store& store) {
        return store.removeBlock({std::nullopt, host, 0});
    });
    Q_EMIT blockedAddressesChanged();
    return stored;
}

store::PendingStatus People::remove(const PublicKey& key) {
    if (d_->known.remove(key) == 0)
        return nothingToStore();
    QSet<PublicKey> turned;
    for (const PublicKey& each : d_->names.remove(key)) {
        if (const auto at = d_->known.find(each); at != d_->known.end()) {
            at->looksLikeAnother = d_->names.isAlike(each);
            turned.insert(each);
        }
    }
    d_->removed.insert(key);
    const auto promise = std::make_shared<QPromise<core::Status>>();
    promise->start();
    store::PendingStatus future = promise->future();
    const auto gone =
        d_->history.write<core::Done>([&](store::Store& store) { return store.removeContact(key); });
    store::whenDone(gone, this, [this, promise](const core::Status& done) {
        // It may not have been stored yet.
        const bool isGone = done.ok() || done.error().reason == Reason::UnknownPeer;
        if (!isGone)
            d_->fail(done.error());
        promise->addResult(isGone ? core::Status(core::Done{}) : done);
        promise->finish();
    });
    turned.insert(key);
    d_->tell(turned);
    return future;
}

void People::noteAddress(const PublicKey& key, const core::Endpoint& where, const QString& network) {
    if (where.port != 0)
        d_->noteSeen(key, where, network, true);
}

void People::noteCame(const PublicKey& key, const std::string& host) {
    d_->noteSeen(key, {host, 0}, {}, false);
}

void People::noteTold(const PublicKey& key, const core::Endpoint& where, const QString& network) {
    if (where.port != 0)
        d_->noteSeen(key, where, network, false);
}

void People::Private::noteSeen(const PublicKey& key, const core::Endpoint& where, const QString& network,
                               bool reached) {
    const auto at = known.find(key);
    if (at == known.end() || where.host.empty() || where.host.size() > limits::hostName)
        return;
    // Later than any before, whatever the clock says, so that the order is the same after a restart.
    const qint64 last = at->addresses.isEmpty() ? 0 : at->addresses.front().seenAt;
    const store::ContactAddress seen{QString::fromStdString(where.host), where.port, network,
                                     std::max(QDateTime::currentMSecsSinceEpoch(), last + 1), reached};
    // Who was reached there last is not for them to say.
    const bool isNews = std::ranges::none_of(at->addresses, [&](const store::ContactAddress& each) {
        return !reached && each.reached && isSamePlace(each, seen);
    });
    if (!isNews)
        return;
    note(at->addresses, seen);
    if (!holds()) // otherwise it is stored with the rest
        (void)write<core::Done>([&](store::Store& store) { return store.noteAddress(key, seen); });
    tell({key});
}

} // namespace kith::model

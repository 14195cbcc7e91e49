// What the two sources of People share. Included by them alone.
#pragma once

#include "model/history.h"
#include "model/people.h"
#include "model/shown_names.h"

#include <QHash>
#include <QPromise>
#include <QSet>

#include <functional>
#include <memory>
#include <optional>

namespace kith::model {

/// What is known, and its way to and from the history; GUI thread.
struct People::Private {
    /// What is read, until all of it is there.
    struct Reading {
        int open = 0; ///< reads that have not come back
        QList<store::Contact> contacts;
        QHash<core::PublicKey, QList<store::ContactAddress>> addresses;
        QList<store::Block> blocks;
        std::optional<core::Error> failure;
    };
    /// A write that came before what is stored was known, and would have replaced it.
    struct Held {
        core::PublicKey key;
        std::shared_ptr<QPromise<core::Status>> promise;
    };

    Private(People& owner, History& store)
        : people(owner)
        , history(store) {}

    People& people;
    History& history;
    QHash<core::PublicKey, Person> known;
    ShownNames names;
    QSet<core::PublicKey> blockedKeys;
    QSet<QString> blockedAddresses;
    // Taken away since the start, and not wanted back from what is stored, whenever that is read.
    QSet<core::PublicKey> removed;
    QSet<core::PublicKey> unblocked;
    QSet<QString> unblockedAddresses;
    Reading reading;
    bool hasRead = false;
    QList<Held> held;

    [[nodiscard]] bool holds() const { return !people.ready_ || reading.open > 0; }

    // In people_history.cpp.
    void onHistoryChanged();
    void read();
    template <typename T>
    void readInto(T& place, store::Pending<T> pending);
    void onRead();
    void take();
    QSet<core::PublicKey> takeBlocks();
    void takeBlockedAddresses();
    void becomeReady();

    void fail(const core::Error& error);
    /// What cannot be stored is told with failed(), beside what the future says.
    template <typename T>
    store::PendingStatus write(const std::function<store::Pending<T>(store::Store&)>& call);
    store::PendingStatus addBlock(const core::PublicKey& key);
    store::PendingStatus addBlock(const QString& host);
    store::PendingStatus put(const core::PublicKey& key);
    void putNow(const Held& held);
    void writeMissing(const Person& mine, const Person* stored);

    // In people.cpp.
    /// The keys whose marks have changed by it.
    QSet<core::PublicKey> refreshName(const Person& person);
    void tell(QSet<core::PublicKey> keys);
    store::PendingStatus know(const store::Contact& contact);
    void noteSeen(const core::PublicKey& key, const core::Endpoint& where, const QString& network,
                  bool reached);
    store::PendingStatus changeTrust(const core::PublicKey& key, store::Trust trust,
                                     StoppedBy by = StoppedBy::EarlierRun);
};

template <typename T>
store::PendingStatus People::Private::write(const std::function<store::Pending<T>(store::Store&)>& call) {
    // A future takes one continuation, and the caller's is not ours.
    const auto promise = std::make_shared<QPromise<core::Status>>();
    promise->start();
    store::PendingStatus future = promise->future();
    store::whenDone(history.write(call), &people, [this, promise](const core::Result<T>& done) {
        if (!done)
            fail(done.error());
        promise->addResult(done ? core::Status(core::Done{}) : core::Status(done.error()));
        promise->finish();
    });
    return future;
}

/// Nothing had to be stored.
[[nodiscard]] inline store::PendingStatus nothingToStore() {
    return QtFuture::makeReadyFuture(core::Status(core::Done{}));
}

/// As it is stored.
[[nodiscard]] store::Contact contactOf(const Person& person);
/// The same place, whenever it was seen.
[[nodiscard]] bool isSamePlace(const store::ContactAddress& one, const store::ContactAddress& other);
/// Among them, the last seen first, at most limits::contactAddresses. Once reached is reached.
void note(QList<store::ContactAddress>& addresses, const store::ContactAddress& seen);

} // namespace kith::model

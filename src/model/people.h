// Everybody this profile knows by a key, and whom it wants nothing of.
#pragma once

#include "core/bytes.h"
#include "core/endpoint.h"
#include "core/result.h"
#include "store/store.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace kith::model {

class History;

/// Why a contact is stopped.
enum class StoppedBy : quint8 {
    EarlierRun, ///< it was so when Kith was started: another key, or numbers that differed
    OtherKey,   ///< a host said to be this contact has shown another key
    Comparing,  ///< the safety numbers differed
};

/// Somebody known by a key, as window and terminal show them. A value.
struct Person {
    core::PublicKey key{};
    QString name;  ///< what they call themselves: cleaned, hostile all the same; may be empty
    QString alias; ///< what our person calls them; empty: nothing
    store::Trust trust = store::Trust::Unverified;
    qint64 metAt = 0; ///< 0: let in by People::expect(), and not here yet
    /// Our person has let them in ahead, whatever they know of us: until they come, People::expect().
    bool expected = false;
    bool blocked = false;
    /// Another contact's shown name looks the same (look_alike.h): a mark and the Kith ID go with the name.
    bool looksLikeAnother = false;
    QList<store::ContactAddress> addresses;      ///< the last seen first
    StoppedBy stoppedBy = StoppedBy::EarlierRun; ///< where it is stopped(); not stored

    /// Alias, else name, else the beginning of the Kith ID.
    [[nodiscard]] QString shownName() const;
    [[nodiscard]] bool verified() const {
        return trust == store::Trust::ByInvite || trust == store::Trust::ByCompare;
    }
    /// Its key has changed, and a person has not decided yet.
    [[nodiscard]] bool stopped() const { return trust == store::Trust::KeyChanged; }
    bool operator==(const Person&) const = default;
};

/// The contacts and blocks of one profile, all in memory, so that who calls is known without waiting; every
/// change is written behind it through the history, and told with failed() where that cannot be (then it
/// holds until Kith ends). Where the history is opened again, or begun anew, what it holds and what is known
/// here become one: nobody is forgotten, and the lesser trust gives way (but to a stop). Owned by main(); GUI
/// thread; the history must outlive it. Empty until ready().
class People final : public QObject {
    Q_OBJECT

public:
    explicit People(History& history, QObject* parent = nullptr);
    ~People() override;

    /// What is stored has been read, or it is known that nothing can be.
    [[nodiscard]] bool isReady() const { return ready_; }
    /// limits::contacts are known: strangers become contacts only where a person says so.
    [[nodiscard]] bool isFull() const;
    /// Contacts, by shown name.
    [[nodiscard]] QList<Person> all() const;
    /// Null where the key is no contact's; valid until the next change.
    [[nodiscard]] const Person* find(const core::PublicKey& key) const;
    /// Also of keys that are no contact's, and of addresses (as core::toText without the port).
    [[nodiscard]] bool isBlocked(const core::PublicKey& key) const;
    [[nodiscard]] bool isAddressBlocked(const QString& host) const;
    /// Every key that is blocked, in the order of the keys, and every address, in their order.
    [[nodiscard]] QList<core::PublicKey> blocked() const;
    [[nodiscard]] QStringList blockedAddresses() const;
    /// The contact who was reached at this address last, in the network this computer is in now: a typed
    /// address expects its key. Null where an address was only told.
    [[nodiscard]] const Person* atAddress(const core::Endpoint& where) const;
    /// Every address where a contact was reached or came from, in no order.
    void forEachProved(const std::function<void(const store::ContactAddress&)>& visit) const;
    /// Does this name look like the shown name of a contact who has another key?
    [[nodiscard]] bool looksLikeContact(const QString& name, const core::PublicKey& key) const;

    /// Met for the first time, or again: the name they give now (cleaned) replaces the one before, unless
    /// they give none; trust only rises, and a stopped contact stays so. The future finishes when it is
    /// stored (a first contact's conversation needs its row). Errors: KeyInvalid (nobody can have that key:
    /// nothing is changed), and those of the store.
    store::PendingStatus meet(const core::PublicKey& key, const QString& name, store::Trust trust);
    /// Let in before they are here: a contact from now on, who comes in without a question until meet() is
    /// called. Of one who is known already nothing else changes.
    store::PendingStatus expect(const core::PublicKey& key, const QString& name);
    /// What meet() would store: for Invites::use(), after which meet() is called all the same.
    [[nodiscard]] store::Contact asMet(const core::PublicKey& key, const QString& name,
                                       store::Trust trust) const;
    // Each of these does nothing where the key is no contact's, but for blocks. The future finishes when what
    // was changed is stored, at once where nothing was; errors: those of the store.
    /// Our person's name for them, cleaned; empty takes it away. Nothing else changes.
    store::PendingStatus rename(const core::PublicKey& key, const QString& alias);
    /// The safety numbers were compared: they agree, or they differ (then the contact is stopped).
    store::PendingStatus setCompared(const core::PublicKey& key, bool agree);
    /// A host said to be this contact has shown another key.
    store::PendingStatus setKeyChanged(const core::PublicKey& key);
    /// A person goes on with the key that was always known: unverified from then on.
    store::PendingStatus resume(const core::PublicKey& key);
    store::PendingStatus block(const core::PublicKey& key);
    store::PendingStatus unblock(const core::PublicKey& key);
    /// Whoever comes from there, with whatever key. `host` as of isAddressBlocked(); an empty one is none.
    store::PendingStatus blockAddress(const QString& host);
    store::PendingStatus unblockAddress(const QString& host);
    /// With everything that was said, and every address; a block stays.
    store::PendingStatus remove(const core::PublicKey& key);
    /// Their key has answered there now. `network`: where such an address means them (see
    /// store::ContactAddress).
    void noteAddress(const core::PublicKey& key, const core::Endpoint& where, const QString& network);
    /// They, or an invite of theirs, say that they can be reached there, which may be anybody's address: they
    /// are looked for there, and nobody is expected there.
    void noteTold(const core::PublicKey& key, const core::Endpoint& where, const QString& network);
    /// They have proved who they are, and came from there: from now on strangers do not keep out who comes
    /// from there (limits::contactAddressLife).
    void noteCame(const core::PublicKey& key, const std::string& host);
    /// Of a contact's addresses those that can mean them in the network this computer is in now, the last
    /// seen first.
    [[nodiscard]] QList<store::ContactAddress> addressesHere(const core::PublicKey& key) const;

Q_SIGNALS:
    void ready();
    /// This contact was added, changed or removed.
    void changed(const kith::core::PublicKey& key);
    /// blockedAddresses() is another.
    void blockedAddressesChanged();
    void failed(const kith::core::Error& why);

private:
    struct Private;

    bool ready_ = false;
    std::unique_ptr<Private> d_;
};

} // namespace kith::model

// The invites that this profile has given out.
#pragma once

#include "core/endpoint.h"
#include "core/invite.h"
#include "core/result.h"
#include "store/store.h"

#include <QDateTime>
#include <QFuture>
#include <QList>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace kith::model {

class History;

/// One invite of ours, as it is listed.
struct GivenInvite {
    core::InviteId id{};
    QDateTime made;
    QDateTime expires;
    std::optional<core::PublicKey> usedBy; ///< who came by it
    /// Good for somebody who has not come yet.
    [[nodiscard]] bool isAlive(const QDateTime& now) const { return !usedBy && now < expires; }
};

/// Makes, lists, revokes and redeems invites. All in memory, written through the history before it is given
/// out or counts as spent. Owned by main(); GUI thread; the history must outlive it; never blocks.
class Invites final : public QObject {
    Q_OBJECT

public:
    explicit Invites(History& history, QObject* parent = nullptr);
    ~Invites() override;

    [[nodiscard]] bool isReady() const;
    /// The newest first, the spent and expired of the last 30 days among them.
    [[nodiscard]] QList<GivenInvite> all() const;

    /// A new one, stored before its link is given. `addresses`: where this side can be reached, best first;
    /// `name`: ours. Errors: InvitesFull, AddressInvalid (no address), and those of the store.
    [[nodiscard]] QFuture<core::Result<QString>> make(const core::PublicKey& self,
                                                      const std::vector<core::Endpoint>& addresses,
                                                      const QString& name, const QDateTime& until);
    /// The link of the newest that this made before and nobody has used, with the addresses as they are now;
    /// a new one, good for limits::inviteLife, where there is none: for a program that shows one each time it
    /// starts. One that make() made is somebody's, and never shown. Errors as of make().
    [[nodiscard]] QFuture<core::Result<QString>>
    shown(const core::PublicKey& self, const std::vector<core::Endpoint>& addresses, const QString& name);
    /// `id`: the whole, or a unique beginning, in hexadecimal. From here on nobody comes in by it; the future
    /// finishes when that is stored. Errors: UnknownPeer at once, those of the store later.
    core::Result<store::PendingStatus> revoke(const QString& id);

    /// The secret of an invite that is alive, or spent on this very key; nothing where its bearer is a
    /// stranger.
    [[nodiscard]] std::optional<core::InviteSecret>
    secretFor(const core::InviteId& id, const core::PublicKey& caller, const QDateTime& now) const;
    /// In one transaction: spent on this key, and its contact stored (store::Store::useInvite). The proof was
    /// checked.
    [[nodiscard]] QFuture<core::Result<store::InviteUse>> use(const core::InviteId& id,
                                                              const store::Contact& contact);

Q_SIGNALS:
    void ready();
    void changed();
    void failed(const kith::core::Error& why);

private:
    struct Private;
    std::unique_ptr<Private> d_;
};

} // namespace kith::model

#include "model/invites.h"

#include "core/limits.h"
#include "core/signing.h"
#include "core/text.h"
#include "model/history.h"

#include <QPromise>
#include <QSet>

#include <algorithm>
#include <utility>

namespace kith::model {

namespace limits = core::limits;
using core::Error;
using core::PublicKey;
using core::Reason;

namespace {

bool isAlive(const store::Invite& invite, qint64 now) {
    return !invite.usedBy && now < invite.expiresAt;
}

QString hexOf(const core::InviteId& id) {
    return QString::fromLatin1(store::toByteArray(id).toHex());
}

std::string linkOf(const PublicKey& self, const std::vector<core::Endpoint>& addresses, const QString& name,
                   const core::InviteId& id, const core::InviteSecret& secret) {
    return core::toLink({addresses, self, id, secret, core::cleanName(name.toStdString())});
}

} // namespace

/// What is stored, the newest last, and its way to and from the history.
struct Invites::Private {
    Private(Invites& owner, History& store)
        : invites(owner)
        , history(store) {}

    Invites& invites;
    History& history;
    QList<store::Invite> given;
    bool ready = false;
    bool reading = false;
    bool hasRead = false;
    bool stale = false;           ///< one was stored or spent while they were read: they are read once more
    QSet<core::InviteId> revoked; ///< since the start, whatever is read

    void onHistoryChanged();
    void read();
    void take(const QList<store::Invite>& stored);
    void becomeReady();
    void fail(const Error& error);
    QFuture<core::Result<QString>> make(const PublicKey& self, const std::vector<core::Endpoint>& addresses,
                                        const QString& name, const QDateTime& until, bool isShown);
    void add(const store::Invite& invite, const std::function<void(const core::Status&)>& then);
    [[nodiscard]] QList<store::Invite>::iterator find(const core::InviteId& id);
    void noteUse(const core::InviteId& id, const PublicKey& key, store::InviteUse use);
};

// --- reading ---------------------------------------------------------------------------------------------

Invites::Invites(History& history, QObject* parent)
    : QObject(parent)
    , d_(std::make_unique<Private>(*this, history)) {
    connect(&history, &History::stateChanged, this, [this] { d_->onHistoryChanged(); });
    d_->onHistoryChanged();
}

Invites::~Invites() = default;

bool Invites::isReady() const {
    return d_->ready;
}

void Invites::Private::onHistoryChanged() {
    switch (history.state()) {
    case History::State::Opening:
        hasRead = false;
        read();
        break;
    case History::State::Open:
    case History::State::ReadOnly:
        if (!hasRead)
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

void Invites::Private::read() {
    if (std::exchange(reading, true))
        return;
    stale = false;
    store::whenDone(history.store().invites(), &invites,
                    [this](const core::Result<QList<store::Invite>>& stored) {
                        reading = false;
                        if (!stored && history.state() == History::State::Opening)
                            return; // it tells when that has come to an end
                        if (stored && stale)
                            return read();
                        hasRead = true;
                        if (stored)
                            take(*stored);
                        else if (history.readable())
                            fail(stored.error());
                        becomeReady();
                    });
}

void Invites::Private::take(const QList<store::Invite>& stored) {
    const QList<store::Invite> before = std::exchange(given, stored);
    given.removeIf([this](const store::Invite& invite) { return revoked.contains(invite.id); });
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    // A history that was begun anew: people hold these.
    for (const store::Invite& invite : before) {
        if (!isAlive(invite, now) || find(invite.id) != given.end())
            continue;
        given << invite;
        add(invite, [this](const core::Status& done) {
            if (!done)
                fail(done.error());
        });
    }
    if (ready)
        Q_EMIT invites.changed();
}

void Invites::Private::becomeReady() {
    if (!std::exchange(ready, true))
        Q_EMIT invites.ready();
}

void Invites::Private::fail(const Error& error) {
    history.noteFailure(error);
    Q_EMIT invites.failed(error);
}

void Invites::Private::add(const store::Invite& invite,
                           const std::function<void(const core::Status&)>& then) {
    store::whenDone(history.write<core::Done>([&](store::Store& store) { return store.addInvite(invite); }),
                    &invites, then);
}

QList<store::Invite>::iterator Invites::Private::find(const core::InviteId& id) {
    return std::find_if(given.begin(), given.end(),
                        [&id](const store::Invite& invite) { return invite.id == id; });
}

// --- giving ----------------------------------------------------------------------------------------------

QList<GivenInvite> Invites::all() const {
    const auto oldest = QDateTime::currentMSecsSinceEpoch() -
                        std::chrono::duration_cast<std::chrono::milliseconds>(limits::inviteListed).count();
    QList<GivenInvite> all;
    for (const store::Invite& invite : std::as_const(d_->given)) {
        if (invite.expiresAt > oldest)
            all.prepend({invite.id, QDateTime::fromMSecsSinceEpoch(invite.madeAt),
                         QDateTime::fromMSecsSinceEpoch(invite.expiresAt), invite.usedBy});
    }
    return all;
}

QFuture<core::Result<QString>> Invites::make(const PublicKey& self,
                                             const std::vector<core::Endpoint>& addresses,
                                             const QString& name, const QDateTime& until) {
    return d_->make(self, addresses, name, until, false);
}

QFuture<core::Result<QString>> Invites::Private::make(const PublicKey& self,
                                                      const std::vector<core::Endpoint>& addresses,
                                                      const QString& name, const QDateTime& until,
                                                      bool isShown) {
    using Link = core::Result<QString>;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const qint64 expires = until.toMSecsSinceEpoch();
    if (expires <= now)
        return QtFuture::makeReadyFuture(Link(Error{Reason::UsageError, 0, "it would be over already"}));
    const auto alive = std::count_if(given.cbegin(), given.cend(),
                                     [now](const store::Invite& invite) { return isAlive(invite, now); });
    if (alive >= limits::invitesAlive)
        return QtFuture::makeReadyFuture(Link(Error{Reason::InvitesFull, 0, {}}));
    const store::Invite row{
        core::InviteId::random(), core::InviteSecret::random(), now, expires, {}, isShown};
    const std::string link = linkOf(self, addresses, name, row.id, row.secret);
    if (link.empty())
        return QtFuture::makeReadyFuture(
            Link(Error{Reason::AddressInvalid, 0, "no address to be reached at"}));
    const auto promise = std::make_shared<QPromise<Link>>();
    promise->start();
    QFuture<Link> future = promise->future();
    add(row, [this, row, promise, link](const core::Status& done) {
        if (done) {
            stale = true;
            if (find(row.id) == given.end())
                given << row;
            Q_EMIT invites.changed();
            promise->addResult(QString::fromStdString(link));
        } else if (done.error().reason == Reason::UsageError) {
            promise->addResult(Error{Reason::InvitesFull, 0, done.error().detail});
        } else {
            history.noteFailure(done.error());
            promise->addResult(done.error());
        }
        promise->finish();
    });
    return future;
}

QFuture<core::Result<QString>>
Invites::shown(const PublicKey& self, const std::vector<core::Endpoint>& addresses, const QString& name) {
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto newest =
        std::find_if(d_->given.crbegin(), d_->given.crend(), [&now](const store::Invite& invite) {
            return invite.shown && isAlive(invite, now.toMSecsSinceEpoch());
        });
    if (newest != d_->given.crend()) {
        const std::string link = linkOf(self, addresses, name, newest->id, newest->secret);
        if (!link.empty())
            return QtFuture::makeReadyFuture(core::Result<QString>(QString::fromStdString(link)));
    }
    return d_->make(self, addresses, name, now.addSecs(std::chrono::seconds(limits::inviteLife).count()),
                    true);
}

core::Result<store::PendingStatus> Invites::revoke(const QString& id) {
    const QString beginning = id.toLower();
    const auto fits = [&beginning](const store::Invite& invite) {
        return hexOf(invite.id).startsWith(beginning);
    };
    const auto at = std::find_if(d_->given.begin(), d_->given.end(), fits);
    if (beginning.isEmpty() || at == d_->given.end() ||
        std::find_if(at + 1, d_->given.end(), fits) != d_->given.end())
        return Error{Reason::UnknownPeer, 0, "no invite begins like that, or several do"};
    const core::InviteId revoked = at->id;
    d_->given.erase(at);
    d_->revoked.insert(revoked);
    const auto promise = std::make_shared<QPromise<core::Status>>();
    promise->start();
    store::PendingStatus future = promise->future();
    const auto gone =
        d_->history.write<bool>([&](store::Store& store) { return store.revokeInvite(revoked); });
    store::whenDone(gone, this, [this, promise](const core::Result<bool>& done) {
        if (!done)
            d_->fail(done.error());
        promise->addResult(done ? core::Status(core::Done{}) : core::Status(done.error()));
        promise->finish();
    });
    Q_EMIT changed();
    return future;
}

// --- redeeming -------------------------------------------------------------------------------------------

std::optional<core::InviteSecret> Invites::secretFor(const core::InviteId& id, const PublicKey& caller,
                                                     const QDateTime& now) const {
    const auto at = d_->find(id);
    if (at == d_->given.end())
        return std::nullopt;
    if (at->usedBy ? *at->usedBy == caller : isAlive(*at, now.toMSecsSinceEpoch()))
        return at->secret;
    return std::nullopt;
}

QFuture<core::Result<store::InviteUse>> Invites::use(const core::InviteId& id,
                                                     const store::Contact& contact) {
    using Use = core::Result<store::InviteUse>;
    if (!core::isUsableKey(contact.key))
        return QtFuture::makeReadyFuture(Use(Error{Reason::KeyInvalid, 0, "nobody can have this key"}));
    const auto promise = std::make_shared<QPromise<Use>>();
    promise->start();
    QFuture<Use> future = promise->future();
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const auto spent = d_->history.write<store::InviteUse>(
        [&](store::Store& store) { return store.useInvite(id, contact, now); });
    store::whenDone(spent, this, [this, id, key = contact.key, promise](const Use& used) {
        if (used)
            d_->noteUse(id, key, *used);
        else
            d_->history.noteFailure(used.error());
        promise->addResult(used);
        promise->finish();
    });
    return future;
}

void Invites::Private::noteUse(const core::InviteId& id, const PublicKey& key, store::InviteUse use) {
    const auto at = find(id);
    if (use != store::InviteUse::Accepted || at == given.end() || at->usedBy == key)
        return;
    at->usedBy = key;
    stale = true;
    Q_EMIT invites.changed();
}

} // namespace kith::model

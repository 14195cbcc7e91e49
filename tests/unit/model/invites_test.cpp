#include "core/limits.h"
#include "model/history.h"
#include "model/invites.h"
#include "support/await.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace kith;
using namespace kith::model;
using namespace Qt::StringLiterals;
using core::PublicKey;
using core::Reason;
using store::InviteUse;
using store::Trust;

namespace {

const PublicKey self = PublicKey::random();
const PublicKey ann = PublicKey::random();
const PublicKey eve = PublicKey::random();
const std::vector<core::Endpoint> here = {{"192.0.2.1", 5188}, {"2001:db8::1", 5190}};

QDateTime now() {
    return QDateTime::currentDateTimeUtc();
}

store::Contact contactOf(const PublicKey& key) {
    return {key, u"Somebody"_s, {}, Trust::ByInvite, 1};
}

} // namespace

/// Made for one person, good once, and nothing before it is stored.
class InvitesTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void theLinkIsStoredBeforeItIsGiven();
    void theLinkCarriesWhatWasAsked();
    void everythingComesBack();
    void whatCannotBeReachedOrIsOverIsNotMade();
    void sixtyFourAreAliveAtMost();
    void areListedTheNewestFirstForAMonth();

    void theNewestThatNobodyHasUsedIsShownAgain();
    void oneThatWasMadeForSomebodyIsNeverShown();

    void isSpentOnOneKey();
    void anExpiredOneIsForNobody();
    void whoHasSpentItMayComeAgain();
    void spendingStoresTheContactToo();
    void twoAtOnceAreOneAndNone();
    void row24_aKeyThatNobodyCanHaveSpendsNothing();

    void isRevokedByAUniqueBeginning();
    void revokingCanBeWaitedFor();
    void aRevokedOneIsForNobody();
    void oneRevokedWhileTheyAreReadStaysRevoked();

    void aHistoryBegunAnewKeepsThoseThatPeopleHold();
    void withoutAHistoryNoneIsGiven();

private:
    void open();
    void restart();
    core::Result<QString> make(const QDateTime& until = now().addDays(7));
    core::Invite made(const QDateTime& until = now().addDays(7));
    std::optional<InviteUse> use(const core::InviteId& id, const PublicKey& key);
    QList<store::Invite> stored();

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<History> history_;
    std::unique_ptr<Invites> invites_;
};

void InvitesTest::init() {
    folder_ = std::make_unique<QTemporaryDir>();
    open();
}

void InvitesTest::cleanup() {
    invites_.reset();
    history_.reset(); // finishes what is queued
    folder_.reset();
}

void InvitesTest::open() {
    history_ = std::make_unique<History>(folder_->path());
    invites_ = std::make_unique<Invites>(*history_);
    QVERIFY(!invites_->isReady());
    history_->open();
    QTRY_VERIFY(invites_->isReady() && history_->state() == History::State::Open);
}

void InvitesTest::restart() {
    invites_.reset();
    history_.reset();
    open();
}

core::Result<QString> InvitesTest::make(const QDateTime& until) {
    return tests::await(invites_->make(self, here, u"Ann"_s, until)).value_or(core::Error{});
}

/// As the one who got the link reads it.
core::Invite InvitesTest::made(const QDateTime& until) {
    const auto link = make(until);
    const auto invite = core::parseInvite(link ? link->toStdString() : std::string());
    if (!invite)
        QTest::qFail("no invite was made", __FILE__, __LINE__);
    return invite ? *invite : core::Invite{};
}

std::optional<InviteUse> InvitesTest::use(const core::InviteId& id, const PublicKey& key) {
    const auto used = tests::await(invites_->use(id, contactOf(key)));
    return used && *used ? std::optional(**used) : std::nullopt;
}

QList<store::Invite> InvitesTest::stored() {
    const auto all = tests::await(history_->store().invites());
    return all && *all ? **all : QList<store::Invite>();
}

// --- giving ----------------------------------------------------------------------------------------------

void InvitesTest::theLinkIsStoredBeforeItIsGiven() {
    QSignalSpy changed(invites_.get(), &Invites::changed);
    auto future = invites_->make(self, here, u"Ann"_s, now().addDays(7));
    QVERIFY(!future.isFinished() && invites_->all().isEmpty());
    const auto link = tests::await(future);
    QVERIFY(link && link->ok());
    QCOMPARE(stored().size(), 1);
    QCOMPARE(changed.size(), 1);
    const auto invite = core::parseInvite((*link)->toStdString());
    QVERIFY(invite);
    QCOMPARE(stored().front().id, invite->id);
    QCOMPARE(stored().front().secret, invite->secret);
}

void InvitesTest::theLinkCarriesWhatWasAsked() {
    const core::Invite invite = made();
    QCOMPARE(invite.key, self);
    QCOMPARE(invite.name, std::string("Ann"));
    QVERIFY(invite.addresses == here);
    const core::Invite other = made();
    QVERIFY(other.id != invite.id && other.secret != invite.secret);
}

void InvitesTest::everythingComesBack() {
    const core::Invite spent = made();
    const core::Invite alive = made();
    QCOMPARE(use(spent.id, ann), InviteUse::Accepted);
    restart();
    QCOMPARE(invites_->all().size(), 2);
    QCOMPARE(invites_->secretFor(alive.id, eve, now()), alive.secret);
    QCOMPARE(invites_->secretFor(spent.id, ann, now()), spent.secret);
    QCOMPARE(invites_->secretFor(spent.id, eve, now()), std::nullopt);
}

void InvitesTest::whatCannotBeReachedOrIsOverIsNotMade() {
    const auto nowhere = tests::await(invites_->make(self, {}, u"Ann"_s, now().addDays(7)));
    QCOMPARE(nowhere->error().reason, Reason::AddressInvalid);
    const auto over = tests::await(invites_->make(self, here, u"Ann"_s, now().addSecs(-1)));
    QCOMPARE(over->error().reason, Reason::UsageError);
    QVERIFY(stored().isEmpty() && invites_->all().isEmpty());
}

void InvitesTest::sixtyFourAreAliveAtMost() {
    QList<QFuture<core::Result<QString>>> asked;
    for (int n = 0; n < core::limits::invitesAlive + 1; ++n)
        asked << invites_->make(self, here, {}, now().addDays(7)); // before the first is stored
    for (int n = 0; n < core::limits::invitesAlive; ++n)
        QVERIFY(tests::await(asked[n])->ok());
    QCOMPARE(tests::await(asked.last())->error().reason, Reason::InvitesFull);
    QCOMPARE(make().error().reason, Reason::InvitesFull);
    QCOMPARE(stored().size(), core::limits::invitesAlive);
    const core::InviteId any = stored().front().id;
    QCOMPARE(use(any, ann), InviteUse::Accepted); // a spent one makes room
    QVERIFY(make().ok());
}

void InvitesTest::areListedTheNewestFirstForAMonth() {
    const qint64 ms = now().toMSecsSinceEpoch();
    const qint64 listed = std::chrono::milliseconds(core::limits::inviteListed).count();
    const auto add = [this](qint64 madeAt, qint64 expiresAt) {
        const store::Invite invite{
            core::InviteId::random(), core::InviteSecret::random(), madeAt, expiresAt, {}};
        (void)tests::await(history_->store().addInvite(invite));
        return invite.id;
    };
    add(ms - listed - 2000, ms - listed - 1000);
    const auto justOver = add(ms - listed, ms - listed + 600'000);
    const auto alive = add(ms - 1000, ms + 600'000);
    restart();
    const QList<GivenInvite> all = invites_->all();
    QCOMPARE(all.size(), 2);
    QCOMPARE(all[0].id, alive);
    QCOMPARE(all[1].id, justOver);
    QVERIFY(all[0].isAlive(now()) && !all[1].isAlive(now()));
    QCOMPARE(all[0].expires.toMSecsSinceEpoch(), ms + 600'000);
    const core::Invite newest = made();
    QCOMPARE(invites_->all().front().id, newest.id);
}

// --- redeeming -------------------------------------------------------------------------------------------

void InvitesTest::theNewestThatNobodyHasUsedIsShownAgain() {
    const auto shown = [this](const std::vector<core::Endpoint>& addresses) {
        const auto link = tests::await(invites_->shown(self, addresses, u"Ann"_s)).value_or(core::Error{});
        return link ? *core::parseInvite(link->toStdString()) : core::Invite{};
    };
    const core::Invite first = shown(here);
    QCOMPARE(invites_->all().size(), 1);
    restart();
    const core::Invite again = shown({{"192.0.2.7", 5189}});
    QCOMPARE(again.id, first.id);
    QCOMPARE(again.secret, first.secret);
    QCOMPARE(again.addresses.front().host, std::string("192.0.2.7"));
    QCOMPARE(use(first.id, ann), InviteUse::Accepted);
    const core::Invite other = shown(here);
    QVERIFY(other.id != first.id);
    QCOMPARE(invites_->all().size(), 2);
}

void InvitesTest::oneThatWasMadeForSomebodyIsNeverShown() {
    const core::Invite given = made();
    const auto shown = [this] {
        const auto link = tests::await(invites_->shown(self, here, u"Ann"_s)).value_or(core::Error{});
        return link ? core::parseInvite(link->toStdString())->id : core::InviteId{};
    };
    const core::InviteId first = shown();
    QVERIFY(first != given.id && first != core::InviteId{});
    QTest::qWait(2); // a later moment: the newest is somebody's again
    const core::Invite later = made();
    for (int round = 0; round < 2; ++round) {
        QCOMPARE(shown(), first);
        QCOMPARE(invites_->all().size(), 3);
        restart();
    }
    QVERIFY(later.id != first);
}

void InvitesTest::isSpentOnOneKey() {
    const core::Invite invite = made();
    QCOMPARE(invites_->secretFor(invite.id, ann, now()), invite.secret);
    QCOMPARE(invites_->secretFor(core::InviteId::random(), ann, now()), std::nullopt);
    QSignalSpy changed(invites_.get(), &Invites::changed);
    QCOMPARE(use(invite.id, ann), InviteUse::Accepted);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(invites_->all().front().usedBy, ann);
    QVERIFY(!invites_->all().front().isAlive(now()));
    QCOMPARE(invites_->secretFor(invite.id, eve, now()), std::nullopt);
    QCOMPARE(use(invite.id, eve), InviteUse::Spent);
    QCOMPARE(use(core::InviteId::random(), eve), InviteUse::Unknown);
    QCOMPARE(changed.size(), 1);
}

void InvitesTest::anExpiredOneIsForNobody() {
    const QDateTime until = now().addSecs(60);
    const core::Invite invite = made(until);
    QCOMPARE(invites_->secretFor(invite.id, ann, until.addMSecs(-1)), invite.secret);
    QCOMPARE(invites_->secretFor(invite.id, ann, until), std::nullopt);
}

void InvitesTest::whoHasSpentItMayComeAgain() {
    const QDateTime until = now().addSecs(60);
    const core::Invite invite = made(until);
    QCOMPARE(use(invite.id, ann), InviteUse::Accepted);
    QCOMPARE(invites_->secretFor(invite.id, ann, until.addDays(9)), invite.secret);
    QCOMPARE(use(invite.id, ann), InviteUse::Accepted);
}

void InvitesTest::spendingStoresTheContactToo() {
    const core::Invite invite = made();
    QCOMPARE(use(invite.id, ann), InviteUse::Accepted);
    QCOMPARE(**tests::await(history_->store().contacts()), QList<store::Contact>{contactOf(ann)});
}

void InvitesTest::twoAtOnceAreOneAndNone() {
    const core::Invite invite = made();
    auto first = invites_->use(invite.id, contactOf(ann));
    auto second = invites_->use(invite.id, contactOf(eve));
    QCOMPARE(**tests::await(first), InviteUse::Accepted);
    QCOMPARE(**tests::await(second), InviteUse::Spent);
    QCOMPARE(invites_->all().front().usedBy, ann);
    QCOMPARE((*tests::await(history_->store().contacts()))->size(), 1);
}

void InvitesTest::row24_aKeyThatNobodyCanHaveSpendsNothing() {
    const core::Invite invite = made();
    const auto used = tests::await(invites_->use(invite.id, contactOf(PublicKey{}))); // of order 4
    QCOMPARE(used->error().reason, Reason::KeyInvalid);
    QVERIFY((*tests::await(history_->store().contacts()))->isEmpty());
    QVERIFY(!stored().front().usedBy);
    QCOMPARE(invites_->secretFor(invite.id, ann, now()), invite.secret);
}

// --- revoking --------------------------------------------------------------------------------------------

void InvitesTest::isRevokedByAUniqueBeginning() {
    const core::Invite first = made();
    const core::Invite second = made();
    const auto hex = [](const core::Invite& invite) {
        return QString::fromLatin1(store::toByteArray(invite.id).toHex());
    };
    int common = 0;
    while (hex(first)[common] == hex(second)[common])
        ++common;
    for (const QString& wrong :
         QStringList{QString(), hex(first).left(common), u"xyz"_s, hex(first) + u'0'}) {
        const auto refused = invites_->revoke(wrong);
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().reason, Reason::UnknownPeer);
    }
    QCOMPARE(invites_->all().size(), 2);
    QVERIFY(invites_->revoke(hex(first).left(common + 1).toUpper()).ok());
    QCOMPARE(invites_->all().size(), 1);
    QCOMPARE(invites_->all().front().id, second.id);
    QVERIFY(invites_->revoke(hex(second)).ok());
    restart();
    QVERIFY(invites_->all().isEmpty());
}

void InvitesTest::revokingCanBeWaitedFor() {
    const core::Invite invite = made();
    const auto revoked = invites_->revoke(QString::fromLatin1(store::toByteArray(invite.id).toHex()));
    QVERIFY(revoked.ok());
    const auto done = tests::await(*revoked);
    QVERIFY(done && done->ok());
    QVERIFY(stored().isEmpty());
}

void InvitesTest::aRevokedOneIsForNobody() {
    const core::Invite invite = made();
    QVERIFY(invites_->revoke(QString::fromLatin1(store::toByteArray(invite.id).toHex())).ok());
    QCOMPARE(invites_->secretFor(invite.id, ann, now()), std::nullopt); // at once
    QCOMPARE(use(invite.id, ann), InviteUse::Unknown);
    QVERIFY((*tests::await(history_->store().contacts()))->isEmpty());
}

void InvitesTest::oneRevokedWhileTheyAreReadStaysRevoked() {
    const core::Invite invite = made();
    history_->close();
    QTRY_COMPARE(history_->state(), History::State::Closed);
    history_->open(); // and they are read once more
    QVERIFY(invites_->revoke(QString::fromLatin1(store::toByteArray(invite.id).toHex())).ok());
    QTRY_COMPARE(history_->state(), History::State::Open);
    QTRY_VERIFY(stored().isEmpty());
    QTRY_VERIFY(invites_->all().isEmpty());
    restart();
    QVERIFY(invites_->all().isEmpty());
}

// --- the history -----------------------------------------------------------------------------------------

void InvitesTest::aHistoryBegunAnewKeepsThoseThatPeopleHold() {
    const core::Invite alive = made();
    const core::Invite spent = made();
    QCOMPARE(use(spent.id, ann), InviteUse::Accepted);
    history_->close();
    QTRY_COMPARE(history_->state(), History::State::Closed);
    QVERIFY(QFile::rename(folder_->filePath(u"history.sqlite"_s), folder_->filePath(u"old"_s)));
    history_->open();
    QTRY_COMPARE(history_->state(), History::State::Open);
    QTRY_COMPARE(stored().size(), 1);
    QCOMPARE(stored().front().id, alive.id);
    restart();
    QCOMPARE(invites_->secretFor(alive.id, eve, now()), alive.secret);
    QCOMPARE(use(alive.id, eve), InviteUse::Accepted);
}

void InvitesTest::withoutAHistoryNoneIsGiven() {
    history_->close();
    QTRY_COMPARE(history_->state(), History::State::Closed);
    const auto link = make();
    QVERIFY(!link.ok());
    QCOMPARE(link.error().reason, Reason::StoreUnavailable);
    QVERIFY(invites_->all().isEmpty());
}

QTEST_GUILESS_MAIN(InvitesTest)
#include "invites_test.moc"

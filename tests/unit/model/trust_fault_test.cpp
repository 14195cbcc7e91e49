#include "core/limits.h"
#include "model/history.h"
#include "model/identity.h"
#include "model/invites.h"
#include "model/people.h"
#include "support/await.h"
#include "support/fault_vfs.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <csignal>
#include <memory>
#include <thread>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

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
const auto passphrase = u"correct horse \u99ac"_s;

/// While it lives every file of this program is full: a write is answered with EFBIG.
class FilesFull final {
public:
    FilesFull() {
        ::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit none{0, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &none);
    }
    ~FilesFull() { ::setrlimit(RLIMIT_FSIZE, &before_); }
    FilesFull(const FilesFull&) = delete;
    FilesFull& operator=(const FilesFull&) = delete;

private:
    rlimit before_{};
};

/// While it lives this program may do what an ordinary user may, to whom the folder belongs meanwhile.
class OrdinaryUser final {
public:
    explicit OrdinaryUser(const QString& folder) {
        if (::geteuid() != 0)
            return;
        for (const QString& name : QStringList{folder} + filesIn(folder))
            (void)::chown(QFile::encodeName(name).constData(), nobody, nobody);
        (void)::seteuid(nobody);
    }
    ~OrdinaryUser() {
        if (::getuid() == 0)
            (void)::seteuid(0);
    }
    OrdinaryUser(const OrdinaryUser&) = delete;
    OrdinaryUser& operator=(const OrdinaryUser&) = delete;

private:
    static constexpr uid_t nobody = 65534;
    static QStringList filesIn(const QString& folder) {
        QStringList files;
        for (const QFileInfo& file : QDir(folder).entryInfoList(QDir::Files | QDir::Hidden))
            files << file.filePath();
        return files;
    }
};

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList namesIn(const QString& folder) {
    return QDir(folder).entryList(QDir::AllEntries | QDir::System | QDir::Hidden | QDir::NoDotAndDotDot,
                                  QDir::Name);
}

bool settle(Identity& identity) {
    return QTest::qWaitFor([&identity] { return identity.state() != Identity::State::Loading; });
}

PublicKey keyOf(Identity& identity) {
    return tests::await(identity.withKey<PublicKey>(
                            [](const core::SigningKey& key) { return key.publicKey(); }, PublicKey{}))
        .value_or(PublicKey{});
}

std::optional<Reason> reasonOf(const store::PendingStatus& pending) {
    const auto done = tests::await(pending);
    return done && !*done ? std::optional(done->error().reason) : std::nullopt;
}

} // namespace

/// A full disk, a damaged history, a key out of reach: told, nothing given out that was not kept, nothing
/// lost.
class TrustFaultTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void row11_anInviteThatCannotBeStoredIsNotGivenOut();
    void row11_anInviteThatCannotBeSpentAdmitsNobody();
    void aRevokedInviteStaysRevokedThoughThatCannotBeStored();
    void row11_whoCannotBeStoredIsKnownAndTold();
    void row12_aDamagedHistoryStillTellsWhoIsWho();
    void row12_aReadOnlyHistoryTakesNothingAndForgetsNothing();

    void row11_noKeyIsMadeWhereItCannotBeKept();
    void row11_anExportThatDoesNotFitLeavesNothing();
    void row11_anImportThatDoesNotFitChangesNothing();
    void aKeyOutOfReachIsNotReplaced();
    void anImportLeavesNoMomentWithoutAKey();

private:
    void openHistory();
    void fillDisk() { vfs_->setQuota(folder_->path(), tests::FaultVfs::used(folder_->path())); }
    void makeRoom() { vfs_->setQuota(folder_->path(), -1); }
    QString own() { return keys_->filePath(Identity::fileName()); }
    QFuture<core::Result<QString>> askForInvite();
    core::Invite made();

    std::unique_ptr<tests::FaultVfs> vfs_;
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<QTemporaryDir> keys_; ///< an identity's profile
    std::unique_ptr<History> history_;
    std::unique_ptr<People> people_;
    std::unique_ptr<Invites> invites_;
};

void TrustFaultTest::init() {
    vfs_ = std::make_unique<tests::FaultVfs>();
    folder_ = std::make_unique<QTemporaryDir>();
    keys_ = std::make_unique<QTemporaryDir>();
    openHistory();
}

void TrustFaultTest::cleanup() {
    invites_.reset();
    people_.reset();
    history_.reset();
    vfs_.reset();
    keys_.reset();
    folder_.reset();
}

void TrustFaultTest::openHistory() {
    invites_.reset();
    people_.reset();
    history_.reset();
    history_ = std::make_unique<History>(folder_->path(), nullptr, vfs_->name());
    people_ = std::make_unique<People>(*history_);
    invites_ = std::make_unique<Invites>(*history_);
    history_->open();
    QTRY_VERIFY(history_->state() != History::State::Opening);
    QTRY_VERIFY(people_->isReady() && invites_->isReady());
}

QFuture<core::Result<QString>> TrustFaultTest::askForInvite() {
    return invites_->make(self, {{"192.0.2.1", 5188}}, u"Ann"_s, QDateTime::currentDateTimeUtc().addDays(7));
}

core::Invite TrustFaultTest::made() {
    const auto link = tests::await(askForInvite());
    const auto invite = core::parseInvite(link && *link ? (*link)->toStdString() : std::string());
    if (!invite)
        QTest::qFail("no invite was made", __FILE__, __LINE__);
    return invite ? *invite : core::Invite{};
}

// --- the history's disk ----------------------------------------------------------------------------------

void TrustFaultTest::row11_anInviteThatCannotBeStoredIsNotGivenOut() {
    QSignalSpy changed(invites_.get(), &Invites::changed);
    fillDisk();
    std::optional<Reason> why; // a page has room for some
    for (int n = 0; n < core::limits::invitesAlive && !why; ++n) {
        const auto link = tests::await(askForInvite());
        QVERIFY(link);
        if (!*link)
            why = link->error().reason;
    }
    QCOMPARE(why, Reason::StoreFull);
    const qsizetype given = invites_->all().size();
    QCOMPARE(changed.size(), given); // of those that were stored alone
    QCOMPARE((*tests::await(history_->store().invites()))->size(), given);
    QCOMPARE(history_->state(), History::State::Open);
    makeRoom();
    QVERIFY(tests::await(askForInvite())->ok());
    openHistory();
    QCOMPARE(invites_->all().size(), given + 1);
}

void TrustFaultTest::row11_anInviteThatCannotBeSpentAdmitsNobody() {
    const core::Invite invite = made();
    fillDisk();
    const store::Contact somebody{ann, QString(60, u'a'), QString(60, u'b'), Trust::ByInvite, 1};
    const auto used = tests::await(invites_->use(invite.id, somebody));
    QVERIFY(used && !used->ok());
    QCOMPARE(used->error().reason, Reason::StoreFull);
    QVERIFY(!invites_->all().front().usedBy);
    QVERIFY((*tests::await(history_->store().contacts()))->isEmpty());
    makeRoom();
    const auto again = tests::await(invites_->use(invite.id, somebody));
    QVERIFY(again && again->ok());
    QCOMPARE(**again, InviteUse::Accepted);
}

void TrustFaultTest::aRevokedInviteStaysRevokedThoughThatCannotBeStored() {
    const core::Invite invite = made();
    QSignalSpy failed(invites_.get(), &Invites::failed);
    history_->close();
    QTRY_COMPARE(history_->state(), History::State::Closed);
    QVERIFY(invites_->revoke(QString::fromLatin1(store::toByteArray(invite.id).toHex())).ok());
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(invites_->secretFor(invite.id, ann, QDateTime::currentDateTimeUtc()), std::nullopt);
    history_->open();
    QTRY_COMPARE(history_->state(), History::State::Open);
    QCOMPARE((*tests::await(history_->store().invites()))->size(), 1); // read once more, and not taken back
    QTest::qWait(0);
    QCOMPARE(invites_->secretFor(invite.id, ann, QDateTime::currentDateTimeUtc()), std::nullopt);
}

void TrustFaultTest::row11_whoCannotBeStoredIsKnownAndTold() {
    QSignalSpy failed(people_.get(), &People::failed);
    fillDisk();
    std::optional<Reason> why;
    PublicKey last;
    for (int n = 0; n < 200 && !why; ++n) { // a page has room for some
        last = PublicKey::random();
        why = reasonOf(people_->meet(last, QString(60, u'a'), Trust::ByInvite));
    }
    QCOMPARE(why, Reason::StoreFull);
    QCOMPARE(failed.size(), 1);
    QVERIFY(people_->find(last) != nullptr && people_->find(last)->verified());
    people_->setKeyChanged(last);
    makeRoom();
    QCOMPARE(reasonOf(people_->meet(last, {}, Trust::Unverified)), std::nullopt); // with what it is by now
    openHistory();
    QVERIFY(people_->find(last) != nullptr && people_->find(last)->stopped());
}

void TrustFaultTest::row12_aDamagedHistoryStillTellsWhoIsWho() {
    QCOMPARE(reasonOf(people_->meet(ann, u"Ann"_s, Trust::ByCompare)), std::nullopt);
    people_->block(eve);
    const core::Invite invite = made();
    openHistory();
    history_->noteFailure({Reason::StoreDamaged, 11, {}});
    QCOMPARE(history_->state(), History::State::ReadOnly);
    QVERIFY(people_->find(ann)->verified() && people_->isBlocked(eve));
    QCOMPARE(invites_->secretFor(invite.id, ann, QDateTime::currentDateTimeUtc()), invite.secret);
    history_->beginAnew();
    QTRY_COMPARE(history_->state(), History::State::Open);
    QTRY_COMPARE((*tests::await(history_->store().contacts()))->size(), 1);
    openHistory();
    QVERIFY(people_->find(ann) != nullptr && people_->find(ann)->verified() && people_->isBlocked(eve));
    QCOMPARE(invites_->secretFor(invite.id, ann, QDateTime::currentDateTimeUtc()), invite.secret);
}

void TrustFaultTest::row12_aReadOnlyHistoryTakesNothingAndForgetsNothing() {
    QCOMPARE(reasonOf(people_->meet(ann, u"Ann"_s, Trust::ByInvite)), std::nullopt);
    const core::Invite invite = made();
    history_->noteFailure({Reason::StoreReadOnly, 0, {}});
    QSignalSpy failed(people_.get(), &People::failed);
    QCOMPARE(reasonOf(people_->meet(eve, u"Eve"_s, Trust::Unverified)), Reason::StoreReadOnly);
    people_->setKeyChanged(ann);
    QTRY_COMPARE(failed.size(), 2);
    const auto link = tests::await(askForInvite());
    QVERIFY(link && !link->ok());
    QCOMPARE(link->error().reason, Reason::StoreReadOnly);
    const auto used = tests::await(invites_->use(invite.id, people_->asMet(eve, {}, Trust::ByInvite)));
    QVERIFY(used && !used->ok());
    QCOMPARE(used->error().reason, Reason::StoreReadOnly);
    QCOMPARE(invites_->secretFor(invite.id, ann, QDateTime::currentDateTimeUtc()), invite.secret);
    // In memory it holds, and is stored once that can be.
    QVERIFY(people_->find(ann)->stopped() && people_->find(eve) != nullptr);
    QCOMPARE((*tests::await(history_->store().contacts()))->size(), 1);
    history_->tryAgain();
    QTRY_COMPARE(history_->state(), History::State::Open);
    QTRY_COMPARE((*tests::await(history_->store().contacts()))->size(), 2);
    openHistory();
    QVERIFY(people_->find(ann)->stopped() && people_->find(eve) != nullptr);
}

// --- the key's file --------------------------------------------------------------------------------------

void TrustFaultTest::row11_noKeyIsMadeWhereItCannotBeKept() {
    Identity identity(keys_->path());
    {
        const FilesFull full;
        identity.load();
        (void)settle(identity);
    }
    QCOMPARE(identity.state(), Identity::State::Failed);
    QCOMPARE(identity.why()->reason, Reason::IdentityUnusable);
    QCOMPARE(identity.why()->number, EFBIG);
    QVERIFY(keyOf(identity).isZero());
    QCOMPARE(namesIn(keys_->path()), QStringList());
    identity.load();
    QVERIFY(settle(identity));
    QCOMPARE(identity.state(), Identity::State::Ready);
}

void TrustFaultTest::row11_anExportThatDoesNotFitLeavesNothing() {
    QTemporaryDir elsewhere;
    Identity identity(keys_->path());
    identity.load();
    QVERIFY(settle(identity));
    std::optional<core::Status> done;
    {
        const FilesFull full;
        done = tests::await(identity.exportTo(elsewhere.filePath(u"key"_s), passphrase, false));
    }
    QVERIFY(done && !done->ok());
    QCOMPARE(done->error().reason, Reason::StoreFull);
    QCOMPARE(namesIn(elsewhere.path()), QStringList());
}

void TrustFaultTest::row11_anImportThatDoesNotFitChangesNothing() {
    QTemporaryDir elsewhere;
    Identity other(elsewhere.path());
    other.load();
    Identity identity(keys_->path());
    identity.load();
    QVERIFY(settle(identity) && settle(other));
    const PublicKey key = identity.key();
    const QByteArray bytes = contentOf(own());
    std::optional<core::Result<PublicKey>> imported;
    {
        const FilesFull full; // a key without a passphrase may be imported, too
        imported = tests::await(identity.importFrom(elsewhere.filePath(Identity::fileName()), {}));
    }
    QVERIFY(imported && !imported->ok());
    QCOMPARE(imported->error().reason, Reason::StoreFull);
    QCOMPARE(namesIn(keys_->path()), QStringList{Identity::fileName()});
    QCOMPARE(contentOf(own()), bytes);
    QCOMPARE(keyOf(identity), key);
}

void TrustFaultTest::aKeyOutOfReachIsNotReplaced() {
    PublicKey key;
    {
        Identity identity(keys_->path());
        identity.load();
        QVERIFY(settle(identity));
        key = identity.key();
    }
    const OrdinaryUser user(keys_->path()); // root may read everything
    QCOMPARE(::chmod(QFile::encodeName(own()).constData(), 0), 0);
    Identity identity(keys_->path());
    identity.load();
    QVERIFY(settle(identity));
    QCOMPARE(identity.state(), Identity::State::Failed);
    QCOMPARE(identity.why()->reason, Reason::IdentityUnusable);
    QCOMPARE(identity.why()->number, EACCES);
    QCOMPARE(namesIn(keys_->path()), QStringList{Identity::fileName()});
    QCOMPARE(::chmod(QFile::encodeName(own()).constData(), 0400), 0); // less than 0600 is enough
    identity.load();
    QVERIFY(settle(identity));
    QCOMPARE(identity.state(), Identity::State::Ready);
    QCOMPARE(identity.key(), key);
    // What is loaded goes on being used, whatever becomes of the file.
    QCOMPARE(::chmod(QFile::encodeName(own()).constData(), 0), 0);
    QCOMPARE(keyOf(identity), key);
}

void TrustFaultTest::anImportLeavesNoMomentWithoutAKey() {
    QTemporaryDir first;
    QTemporaryDir second;
    for (const QString& folder : {first.path(), second.path()}) {
        Identity identity(folder);
        identity.load();
        QVERIFY(settle(identity));
    }
    Identity identity(keys_->path());
    identity.load();
    QVERIFY(settle(identity));
    std::atomic<bool> over = false;
    std::atomic<int> missed = 0;
    std::thread looking([&over, &missed, name = QFile::encodeName(own())] {
        while (!over) {
            if (::access(name.constData(), F_OK) != 0)
                ++missed;
        }
    });
    int failures = 0;
    for (int n = 0; n < 40; ++n) {
        const QString& from = n % 2 == 0 ? first.path() : second.path();
        const auto imported = tests::await(identity.importFrom(from + u'/' + Identity::fileName(), {}));
        failures += imported && *imported ? 0 : 1;
    }
    over = true;
    looking.join();
    QCOMPARE(failures, 0);
    QCOMPARE(missed.load(), 0);
    QCOMPARE(namesIn(keys_->path()).size(), 41); // each was put aside
}

QTEST_GUILESS_MAIN(TrustFaultTest)
#include "trust_fault_test.moc"

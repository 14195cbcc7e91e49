#include "core/limits.h"
#include "model/history.h"
#include "model/identity.h"
#include "support/await.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <memory>

#include <sys/stat.h>
#include <unistd.h>

using namespace kith;
using namespace kith::model;
using namespace Qt::StringLiterals;
using core::PublicKey;
using core::Reason;

namespace {

const auto passphrase = u"correct horse \u99ac"_s;

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool put(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(bytes) == bytes.size();
}

int modeOf(const QString& path) {
    struct stat status {};
    return ::lstat(QFile::encodeName(path).constData(), &status) == 0 ? int(status.st_mode & 07777U) : -1;
}

/// Loaded, or it is known why not.
bool settle(Identity& identity) {
    return QTest::qWaitFor([&identity] { return identity.state() != Identity::State::Loading; });
}

} // namespace

/// The key is made once, kept as nobody else can read it, and never replaced by itself.
class IdentityTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void isMadeAtFirstStartAndTheSameEverAfter();
    void row40_theFileIsPrivateAndTheOnlyOne();
    void signsOnAThreadOfItsOwnAndAnswersInTheCallers();
    void worksInTheOrderOfTheCalls();
    void whatIsAskedBeforeItIsLoadedWaitsForIt();
    void withoutAKeyTheOtherwiseComesBack();
    void finishesWhatIsQueuedWhenItGoes();

    void whatCannotBeUsedIsRefusedAndLeftAlone_data();
    void whatCannotBeUsedIsRefusedAndLeftAlone();
    void aFileOfAnotherUserIsRefused();
    void isLoadedAgainOnceItIsPutRight();
    void anUnfinishedFileOfACrashIsNoKey();
    void aFolderThatTakesNoFileIsToldOf();

    void row40_theSeedIsInNoOtherFile();
    void row40_anExportOpensUnderItsPassphraseAlone();
    void anExportNeedsAPassphraseOfSomeLength();
    void anExportReplacesOnlyWhenTold();
    void anExportNeverReplacesTheKeyItself();
    void anImportPutsTheOldKeyAside();
    void theSameKeyAgainChangesNothing();
    void aFailedImportChangesNothing_data();
    void aFailedImportChangesNothing();
    void anImportMendsABrokenFile();

    void isNotedInTheHistoryOnceBothAreThere();
    void comesBackWithABackup();

private:
    QString file(const QString& name) { return folder_->filePath(name); }
    QString own() { return file(Identity::fileName()); }
    std::unique_ptr<Identity> loaded();
    PublicKey keyOf(Identity& identity);
    QStringList names();

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<QTemporaryDir> outside_;
};

void IdentityTest::init() {
    folder_ = std::make_unique<QTemporaryDir>();
    outside_ = std::make_unique<QTemporaryDir>();
}

void IdentityTest::cleanup() {
    outside_.reset();
    folder_.reset();
}

std::unique_ptr<Identity> IdentityTest::loaded() {
    auto identity = std::make_unique<Identity>(folder_->path());
    identity->load();
    (void)settle(*identity);
    return identity;
}

/// As the key itself says, on its thread.
PublicKey IdentityTest::keyOf(Identity& identity) {
    const auto key = tests::await(identity.withKey<PublicKey>(
        [](const core::SigningKey& secret) { return secret.publicKey(); }, PublicKey{}));
    return key.value_or(PublicKey{});
}

QStringList IdentityTest::names() {
    return QDir(folder_->path())
        .entryList(QDir::AllEntries | QDir::System | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name);
}

// --- making and using it ---------------------------------------------------------------------------------

void IdentityTest::isMadeAtFirstStartAndTheSameEverAfter() {
    PublicKey first;
    {
        Identity identity(folder_->path());
        QCOMPARE(identity.state(), Identity::State::Loading);
        QSignalSpy changed(&identity, &Identity::stateChanged);
        identity.load();
        QVERIFY(settle(identity));
        QCOMPARE(identity.state(), Identity::State::Ready);
        QVERIFY(!identity.why() && changed.size() >= 1);
        first = identity.key();
        QVERIFY(core::isUsableKey(first));
    }
    const QByteArray bytes = contentOf(own());
    const auto again = loaded();
    QCOMPARE(again->key(), first);
    QCOMPARE(keyOf(*again), first);
    QCOMPARE(contentOf(own()), bytes);
}

void IdentityTest::row40_theFileIsPrivateAndTheOnlyOne() {
    const mode_t before = ::umask(0);
    const auto identity = loaded();
    ::umask(before);
    QCOMPARE(modeOf(own()), 0600);
    QCOMPARE(names(), QStringList{Identity::fileName()});
    QVERIFY(contentOf(own()).startsWith("-----BEGIN PRIVATE KEY-----"));
}

void IdentityTest::signsOnAThreadOfItsOwnAndAnswersInTheCallers() {
    const auto identity = loaded();
    QThread* worked = nullptr;
    QThread* answered = nullptr;
    core::Signature signature;
    store::whenDone(identity->withKey<core::Result<core::Signature>>(
                        [&worked](const core::SigningKey& key) {
                            worked = QThread::currentThread();
                            return key.sign("a message");
                        },
                        core::Error{}),
                    this, [&](const core::Result<core::Signature>& made) {
                        answered = QThread::currentThread();
                        if (made)
                            signature = *made;
                    });
    QVERIFY(answered == nullptr); // not within the call
    QTRY_VERIFY(answered != nullptr);
    QCOMPARE(answered, QThread::currentThread());
    QVERIFY(worked != nullptr && worked != QThread::currentThread());
    QVERIFY(core::verify(identity->key(), "a message", signature));
}

void IdentityTest::worksInTheOrderOfTheCalls() {
    const auto identity = loaded();
    QList<int> order; // of the identity's thread alone until all have come back
    QFuture<int> last;
    for (int n = 0; n < 100; ++n) {
        last = identity->withKey<int>(
            [&order, n](const core::SigningKey&) {
                order << n;
                return n;
            },
            -1);
    }
    QCOMPARE(tests::await(last), 99);
    QCOMPARE(order.size(), 100);
    QVERIFY(std::is_sorted(order.cbegin(), order.cend()));
}

void IdentityTest::whatIsAskedBeforeItIsLoadedWaitsForIt() {
    Identity identity(folder_->path());
    identity.load();
    QVERIFY(!keyOf(identity).isZero());
}

void IdentityTest::withoutAKeyTheOtherwiseComesBack() {
    Identity identity(folder_->path());
    bool called = false;
    const auto result = tests::await(identity.withKey<int>(
        [&called](const core::SigningKey&) {
            called = true;
            return 1;
        },
        7));
    QCOMPARE(result, 7);
    QVERIFY(!called);
}

void IdentityTest::finishesWhatIsQueuedWhenItGoes() {
    int done = 0; // read when its thread has ended
    {
        const auto identity = loaded();
        for (int n = 0; n < 200; ++n) {
            (void)identity->withKey<int>(
                [&done](const core::SigningKey& key) {
                    done += key.sign("x").ok() ? 1 : 0;
                    return 0;
                },
                0);
        }
    }
    QCOMPARE(done, 200);
}

// --- a file that cannot be used --------------------------------------------------------------------------

void IdentityTest::whatCannotBeUsedIsRefusedAndLeftAlone_data() {
    QTest::addColumn<QString>("what");
    QTest::addColumn<Reason>("reason");
    QTest::newRow("the group may read it") << u"0640"_s << Reason::IdentityUnusable;
    QTest::newRow("others may read it") << u"0604"_s << Reason::IdentityUnusable;
    QTest::newRow("a symbolic link") << u"link"_s << Reason::IdentityUnusable;
    QTest::newRow("a link to nothing") << u"dangling"_s << Reason::IdentityUnusable;
    QTest::newRow("a folder") << u"folder"_s << Reason::IdentityUnusable;
    QTest::newRow("a pipe") << u"pipe"_s << Reason::IdentityUnusable;
    QTest::newRow("empty") << u"empty"_s << Reason::KeyFileInvalid;
    QTest::newRow("of other bytes") << u"other"_s << Reason::KeyFileInvalid;
    QTest::newRow("cut off") << u"cut"_s << Reason::KeyFileInvalid;
    QTest::newRow("too long") << u"long"_s << Reason::KeyFileInvalid;
    QTest::newRow("under a passphrase") << u"export"_s << Reason::KeyFileInvalid;
}

void IdentityTest::whatCannotBeUsedIsRefusedAndLeftAlone() {
    QFETCH(QString, what);
    QFETCH(Reason, reason);
    const QString good = outside_->filePath(u"good"_s);
    const QString exported = outside_->filePath(u"export"_s);
    {
        const auto identity = loaded();
        if (what == u"export")
            QVERIFY(tests::await(identity->exportTo(exported, passphrase, false))->ok());
    }
    QVERIFY(QFile::rename(own(), good));
    const QByteArray key = contentOf(good);
    const QByteArray path = QFile::encodeName(own());
    if (what == u"link")
        QVERIFY(QFile::link(good, own()));
    else if (what == u"dangling")
        QVERIFY(QFile::link(outside_->filePath(u"nothing"_s), own()));
    else if (what == u"folder")
        QVERIFY(QDir().mkdir(own()));
    else if (what == u"pipe")
        QCOMPARE(::mkfifo(path.constData(), 0600), 0);
    else if (what == u"empty")
        QVERIFY(put(own(), {}));
    else if (what == u"other")
        QVERIFY(put(own(), QByteArray(100, 'x')));
    else if (what == u"cut")
        QVERIFY(put(own(), key.left(key.size() / 2)));
    else if (what == u"long")
        QVERIFY(put(own(), QByteArray(qsizetype(core::limits::keyFile), '\n') + key));
    else
        QVERIFY(put(own(), what == u"export" ? contentOf(exported) : key));
    if (what != u"link" && what != u"dangling")
        QCOMPARE(::chmod(path.constData(), what.startsWith(u'0') ? mode_t(what.toInt(nullptr, 8)) : 0600), 0);
    const int mode = modeOf(own());
    const QByteArray bytes = what == u"pipe" ? QByteArray() : contentOf(own());

    const auto identity = loaded();
    QCOMPARE(identity->state(), Identity::State::Failed);
    QVERIFY(identity->why());
    QCOMPARE(identity->why()->reason, reason);
    QVERIFY(identity->key().isZero() && keyOf(*identity).isZero());
    QCOMPARE(names(), QStringList{Identity::fileName()});
    QCOMPARE(modeOf(own()), mode);
    if (what != u"pipe")
        QCOMPARE(contentOf(own()), bytes);
    QVERIFY(!QFile::exists(outside_->filePath(u"nothing"_s))); // no link was followed
}

void IdentityTest::aFileOfAnotherUserIsRefused() {
    if (::geteuid() != 0)
        QSKIP("only root can make one");
    loaded().reset();
    QCOMPARE(::chown(QFile::encodeName(own()).constData(), 65534, 65534), 0);
    const auto identity = loaded();
    QCOMPARE(identity->state(), Identity::State::Failed);
    QCOMPARE(identity->why()->reason, Reason::IdentityUnusable);
    QCOMPARE(identity->why()->number, EPERM);
}

void IdentityTest::isLoadedAgainOnceItIsPutRight() {
    const PublicKey key = loaded()->key();
    QCOMPARE(::chmod(QFile::encodeName(own()).constData(), 0644), 0);
    const auto identity = loaded();
    QCOMPARE(identity->state(), Identity::State::Failed);
    QCOMPARE(::chmod(QFile::encodeName(own()).constData(), 0600), 0);
    identity->load();
    QCOMPARE(identity->state(), Identity::State::Loading);
    QVERIFY(settle(*identity));
    QCOMPARE(identity->state(), Identity::State::Ready);
    QCOMPARE(identity->key(), key);
}

void IdentityTest::anUnfinishedFileOfACrashIsNoKey() {
    QVERIFY(put(file(u"identity.key.part"_s), "half of a k"));
    const auto identity = loaded();
    QCOMPARE(identity->state(), Identity::State::Ready);
    QCOMPARE(names(), QStringList{Identity::fileName()});
    QVERIFY(contentOf(own()).endsWith("-----END PRIVATE KEY-----\n"));
}

void IdentityTest::aFolderThatTakesNoFileIsToldOf() {
    Identity identity(file(u"not there"_s));
    identity.load();
    QVERIFY(settle(identity));
    QCOMPARE(identity.state(), Identity::State::Failed);
    QCOMPARE(identity.why()->reason, Reason::IdentityUnusable);
    QCOMPARE(identity.why()->number, ENOENT);
}

// --- export and import -----------------------------------------------------------------------------------

void IdentityTest::row40_anExportOpensUnderItsPassphraseAlone() {
    const QString exported = outside_->filePath(u"key"_s);
    const auto identity = loaded();
    QVERIFY(tests::await(identity->exportTo(exported, passphrase, false))->ok());
    QCOMPARE(modeOf(exported), 0600);
    QVERIFY(contentOf(exported).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----"));

    QTemporaryDir elsewhere;
    Identity other(elsewhere.path());
    const auto wrong = tests::await(other.importFrom(exported, u"correct horse"_s));
    QCOMPARE(wrong->error().reason, Reason::PassphraseWrong);
    const auto right = tests::await(other.importFrom(exported, passphrase));
    QVERIFY(right && right->ok());
    QCOMPARE(**right, identity->key());
    QVERIFY(settle(other));
    QCOMPARE(other.key(), identity->key());
    QCOMPARE(contentOf(elsewhere.filePath(Identity::fileName())), contentOf(own()));
}

void IdentityTest::anExportNeedsAPassphraseOfSomeLength() {
    const QString exported = outside_->filePath(u"key"_s);
    const auto identity = loaded();
    for (const QString& weak : {QString(), QString(qsizetype(core::limits::passphraseLeast) - 1, u'x'),
                                QString(qsizetype(core::limits::passphraseMost) + 1, u'x')}) {
        const auto done = tests::await(identity->exportTo(exported, weak, false));
        QCOMPARE(done->error().reason, Reason::PassphraseWeak);
        QVERIFY(!QFile::exists(exported));
    }
    const QString least(qsizetype(core::limits::passphraseLeast), u'x');
    QVERIFY(tests::await(identity->exportTo(exported, least, false))->ok());
}

void IdentityTest::anExportReplacesOnlyWhenTold() {
    const QString exported = outside_->filePath(u"key"_s);
    QVERIFY(put(exported, "something dear"));
    const auto identity = loaded();
    const auto refused = tests::await(identity->exportTo(exported, passphrase, false));
    QCOMPARE(refused->error().reason, Reason::FileExists);
    QCOMPARE(contentOf(exported), QByteArray("something dear"));
    QVERIFY(tests::await(identity->exportTo(exported, passphrase, true))->ok());
    QVERIFY(contentOf(exported).startsWith("-----BEGIN ENCRYPTED"));
    QCOMPARE(modeOf(exported), 0600);
}

void IdentityTest::anExportNeverReplacesTheKeyItself() {
    const auto identity = loaded();
    const QByteArray bytes = contentOf(own());
    const auto refused = tests::await(identity->exportTo(own(), passphrase, true));
    QCOMPARE(refused->error().reason, Reason::FileFailed);
    QCOMPARE(contentOf(own()), bytes);
}

void IdentityTest::anImportPutsTheOldKeyAside() {
    const QString exported = outside_->filePath(u"key"_s);
    QTemporaryDir elsewhere;
    Identity other(elsewhere.path());
    other.load();
    QVERIFY(settle(other));
    QVERIFY(tests::await(other.exportTo(exported, passphrase, false))->ok());

    const auto identity = loaded();
    const QByteArray old = contentOf(own());
    QSignalSpy changed(identity.get(), &Identity::stateChanged);
    const auto imported = tests::await(identity->importFrom(exported, passphrase));
    QVERIFY(imported && imported->ok());
    QVERIFY(!changed.isEmpty()); // load() has been called
    QVERIFY(settle(*identity));
    QCOMPARE(identity->key(), other.key());
    QCOMPARE(modeOf(own()), 0600);
    const QStringList there = names();
    QCOMPARE(there.size(), 2);
    QVERIFY(there[1].startsWith(u"identity.key.replaced-"));
    QCOMPARE(contentOf(file(there[1])), old);
    QCOMPARE(modeOf(file(there[1])), 0600);
}

void IdentityTest::theSameKeyAgainChangesNothing() {
    const QString exported = outside_->filePath(u"key"_s);
    const auto identity = loaded();
    QVERIFY(tests::await(identity->exportTo(exported, passphrase, false))->ok());
    const PublicKey key = identity->key();
    const auto imported = tests::await(identity->importFrom(exported, passphrase));
    QVERIFY(imported && imported->ok());
    QCOMPARE(**imported, key);
    QCOMPARE(names(), QStringList{Identity::fileName()});
}

void IdentityTest::aFailedImportChangesNothing_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Reason>("reason");
    QTest::newRow("no such file") << QByteArray() << Reason::FileFailed;
    QTest::newRow("of other bytes") << QByteArray("hello") << Reason::KeyFileInvalid;
    QTest::newRow("too long") << QByteArray(100'000, 'x') << Reason::KeyFileInvalid;
    QTest::newRow("a certificate") << QByteArray(
                                          "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
                                   << Reason::KeyFileInvalid;
}

void IdentityTest::aFailedImportChangesNothing() {
    QFETCH(QByteArray, bytes);
    QFETCH(Reason, reason);
    const auto identity = loaded();
    const PublicKey key = identity->key();
    const QString from = outside_->filePath(u"from"_s);
    if (!bytes.isEmpty())
        QVERIFY(put(from, bytes));
    const auto imported = tests::await(identity->importFrom(from, passphrase));
    QVERIFY(imported && !imported->ok());
    QCOMPARE(imported->error().reason, reason);
    QCOMPARE(identity->state(), Identity::State::Ready);
    QCOMPARE(keyOf(*identity), key);
    QCOMPARE(names(), QStringList{Identity::fileName()});
}

void IdentityTest::anImportMendsABrokenFile() {
    const QString exported = outside_->filePath(u"key"_s);
    PublicKey key;
    {
        const auto identity = loaded();
        key = identity->key();
        QVERIFY(tests::await(identity->exportTo(exported, passphrase, false))->ok());
    }
    QVERIFY(put(own(), "broken"));
    const auto identity = loaded();
    QCOMPARE(identity->state(), Identity::State::Failed);
    QVERIFY(tests::await(identity->importFrom(exported, passphrase))->ok());
    QVERIFY(settle(*identity));
    QCOMPARE(identity->key(), key);
    QCOMPARE(names().size(), 2);
    QCOMPARE(contentOf(file(names().last())), QByteArray("broken"));
}

// --- beside the history ----------------------------------------------------------------------------------

void IdentityTest::isNotedInTheHistoryOnceBothAreThere() {
    for (const bool keyFirst : {true, false}) {
        QTemporaryDir place;
        Identity identity(place.path());
        History history(place.path());
        identity.noteIn(history);
        if (keyFirst) {
            identity.load();
            QVERIFY(settle(identity));
            history.open();
        } else {
            history.open();
            QTRY_COMPARE(history.state(), History::State::Open);
            identity.load();
        }
        QTRY_VERIFY(identity.state() == Identity::State::Ready && history.state() == History::State::Open);
        QTRY_COMPARE(**tests::await(history.store().identities()), QList<PublicKey>{identity.key()});
    }
}

void IdentityTest::row40_theSeedIsInNoOtherFile() {
    {
        Identity identity(folder_->path());
        History history(folder_->path());
        identity.noteIn(history);
        history.open();
        identity.load();
        QVERIFY(settle(identity));
        QTRY_COMPARE(history.state(), History::State::Open);
        QTRY_COMPARE((*tests::await(history.store().identities()))->size(), 1);
        QVERIFY(tests::await(identity.exportTo(file(u"export"_s), passphrase, false))->ok());
    }
    const QByteArray line = contentOf(own()).split('\n')[1]; // PKCS#8: 16 bytes, and the seed
    const QByteArray seed = QByteArray::fromBase64(line).mid(16);
    QCOMPARE(seed.size(), 32);
    QVERIFY(names().size() >= 3);
    for (const QString& name : names()) {
        if (name == Identity::fileName())
            continue;
        const QByteArray bytes = contentOf(file(name));
        for (const QByteArray& trace : {seed, line, seed.toHex(), seed.toBase64().left(40)})
            QVERIFY2(!bytes.contains(trace), qPrintable(name));
    }
}

void IdentityTest::comesBackWithABackup() {
    const QString backup = outside_->filePath(u"backup"_s);
    PublicKey key;
    {
        History history(folder_->path());
        history.open();
        QTRY_COMPARE(history.state(), History::State::Open);
        const auto identity = loaded();
        key = identity->key();
        QVERIFY(tests::await(history.store().backup({backup, false, {Identity::fileName()}}))->ok());
    }
    QTemporaryDir elsewhere;
    {
        History history(elsewhere.path());
        const auto restored = tests::await(history.restore(backup));
        QVERIFY(restored && restored->ok());
        QCOMPARE((*restored)->files, QStringList{Identity::fileName()});
    }
    QCOMPARE(modeOf(elsewhere.filePath(Identity::fileName())), 0600);
    Identity identity(elsewhere.path());
    identity.load();
    QVERIFY(settle(identity));
    QCOMPARE(identity.key(), key);
}

QTEST_GUILESS_MAIN(IdentityTest)
#include "identity_test.moc"

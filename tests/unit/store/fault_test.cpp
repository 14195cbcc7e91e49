// Rows 11 and 12 of the threats, as far as they are the store's: a full disk, a damaged, locked, unwritable
// file.
#include "core/limits.h"
#include "store/connection.h"
#include "store/schema.h"
#include "store_fixture.h"
#include "support/fault_vfs.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QSignalSpy>

#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace kith;
using namespace kith::store;
using namespace kith::tests;
using namespace Qt::StringLiterals;
using core::Reason;

namespace {

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void flip(const QString& path, qint64 at, int count = 1) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(at));
    QByteArray bytes = file.read(count);
    for (char& byte : bytes)
        byte = char(byte ^ 0x5A);
    QVERIFY(file.seek(at));
    QCOMPARE(file.write(bytes), qint64(count));
}

/// A small file system of its own; only root can have one.
class SmallDisk final {
public:
    SmallDisk(const QString& folder, const char* options)
        : folder_(QFile::encodeName(folder))
        , mounted_(::mount("none", folder_.constData(), "tmpfs", 0, options) == 0) {}
    ~SmallDisk() {
        if (mounted_)
            ::umount2(folder_.constData(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    [[nodiscard]] bool isThere() const { return mounted_; }

private:
    QByteArray folder_;
    bool mounted_;
};

} // namespace

class FaultTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void row11_diskFullKeepsTextAndTellsWhy();
    void row11_realDiskFullKeepsTextAndTellsWhy();
    void row11_theReserveIsMadeAgain();
    void row12_damagedFileIsCopiedAndReadNeverDeleted();
    void row12_damagedFileIsCopiedOnce();
    void row12_unreadableFileIsKeptAndANewOneBegun();
    void row12_damagedPagesAreReadAround();
    void row12_damagedLogIsKeptAndTold();
    void row12_tornLogIsNoDamage();
    void row12_damagedIndexIsMadeAnew();
    void row12_lockedFileIsSaidAndHarmless();
    void row12_aLockedFileRefusesAllThatWaitsAtOnce();
    void row12_aLockedFileDoesNotHoldClosingUp();
    void row12_readOnlyFileIsRead();
    void row12_readOnlyFolderIsRead();
    void newerFileIsRefusedUntouched();
    void anotherProgramsDatabaseIsRefused();

private:
    /// A history with `count` entries of some 300 bytes, closed.
    ConversationId makeHistory(int count = 200);
    void fillUntilFull(Store& store, ConversationId conversation, QStringList& kept);
    void checkFullDisk(const QString& folder, const QString& vfs, const std::function<void()>& makeRoom);
    QString path(const QString& name) { return directory_->filePath(name); }
    QString history() { return path(u"history.sqlite"_s); }
    QStringList copies() { return QDir(directory_->path()).entryList({u"history.damaged*"_s}, QDir::Files); }

    std::unique_ptr<QTemporaryDir> directory_;
};

void FaultTest::init() {
    directory_ = std::make_unique<QTemporaryDir>();
}

void FaultTest::cleanup() {
    directory_.reset();
}

ConversationId FaultTest::makeHistory(int count) {
    Store store({directory_->path(), {}});
    valueOf(store.open());
    const auto conversation = valueOf(store.addPlainConversation(u"a:1"_s, noon));
    QList<NewEntry> entries;
    for (int i = 0; i < count; ++i)
        entries << theirs(conversation, u"entry%1 "_s.arg(i) + QString(280, QChar(char16_t(u'a' + i % 26))),
                          i);
    valueOf(store.appendAll(entries));
    valueOf(store.close());
    return conversation;
}

// --- row 11
// ----------------------------------------------------------------------------------------------------

void FaultTest::fillUntilFull(Store& store, ConversationId conversation, QStringList& kept) {
    QRandomGenerator random(5);
    for (int i = 0; i < 5000; ++i) {
        QString text = u"entry%1 "_s.arg(i);
        while (text.size() < 2000)
            text += QString::number(random.generate(), 36) + u' ';
        const auto result = await(store.append(theirs(conversation, text, i)));
        QVERIFY(result);
        if (!*result) {
            QCOMPARE(result->error().reason, Reason::StoreFull);
            return;
        }
        kept << text;
    }
    QFAIL("the disk did not fill");
}

void FaultTest::checkFullDisk(const QString& folder, const QString& vfs,
                              const std::function<void()>& makeRoom) {
    const QString reserve = folder + u"/history.reserve"_s;
    QStringList kept;
    ConversationId conversation;
    ConversationId small;
    {
        Store store({folder, vfs});
        valueOf(store.open());
        conversation = valueOf(store.addPlainConversation(u"a:1"_s, noon));
        QCOMPARE(QFileInfo(reserve).size(), qint64(core::limits::storeReserve));
        small = valueOf(store.addPlainConversation(u"b:1"_s, noon));
        valueOf(store.append(theirs(small, u"small"_s)));
        fillUntilFull(store, conversation, kept);
        QVERIFY(kept.size() > 100);
        // Nothing that was stored is lost, and the reserve is for making room, not for writing on.
        QCOMPARE(latest(store, conversation, 1), QStringList(kept.back()));
        QVERIFY(QFileInfo::exists(reserve));
        // What only reads goes on.
        QVERIFY(!valueOf(store.search({.words = u"entry3"_s})).hits.isEmpty());
        // Clearing works where nothing else does.
        QSignalSpy erased(&store, &Store::erased);
        valueOf(store.clearHistory(conversation));
        QCOMPARE(latest(store, conversation), QStringList());
        QVERIFY(!erased.isEmpty() || erased.wait(120'000));
        // There is room again, at once and without a restart.
        QCOMPARE(valueOf(store.append(theirs(small, u"room again"_s))).outcome, Appended::Outcome::Stored);
    }
    makeRoom();
    Store store({folder, vfs});
    QVERIFY(!valueOf(store.open()).readOnly);
    valueOf(store.putSetting(u"after"_s, u"the reserve is made"_s));
    QCOMPARE(latest(store, small), QStringList({u"small"_s, u"room again"_s}));
    QVERIFY(QFileInfo::exists(reserve));
    valueOf(store.check());
}

void FaultTest::row11_diskFullKeepsTextAndTellsWhy() {
    FaultVfs vfs;
    vfs.setQuota(directory_->path(), 8 * 1024 * 1024);
    checkFullDisk(directory_->path(), vfs.name(), [&] { vfs.setQuota(directory_->path(), -1); });
}

void FaultTest::row11_realDiskFullKeepsTextAndTellsWhy() {
    const SmallDisk disk(directory_->path(), "size=8m,mode=700");
    if (!disk.isThere())
        QSKIP("mounting a small file system needs root; the same is shown with a quota in SQLite's VFS");
    const QString ballast = path(u"something else"_s);
    QFile other(ballast);
    QVERIFY(other.open(QIODevice::WriteOnly) && other.write(QByteArray(1'000'000, 'x')) == 1'000'000);
    other.close();
    checkFullDisk(directory_->path(), {}, [&] { QFile::remove(ballast); });
}

void FaultTest::row11_theReserveIsMadeAgain() {
    makeHistory(5);
    QVERIFY(QFile::remove(path(u"history.reserve"_s)));
    Store store({directory_->path(), {}});
    valueOf(store.open());
    valueOf(store.putSetting(u"after"_s, u"the reserve is made"_s));
    QCOMPARE(QFileInfo(path(u"history.reserve"_s)).size(), qint64(core::limits::storeReserve));
}

// --- row 12: damage
// ----------------------------------------------------------------------------------------------

void FaultTest::row12_damagedFileIsCopiedAndReadNeverDeleted() {
    const auto conversation = makeHistory();
    // The root page of an index that every start needs: the schema says it is a page of another kind.
    flip(history(), 0x24 + 4, 2);
    auto connection = Connection::open({history(), {}, ConnectionTarget::Access::ReadOnly});
    const auto root = (*connection)->number(u"SELECT rootpage FROM sqlite_schema WHERE name = 'mark'"_s);
    QVERIFY(root && *root);
    connection->reset();
    flip(history(), (**root - 1) * 4096, 8);
    const QByteArray before = contentOf(history());
    Store store({directory_->path(), {}});
    const Opened opened = valueOf(store.open());
    QVERIFY(opened.readOnly);
    QCOMPARE(opened.why, Reason::StoreDamaged);
    QCOMPARE(contentOf(history()), before);
    QCOMPARE(contentOf(opened.copy), before);
    QCOMPARE(latest(store, conversation).size(), 100);
    QCOMPARE(reasonOf(store.append(ours(conversation, u"not into a damaged file"_s))), Reason::StoreDamaged);
    QCOMPARE(reasonOf(store.clearHistory(conversation)), Reason::StoreDamaged);
}

void FaultTest::row12_damagedFileIsCopiedOnce() {
    makeHistory(3);
    flip(history(), 0, 16); // "SQLite format 3"
    for (int i = 0; i < 3; ++i) {
        Store store({directory_->path(), {}});
        QCOMPARE(reasonOf(store.open()), Reason::StoreDamaged);
    }
    QCOMPARE(copies().size(), 1);
}

void FaultTest::row12_unreadableFileIsKeptAndANewOneBegun() {
    makeHistory(3);
    flip(history(), 0, 16);
    const QByteArray before = contentOf(history());
    Store store({directory_->path(), {}});
    QCOMPARE(reasonOf(store.open()), Reason::StoreDamaged);
    QCOMPARE(contentOf(history()), before);
    QCOMPARE(reasonOf(store.conversations()), Reason::StoreDamaged);
    QVERIFY(valueOf(store.beginAnew()).created);
    valueOf(store.addPlainConversation(u"a:1"_s, noon));
    bool kept = false;
    for (const QString& name : copies())
        kept = kept || contentOf(path(name)) == before;
    QVERIFY(kept);
}

void FaultTest::row12_damagedPagesAreReadAround() {
    const auto conversation = makeHistory(2000);
    // One leaf of the table: found by the text of an entry in its middle.
    const qint64 at = contentOf(history()).indexOf("entry1000 ");
    QVERIFY(at > 0);
    flip(history(), at / 4096 * 4096, 4096);
    Store store({directory_->path(), {}});
    QSignalSpy damage(&store, &Store::damageFound);
    valueOf(store.open());
    const Page page = valueOf(store.page({.conversation = conversation, .before = 1000}));
    QCOMPARE(page.entries.size(),
             1000); // what stands after the damage is a page as always, or read around it
    QVERIFY(page.entries.back().text.startsWith(u"entry1999 "));
    PageRequest middle{conversation, PageRequest::Anchor::Row, page.entries[10].row, 50, 5};
    const Page around = valueOf(store.page(middle));
    QVERIFY(around.damaged);
    QCOMPARE(around.entries.size(), 55);
    // The next start looks at the whole file, and then writes to it no more.
    (void)store.check();
    QCOMPARE(reasonOf(store.check()), Reason::StoreDamaged);
    QVERIFY(!damage.isEmpty());
    valueOf(store.close());
    const Opened again = valueOf(store.open());
    QVERIFY(again.readOnly);
    QCOMPARE(again.why, Reason::StoreDamaged);
    QVERIFY(valueOf(store.page({.conversation = conversation})).entries.size() >= 50);
}

void FaultTest::row12_damagedLogIsKeptAndTold() {
    const auto conversation = makeHistory(10);
    // A copy of the files while they are open is what a killed program leaves.
    QTemporaryDir killed;
    {
        Store store({directory_->path(), {}});
        valueOf(store.open());
        for (int i = 0; i < 50; ++i)
            valueOf(store.append(theirs(conversation, u"in the log %1"_s.arg(i), i)));
        for (const QString& name : {u"history.sqlite"_s, u"history.sqlite-wal"_s})
            QVERIFY(QFile::copy(path(name), killed.filePath(name)));
    }
    const QString log = killed.filePath(u"history.sqlite-wal"_s);
    flip(log, 32 + 24 + 4096 + 24 + 2000);
    const QByteArray before = contentOf(log);
    Store store({killed.path(), {}});
    const Opened opened = valueOf(store.open());
    QVERIFY(!opened.damagedLog.isEmpty());
    QCOMPARE(contentOf(opened.damagedLog), before);
    QCOMPARE(latest(store, conversation).first(10).size(), 10);
    valueOf(store.append(theirs(conversation, u"and on"_s)));
    valueOf(store.check());
}

void FaultTest::row12_tornLogIsNoDamage() {
    const auto conversation = makeHistory(10);
    QTemporaryDir killed;
    {
        Store store({directory_->path(), {}});
        valueOf(store.open());
        for (int i = 0; i < 20; ++i)
            valueOf(store.append(theirs(conversation, u"in the log %1"_s.arg(i), i)));
        for (const QString& name : {u"history.sqlite"_s, u"history.sqlite-wal"_s})
            QVERIFY(QFile::copy(path(name), killed.filePath(name)));
    }
    QFile log(killed.filePath(u"history.sqlite-wal"_s));
    QVERIFY(log.open(QIODevice::ReadWrite) && log.resize(log.size() - 3000));
    log.close();
    Store store({killed.path(), {}});
    QVERIFY(valueOf(store.open()).damagedLog.isEmpty());
    QVERIFY(latest(store, conversation).size() >= 28);
}

void FaultTest::row12_damagedIndexIsMadeAnew() {
    const auto conversation = makeHistory(50);
    {
        auto connection = Connection::open({history(), {}, ConnectionTarget::Access::ReadWrite});
        QVERIFY(connection.ok());
        QVERIFY((*connection)->run(u"UPDATE entry_words_data SET block = x'00ff00ff' WHERE id > 10"_s).ok());
    }
    Store store({directory_->path(), {}});
    valueOf(store.open());
    (void)await(store.search({.words = u"entry7"_s}));
    valueOf(store.append(theirs(conversation, u"after that"_s)));
    QCOMPARE(valueOf(store.search({.words = u"entry7"_s})).hits.size(), 1);
    QCOMPARE(valueOf(store.search({.words = u"after that"_s})).hits.size(), 1);
}

// --- row 12: locked, unwritable
// --------------------------------------------------------------------------------

void FaultTest::row12_lockedFileIsSaidAndHarmless() {
    const auto conversation = makeHistory(5);
    auto holder = Connection::open({history(), {}, ConnectionTarget::Access::ReadWrite});
    QVERIFY(holder.ok());
    QVERIFY((*holder)->run(u"PRAGMA locking_mode = EXCLUSIVE"_s).ok());
    QVERIFY((*holder)->run(u"BEGIN EXCLUSIVE"_s).ok());
    QVERIFY((*holder)->run(u"UPDATE setting SET value = value"_s).ok());
    Store store({directory_->path(), {}});
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(reasonOf(store.open()), Reason::StoreLocked);
    QVERIFY(timer.elapsed() < 20'000);
    QCOMPARE(reasonOf(store.append(ours(conversation, u"x"_s))), Reason::StoreLocked);
    QVERIFY(copies().isEmpty());
    holder->reset();
    valueOf(store.open());
    QCOMPARE(latest(store, conversation).size(), 5);
    // Locked while it is open: reading goes on, writing says why.
    auto again = Connection::open({history(), {}, ConnectionTarget::Access::ReadWrite});
    QVERIFY((*again)->run(u"BEGIN IMMEDIATE"_s).ok());
    const auto blocked = store.append(ours(conversation, u"blocked"_s));
    QCOMPARE(latest(store, conversation).size(), 5);
    QCOMPARE(reasonOf(blocked), Reason::StoreLocked);
    again->reset();
    valueOf(store.append(ours(conversation, u"free again"_s)));
}

void FaultTest::row12_aLockedFileRefusesAllThatWaitsAtOnce() {
    const auto conversation = makeHistory(5);
    Store store({directory_->path(), {}});
    valueOf(store.open());
    auto holder = Connection::open({history(), {}, ConnectionTarget::Access::ReadWrite});
    QVERIFY((*holder)->run(u"BEGIN IMMEDIATE"_s).ok());
    QElapsedTimer timer;
    timer.start();
    QList<Pending<Appended>> refused;
    for (int i = 0; i < 1200; ++i)
        refused << store.append(ours(conversation, u"refused"_s, i));
    for (const Pending<Appended>& one : refused)
        QCOMPARE(reasonOf(one), Reason::StoreLocked);
    // The first may have begun before the others were queued: two waits for the lock, and no more.
    const qint64 limit = 2 * std::chrono::milliseconds(core::limits::storeLock).count() + 2000;
    QVERIFY2(timer.elapsed() < limit, qPrintable(u"%1 ms"_s.arg(timer.elapsed())));
    holder->reset();
    valueOf(store.append(ours(conversation, u"free again"_s)));
    QCOMPARE(latest(store, conversation).size(), 6);
}

void FaultTest::row12_aLockedFileDoesNotHoldClosingUp() {
    const auto conversation = makeHistory(5);
    Store store({directory_->path(), {}});
    valueOf(store.open());
    auto holder = Connection::open({history(), {}, ConnectionTarget::Access::ReadWrite});
    QVERIFY((*holder)->run(u"BEGIN IMMEDIATE"_s).ok());
    for (int i = 0; i < 8; ++i)
        (void)store.append(ours(conversation, u"refused"_s, i));
    (void)store.clearHistory(conversation);
    QElapsedTimer timer;
    timer.start();
    valueOf(store.close());
    QVERIFY2(timer.elapsed() < 8000, qPrintable(u"%1 ms"_s.arg(timer.elapsed())));
    holder->reset();
    valueOf(store.open());
    QCOMPARE(latest(store, conversation).size(), 5);
}

void FaultTest::row12_readOnlyFileIsRead() {
    const auto conversation = makeHistory(5);
    QVERIFY(QFile::setPermissions(history(), QFile::ReadOwner));
    if (::access(QFile::encodeName(history()).constData(), W_OK) == 0)
        QSKIP("root may write to any file; row12_readOnlyFolderIsRead() shows it to root");
    Store store({directory_->path(), {}});
    const Opened opened = valueOf(store.open());
    QVERIFY(opened.readOnly);
    QCOMPARE(opened.why, Reason::StoreReadOnly);
    QCOMPARE(latest(store, conversation).size(), 5);
    QCOMPARE(valueOf(store.search({.words = u"entry3"_s})).hits.size(), 1);
    QCOMPARE(reasonOf(store.append(ours(conversation, u"x"_s))), Reason::StoreReadOnly);
    QVERIFY(copies().isEmpty());
}

void FaultTest::row12_readOnlyFolderIsRead() {
    const auto conversation = makeHistory(5);
    const QByteArray folder = QFile::encodeName(directory_->path());
    const bool root = ::geteuid() == 0;
    const bool done = root
                          ? ::mount(folder.constData(), folder.constData(), nullptr, MS_BIND, nullptr) == 0 &&
                                ::mount(nullptr, folder.constData(), nullptr,
                                        MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) == 0
                          : ::chmod(folder.constData(), 0500) == 0;
    if (!done)
        QSKIP("the folder cannot be made read-only here");
    {
        Store store({directory_->path(), {}});
        const Opened opened = valueOf(store.open());
        QVERIFY(opened.readOnly);
        QCOMPARE(opened.why, Reason::StoreReadOnly);
        QCOMPARE(latest(store, conversation).size(), 5);
        QCOMPARE(reasonOf(store.append(ours(conversation, u"x"_s))), Reason::StoreReadOnly);
    }
    if (root)
        ::umount2(folder.constData(), MNT_DETACH);
    else
        ::chmod(folder.constData(), 0700);
}

void FaultTest::newerFileIsRefusedUntouched() {
    makeHistory(3);
    {
        auto connection = Connection::open({history(), {}, ConnectionTarget::Access::ReadWrite});
        QVERIFY((*connection)->run(u"PRAGMA user_version = %1"_s.arg(schemaVersion + 1)).ok());
    }
    const QByteArray before = contentOf(history());
    Store store({directory_->path(), {}});
    QCOMPARE(reasonOf(store.open()), Reason::StoreNewer);
    valueOf(store.close());
    QCOMPARE(contentOf(history()), before);
    QVERIFY(copies().isEmpty());
}

void FaultTest::anotherProgramsDatabaseIsRefused() {
    {
        auto connection = Connection::open({history(), {}, ConnectionTarget::Access::ReadWrite});
        QVERIFY((*connection)->run(u"CREATE TABLE theirs (x)"_s).ok());
    }
    const QByteArray before = contentOf(history());
    Store store({directory_->path(), {}});
    QCOMPARE(reasonOf(store.open()), Reason::StoreUnavailable);
    QCOMPARE(contentOf(history()), before);
}

QTEST_GUILESS_MAIN(FaultTest)
#include "fault_test.moc"

// Histories exported, profiles backed up and restored.
#include "store/backup.h"
#include "store_fixture.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>

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

void write(const QString& path, const QByteArray& content) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
}

} // namespace

class FileTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void exportsTextForPeople();
    void exportsJsonForPrograms();
    void exportsToADescriptor();
    void exportsManyPieces();
    void neverReplacesAFileUnasked();
    void aFailedExportLeavesNothing();
    void restoresWhatWasBackedUp();
    void aRestoredBackupBeginsNewStreams();
    void aBackupIsPrivate();
    void restoringNeverOverwritesUnasked();
    void restoringPutsAsideWhatWasThere();
    void aDamagedBackupTouchesNothing();
    void aShortenedBackupTouchesNothing();
    void namesInABackupStayInTheFolder();
    void restoringNeedsAClosedStore();
    void backsUpWhileWritingGoesOn();

private:
    ConversationId sample();
    void open() {
        store_ = std::make_unique<Store>(StorePlace{directory_->path(), {}});
        valueOf(store_->open());
    }
    QString out(const QString& name) { return outside_->filePath(name); }
    QStringList everything(const QString& folder) {
        QStringList all;
        for (const QFileInfo& file :
             QDir(folder).entryInfoList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden))
            all << file.fileName() + u' ' + QString::fromLatin1(contentOf(file.filePath()).toHex().right(64));
        return all;
    }

    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<QTemporaryDir> outside_;
    std::unique_ptr<Store> store_;
};

void FileTest::init() {
    directory_ = std::make_unique<QTemporaryDir>();
    outside_ = std::make_unique<QTemporaryDir>();
    open();
}

void FileTest::cleanup() {
    store_.reset();
    directory_.reset();
    outside_.reset();
}

ConversationId FileTest::sample() {
    const auto plain = valueOf(store_->addPlainConversation(u"127.0.0.1:5000"_s, noon));
    const Contact ann{PublicKey::random(), u"Ann"_s, {}, Trust::ByCompare, noon};
    valueOf(store_->putContact(ann));
    const auto conversation = valueOf(store_->conversationWith(ann.key, noon));
    valueOf(store_->append(theirs(plain, u"from netcat"_s)));
    valueOf(store_->append(theirs(conversation, u"你好 \"Bob\"\nsecond \x1b[31mline\u202E"_s, 1)));
    valueOf(store_->append(ours(conversation, u"hello, Ann"_s, 2)));
    return conversation;
}

// --- export
// ----------------------------------------------------------------------------------------------------

void FileTest::exportsTextForPeople() {
    const auto conversation = sample();
    const Exported exported = valueOf(store_->exportHistory(
        {.conversations = {conversation}, .ownName = u"Bob"_s, .file = out(u"a.txt"_s)}));
    QCOMPARE(exported, (Exported{1, 2}));
    const QStringList lines = QString::fromUtf8(contentOf(out(u"a.txt"_s))).split(u'\n');
    QCOMPARE(lines.size(), 5);
    QVERIFY(lines[0].startsWith(u"== Ann · "_s) && lines[0].endsWith(u" =="_s));
    QVERIFY(lines[1].endsWith(u" Ann: 你好 \"Bob\""_s));
    QCOMPARE(lines[2], u"| second \\x1b[31mline\\u{202e}"_s);
    QVERIFY(lines[3].endsWith(u" Bob: hello, Ann"_s));
    QCOMPARE(lines[4], u""_s);
}

void FileTest::exportsJsonForPrograms() {
    const auto conversation = sample();
    const Exported exported =
        valueOf(store_->exportHistory({.format = ExportFormat::Json, .file = out(u"a.json"_s)}));
    QCOMPARE(exported, (Exported{2, 3}));
    QJsonParseError error{};
    const QJsonObject json = QJsonDocument::fromJson(contentOf(out(u"a.json"_s)), &error).object();
    QCOMPARE(error.error, QJsonParseError::NoError);
    QCOMPARE(json[u"kith_export"_s].toInt(), 1);
    const QJsonObject ann = json[u"conversations"_s].toArray()[0].toObject();
    QCOMPARE(ann[u"name"_s].toString(), u"Ann"_s);
    QCOMPARE(ann[u"id"_s].toInteger(), conversation.value);
    QCOMPARE(ann[u"key"_s].toString().size(), 64);
    const QJsonArray messages = ann[u"messages"_s].toArray();
    QCOMPARE(messages.size(), 2);
    QCOMPARE(messages[0][u"text"_s].toString(), u"你好 \"Bob\"\nsecond \x1b[31mline\u202E"_s);
    QCOMPARE(messages[0][u"time"_s].toString(), u"2024-05-01T12:00:01.000Z"_s);
    QCOMPARE(messages[0][u"mine"_s].toBool(), false);
    QCOMPARE(messages[1][u"state"_s].toString(), u"sent"_s);
    const QJsonObject plain = json[u"conversations"_s].toArray()[1].toObject();
    QCOMPARE(plain[u"kind"_s].toString(), u"plain"_s);
    QCOMPARE(plain[u"messages"_s].toArray().size(), 1);
}

void FileTest::exportsToADescriptor() {
    sample();
    int ends[2];
    QVERIFY(::pipe(ends) == 0);
    valueOf(store_->exportHistory({.ownName = u"Bob"_s, .descriptor = ends[1]}));
    ::close(ends[1]);
    QFile pipe;
    QVERIFY(pipe.open(ends[0], QIODevice::ReadOnly, QFile::AutoCloseHandle));
    QVERIFY(pipe.readAll().contains("Bob: hello, Ann\n"));
}

void FileTest::exportsManyPieces() {
    const auto conversation = valueOf(store_->addPlainConversation(u"a:1"_s, noon));
    QList<NewEntry> entries;
    for (int i = 0; i < 2345; ++i)
        entries << theirs(conversation, u"number %1"_s.arg(i), i);
    valueOf(store_->appendAll(entries));
    const auto exported =
        valueOf(store_->exportHistory({.format = ExportFormat::Json, .file = out(u"a.json"_s)}));
    QCOMPARE(exported.entries, 2345);
    const auto messages = QJsonDocument::fromJson(contentOf(out(u"a.json"_s)))[u"conversations"_s][0]
                              .toObject()[u"messages"_s]
                              .toArray();
    QCOMPARE(messages.size(), 2345);
    for (int i = 0; i < 2345; ++i)
        QCOMPARE(messages[i][u"text"_s].toString(), u"number %1"_s.arg(i));
}

void FileTest::neverReplacesAFileUnasked() {
    sample();
    write(out(u"a.txt"_s), "precious");
    QCOMPARE(reasonOf(store_->exportHistory({.file = out(u"a.txt"_s)})), Reason::FileExists);
    QCOMPARE(reasonOf(store_->backup({.file = out(u"a.txt"_s)})), Reason::FileExists);
    QCOMPARE(contentOf(out(u"a.txt"_s)), QByteArray("precious"));
    valueOf(store_->exportHistory({.file = out(u"a.txt"_s), .replace = true}));
    QVERIFY(contentOf(out(u"a.txt"_s)).contains("from netcat"));
}

void FileTest::aFailedExportLeavesNothing() {
    sample();
    QCOMPARE(
        reasonOf(store_->exportHistory({.conversations = {ConversationId{99}}, .file = out(u"a.txt"_s)})),
        Reason::UnknownPeer);
    QCOMPARE(reasonOf(store_->exportHistory({.file = out(u"none/a.txt"_s)})), Reason::FileFailed);
    QCOMPARE(reasonOf(store_->exportHistory({.descriptor = 9999})), Reason::FileFailed);
    QCOMPARE(QDir(outside_->path()).entryList(QDir::Files), QStringList());
}

// --- backup
// ----------------------------------------------------------------------------------------------------

void FileTest::restoresWhatWasBackedUp() {
    const auto conversation = sample();
    valueOf(store_->putSetting(u"name"_s, u"Bob"_s));
    write(directory_->filePath(u"identity"_s), "a secret key");
    const qint64 size =
        valueOf(store_->backup({.file = out(u"b.kith"_s), .files = {u"identity"_s, u"not there"_s}}));
    QCOMPARE(QFileInfo(out(u"b.kith"_s)).size(), size);
    QCOMPARE(QDir(outside_->path()).entryList(QDir::Files), QStringList(u"b.kith"_s));

    QTemporaryDir fresh;
    Store other({fresh.path(), {}});
    const Restored restored = valueOf(other.restore({.file = out(u"b.kith"_s)}));
    QCOMPARE(restored.files, QStringList(u"identity"_s));
    QVERIFY(restored.putAside.isEmpty());
    QCOMPARE(contentOf(fresh.filePath(u"identity"_s)), QByteArray("a secret key"));
    QCOMPARE(QFileInfo(fresh.filePath(u"identity"_s)).permissions() & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
    QVERIFY(valueOf(other.open()).restored);
    QCOMPARE(latest(other, conversation), latest(*store_, conversation));
    QCOMPARE(valueOf(other.settings()), valueOf(store_->settings()));
    QCOMPARE(valueOf(other.search({.words = u"你好"_s})).hits.size(), 1);
    QVERIFY(!QFileInfo::exists(fresh.filePath(u"restore.part"_s)));
    valueOf(other.close());
    QVERIFY(!valueOf(other.open()).restored);
}

void FileTest::aRestoredBackupBeginsNewStreams() {
    const auto conversation = sample();
    NewEntry mine = ours(conversation, u"mine"_s);
    mine.position = StreamPosition{StreamId::random(), 1};
    NewEntry peers = theirs(conversation, u"theirs"_s);
    peers.position = StreamPosition{StreamId::random(), 1};
    valueOf(store_->appendAll({mine, peers}));
    valueOf(store_->backup({.file = out(u"b.kith"_s)}));
    QTemporaryDir fresh;
    Store other({fresh.path(), {}});
    valueOf(other.restore({.file = out(u"b.kith"_s)}));
    valueOf(other.open());
    for (const Stream& stream : valueOf(other.streams(conversation)))
        QCOMPARE(stream.ended, stream.mine);
    for (const Stream& stream : valueOf(store_->streams(conversation)))
        QVERIFY(!stream.ended);
}

void FileTest::aBackupIsPrivate() {
    sample();
    valueOf(store_->backup({.file = out(u"b.kith"_s)}));
    QCOMPARE(QFileInfo(out(u"b.kith"_s)).permissions() &
                 (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
             QFile::Permissions());
}

void FileTest::restoringNeverOverwritesUnasked() {
    sample();
    valueOf(store_->backup({.file = out(u"b.kith"_s)}));
    valueOf(store_->close());
    const QStringList before = everything(directory_->path());
    QCOMPARE(reasonOf(store_->restore({.file = out(u"b.kith"_s)})), Reason::ProfileOccupied);
    QCOMPARE(everything(directory_->path()), before);
    // An identity alone is something too.
    QTemporaryDir fresh;
    write(fresh.filePath(u"identity"_s), "another key");
    valueOf(store_->open());
    write(directory_->filePath(u"identity"_s), "a secret key");
    valueOf(store_->backup({.file = out(u"c.kith"_s), .files = {u"identity"_s}}));
    Store other({fresh.path(), {}});
    QCOMPARE(reasonOf(other.restore({.file = out(u"c.kith"_s)})), Reason::ProfileOccupied);
    QCOMPARE(contentOf(fresh.filePath(u"identity"_s)), QByteArray("another key"));
}

void FileTest::restoringPutsAsideWhatWasThere() {
    const auto conversation = sample();
    write(directory_->filePath(u"identity"_s), "old");
    valueOf(store_->backup({.file = out(u"b.kith"_s), .files = {u"identity"_s}}));
    write(directory_->filePath(u"identity"_s), "new");
    valueOf(store_->append(ours(conversation, u"written after the backup"_s)));
    valueOf(store_->close());
    const Restored restored = valueOf(store_->restore({.file = out(u"b.kith"_s), .replace = true}));
    QCOMPARE(contentOf(directory_->filePath(u"identity"_s)), QByteArray("old"));
    QCOMPARE(contentOf(restored.putAside + u"/identity"_s), QByteArray("new"));
    valueOf(store_->open());
    QCOMPARE(latest(*store_, conversation).size(), 2);
    Store aside({restored.putAside, {}});
    valueOf(aside.open());
    QCOMPARE(latest(aside, conversation).back(), u"written after the backup"_s);
}

void FileTest::aDamagedBackupTouchesNothing() {
    sample();
    write(directory_->filePath(u"identity"_s), "a secret key");
    valueOf(store_->backup({.file = out(u"b.kith"_s), .files = {u"identity"_s}}));
    const QByteArray good = contentOf(out(u"b.kith"_s));
    QTemporaryDir fresh;
    write(fresh.filePath(u"identity"_s), "mine");
    const QStringList before = everything(fresh.path());
    Store other({fresh.path(), {}});
    QRandomGenerator random(3);
    for (int i = 0; i < 80; ++i) {
        QByteArray bad = good;
        // The heads and ends of records first, then anywhere.
        const qsizetype at = i < 40   ? i
                             : i < 50 ? bad.size() - 1 - i
                                      : qsizetype(random.bounded(quint32(bad.size())));
        bad[at] = char(bad[at] ^ (1 << random.bounded(8)));
        write(out(u"bad.kith"_s), bad);
        QCOMPARE(reasonOf(other.restore({.file = out(u"bad.kith"_s), .replace = true})),
                 Reason::BackupInvalid);
        QCOMPARE(everything(fresh.path()), before);
    }
}

void FileTest::aShortenedBackupTouchesNothing() {
    sample();
    valueOf(store_->backup({.file = out(u"b.kith"_s)}));
    const QByteArray good = contentOf(out(u"b.kith"_s));
    QTemporaryDir fresh;
    Store other({fresh.path(), {}});
    for (const qsizetype left : {qsizetype(0), qsizetype(5), qsizetype(16), qsizetype(18), good.size() / 2,
                                 good.size() - 34, good.size() - 32, good.size() - 1}) {
        write(out(u"bad.kith"_s), good.left(left));
        QCOMPARE(reasonOf(other.restore({.file = out(u"bad.kith"_s)})), Reason::BackupInvalid);
    }
    write(out(u"bad.kith"_s), good + 'x');
    QCOMPARE(reasonOf(other.restore({.file = out(u"bad.kith"_s)})), Reason::BackupInvalid);
    QCOMPARE(reasonOf(other.restore({.file = out(u"nowhere"_s)})), Reason::FileFailed);
    QCOMPARE(everything(fresh.path()), QStringList());
}

void FileTest::namesInABackupStayInTheFolder() {
    for (const QString& name :
         {u"../x"_s, u"/etc/passwd"_s, u"a/b"_s, u".bashrc"_s, u""_s, u"a\nb"_s, u".."_s, u"history.sqlite"_s,
          u"history.suspect"_s, u"a\\b"_s, QString(300, u'a')})
        QVERIFY2(!isPlainFileName(name), qPrintable(name));
    QVERIFY(isPlainFileName(u"identity"_s));
    sample();
    QCOMPARE(reasonOf(store_->backup({.file = out(u"b.kith"_s), .files = {u"../x"_s}})), Reason::UsageError);
    QVERIFY(QFile::link(u"/etc/hostname"_s, directory_->filePath(u"link"_s)));
    QCOMPARE(reasonOf(store_->backup({.file = out(u"b.kith"_s), .files = {u"link"_s}})), Reason::UsageError);
}

void FileTest::restoringNeedsAClosedStore() {
    valueOf(store_->backup({.file = out(u"b.kith"_s)}));
    QCOMPARE(reasonOf(store_->restore({.file = out(u"b.kith"_s), .replace = true})), Reason::UsageError);
}

void FileTest::backsUpWhileWritingGoesOn() {
    const auto conversation = sample();
    QList<Pending<Appended>> pending;
    for (int i = 0; i < 500; ++i)
        pending << store_->append(ours(conversation, u"before %1"_s.arg(i), i));
    const auto backup = store_->backup({.file = out(u"b.kith"_s)});
    for (int i = 0; i < 500; ++i)
        pending << store_->append(ours(conversation, u"after %1"_s.arg(i), i));
    valueOf(backup);
    for (const auto& each : pending)
        valueOf(each);
    QTemporaryDir fresh;
    Store other({fresh.path(), {}});
    valueOf(other.restore({.file = out(u"b.kith"_s)}));
    valueOf(other.open());
    valueOf(other.check());
    QVERIFY(latest(other, conversation, 1000).size() >= 2);
}

QTEST_GUILESS_MAIN(FileTest)
#include "file_test.moc"

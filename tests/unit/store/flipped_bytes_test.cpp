// Row 12 of the threats: bytes of the history's files are flipped, anywhere.
#include "store_fixture.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QRandomGenerator>
#include <QSet>

using namespace kith;
using namespace kith::store;
using namespace kith::tests;
using namespace Qt::StringLiterals;

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

constexpr qsizetype pageBytes = 4096;

/// All that a store over this folder still reads of a conversation, page after page.
QList<Entry> everythingReadable(ConversationId conversation, const QString& folder) {
    Store store({folder, {}});
    if (const auto opened = await(store.open()); !opened || !*opened)
        return {};
    QList<Entry> all;
    PageRequest request{.conversation = conversation, .before = 1000};
    while (true) {
        const auto page = await(store.page(request));
        if (!page || !*page || (*page)->entries.isEmpty())
            return all;
        all = (*page)->entries + all;
        if (!(*page)->moreBefore)
            return all;
        request = {conversation, PageRequest::Anchor::Row, (*page)->entries.front().row, 1000, 0};
    }
}

} // namespace

/// What a flipped byte may cost, and what not.
class FlippedBytesTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { directory_ = std::make_unique<QTemporaryDir>(); }
    void cleanup() { directory_.reset(); }

    void row12_whatWasNotHitIsReadAsItWasStored();
    void row12_anyFlippedBytesCrashNothing();
    void row12_aFlipInTheLogIsToldOrCostsItsLastTransaction();

private:
    /// A history with `count` entries of some 300 bytes, closed.
    ConversationId makeHistory(int count);
    QString path(const QString& name) { return directory_->filePath(name); }
    QString history() { return path(u"history.sqlite"_s); }

    std::unique_ptr<QTemporaryDir> directory_;
};

ConversationId FlippedBytesTest::makeHistory(int count) {
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

void FlippedBytesTest::row12_whatWasNotHitIsReadAsItWasStored() {
    const auto conversation = makeHistory(300);
    const QByteArray good = contentOf(history());
    // Which pages hold which entries: each text stands once in the file, whole in one page.
    QHash<EntryId, Entry> stored;
    QHash<EntryId, qsizetype> pageOf;
    QList<qsizetype> leaves;
    for (const Entry& entry : everythingReadable(conversation, directory_->path())) {
        const qsizetype at = good.indexOf(entry.text.toUtf8());
        QVERIFY(at >= 0 && at == good.lastIndexOf(entry.text.toUtf8()));
        stored.insert(entry.id, entry);
        pageOf.insert(entry.id, at / pageBytes);
        if (!leaves.contains(at / pageBytes))
            leaves << at / pageBytes;
    }
    QCOMPARE(stored.size(), 300);
    QVERIFY(leaves.size() > 10);
    QRandomGenerator random(12);
    for (int round = 0; round < 40; ++round) {
        QSet<qsizetype> hit;
        QByteArray bad = good;
        for (int i = 0; i < 1 + round % 8; ++i) {
            const qsizetype page = leaves[random.bounded(int(leaves.size()))];
            hit << page;
            bad[page * pageBytes + random.bounded(int(pageBytes))] ^= char(1 + random.bounded(255));
        }
        const QTemporaryDir folder;
        QFile out(folder.filePath(u"history.sqlite"_s));
        QVERIFY(out.open(QIODevice::WriteOnly) && out.write(bad) == bad.size());
        out.close();
        QHash<EntryId, QString> read;
        for (const Entry& entry : everythingReadable(conversation, folder.path()))
            read.insert(entry.id, entry.text);
        for (auto it = stored.cbegin(); it != stored.cend(); ++it) {
            if (!hit.contains(pageOf[it.key()]))
                QVERIFY2(read.value(it.key()) == it->text,
                         qPrintable(u"round %1 lost %2"_s.arg(round).arg(it->text.left(20))));
        }
    }
}

void FlippedBytesTest::row12_anyFlippedBytesCrashNothing() {
    const auto conversation = makeHistory(300);
    QStringList texts;
    for (const Entry& entry : everythingReadable(conversation, directory_->path()))
        texts << entry.text;
    const QByteArray good = contentOf(history());
    QRandomGenerator random(11);
    for (int round = 0; round < 60; ++round) {
        QTemporaryDir folder;
        const QString file = folder.filePath(u"history.sqlite"_s);
        QByteArray bad = good;
        {
            for (int i = 0; i < 1 + round % 40; ++i)
                bad[qsizetype(random.bounded(quint32(bad.size())))] = char(random.bounded(256));
            QFile out(file);
            QVERIFY(out.open(QIODevice::WriteOnly) && out.write(bad) == bad.size());
        }
        Store store({folder.path(), {}});
        // Any answer is right, as long as there is one and nothing is gone.
        const auto opened = await(store.open());
        QVERIFY(opened);
        const auto page = await(store.page({.conversation = {1}, .before = 1000}));
        const auto search = await(store.search({.words = u"entry1"_s}));
        const auto append = await(store.append(ours({1}, u"one more"_s)));
        QVERIFY(page && search && append);
        // Wherever the damage is, no byte of a text that it missed has left the files.
        QByteArray left;
        for (const QString& name : QDir(folder.path()).entryList(QDir::Files))
            left += contentOf(folder.filePath(name));
        for (const QString& text : std::as_const(texts)) {
            if (bad.contains(text.toUtf8()))
                QVERIFY2(left.contains(text.toUtf8()), qPrintable(u"round %1"_s.arg(round)));
        }
        const auto cleared = await(store.clearHistory({1}));
        const auto list = await(store.conversations());
        QVERIFY(cleared && list);
        QVERIFY(QFile::exists(file));
    }
}

void FlippedBytesTest::row12_aFlipInTheLogIsToldOrCostsItsLastTransaction() {
    const auto conversation = makeHistory(10);
    const QTemporaryDir killed;
    QStringList stored;
    {
        Store store({directory_->path(), {}});
        valueOf(store.open());
        for (int i = 0; i < 40; ++i)
            valueOf(store.append(theirs(conversation, u"in the log %1"_s.arg(i), i)));
        stored = latest(store, conversation);
        for (const QString& name : {u"history.sqlite"_s, u"history.sqlite-wal"_s})
            QVERIFY(QFile::copy(path(name), killed.filePath(name)));
    }
    QCOMPARE(stored.size(), 50);
    const qint64 size = QFileInfo(killed.filePath(u"history.sqlite-wal"_s)).size();
    QRandomGenerator random(13);
    int told = 0;
    for (int round = 0; round < 60; ++round) {
        const QTemporaryDir folder;
        for (const QString& name : {u"history.sqlite"_s, u"history.sqlite-wal"_s})
            QVERIFY(QFile::copy(killed.filePath(name), folder.filePath(name)));
        // The header of the log, of a frame, or anywhere.
        const qint64 frame = 32 + qint64(random.bounded(quint32((size - 32) / 4120))) * 4120;
        const qint64 at = round % 4 == 0   ? random.bounded(32)
                          : round % 4 == 1 ? frame + random.bounded(24)
                                           : qint64(random.bounded(quint32(size)));
        flip(folder.filePath(u"history.sqlite-wal"_s), at);
        Store store({folder.path(), {}});
        const Opened opened = valueOf(store.open());
        const QStringList read = latest(store, conversation);
        QCOMPARE(read, stored.first(read.size())); // what stood before the damage, in its order
        told += opened.damagedLog.isEmpty() ? 0 : 1;
        if (opened.damagedLog.isEmpty())
            QVERIFY2(read.size() >= 49,
                     qPrintable(u"byte %1: %2 left, and nothing told"_s.arg(at).arg(read.size())));
    }
    QVERIFY(told > 30);
}

QTEST_GUILESS_MAIN(FlippedBytesTest)
#include "flipped_bytes_test.moc"

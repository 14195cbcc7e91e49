#include "store/connection.h"
#include "store_fixture.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>

using namespace kith;
using namespace kith::store;
using namespace kith::tests;
using namespace Qt::StringLiterals;

/// Clearing and removing: out of sight at once, and out of every byte of the files.
class EraseTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void clearedTextIsInNoByteOfTheFiles();
    void removedConversationsLeaveNothing();
    void othersKeepEverything();
    void writingGoesOnWhileErasing();
    void goesOnErasingAfterARestart();
    void givesTheRoomBack();
    void clearingTwiceErasesBoth();

private:
    void open() {
        store_ = std::make_unique<Store>(StorePlace{directory_->path(), {}});
        valueOf(store_->open());
    }
    void erase(PendingStatus pending) {
        QSignalSpy erased(store_.get(), &Store::erased);
        valueOf(pending);
        QVERIFY(!erased.isEmpty() || erased.wait(60'000));
    }
    /// Files of the history that hold these bytes, as UTF-8 or UTF-16.
    QStringList filesWith(const QString& text) {
        QStringList found;
        const QByteArray utf16(reinterpret_cast<const char*>(text.utf16()), text.size() * 2);
        for (const QFileInfo& info : QDir(directory_->path()).entryInfoList(QDir::Files | QDir::Hidden)) {
            QFile file(info.filePath());
            if (!file.open(QIODevice::ReadOnly))
                continue;
            const QByteArray bytes = file.readAll();
            if (bytes.contains(text.toUtf8()) || bytes.contains(utf16))
                found << info.fileName();
        }
        return found;
    }
    /// Words come in pieces in the index, which leaves out what a term shares with the one before: its
    /// rarest part is looked for.
    void fill(ConversationId conversation, int count, const QString& word) {
        QList<NewEntry> entries;
        for (int i = 0; i < count; ++i)
            entries << theirs(conversation,
                              u"filler %1 %2 end"_s.arg(i % 17 == 3 ? word : u"nothing"_s).arg(i), i);
        valueOf(store_->appendAll(entries));
    }

    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<Store> store_;
};

void EraseTest::init() {
    directory_ = std::make_unique<QTemporaryDir>();
    open();
}

void EraseTest::cleanup() {
    store_.reset();
    directory_.reset();
}

void EraseTest::clearedTextIsInNoByteOfTheFiles() {
    const auto conversation = valueOf(store_->addPlainConversation(u"a:1"_s, noon));
    const auto other = valueOf(store_->addPlainConversation(u"b:1"_s, noon));
    for (int i = 0; i < 20; ++i) {
        fill(conversation, 100, u"xyzzyqqabc"_s);
        fill(other, 100, u"plugh"_s);
    }
    valueOf(store_->append(theirs(conversation, u"Wjkvzq once"_s)));
    QVERIFY(!filesWith(u"xyzzyqqabc"_s).isEmpty());
    QVERIFY(!filesWith(u"wjkvzq"_s).isEmpty()); // folded: in the index
    erase(store_->clearHistory(conversation));
    for (const QString& word : {u"xyzzyqqabc"_s, u"zzyqqabc"_s, u"Wjkvzq"_s, u"wjkvzq"_s, u"jkvzq"_s})
        QCOMPARE(filesWith(word), QStringList());
    QVERIFY(!filesWith(u"plugh"_s).isEmpty());
    // The same holds of the closed files.
    valueOf(store_->close());
    QCOMPARE(filesWith(u"zzyqqabc"_s), QStringList());
}

void EraseTest::removedConversationsLeaveNothing() {
    const Contact ann{PublicKey::random(), u"Annvvkx"_s, u"Bknxx"_s, Trust::Unverified, noon};
    valueOf(store_->putContact(ann));
    const auto conversation = valueOf(store_->conversationWith(ann.key, noon));
    fill(conversation, 300, u"xyzzyqq"_s);
    valueOf(store_->saveDraft(conversation, u"drftkkq"_s));
    NewEntry entry = theirs(conversation, u"streamed"_s);
    entry.position = StreamPosition{StreamId::random(), 1};
    valueOf(store_->append(entry));
    erase(store_->removeContact(ann.key));
    for (const QString& word : {u"xyzzyqq"_s, u"drftkkq"_s, u"Annvvkx"_s, u"Bknxx"_s, u"streamed"_s})
        QCOMPARE(filesWith(word), QStringList());
    QCOMPARE(valueOf(store_->conversations()).size(), 0);
    QCOMPARE(valueOf(store_->streams(conversation)).size(), 0);
}

void EraseTest::othersKeepEverything() {
    const auto conversation = valueOf(store_->addPlainConversation(u"a:1"_s, noon));
    const auto other = valueOf(store_->addPlainConversation(u"b:1"_s, noon));
    for (int i = 0; i < 500; ++i)
        (void)store_->append(theirs(i % 2 ? conversation : other, u"shared words %1"_s.arg(i), i));
    erase(store_->removeConversation(conversation));
    QCOMPARE(latest(*store_, other, 1000).size(), 250);
    SearchRequest request{.words = u"shared"_s};
    request.limit = 500;
    QCOMPARE(valueOf(store_->search(request)).hits.size(), 250);
    QCOMPARE(valueOf(store_->search({.words = u"498"_s})).hits.size(), 1);
    QCOMPARE(valueOf(store_->search({.words = u"499"_s})).hits.size(), 0);
    valueOf(store_->check());
}

void EraseTest::writingGoesOnWhileErasing() {
    const auto conversation = valueOf(store_->addPlainConversation(u"a:1"_s, noon));
    for (int i = 0; i < 20; ++i)
        fill(conversation, 500, u"old"_s);
    QSignalSpy erased(store_.get(), &Store::erased);
    valueOf(store_->clearHistory(conversation));
    QCOMPARE(latest(*store_, conversation), QStringList());
    QCOMPARE(valueOf(store_->conversations()).front().unread, 0);
    int written = 0;
    while (erased.isEmpty() && written < 20'000)
        valueOf(store_->append(theirs(conversation, u"new %1"_s.arg(written++))));
    QVERIFY(!erased.isEmpty());
    QVERIFY(written > 3);
    QCOMPARE(valueOf(store_->conversations()).front().unread, written);
    QCOMPARE(valueOf(store_->search({.words = u"old"_s})).hits.size(), 0);
    QCOMPARE(valueOf(store_->search({.words = u"new"_s})).hits.size(), std::min(written, 50));
}

void EraseTest::goesOnErasingAfterARestart() {
    const auto conversation = valueOf(store_->addPlainConversation(u"a:1"_s, noon));
    for (int i = 0; i < 20; ++i)
        fill(conversation, 500, u"xyzzyqqabc"_s);
    valueOf(store_->removeConversation(conversation));
    store_.reset(); // does not wait for the erasing
    QVERIFY(!filesWith(u"zzyqqabc"_s).isEmpty());
    store_ = std::make_unique<Store>(StorePlace{directory_->path(), {}});
    QSignalSpy erased(store_.get(), &Store::erased);
    valueOf(store_->open());
    QCOMPARE(valueOf(store_->conversations()).size(), 0);
    QVERIFY(!erased.isEmpty() || erased.wait(60'000));
    QCOMPARE(filesWith(u"zzyqqabc"_s), QStringList());
}

void EraseTest::givesTheRoomBack() {
    const auto conversation = valueOf(store_->addPlainConversation(u"a:1"_s, noon));
    for (int i = 0; i < 10; ++i)
        fill(conversation, 1000, u"filling"_s);
    valueOf(store_->close());
    valueOf(store_->open());
    const qint64 full = QFileInfo(directory_->filePath(u"history.sqlite"_s)).size();
    erase(store_->clearHistory(conversation));
    QVERIFY(QFileInfo(directory_->filePath(u"history.sqlite"_s)).size() < full / 4);
}

void EraseTest::clearingTwiceErasesBoth() {
    const auto a = valueOf(store_->addPlainConversation(u"a:1"_s, noon));
    const auto b = valueOf(store_->addPlainConversation(u"b:1"_s, noon));
    fill(a, 1000, u"xyzzyqqabc"_s);
    fill(b, 1000, u"wjkvzqdef"_s);
    const auto first = store_->clearHistory(a);
    erase(store_->clearHistory(b));
    QVERIFY(first.isFinished());
    QCOMPARE(filesWith(u"zzyqqabc"_s), QStringList());
    QCOMPARE(filesWith(u"jkvzqdef"_s), QStringList());
}

QTEST_GUILESS_MAIN(EraseTest)
#include "erase_test.moc"

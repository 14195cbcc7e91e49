#include "core/limits.h"
#include "store_fixture.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QSignalSpy>

using namespace kith;
using namespace kith::store;
using namespace kith::tests;
using namespace Qt::StringLiterals;
using core::Reason;

/// Conversations and entries, kept.
class HistoryTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void opensANewHistoryPrivately();
    void answersOnlyFromTheEventLoop();
    void callsBeforeOpenWaitForIt();
    void callsOnAClosedStoreFail();
    void keepsEntriesOverARestart();
    void destroyingFinishesWhatIsQueued();
    void ordersByRowWhateverTheClockSays();
    void row13_clockSetBackChangesNoOrder();
    void pagesAroundAPlace();
    void pagesEndWhereTheConversationEnds();
    void pagesAreBoundedInBytes();
    void storesOnceUnderOneId();
    void tellsAnotherEntryWithTheSameId();
    void refusesTextOverTheLimit();
    void refusesUnknownConversations();
    void oneFailedWriteFailsNoOther();
    void allOrNoneOfAList();
    void keepsAnyText();
    void statesGoWithOurOwnEntriesAlone();
    void countsUnreadAndShowsThePreview();
    void ordersConversationsByWhatHappenedLast();
    void keepsNoHistoryWhereToldSo();
    void keepsDrafts();
    void plainConversationsEndAndStay();
    void advancesStreamsWithTheEntries();
    void aReadSeesEveryFinishedWrite();
    void aContextThatIsGoneIsNotCalled();
    void readsDoNotWaitForABurst();
    void aBurstOfResultsDoesNotHoldTheEventLoop();

private:
    ConversationId plain(const QString& address = u"127.0.0.1:5000"_s) {
        return valueOf(store_->addPlainConversation(address, noon));
    }
    void reopen() {
        store_.reset();
        store_ = std::make_unique<Store>(StorePlace{directory_->path(), {}});
        valueOf(store_->open());
    }

    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<Store> store_;
};

void HistoryTest::init() {
    directory_ = std::make_unique<QTemporaryDir>();
    reopen();
}

void HistoryTest::cleanup() {
    store_.reset();
    directory_.reset();
}

void HistoryTest::opensANewHistoryPrivately() {
    QTemporaryDir other;
    Store fresh({other.path(), {}});
    const Opened opened = valueOf(fresh.open());
    valueOf(fresh.putSetting(u"name"_s, u"Ann"_s)); // after the reserve is made
    QVERIFY(opened.created && !opened.readOnly && opened.migratedFrom == 0 && !opened.restored);
    for (const QFileInfo& file : QDir(other.path()).entryInfoList(QDir::Files | QDir::Hidden))
        QCOMPARE(file.permissions() &
                     (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
    QCOMPARE(QFileInfo(other.filePath(u"history.reserve"_s)).size(), qint64(core::limits::storeReserve));
}

void HistoryTest::answersOnlyFromTheEventLoop() {
    const auto future = store_->conversations();
    QThread::msleep(50); // long enough for the threads to be done; the answer still waits for the loop
    QVERIFY(!future.isFinished());
    QVERIFY(await(future));
}

void HistoryTest::callsBeforeOpenWaitForIt() {
    store_.reset();
    Store early({directory_->path(), {}});
    const auto opening = early.open();
    const auto adding = early.addPlainConversation(u"a:1"_s, noon);
    const auto listing = early.settings();
    QVERIFY(valueOf(adding).value > 0);
    valueOf(listing);
    QVERIFY(opening.isFinished());
}

void HistoryTest::callsOnAClosedStoreFail() {
    const auto conversation = plain();
    const auto last = store_->append(ours(conversation, u"last"_s));
    valueOf(store_->close());
    QVERIFY(last.isFinished());
    QCOMPARE(reasonOf(store_->append(ours(conversation, u"too late"_s))), Reason::StoreUnavailable);
    QCOMPARE(reasonOf(store_->conversations()), Reason::StoreUnavailable);
    valueOf(store_->open());
    QCOMPARE(latest(*store_, conversation), QStringList(u"last"_s));
}

void HistoryTest::keepsEntriesOverARestart() {
    const auto conversation = plain();
    NewEntry entry = theirs(conversation, u"Grüße, 世界\nzwei Zeilen"_s, 5);
    entry.arrivedAt += 77;
    entry.refersTo = EntryId::random();
    const Appended appended = valueOf(store_->append(entry));
    QCOMPARE(appended.outcome, Appended::Outcome::Stored);
    reopen();
    const Page page = valueOf(store_->page({.conversation = conversation}));
    QCOMPARE(page.entries.size(), 1);
    const Entry& read = page.entries.front();
    QCOMPARE(read.row, appended.row);
    QCOMPARE(read.id, entry.id);
    QCOMPARE(read.text, entry.text);
    QCOMPARE(read.writtenAt, entry.writtenAt);
    QCOMPARE(read.arrivedAt, entry.arrivedAt);
    QCOMPARE(read.refersTo, entry.refersTo);
    QVERIFY(!read.mine && read.state == EntryState::Received && read.kind == EntryKind::Text);
}

void HistoryTest::destroyingFinishesWhatIsQueued() {
    const auto conversation = plain();
    for (int i = 0; i < 2000; ++i)
        (void)store_->append(ours(conversation, QString::number(i), i));
    reopen();
    const QStringList texts = latest(*store_, conversation, 1000);
    QCOMPARE(texts.size(), 1000);
    QCOMPARE(texts.front(), u"1000"_s);
    QCOMPARE(texts.back(), u"1999"_s);
}

void HistoryTest::ordersByRowWhateverTheClockSays() {
    const auto conversation = plain();
    for (const int seconds : {50, 10, 90, -1'000'000, 20})
        valueOf(store_->append(ours(conversation, QString::number(seconds), seconds)));
    QCOMPARE(latest(*store_, conversation), QStringList({u"50"_s, u"10"_s, u"90"_s, u"-1000000"_s, u"20"_s}));
}

void HistoryTest::row13_clockSetBackChangesNoOrder() {
    const auto conversation = plain();
    constexpr qint64 tenYears = 10LL * 365 * 86'400'000;
    for (const qint64 shift : {qint64(0), -tenYears, tenYears, -noon - tenYears}) {
        NewEntry entry = theirs(conversation, QString::number(shift));
        entry.writtenAt += shift;
        entry.arrivedAt += shift;
        valueOf(store_->append(entry));
    }
    const QStringList all = latest(*store_, conversation);
    QCOMPARE(all.size(), 4);
    QCOMPARE(all.front(), u"0"_s);
    QCOMPARE(valueOf(store_->conversations()).front().preview, all.back());
    // What came when the clock stood before 1970 is found, and erased, like anything else.
    QCOMPARE(valueOf(store_->search({.words = QString::number(noon + tenYears)})).hits.size(), 1);
    QSignalSpy erased(store_.get(), &Store::erased);
    valueOf(store_->clearHistory(conversation));
    QVERIFY(!erased.isEmpty() || erased.wait(20'000));
    QCOMPARE(latest(*store_, conversation), QStringList());
}

void HistoryTest::pagesAroundAPlace() {
    const auto conversation = plain();
    const auto other = plain(u"other:1"_s);
    QList<EntryRow> rows;
    for (int i = 0; i < 100; ++i) {
        rows << valueOf(store_->append(ours(conversation, QString::number(i), i))).row;
        (void)store_->append(theirs(other, u"elsewhere"_s));
    }
    PageRequest request{conversation, PageRequest::Anchor::Row, rows[40], 3, 4};
    Page page = valueOf(store_->page(request));
    QCOMPARE(textsOf(page.entries),
             QStringList({u"37"_s, u"38"_s, u"39"_s, u"40"_s, u"41"_s, u"42"_s, u"43"_s}));
    QVERIFY(page.moreBefore && page.moreAfter && !page.damaged);
    request.before = 0;
    page = valueOf(store_->page(request));
    QCOMPARE(textsOf(page.entries), QStringList({u"40"_s, u"41"_s, u"42"_s, u"43"_s}));
    QVERIFY(page.moreBefore && page.moreAfter);
    page = valueOf(store_->page({conversation, PageRequest::Anchor::First, {}, 0, 2}));
    QCOMPARE(textsOf(page.entries), QStringList({u"0"_s, u"1"_s}));
    QVERIFY(!page.moreBefore && page.moreAfter);
    page = valueOf(store_->page({conversation, PageRequest::Anchor::Latest, {}, 2, 0}));
    QCOMPARE(textsOf(page.entries), QStringList({u"98"_s, u"99"_s}));
    QVERIFY(page.moreBefore && !page.moreAfter);
}

void HistoryTest::pagesEndWhereTheConversationEnds() {
    const auto conversation = plain();
    QVERIFY(valueOf(store_->page({.conversation = conversation})).entries.isEmpty());
    QVERIFY(valueOf(store_->page({.conversation = {987654}})).entries.isEmpty());
    const auto row = valueOf(store_->append(ours(conversation, u"one"_s))).row;
    const Page page = valueOf(store_->page({conversation, PageRequest::Anchor::Row, row, 0, 1}));
    QVERIFY(!page.moreBefore && !page.moreAfter);
    const Page beyond =
        valueOf(store_->page({conversation, PageRequest::Anchor::Row, {row.value + 9}, 5, 5}));
    QCOMPARE(textsOf(beyond.entries), QStringList(u"one"_s));
}

void HistoryTest::pagesAreBoundedInBytes() {
    const auto conversation = plain();
    const QString big(60'000, u'x');
    QList<NewEntry> many;
    for (int i = 0; i < 100; ++i)
        many << ours(conversation, big, i);
    valueOf(store_->appendAll(many));
    const Page page = valueOf(store_->page({conversation, PageRequest::Anchor::Latest, {}, 100, 0}));
    QVERIFY(page.moreBefore);
    QVERIFY(page.entries.size() > 10);
    QVERIFY(page.entries.size() * big.size() * 2 <= qsizetype(core::limits::pageText));
}

void HistoryTest::storesOnceUnderOneId() {
    const auto conversation = plain();
    const NewEntry entry = theirs(conversation, u"once"_s);
    const Appended first = valueOf(store_->append(entry));
    const Appended again = valueOf(store_->append(entry));
    QCOMPARE(again.outcome, Appended::Outcome::Duplicate);
    QCOMPARE(again.row, first.row);
    QCOMPARE(latest(*store_, conversation), QStringList(u"once"_s));
    QCOMPARE(valueOf(store_->conversations()).front().unread, 1);
}

void HistoryTest::tellsAnotherEntryWithTheSameId() {
    const auto conversation = plain();
    NewEntry entry = theirs(conversation, u"one"_s);
    valueOf(store_->append(entry));
    entry.text = u"another"_s;
    QCOMPARE(valueOf(store_->append(entry)).outcome, Appended::Outcome::Conflicting);
    QCOMPARE(latest(*store_, conversation), QStringList(u"one"_s));
    // Ids are unique per peer, not in the world: one peer cannot keep another's entry out.
    entry.conversation = plain(u"other:1"_s);
    QCOMPARE(valueOf(store_->append(entry)).outcome, Appended::Outcome::Stored);
}

void HistoryTest::refusesTextOverTheLimit() {
    const auto conversation = plain();
    const QString fits(qsizetype(core::limits::messageText), u'a');
    QCOMPARE(valueOf(store_->append(ours(conversation, fits))).outcome, Appended::Outcome::Stored);
    QCOMPARE(reasonOf(store_->append(ours(conversation, fits + u'a'))), Reason::TextTooLong);
    QCOMPARE(reasonOf(store_->append(ours(conversation, QString(30'000, u'界')))), Reason::TextTooLong);
}

void HistoryTest::refusesUnknownConversations() {
    QCOMPARE(reasonOf(store_->append(ours({4711}, u"x"_s))), Reason::UnknownPeer);
    QCOMPARE(reasonOf(store_->saveDraft({4711}, u"x"_s)), Reason::UnknownPeer);
    QCOMPARE(reasonOf(store_->clearHistory({4711})), Reason::UnknownPeer);
    QCOMPARE(reasonOf(store_->markRead({4711}, {1})), Reason::UnknownPeer);
}

void HistoryTest::oneFailedWriteFailsNoOther() {
    const auto conversation = plain();
    QList<Pending<Appended>> pending;
    for (int i = 0; i < 300; ++i)
        pending << store_->append(
            ours(i % 3 == 1 ? ConversationId{999} : conversation, QString::number(i), i));
    for (int i = 0; i < pending.size(); ++i) {
        const auto result = await(pending[i]);
        QVERIFY(result);
        QCOMPARE(result->ok(), i % 3 != 1);
    }
    QCOMPARE(latest(*store_, conversation, 1000).size(), 200);
}

void HistoryTest::allOrNoneOfAList() {
    const auto conversation = plain();
    QCOMPARE(reasonOf(store_->appendAll({ours(conversation, u"a"_s), ours({999}, u"b"_s)})),
             Reason::UnknownPeer);
    QCOMPARE(latest(*store_, conversation), QStringList());
    QCOMPARE(valueOf(store_->appendAll({ours(conversation, u"a"_s), ours(conversation, u"b"_s)})).size(), 2);
}

void HistoryTest::keepsAnyText() {
    const auto conversation = plain();
    const QStringList texts = {QString(),
                               u"'; DROP TABLE entry; --"_s,
                               u"a\u202Eb\u2066c"_s,
                               QString(u"nul"_s) + QChar(0) + u"inside"_s,
                               u"👩‍👩‍👧‍👦 𠮷"_s,
                               u"\n\n\t"_s};
    for (const QString& text : texts)
        valueOf(store_->append(theirs(conversation, text)));
    const QStringList read = latest(*store_, conversation);
    QCOMPARE(read.size(), texts.size());
    for (qsizetype i = 0; i < texts.size(); ++i)
        QCOMPARE(read[i], texts[i].isNull() ? u""_s : texts[i]);
}

void HistoryTest::statesGoWithOurOwnEntriesAlone() {
    const auto conversation = plain();
    const NewEntry mine = ours(conversation, u"mine"_s);
    const NewEntry peers = theirs(conversation, u"theirs"_s);
    valueOf(store_->appendAll({mine, peers}));
    QVERIFY(valueOf(store_->setState(conversation, mine.id, EntryState::Failed, Reason::StoreFull)));
    QVERIFY(!valueOf(store_->setState(conversation, peers.id, EntryState::Read)));
    QVERIFY(!valueOf(store_->setState(conversation, EntryId::random(), EntryState::Read)));
    const Page page = valueOf(store_->page({.conversation = conversation}));
    QCOMPARE(page.entries[0].state, EntryState::Failed);
    QCOMPARE(page.entries[0].failure, Reason::StoreFull);
    QCOMPARE(page.entries[1].state, EntryState::Received);
}

void HistoryTest::countsUnreadAndShowsThePreview() {
    const auto conversation = plain();
    QList<EntryRow> rows;
    for (int i = 0; i < 5; ++i)
        rows << valueOf(store_->append(theirs(conversation, u"message %1"_s.arg(i), i))).row;
    valueOf(store_->append(ours(conversation, u"answer "_s + QString(500, u'a'), 9)));
    Conversation c = valueOf(store_->conversations()).front();
    QCOMPARE(c.unread, 5);
    QVERIFY(c.lastMine);
    QCOMPARE(c.preview, u"answer "_s + QString(193, u'a'));
    QCOMPARE(c.lastArrivedAt, noon + 9000);
    valueOf(store_->markRead(conversation, rows[2]));
    QCOMPARE(valueOf(store_->conversations()).front().unread, 2);
    valueOf(store_->markRead(conversation, rows[4]));
    QCOMPARE(valueOf(store_->conversations()).front().unread, 0);
}

void HistoryTest::ordersConversationsByWhatHappenedLast() {
    const auto a = plain(u"a:1"_s);
    const auto b = plain(u"b:1"_s);
    valueOf(store_->append(theirs(a, u"a"_s, 100)));
    valueOf(store_->append(theirs(b, u"b"_s, 5)));
    const auto c = plain(u"c:1"_s);
    const auto order = [&] {
        QStringList addresses;
        for (const Conversation& conversation : valueOf(store_->conversations()))
            addresses << conversation.address;
        return addresses.join(u' ');
    };
    QCOMPARE(order(), u"c:1 b:1 a:1"_s);
    valueOf(store_->append(ours(a, u"again"_s, 6)));
    QCOMPARE(order(), u"a:1 c:1 b:1"_s);
    QVERIFY(c.value > b.value);
}

void HistoryTest::keepsNoHistoryWhereToldSo() {
    const auto conversation = plain();
    valueOf(store_->append(theirs(conversation, u"kept"_s)));
    valueOf(store_->setKeepHistory(conversation, false));
    NewEntry entry = theirs(conversation, u"not kept"_s);
    entry.position = StreamPosition{StreamId::random(), 7};
    QCOMPARE(valueOf(store_->append(entry)).outcome, Appended::Outcome::NotKept);
    QCOMPARE(latest(*store_, conversation), QStringList(u"kept"_s));
    QVERIFY(!valueOf(store_->conversations()).front().keepHistory);
    QCOMPARE(valueOf(store_->search({.words = u"not"_s})).hits.size(), 0);
    // Delivery does not depend on history being kept: the number has come.
    QCOMPARE(valueOf(store_->streams(conversation)).front().lastNumber, 7);
}

void HistoryTest::keepsDrafts() {
    const auto conversation = plain();
    valueOf(store_->saveDraft(conversation, u"half a thou"_s));
    reopen();
    QCOMPARE(valueOf(store_->conversations()).front().draft, u"half a thou"_s);
    QCOMPARE(reasonOf(store_->saveDraft(conversation, QString(300'000, u'x'))), Reason::TextTooLong);
}

void HistoryTest::plainConversationsEndAndStay() {
    const auto first = plain();
    const auto second = plain();
    QVERIFY(first != second);
    valueOf(store_->endConversation(first, noon + 5));
    valueOf(store_->setTitle(first, u"the classic client"_s));
    reopen();
    const auto all = valueOf(store_->conversations());
    QCOMPARE(all.size(), 2);
    QCOMPARE(all[1].endedAt, noon + 5);
    QCOMPARE(all[1].title, u"the classic client"_s);
    QVERIFY(!all[0].endedAt);
}

void HistoryTest::advancesStreamsWithTheEntries() {
    const auto conversation = plain();
    const StreamId stream = StreamId::random();
    NewEntry entry;
    for (int i = 1; i <= 3; ++i) {
        entry = theirs(conversation, QString::number(i));
        entry.position = StreamPosition{stream, i};
        valueOf(store_->append(entry));
    }
    NewEntry mine = ours(conversation, u"mine"_s);
    mine.position = StreamPosition{StreamId::random(), 1};
    valueOf(store_->append(mine));
    const auto streams = valueOf(store_->streams(conversation));
    QCOMPARE(streams.size(), 2);
    QCOMPARE(streams[0], (Stream{stream, false, 3, entry.id, false}));
    QCOMPARE(streams[1].mine, true);
    QCOMPARE(valueOf(store_->page({.conversation = conversation})).entries[2].number, 3);
}

void HistoryTest::aReadSeesEveryFinishedWrite() {
    const auto conversation = plain();
    for (int i = 0; i < 200; ++i) {
        valueOf(store_->append(ours(conversation, QString::number(i), i)));
        QCOMPARE(latest(*store_, conversation, 1), QStringList(QString::number(i)));
    }
}

void HistoryTest::aContextThatIsGoneIsNotCalled() {
    int called = 0;
    auto gone = std::make_unique<QObject>();
    QObject there;
    whenDone(store_->conversations(), gone.get(), [&](const auto&) { ++called; });
    whenDone(store_->conversations(), &there, [&](const auto&) { called += 10; });
    gone.reset();
    valueOf(store_->conversations());
    QCOMPARE(called, 10);
}

void HistoryTest::readsDoNotWaitForABurst() {
    const auto conversation = plain();
    valueOf(store_->append(ours(conversation, u"first"_s)));
    QList<NewEntry> many;
    for (int i = 0; i < 3000; ++i)
        many << ours(conversation, u"burst of words number %1"_s.arg(i), i);
    const auto burst = store_->appendAll(many);
    QCOMPARE(latest(*store_, conversation), QStringList(u"first"_s));
    QVERIFY(!burst.isFinished());
    valueOf(burst);
    QCOMPARE(latest(*store_, conversation, 1), QStringList(many.back().text));
}

void HistoryTest::aBurstOfResultsDoesNotHoldTheEventLoop() {
    const auto conversation = plain();
    int results = 0;
    int turns = 0;
    bool counting = true;
    // One more turn of the loop for each that ends: how often it gets to do something else.
    std::function<void()> turn = [&] {
        ++turns;
        if (counting)
            QMetaObject::invokeMethod(this, turn, Qt::QueuedConnection);
    };
    constexpr int count = 400;
    for (int i = 0; i < count; ++i) {
        whenDone(store_->append(ours(conversation, QString::number(i), i)), this, [&](const auto&) {
            ++results;
            QElapsedTimer work; // what a window does with one result
            work.start();
            while (work.nsecsElapsed() < 1'000'000) {
            }
        });
    }
    turn();
    const auto last = store_->append(ours(conversation, u"last"_s));
    valueOf(last);
    counting = false;
    QCoreApplication::processEvents();
    QCOMPARE(results, count);
    // 400 ms of work, handed over in turns of 4 ms and a result more.
    QVERIFY2(turns >= count / 5 / 2, qPrintable(QString::number(turns)));
}

QTEST_GUILESS_MAIN(HistoryTest)
#include "history_test.moc"

#include "core/limits.h"
#include "model/history.h"
#include "model/message_list.h"
#include "support/await.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace kith;
using namespace kith::model;
using namespace Qt::StringLiterals;
namespace limits = kith::core::limits;

namespace {

constexpr int stored = 1000;

QStringList textsOf(const MessageList& list) {
    QStringList texts;
    for (int row = 0; row < list.rowCount(); ++row)
        texts << list.at(row).text;
    return texts;
}

QStringList numbers(int from, int to) {
    QStringList texts;
    for (int n = from; n <= to; ++n)
        texts << QString::number(n);
    return texts;
}

} // namespace

/// The rows are a part of the conversation, read in pages from a real history of a thousand entries, "1" to
/// "1000", and another conversation's between them.
class MessagePagesTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theNewestPageIsReadFirst();
    void pagesAreReadToTheBeginning();
    void theFarEndLeaves();
    void aPlaceIsShownAmongItsNeighbours();
    void fromAPlacePagesLeadToTheEnd();
    void aNewMessageElsewhereIsNotARow();
    void aMessageThatComesWhileTheEndIsReadIsNotLost();
    void whatIsNotKeptStandsAtItsPlace();
    void anEarlierAnswerIsDropped();
    void whatWaitedWhenAConversationWasOverHasFailed();
    void theCostDoesNotDependOnTheLength();

private:
    void load(MessageList& list);
    void show(MessageList& list, qint64 place);
    [[nodiscard]] qint64 placeOfNumber(int n) const { return placeOf(rows_.at(n - 1)); }

    QTemporaryDir folder_;
    std::unique_ptr<History> history_;
    store::ConversationId conversation_{};
    QList<store::EntryRow> rows_;
};

void MessagePagesTest::initTestCase() {
    history_ = std::make_unique<History>(folder_.path());
    history_->open();
    const auto own = tests::await(history_->store().addPlainConversation(u"192.0.2.1:5188"_s, 1));
    const auto other = tests::await(history_->store().addPlainConversation(u"192.0.2.2:5188"_s, 1));
    QVERIFY(own && *own && other && *other);
    conversation_ = **own;
    QList<store::NewEntry> entries;
    for (int n = 1; n <= stored; ++n) {
        store::NewEntry entry;
        entry.conversation = conversation_;
        entry.text = QString::number(n);
        entries << entry;
        entry.conversation = **other;
        entry.id = store::EntryId::random();
        entry.text = u"not here"_s;
        entries << entry;
    }
    const auto appended = tests::await(history_->store().appendAll(entries));
    QVERIFY(appended && *appended);
    for (qsizetype i = 0; i < (*appended)->size(); i += 2)
        rows_ << (**appended)[i].row;
}

void MessagePagesTest::load(MessageList& list) {
    QSignalSpy loaded(&list, &MessageList::loaded);
    list.setSource(history_.get(), conversation_, true);
    list.showLatest();
    QTRY_COMPARE(loaded.size(), 1);
}

void MessagePagesTest::show(MessageList& list, qint64 place) {
    QSignalSpy loaded(&list, &MessageList::loaded);
    list.showAround(place);
    QTRY_COMPARE(loaded.size(), 1);
}

void MessagePagesTest::theNewestPageIsReadFirst() {
    MessageList list(nullptr);
    load(list);
    QCOMPARE(textsOf(list), numbers(stored - limits::messagePage + 1, stored));
    QVERIFY(list.moreBefore());
    QVERIFY(!list.moreAfter());
}

void MessagePagesTest::pagesAreReadToTheBeginning() {
    MessageList list(nullptr);
    const QAbstractItemModelTester tester(&list, QAbstractItemModelTester::FailureReportingMode::QtTest);
    load(list);
    for (int page = 2; list.moreBefore(); ++page) {
        list.fetchBefore();
        list.fetchBefore(); // one at a time
        QTRY_COMPARE(list.rowCount(), page * limits::messagePage);
    }
    QCOMPARE(textsOf(list), numbers(1, stored));
}

void MessagePagesTest::theFarEndLeaves() {
    MessageList list(nullptr);
    list.setSource(history_.get(), conversation_, false);
    // A long conversation of this run: its first messages have left.
    for (qsizetype n = 0; n < qsizetype(limits::messagesInMemory) + 10; ++n)
        list.append({placeOf({rows_.last().value + 1 + n}),
                     true,
                     u"new"_s,
                     {},
                     core::MessageState::Sent,
                     store::EntryId::random()},
                    true);
    QVERIFY(list.moreBefore());
    list.fetchBefore();
    QTRY_COMPARE(list.at(0).text, QString::number(stored - limits::messagePage + 1));
    QCOMPARE(list.rowCount(), int(limits::messagesInMemory));
    QVERIFY(list.moreAfter());
}

void MessagePagesTest::aPlaceIsShownAmongItsNeighbours() {
    MessageList list(nullptr);
    list.setSource(history_.get(), conversation_, true);
    show(list, placeOfNumber(500));
    QCOMPARE(textsOf(list), numbers(500 - limits::messagePage / 2, 500 + limits::messagePage / 2 - 1));
    QCOMPARE(list.at(list.rowOf(placeOfNumber(500))).text, u"500"_s);
    QVERIFY(list.moreBefore() && list.moreAfter());
}

void MessagePagesTest::fromAPlacePagesLeadToTheEnd() {
    MessageList list(nullptr);
    list.setSource(history_.get(), conversation_, true);
    show(list, placeOfNumber(500));
    while (list.moreAfter()) {
        const int before = list.rowCount();
        list.fetchAfter();
        QTRY_VERIFY(list.rowCount() > before || !list.moreAfter());
    }
    QCOMPARE(textsOf(list), numbers(500 - limits::messagePage / 2, stored));
    show(list, placeOfNumber(3));
    QSignalSpy loaded(&list, &MessageList::loaded);
    list.showLatest();
    QTRY_COMPARE(loaded.size(), 1);
    QCOMPARE(list.last()->text, QString::number(stored));
}

void MessagePagesTest::aNewMessageElsewhereIsNotARow() {
    MessageList list(nullptr);
    list.setSource(history_.get(), conversation_, true);
    show(list, placeOfNumber(500));
    const int rows = list.rowCount();
    list.append({placeOfNumber(stored) + 1,
                 false,
                 u"not kept"_s,
                 {},
                 core::MessageState::Sent,
                 store::EntryId::random()},
                false);
    QCOMPARE(list.rowCount(), rows);
    QSignalSpy loaded(&list, &MessageList::loaded);
    list.showLatest();
    QTRY_COMPARE(loaded.size(), 1);
    QCOMPARE(list.last()->text, u"not kept"_s);
}

void MessagePagesTest::aMessageThatComesWhileTheEndIsReadIsNotLost() {
    MessageList list(nullptr);
    list.setSource(history_.get(), conversation_, true);
    show(list, placeOfNumber(stored - limits::messagePage));
    QVERIFY(list.moreAfter());
    list.fetchAfter();
    // Stored behind the page that is being read: it is not among that page's entries.
    list.append({placeOf({rows_.last().value + 10}),
                 false,
                 u"late"_s,
                 {},
                 core::MessageState::Sent,
                 store::EntryId::random()},
                true);
    QTRY_COMPARE(list.last()->text, QString::number(stored));
    QVERIFY(list.moreAfter());
}

void MessagePagesTest::whatIsNotKeptStandsAtItsPlace() {
    MessageList list(nullptr);
    load(list);
    const qint64 end = placeOfNumber(stored);
    for (int n = 1; n <= 3; ++n)
        list.append(
            {end + n, false, u"not kept %1"_s.arg(n), {}, core::MessageState::Sent, store::EntryId::random()},
            false);
    show(list, placeOfNumber(10));
    QVERIFY(!textsOf(list).contains(u"not kept 1"_s));
    QSignalSpy loaded(&list, &MessageList::loaded);
    list.showLatest();
    QTRY_COMPARE(loaded.size(), 1);
    QCOMPARE(textsOf(list).mid(limits::messagePage - 1),
             (QStringList{QString::number(stored), u"not kept 1"_s, u"not kept 2"_s, u"not kept 3"_s}));
}

void MessagePagesTest::anEarlierAnswerIsDropped() {
    MessageList list(nullptr);
    list.setSource(history_.get(), conversation_, true);
    QSignalSpy loaded(&list, &MessageList::loaded);
    list.showAround(placeOfNumber(200));
    list.showAround(placeOfNumber(700));
    QTRY_COMPARE(loaded.size(), 1);
    QVERIFY(textsOf(list).contains(u"700"_s));
    QVERIFY(!textsOf(list).contains(u"200"_s));
    // What the first question is answered comes before this one's, and changes nothing.
    QVERIFY(tests::await(history_->store().streams(conversation_)).has_value());
    QCOMPARE(loaded.size(), 1);
}

void MessagePagesTest::whatWaitedWhenAConversationWasOverHasFailed() {
    store::Entry entry;
    entry.mine = true;
    entry.state = store::EntryState::Waiting;
    QCOMPARE(messageOf(entry, false).state, core::MessageState::Waiting);
    QCOMPARE(messageOf(entry, true).state, core::MessageState::Failed);
}

void MessagePagesTest::theCostDoesNotDependOnTheLength() {
    MessageList list(nullptr);
    load(list);
    show(list, placeOfNumber(1));
    QVERIFY(list.rowCount() <= limits::messagePage);
    show(list, placeOfNumber(stored));
    QVERIFY(list.rowCount() <= limits::messagePage);
}

QTEST_GUILESS_MAIN(MessagePagesTest)
#include "message_pages_test.moc"

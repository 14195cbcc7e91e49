#include "core/limits.h"
#include "model/conversation_record.h"
#include "model/history.h"
#include "model/message_list.h"
#include "support/await.h"
#include "support/fault_vfs.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace kith;
using namespace kith::model;
using namespace Qt::StringLiterals;
using core::Reason;

namespace {

store::NewEntry entryOf(const QString& text, bool mine = true) {
    store::NewEntry entry;
    entry.mine = mine;
    entry.state = mine ? store::EntryState::Waiting : store::EntryState::Received;
    entry.text = text;
    return entry;
}

} // namespace

/// What is said is stored in its order before anybody hears of it; and what cannot be stored is told.
class ConversationRecordTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void entriesSettleInTheirOrderAndAreStored();
    void nothingIsStoredBeforeSomethingIsSaid();
    void whatIsNotKeptNeverOvertakesWhatIs();
    void aConversationThatIsNotKeptIsNotStored();
    void row11_aFullDiskRefusesAndChangesNothing();
    void row11_afterRoomIsMadeItGoesOn();
    void row12_aDamagedHistoryKeepsNothingAndLosesNothing();
    void placesAscendAcrossWhatIsNotKept();
    void aDraftAloneIsKept();
    void anEndWithoutAWordLeavesNoRow();
    void tooMuchAtOnceIsToldUntilHalfIsStored();

private:
    void openHistory();
    void collect(ConversationRecord& record);
    [[nodiscard]] QStringList stored(store::ConversationId conversation);

    std::unique_ptr<tests::FaultVfs> vfs_;
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<History> history_;
    QList<Settled> settled_;
};

void ConversationRecordTest::init() {
    vfs_ = std::make_unique<tests::FaultVfs>();
    folder_ = std::make_unique<QTemporaryDir>();
    settled_.clear();
    openHistory();
}

void ConversationRecordTest::cleanup() {
    history_.reset();
    vfs_.reset();
}

void ConversationRecordTest::openHistory() {
    history_ = std::make_unique<History>(folder_->path(), nullptr, vfs_->name());
    history_->open();
    QTRY_VERIFY(history_->state() != History::State::Opening);
}

void ConversationRecordTest::collect(ConversationRecord& record) {
    connect(&record, &ConversationRecord::settled, this,
            [this](const Settled& settled) { settled_ << settled; });
}

QStringList ConversationRecordTest::stored(store::ConversationId conversation) {
    store::PageRequest request;
    request.conversation = conversation;
    request.before = 1000;
    const auto page = tests::await(history_->store().page(request));
    QStringList texts;
    if (page && *page) {
        for (const store::Entry& entry : (*page)->entries)
            texts << entry.text;
    }
    return texts;
}

void ConversationRecordTest::entriesSettleInTheirOrderAndAreStored() {
    ConversationRecord record(*history_, u"192.0.2.1:5188"_s, 1, nullptr);
    collect(record);
    QStringList said;
    for (int n = 0; n < 500; ++n) {
        said << QString::number(n);
        record.add(entryOf(said.last(), n % 2 == 0));
    }
    QTRY_VERIFY(record.isIdle());
    QCOMPARE(settled_.size(), 500);
    for (int n = 0; n < 500; ++n) {
        QCOMPARE(settled_[n].entry.text, said[n]);
        QVERIFY(settled_[n].kept && !settled_[n].refused);
        QVERIFY(n == 0 || settled_[n].place > settled_[n - 1].place);
    }
    QCOMPARE(stored(record.id()), said);
}

void ConversationRecordTest::nothingIsStoredBeforeSomethingIsSaid() {
    ConversationRecord record(*history_, u"192.0.2.1:5188"_s, 1, nullptr);
    record.saveDraft({});
    record.end(2);
    const auto rows = tests::await(history_->store().conversations());
    QVERIFY(rows && *rows && (*rows)->isEmpty());
    QVERIFY(!record.id());
}

void ConversationRecordTest::whatIsNotKeptNeverOvertakesWhatIs() {
    ConversationRecord record(*history_, u"192.0.2.1:5188"_s, 1, nullptr);
    collect(record);
    record.add(entryOf(u"kept"_s));
    QVERIFY(settled_.isEmpty()); // the disk is not waited for
    record.setKeepsHistory(false);
    record.add(entryOf(u"not kept"_s));
    QVERIFY(settled_.isEmpty());
    QTRY_COMPARE(settled_.size(), 2);
    QCOMPARE(settled_[1].entry.text, u"not kept"_s);
    record.add(entryOf(u"at once"_s));
    QCOMPARE(settled_.size(), 3);
    QVERIFY(record.isIdle());
}

void ConversationRecordTest::aConversationThatIsNotKeptIsNotStored() {
    ConversationRecord record(*history_, u"192.0.2.1:5188"_s, 1, nullptr);
    collect(record);
    record.add(entryOf(u"kept"_s));
    QTRY_COMPARE(settled_.size(), 1);
    record.setKeepsHistory(false);
    record.add(entryOf(u"not kept"_s));
    QTRY_COMPARE(settled_.size(), 2);
    QVERIFY(!settled_[1].kept && !settled_[1].refused);
    record.setKeepsHistory(true);
    record.add(entryOf(u"kept again"_s));
    QTRY_COMPARE(settled_.size(), 3);
    QCOMPARE(stored(record.id()), (QStringList{u"kept"_s, u"kept again"_s}));
}

void ConversationRecordTest::row11_aFullDiskRefusesAndChangesNothing() {
    ConversationRecord record(*history_, u"192.0.2.1:5188"_s, 1, nullptr);
    collect(record);
    record.add(entryOf(u"before"_s));
    QTRY_COMPARE(settled_.size(), 1);
    vfs_->setQuota(folder_->path(), tests::FaultVfs::used(folder_->path()));
    const QString big(60000, u'x');
    for (int n = 0; n < 30; ++n)
        record.add(entryOf(big));
    QTRY_VERIFY(record.isIdle());
    QVERIFY(settled_.last().refused);
    QCOMPARE(core::code(settled_.last().refused->reason), core::code(Reason::StoreFull));
    QVERIFY(history_->takesWrites()); // a full disk is no reason to give the history up
    QCOMPARE(stored(record.id()).first(), u"before"_s);
    vfs_->setQuota(folder_->path(), -1);
}

void ConversationRecordTest::row11_afterRoomIsMadeItGoesOn() {
    row11_aFullDiskRefusesAndChangesNothing();
    ConversationRecord record(*history_, u"192.0.2.2:5188"_s, 1, nullptr);
    collect(record);
    settled_.clear();
    record.add(entryOf(u"after"_s));
    QTRY_COMPARE(settled_.size(), 1);
    QVERIFY(settled_[0].kept);
    QCOMPARE(stored(record.id()), QStringList{u"after"_s});
}

void ConversationRecordTest::row12_aDamagedHistoryKeepsNothingAndLosesNothing() {
    ConversationRecord record(*history_, u"192.0.2.1:5188"_s, 1, nullptr);
    collect(record);
    record.add(entryOf(u"kept"_s));
    QTRY_COMPARE(settled_.size(), 1);
    QSignalSpy changed(history_.get(), &History::stateChanged);
    history_->noteFailure({Reason::StoreDamaged, 11, {}});
    QCOMPARE(history_->state(), History::State::ReadOnly);
    QCOMPARE(changed.size(), 1);
    record.add(entryOf(u"heard all the same"_s, false));
    QTRY_COMPARE(settled_.size(), 2);
    QVERIFY(!settled_[1].kept && !settled_[1].refused);
    QCOMPARE(stored(record.id()), QStringList{u"kept"_s});
}

void ConversationRecordTest::placesAscendAcrossWhatIsNotKept() {
    ConversationRecord record(*history_, u"192.0.2.1:5188"_s, 1, nullptr);
    collect(record);
    for (int n = 0; n < 40; ++n) {
        record.setKeepsHistory(n % 3 != 0);
        record.add(entryOf(QString::number(n)));
        QTRY_COMPARE(settled_.size(), n + 1);
        QVERIFY(n == 0 || settled_[n].place > settled_[n - 1].place);
    }
}

void ConversationRecordTest::aDraftAloneIsKept() {
    ConversationRecord record(*history_, u"192.0.2.1:5188"_s, 1, nullptr);
    record.saveDraft(u"half a sen"_s);
    QTRY_VERIFY(record.id());
    const auto row = [&] { return tests::await(history_->store().conversation(record.id())); };
    QTRY_COMPARE((*row().value())->draft, u"half a sen"_s);
    record.end(2);
    QTRY_VERIFY((*row().value())->endedAt.has_value());
}

void ConversationRecordTest::anEndWithoutAWordLeavesNoRow() {
    ConversationRecord record(*history_, u"192.0.2.1:5188"_s, 1, nullptr);
    record.saveDraft(u"x"_s);
    QTRY_VERIFY(record.id());
    QTRY_COMPARE((**tests::await(history_->store().conversation(record.id())))->draft, u"x"_s);
    record.saveDraft({});
    record.end(2);
    QTRY_VERIFY(!(**tests::await(history_->store().conversation(record.id()))).has_value());
}

void ConversationRecordTest::tooMuchAtOnceIsToldUntilHalfIsStored() {
    ConversationRecord record(*history_, u"192.0.2.1:5188"_s, 1, nullptr);
    collect(record);
    QSignalSpy full(&record, &ConversationRecord::fullChanged);
    for (std::size_t n = 0; n <= core::limits::storingEntries; ++n)
        record.add(entryOf(u"flood"_s, false));
    QVERIFY(record.isFull());
    QTRY_VERIFY(!record.isFull());
    QCOMPARE(full.size(), 2);
    QVERIFY(settled_.size() >= qsizetype(core::limits::storingEntries / 2));
    QTRY_VERIFY(record.isIdle());
    QCOMPARE(settled_.size(), qsizetype(core::limits::storingEntries) + 1);
}

QTEST_GUILESS_MAIN(ConversationRecordTest)
#include "conversation_record_test.moc"

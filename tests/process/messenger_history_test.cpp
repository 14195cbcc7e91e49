#include "support/await.h"
#include "support/fault_vfs.h"
#include "support/messenger_fixture.h"

#include <QDir>

using namespace kith;
using namespace Qt::StringLiterals;
using core::ConversationState;
using core::MessageState;
using core::Reason;
using model::Conversation;
using model::History;
using tests::patience;
using tests::PlainPeer;

namespace {

QStringList textsOf(const Conversation* conversation) {
    QStringList texts;
    for (int row = 0; row < conversation->messages()->rowCount(); ++row)
        texts << conversation->messages()->at(row).text;
    return texts;
}

/// Every byte of every file of a folder.
QByteArray bytesIn(const QString& folder) {
    QByteArray all;
    for (const QString& name : QDir(folder).entryList(QDir::Files)) {
        QFile file(folder + u'/' + name);
        if (file.open(QIODevice::ReadOnly))
            all += file.readAll();
    }
    return all;
}

} // namespace

/// What was said stays, with real workers and a real history.
class MessengerHistoryTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void whatWasSaidIsThereAfterANewStart();
    void aPastConversationShowsWhatNeverWentOut();
    void aHitOpensTheConversationItIsOf();
    void row11_onAFullDiskTheTextComesBackAndIsNotSent();
    void row11_whatIsReceivedOnAFullDiskIsShownAndTold();
    void aDamagedHistoryIsSaidAndTheTalkGoesOn();
    void aNewHistoryIsBegunInTheMiddleOfATalk();
    void aFloodIsStoredWholeAndHoldsNothing();
    void lastWordsAreStoredBeforeTheEndIsTold();
    void disconnectingSendsWhatIsStillBeingStored();
    void clearingLeavesNoByteOfWhatWasSaid();
    void removingEndsTheConversationAndErasesIt();
    void aConversationThatIsNotKeptLeavesNothing();
    void aDraftIsThereAfterANewStart();

private:
    [[nodiscard]] Conversation* past();

    std::unique_ptr<tests::FaultVfs> vfs_;
    tests::MessengerFixture with_;
};

void MessengerHistoryTest::init() {
    vfs_ = std::make_unique<tests::FaultVfs>();
    with_.vfs = vfs_->name();
    with_.init();
}

void MessengerHistoryTest::cleanup() {
    with_.cleanup();
    vfs_.reset();
}

/// The one conversation of an earlier run; null where there is none.
Conversation* MessengerHistoryTest::past() {
    const bool there = QTest::qWaitFor([&] { return !with_.messenger->all().isEmpty(); }, patience);
    return there ? with_.messenger->all().first() : nullptr;
}

void MessengerHistoryTest::whatWasSaidIsThereAfterANewStart() {
    with_.host();
    PlainPeer peer = with_.visitor();
    Conversation* const conversation = with_.letIn(peer, "hello\n");
    QVERIFY(conversation);
    QVERIFY(conversation->send(u"good day"_s).ok());
    QTRY_COMPARE_WITH_TIMEOUT(peer.read(), QByteArray("good day\n"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(conversation->messages()->rowCount(), 2, patience);
    conversation->markRead();
    peer.write("one more\n");
    QTRY_COMPARE_WITH_TIMEOUT(conversation->messages()->rowCount(), 3, patience);

    with_.startAgain();
    Conversation* const again = past();
    QVERIFY(again);
    QVERIFY(again->isPast());
    QCOMPARE(again->state(), ConversationState::Ended);
    QCOMPARE(again->host(), u"127.0.0.1"_s);
    QCOMPARE(again->unread(), 1);
    QCOMPARE(again->lastText(), u"one more"_s);
    QCOMPARE(with_.messenger->conversations()->rowCount(), 1);
    QCOMPARE(again->messages()->rowCount(), 0); // nobody has looked yet
    again->messages()->showLatest();
    QTRY_COMPARE_WITH_TIMEOUT(textsOf(again), (QStringList{u"hello"_s, u"good day"_s, u"one more"_s}),
                              patience);
    QCOMPARE(again->messages()->at(1).state, MessageState::Sent);
    QVERIFY(!again->send(u"too late"_s).ok());
}

void MessengerHistoryTest::aPastConversationShowsWhatNeverWentOut() {
    with_.host();
    PlainPeer peer = with_.visitor();
    Conversation* const conversation = with_.letIn(peer, "hello\n");
    QVERIFY(conversation);
    // Stored as waiting by a program that was killed right then.
    store::NewEntry entry;
    QTRY_VERIFY(conversation->stored());
    entry.conversation = conversation->stored();
    entry.mine = true;
    entry.state = store::EntryState::Waiting;
    entry.text = u"never went out"_s;
    QVERIFY(tests::await(with_.history->store().append(entry)).value().ok());
    with_.startAgain();
    Conversation* const again = past();
    QVERIFY(again);
    again->messages()->showLatest();
    QTRY_COMPARE_WITH_TIMEOUT(again->messages()->rowCount(), 2, patience);
    QCOMPARE(again->messages()->at(1).state, MessageState::Failed);
}

void MessengerHistoryTest::aHitOpensTheConversationItIsOf() {
    with_.host();
    PlainPeer peer = with_.visitor();
    Conversation* const conversation = with_.letIn(peer, "\u4e16\u754c hello\n");
    QVERIFY(conversation);
    QTRY_COMPARE(conversation->messages()->rowCount(), 1);
    with_.startAgain();
    QVERIFY(past());
    with_.messenger->dismiss(past());
    QCOMPARE(with_.messenger->conversations()->rowCount(), 0);
    const auto found = tests::await(with_.history->store().search({.words = u"\u4e16\u754c"_s}));
    QVERIFY(found && *found);
    QCOMPARE((*found)->hits.size(), 1);
    QCOMPARE((*found)->conversations.size(), 1);
    Conversation* const opened = with_.messenger->open((*found)->conversations.first());
    QCOMPARE(with_.messenger->open((*found)->conversations.first()), opened);
    QCOMPARE(with_.messenger->conversations()->rowCount(), 0); // it left the list, and stays out of it
    opened->messages()->showAround(model::placeOf((*found)->hits.first().entry.row));
    QTRY_COMPARE(opened->messages()->rowCount(), 1);
}

void MessengerHistoryTest::row11_onAFullDiskTheTextComesBackAndIsNotSent() {
    with_.host();
    PlainPeer peer = with_.visitor();
    Conversation* const conversation = with_.letIn(peer, "hello\n");
    QVERIFY(conversation);
    QTRY_COMPARE(conversation->messages()->rowCount(), 1);
    vfs_->setQuota(with_.folder->path(), tests::FaultVfs::used(with_.folder->path()));
    QSignalSpy refused(conversation, &Conversation::sendRefused);
    const QString big(60000, u'x');
    int sent = 0;
    while (refused.isEmpty() && sent < 100) {
        QVERIFY(conversation->send(big).ok());
        ++sent;
        QTRY_VERIFY(!refused.isEmpty() || conversation->messages()->rowCount() == sent + 1);
    }
    QCOMPARE(refused.size(), 1);
    QCOMPARE(refused.at(0).at(1).toString(), big);
    QCOMPARE(core::code(refused.at(0).at(2).value<core::Error>().reason), core::code(Reason::StoreFull));
    QCOMPARE(conversation->messages()->rowCount(), sent);
    QCOMPARE(conversation->state(), ConversationState::Open);

    vfs_->setQuota(with_.folder->path(), -1);
    QVERIFY(conversation->send(u"now it goes"_s).ok());
    QTRY_VERIFY_WITH_TIMEOUT(peer.read().endsWith("now it goes\n"), patience);
    QCOMPARE(peer.read().count('\n'), sent); // the refused one never went out
}

void MessengerHistoryTest::row11_whatIsReceivedOnAFullDiskIsShownAndTold() {
    with_.host();
    PlainPeer peer = with_.visitor();
    Conversation* const conversation = with_.letIn(peer, "hello\n");
    QVERIFY(conversation);
    QTRY_COMPARE(conversation->messages()->rowCount(), 1);
    vfs_->setQuota(with_.folder->path(), tests::FaultVfs::used(with_.folder->path()));
    QSignalSpy failed(conversation, &Conversation::historyFailed);
    int lines = 0;
    while (failed.isEmpty() && lines < 100) {
        QVERIFY(peer.write(QByteArray(60000, 'y') + '\n'));
        ++lines;
        QTRY_COMPARE_WITH_TIMEOUT(conversation->messages()->rowCount(), lines + 1, patience);
    }
    QVERIFY(!failed.isEmpty());
    QCOMPARE(core::code(failed.at(0).at(0).value<core::Error>().reason), core::code(Reason::StoreFull));
    vfs_->setQuota(with_.folder->path(), -1);
}

void MessengerHistoryTest::aDamagedHistoryIsSaidAndTheTalkGoesOn() {
    with_.host();
    PlainPeer peer = with_.visitor();
    Conversation* const conversation = with_.letIn(peer, "hello\n");
    QVERIFY(conversation);
    QTRY_COMPARE(conversation->messages()->rowCount(), 1);
    with_.history->noteFailure({Reason::StoreDamaged, 11, {}});
    QCOMPARE(with_.history->state(), History::State::ReadOnly);
    QVERIFY(conversation->send(u"not kept"_s).ok());
    QTRY_COMPARE_WITH_TIMEOUT(peer.read(), QByteArray("not kept\n"), patience);
    QTRY_COMPARE(textsOf(conversation), (QStringList{u"hello"_s, u"not kept"_s}));
}

void MessengerHistoryTest::aNewHistoryIsBegunInTheMiddleOfATalk() {
    with_.host();
    PlainPeer peer = with_.visitor();
    Conversation* const conversation = with_.letIn(peer, "before\n");
    QVERIFY(conversation);
    QTRY_COMPARE(conversation->messages()->rowCount(), 1);
    with_.history->noteFailure({Reason::StoreDamaged, 11, {}});
    with_.history->beginAnew();
    QTRY_COMPARE_WITH_TIMEOUT(with_.history->state(), History::State::Open, patience);
    QVERIFY(peer.write("after\n"));
    QTRY_COMPARE_WITH_TIMEOUT(textsOf(conversation), QStringList{u"after"_s}, patience);
    QVERIFY(conversation->stored());
    // What was there before is aside, whole.
    QVERIFY(!QDir(with_.folder->path()).entryList({u"history.damaged-*.sqlite"_s}, QDir::Files).isEmpty());
}

void MessengerHistoryTest::aFloodIsStoredWholeAndHoldsNothing() {
    with_.host();
    PlainPeer peer = with_.visitor();
    Conversation* const conversation = with_.letIn(peer, "0\n");
    QVERIFY(conversation);
    QSignalSpy added(conversation, &Conversation::messageAdded);
    constexpr int lines = 20'000;
    QByteArray flood;
    for (int n = 1; n <= lines; ++n)
        flood += QByteArray::number(n) + '\n';
    QVERIFY(peer.write(flood));
    QTRY_COMPARE_WITH_TIMEOUT(conversation->lastText(), QString::number(lines), 60000);
    store::PageRequest request;
    request.conversation = conversation->stored();
    request.anchor = store::PageRequest::Anchor::First;
    request.before = 0;
    request.after = core::limits::pageEntries;
    int next = 0;
    while (next <= lines) {
        const auto page = tests::await(with_.history->store().page(request));
        QVERIFY(page && *page && !(*page)->entries.isEmpty());
        for (const store::Entry& entry : (*page)->entries)
            QCOMPARE(entry.text, QString::number(next++));
        request.anchor = store::PageRequest::Anchor::Row;
        request.row = {(*page)->entries.last().row.value + 1};
    }
    QCOMPARE(next, lines + 1);
}

void MessengerHistoryTest::lastWordsAreStoredBeforeTheEndIsTold() {
    with_.host();
    PlainPeer peer = with_.visitor();
    Conversation* const conversation = with_.letIn(peer, "hello\n");
    QVERIFY(conversation);
    QStringList atTheEnd;
    connect(conversation, &Conversation::ended, this, [&] { atTheEnd = textsOf(conversation); });
    QVERIFY(peer.write("last words\n"));
    peer.close();
    QTRY_COMPARE_WITH_TIMEOUT(conversation->state(), ConversationState::Ended, patience);
    QCOMPARE(atTheEnd, (QStringList{u"hello"_s, u"last words"_s}));
}

void MessengerHistoryTest::disconnectingSendsWhatIsStillBeingStored() {
    with_.host();
    PlainPeer peer = with_.visitor();
    Conversation* const conversation = with_.letIn(peer, "hello\n");
    QVERIFY(conversation);
    for (int n = 0; n < 50; ++n)
        QVERIFY(conversation->send(QString::number(n)).ok());
    conversation->disconnectPeer();
    QCOMPARE(conversation->state(), ConversationState::Closing);
    QTRY_COMPARE_WITH_TIMEOUT(conversation->state(), ConversationState::Ended, patience);
    QCOMPARE(conversation->end(), (core::End{Reason::StoppedByUs, 0, 0}));
    QTRY_VERIFY_WITH_TIMEOUT(peer.isAtEnd(), patience);
    QCOMPARE(peer.read().count('\n'), 50);
}

void MessengerHistoryTest::clearingLeavesNoByteOfWhatWasSaid() {
    with_.host();
    PlainPeer peer = with_.visitor();
    Conversation* const conversation = with_.letIn(peer, "xyzzysecret\n");
    QVERIFY(conversation);
    QTRY_COMPARE(conversation->messages()->rowCount(), 1);
    QVERIFY(bytesIn(with_.folder->path()).contains("xyzzysecret"));
    QSignalSpy erased(&with_.history->store(), &store::Store::erased);
    conversation->clearHistory();
    QTRY_COMPARE(conversation->messages()->rowCount(), 0);
    QVERIFY(conversation->lastText().isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(erased.size(), 1, patience);
    QVERIFY(!bytesIn(with_.folder->path()).contains("xyzzysecret"));
    QVERIFY(conversation->send(u"it goes on"_s).ok());
    QTRY_COMPARE(textsOf(conversation), QStringList{u"it goes on"_s});
}

void MessengerHistoryTest::removingEndsTheConversationAndErasesIt() {
    with_.host();
    PlainPeer peer = with_.visitor();
    Conversation* const conversation = with_.letIn(peer, "xyzzysecret\n");
    QVERIFY(conversation);
    QTRY_COMPARE(conversation->messages()->rowCount(), 1);
    conversation->setDraft(u"xyzzydraft"_s);
    conversation->saveDraft();
    QSignalSpy removed(with_.messenger.get(), &model::Messenger::conversationRemoved);
    QSignalSpy erased(&with_.history->store(), &store::Store::erased);
    with_.messenger->remove(conversation);
    QTRY_COMPARE_WITH_TIMEOUT(removed.size(), 1, patience);
    QTRY_VERIFY_WITH_TIMEOUT(peer.isAtEnd(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(erased.size(), 1, patience);
    const QByteArray left = bytesIn(with_.folder->path());
    QVERIFY(!left.contains("xyzzysecret") && !left.contains("xyzzydraft"));
    QVERIFY(with_.messenger->all().isEmpty());
}

void MessengerHistoryTest::aConversationThatIsNotKeptLeavesNothing() {
    with_.host();
    PlainPeer peer = with_.visitor();
    peer.write("xyzzysecret\n");
    QTRY_COMPARE_WITH_TIMEOUT(with_.messenger->requests().size(), 1, patience);
    Conversation* const conversation = with_.messenger->requests().first();
    conversation->setKeepsHistory(false);
    conversation->accept();
    QTRY_COMPARE_WITH_TIMEOUT(conversation->messages()->rowCount(), 1, patience);
    QVERIFY(conversation->send(u"xyzzyanswer"_s).ok());
    QTRY_COMPARE_WITH_TIMEOUT(peer.read(), QByteArray("xyzzyanswer\n"), patience);
    QVERIFY(!conversation->stored());
    with_.startAgain();
    QTRY_COMPARE(with_.history->state(), History::State::Open);
    const auto rows = tests::await(with_.history->store().conversations());
    QVERIFY(rows && *rows && (*rows)->isEmpty());
    QVERIFY(!bytesIn(with_.folder->path()).contains("xyzzy"));
}

void MessengerHistoryTest::aDraftIsThereAfterANewStart() {
    with_.host();
    PlainPeer peer = with_.visitor();
    Conversation* const conversation = with_.letIn(peer, "hello\n");
    QVERIFY(conversation);
    conversation->setDraft(u"half a sen"_s);
    with_.startAgain();
    Conversation* const again = past();
    QVERIFY(again);
    QCOMPARE(again->draft(), u"half a sen"_s);
}

QTEST_GUILESS_MAIN(MessengerHistoryTest)
#include "messenger_history_test.moc"

#include "cli/entry_reader.h"
#include "core/limits.h"
#include "support/await.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace kith;
using namespace kith::cli;
using namespace Qt::StringLiterals;

/// Conversations are read in the order in which things were said, page by page.
class EntryReaderTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void conversationsAreReadInTheOrderOfWhatWasSaid();
    void nothingIsReadBeforeItIsAskedFor();
    void aSearchOfAllKnowsTheConversationsOfItsHits();
    void aSearchOfSeveralIsInOrderToo();
    void nothingStoredEndsAtOnce();
    void aHistoryThatIsClosedIsAFailure();
    void longTextsComeInSmallerPieces();

private:
    [[nodiscard]] store::Conversation add(const QString& address);
    void say(const store::Conversation& in, const QString& text);
    /// Everything, as texts; how often was asked for more.
    QStringList readAll(const ReadRequest& request, int* asked = nullptr);
    /// The conversations, with everything said so far stored.
    [[nodiscard]] QList<store::Conversation> all();
    [[nodiscard]] store::Store& store() { return history_->store(); }

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<model::History> history_;
    store::Pending<store::Appended> last_;
    qint64 now_ = 1'800'000'000'000;
};

void EntryReaderTest::init() {
    last_ = {};
    folder_ = std::make_unique<QTemporaryDir>();
    history_ = std::make_unique<model::History>(folder_->path());
    history_->open();
    QTRY_COMPARE(history_->state(), model::History::State::Open);
}

void EntryReaderTest::cleanup() {
    history_.reset();
}

store::Conversation EntryReaderTest::add(const QString& address) {
    store::Conversation made;
    made.id = **tests::await(store().addPlainConversation(address, now_));
    return made;
}

void EntryReaderTest::say(const store::Conversation& in, const QString& text) {
    store::NewEntry entry;
    entry.conversation = in.id;
    entry.text = text;
    // A clock that goes backwards: the order is that of storing.
    entry.writtenAt = entry.arrivedAt = --now_;
    last_ = store().append(entry); // many share a flush
}

QList<store::Conversation> EntryReaderTest::all() {
    if (last_.isValid() && !(*tests::await(last_)).ok())
        qFatal("an entry was not stored");
    return **tests::await(store().conversations());
}

QStringList EntryReaderTest::readAll(const ReadRequest& request, int* asked) {
    EntryReader reader(store(), request);
    QStringList texts;
    bool ended = false;
    connect(&reader, &EntryReader::read, this, [&](const QList<store::Entry>& entries) {
        for (const store::Entry& entry : entries)
            texts += reader.conversationOf(entry).address + u' ' + entry.text;
        if (asked)
            ++*asked;
        reader.next();
    });
    connect(&reader, &EntryReader::ended, this, [&] { ended = true; });
    connect(&reader, &EntryReader::failed, this, [](const core::Error&) { QFAIL("it could not be read"); });
    reader.next();
    (void)QTest::qWaitFor([&] { return ended; }, 10000);
    return ended ? texts : QStringList{u"it did not end"_s};
}

void EntryReaderTest::conversationsAreReadInTheOrderOfWhatWasSaid() {
    const auto a = add(u"a:1"_s);
    const auto b = add(u"b:1"_s);
    (void)add(u"silent:1"_s);
    QStringList said;
    for (int i = 0; i < 700; ++i) {
        const bool first = i < 100 || i % 3 == 0;
        const QString text = QString::number(i);
        say(first ? a : b, text);
        said += (first ? u"a:1 "_s : u"b:1 "_s) + text;
    }
    QCOMPARE(readAll({all(), std::nullopt}), said);
    const QStringList ofB = said.filter(u"b:1"_s);
    QCOMPARE(readAll({{***tests::await(store().conversation(b.id))}, std::nullopt}).size(), ofB.size());
}

void EntryReaderTest::nothingIsReadBeforeItIsAskedFor() {
    const auto a = add(u"a:1"_s);
    say(a, u"one"_s);
    EntryReader reader(store(), {all(), std::nullopt});
    QSignalSpy read(&reader, &EntryReader::read);
    QSignalSpy ended(&reader, &EntryReader::ended);
    reader.next();
    QVERIFY(read.isEmpty()); // never from within the call
    QTRY_COMPARE(read.size(), 1);
    // A question and its answer later there would have been more, had it gone on by itself.
    (void)all();
    (void)all();
    QCOMPARE(read.size(), 1);
    QVERIFY(ended.isEmpty());
    reader.next();
    QTRY_COMPARE(ended.size(), 1);
}

void EntryReaderTest::aSearchOfAllKnowsTheConversationsOfItsHits() {
    const auto a = add(u"a:1"_s);
    const auto b = add(u"b:1"_s);
    QStringList found;
    for (int i = 0; i < 300; ++i) {
        say(i % 2 == 0 ? a : b, u"hit %1"_s.arg(i));
        found += (i % 2 == 0 ? u"a:1 hit %1"_s : u"b:1 hit %1"_s).arg(i);
        say(a, u"something else"_s);
    }
    QCOMPARE(all().size(), 2);
    store::SearchRequest search;
    search.words = u"hit"_s;
    QCOMPARE(readAll({{}, search}), found);
}

void EntryReaderTest::aSearchOfSeveralIsInOrderToo() {
    const auto a = add(u"a:1"_s);
    const auto b = add(u"b:1"_s);
    const auto c = add(u"c:1"_s);
    for (int i = 0; i < 5; ++i) {
        say(b, u"hit"_s);
        say(a, u"hit"_s);
        say(c, u"hit"_s);
    }
    QList<store::Conversation> two = all();
    two.removeIf([&](const store::Conversation& each) { return each.id == c.id; });
    store::SearchRequest search;
    search.words = u"hit"_s;
    const QStringList found = readAll({two, search});
    QCOMPARE(found.size(), 10);
    for (qsizetype i = 0; i < found.size(); ++i)
        QCOMPARE(found[i], i % 2 == 0 ? u"b:1 hit"_s : u"a:1 hit"_s);
}

void EntryReaderTest::nothingStoredEndsAtOnce() {
    QCOMPARE(readAll({}), QStringList());
    (void)add(u"silent:1"_s);
    QCOMPARE(readAll({all(), std::nullopt}), QStringList());
}

void EntryReaderTest::aHistoryThatIsClosedIsAFailure() {
    const auto a = add(u"a:1"_s);
    say(a, u"one"_s);
    const ReadRequest request{all(), std::nullopt};
    EntryReader reader(store(), request);
    QSignalSpy failed(&reader, &EntryReader::failed);
    history_->close();
    QTRY_COMPARE(history_->state(), model::History::State::Closed);
    reader.next();
    QTRY_COMPARE(failed.size(), 1);
}

void EntryReaderTest::longTextsComeInSmallerPieces() {
    const auto a = add(u"a:1"_s);
    const QString longest = u"x"_s.repeated(static_cast<qsizetype>(core::limits::messageText));
    for (int i = 0; i < 40; ++i)
        say(a, longest);
    int pieces = 0;
    QCOMPARE(readAll({all(), std::nullopt}, &pieces).size(), 40);
    // Two bytes a character: a piece is full with the second.
    QVERIFY2(pieces >= 15, qPrintable(QString::number(pieces)));
}

QTEST_GUILESS_MAIN(EntryReaderTest)
#include "entry_reader_test.moc"

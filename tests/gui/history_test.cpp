#include "core/limits.h"
#include "driving.h"
#include "gui/main_window.h"
#include "gui/message_view.h"
#include "gui/theme.h"
#include "support/written_history.h"
#include "two_people.h"

#include <QComboBox>
#include <QDateEdit>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>

using namespace kith;
using namespace kith::test;
using namespace Qt::StringLiterals;
using gui::MainWindow;
using gui::MessageView;
using tests::Talk;
using tests::WrittenHistory;

namespace {

constexpr qint64 minute = 60'000;
constexpr qint64 day = 24 * 60 * minute;

qint64 now() {
    return QDateTime::currentMSecsSinceEpoch();
}

/// A conversation that ended a while ago, of `count` messages a minute apart: "message 1" is the oldest.
Talk talkOf(const QString& address, int count, qint64 endedAt) {
    Talk talk{address, endedAt - count * minute, endedAt, {}, {}};
    for (int n = 1; n <= count; ++n)
        talk.said.append({n % 2 == 0, endedAt - (count - n) * minute, u"message %1"_s.arg(n)});
    return talk;
}

Person::Prepare written(const WrittenHistory& history) {
    return [history](const QString& folder) {
        if (!tests::writeHistory(folder, history))
            qFatal("the history could not be written");
    };
}

/// A window over a history that is open, and its past listed.
struct Opened {
    explicit Opened(const Person::Prepare& prepare)
        : person(u"Ann"_s, prepare)
        , window(person.messenger()) {
        window.show();
        const bool done = QTest::qWaitFor([&] {
            const auto state = person.history().state();
            return state != model::History::State::Opening;
        });
        if (!done)
            QTest::qFail("the history did not open", __FILE__, __LINE__);
    }

    [[nodiscard]] QListView* conversations() { return find<QListView>(window, u"Conversations"_s); }
    [[nodiscard]] QStringList rows(const QString& list) {
        QStringList names;
        const auto* view = find<QListView>(window, list);
        for (int row = 0; view != nullptr && row < view->model()->rowCount(); ++row)
            names << view->model()->index(row, 0).data(Qt::AccessibleTextRole).toString();
        return names;
    }
    bool click(const QString& list, int row) {
        auto* view = find<QListView>(window, list);
        if (view == nullptr || row >= view->model()->rowCount())
            return false;
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {},
                          view->visualRect(view->model()->index(row, 0)).center());
        return true;
    }
    /// Opens the fold and the one conversation below it.
    bool openPast() {
        return QTest::qWaitFor([&] { return rows(u"Conversations"_s).size() == 1; }) &&
               click(u"Conversations"_s, 0) && click(u"Conversations"_s, 1) &&
               QTest::qWaitFor([&] { return view() != nullptr && view()->messages()->rowCount() > 0; });
    }
    [[nodiscard]] MessageView* view() { return find<MessageView>(window, u"Messages"_s); }
    /// The texts of the messages in sight.
    [[nodiscard]] QStringList inSight() {
        QStringList texts;
        const QRect port = view()->viewport()->rect();
        for (int row = std::max(0, view()->rowAt({port.width() / 2, 1}));
             row < view()->messages()->rowCount(); ++row) {
            const QRect rect = view()->rowRect(row);
            if (port.contains(rect))
                texts << view()->messages()->at(row).text;
            else if (rect.bottom() > port.bottom())
                break;
        }
        return texts;
    }
    void search(const QString& words) {
        if (find<QLineEdit>(window, u"Search words"_s) == nullptr)
            window.openSearch(false);
        find<QLineEdit>(window, u"Search words"_s)->setText(words);
    }

    Person person;
    MainWindow window;
};

/// An entry of the window's menus, by its words.
QAction* action(const MainWindow& window, const QString& words) {
    for (QAction* action : window.actions()) {
        if (action->text() == words)
            return action;
    }
    qFatal("no action %s", qPrintable(words));
}

/// The dialog that asks this.
QDialog* question(const MainWindow& window, const QString& title) {
    for (QDialog* dialog : window.findChildren<QDialog*>()) {
        if (dialog->isVisible() && shows(*dialog, title))
            return dialog;
    }
    qFatal("nobody asks %s", qPrintable(title));
}

/// Ben has called, and Ann has a window.
struct Pair {
    Pair() = default;
    Person ann{u"Ann"_s};
    Person ben{u"Ben"_s};
    MainWindow annWindow{ann.messenger()};
    model::Conversation* here = nullptr;  ///< Ben's
    model::Conversation* there = nullptr; ///< Ann's, which her window shows

    bool connectThem() {
        annWindow.show();
        here = ben.dial(ann.host());
        if (here == nullptr || !press(annWindow, u"Accept"_s) ||
            !QTest::qWaitFor([&] { return annWindow.shownConversation() != nullptr; }))
            return false;
        there = annWindow.shownConversation();
        return QTest::qWaitFor([&] {
            return here->state() == core::ConversationState::Open &&
                   there->state() == core::ConversationState::Open;
        });
    }
    /// A worker that is left running would be waited for.
    ~Pair() {
        if (here != nullptr)
            here->disconnectPeer();
        const auto over = [this] {
            return here == nullptr || here->state() == core::ConversationState::Ended;
        };
        if (!QTest::qWaitFor(over))
            QTest::qFail("it did not end", __FILE__, __LINE__);
    }
    Q_DISABLE_COPY_MOVE(Pair)
    /// Ben says something, which Ann gets.
    bool say(const QString& text) {
        const int before = there->messages()->rowCount();
        return bool(here->send(text)) &&
               QTest::qWaitFor([&] { return there->messages()->rowCount() > before; });
    }
    /// How often Ann's history has it.
    int found(const QString& words) {
        store::SearchRequest request;
        request.words = words;
        const auto answer = tests::await(ann.history().store().search(request));
        return answer && *answer ? static_cast<int>((*answer)->hits.size()) : -1;
    }
};

} // namespace

/// What was said before, in a real window over a real history.
class HistoryTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void endedOnesAreFoldedAndOpenByMouseAndKeyboard();
    void whatEndedLongAgoIsFoundAndNotListed();
    void wordsAreFoundEverywhereAndHere();
    void daysAreSearched();
    void aSearchOfManyHitsReadsOnAsOneScrolls();
    void aHitIsMarkedAmongItsNeighbours();
    void backFromAHitLeadsToTheHits();
    void aDraftIsThereAgain();
    void pageUpGoesOnIntoThePastAndRowsStayBounded();
    void homeAndEndReachBothEnds();
    void whatStandsInViewStaysWhilePagesCome();
    void aNewerHistoryIsLeftAloneAndQuitIsOffered();
    void garbageIsReadOnlyUntilANewHistoryIsBegun();
    void aLockedHistoryIsTriedAgain();
    void aHistoryThatCannotBeWrittenIsRead();
    void historyOffKeepsNothingAndSaysSo();
    void clearingAsksAndErases();
    void deletingAsksAndTheRowGoes();
    void aDeletedConversationThatIsOpenEnds();
};

void HistoryTest::endedOnesAreFoldedAndOpenByMouseAndKeyboard() {
    Opened o(written(
        {{talkOf(u"192.0.2.7:5188"_s, 3, now() - minute), talkOf(u"192.0.2.8:5188"_s, 3, now())}, {}}));
    QTRY_COMPARE(o.rows(u"Conversations"_s), QStringList{u"Ended plain text, 2, folded away"_s});
    QVERIFY(o.click(u"Conversations"_s, 0));
    QCOMPARE(o.rows(u"Conversations"_s).size(), 3);
    QCOMPARE(o.rows(u"Conversations"_s).first(), u"Ended plain text, 2, shown below"_s);
    QVERIFY(o.rows(u"Conversations"_s).at(1).startsWith(u"Plain text · 192.0.2.8, "_s));
    QVERIFY(o.view() == nullptr);
    QTest::keyClick(o.conversations(), Qt::Key_Left);
    QCOMPARE(o.rows(u"Conversations"_s).size(), 1);
    QTest::keyClick(o.conversations(), Qt::Key_Return);
    QCOMPARE(o.rows(u"Conversations"_s).size(), 3);
    QTest::keyClick(o.conversations(), Qt::Key_Down);
    QTRY_VERIFY(o.view() != nullptr && o.view()->messages()->rowCount() == 3);
    QVERIFY(shows(o.window, u"This conversation ended on "_s));
    QVERIFY(find<QPlainTextEdit>(o.window, u"Message"_s) == nullptr);
}

void HistoryTest::whatEndedLongAgoIsFoundAndNotListed() {
    Opened o(written({{talkOf(u"192.0.2.7:5188"_s, 3, now() - 3 * day)}, {}}));
    o.search(u"message 2"_s);
    QTRY_COMPARE(o.rows(u"Hits"_s).size(), 1);
    QVERIFY(o.conversations() == nullptr);
    QVERIFY(o.click(u"Hits"_s, 0));
    QTRY_VERIFY(o.view() != nullptr && o.view()->messages()->rowCount() == 3);
    QCOMPARE(o.person.messenger().conversations()->rowCount(), 0);
    QCOMPARE(o.person.messenger().all().size(), 1);
}

void HistoryTest::wordsAreFoundEverywhereAndHere() {
    Talk chinese = talkOf(u"192.0.2.8:5188"_s, 1, now());
    chinese.said.append({false, now(), u"你好世界，明天见"_s});
    chinese.said.append({true, now(), u"meet me at the Café"_s});
    Opened o(written({{talkOf(u"192.0.2.7:5188"_s, 12, now() - minute), chinese}, {}}));
    o.search(u"世界"_s);
    QTRY_COMPARE(o.rows(u"Hits"_s).size(), 1);
    QVERIFY(o.rows(u"Hits"_s).first().startsWith(u"Plain text · 192.0.2.8, "_s));
    QVERIFY(o.rows(u"Hits"_s).first().endsWith(u": 你好世界，明天见"_s));
    o.search(u"界世"_s);
    QTRY_VERIFY(shows(o.window, u"Nothing found for “界世” in any conversation."_s));
    QVERIFY(find<QListView>(o.window, u"Hits"_s) == nullptr);
    o.search(u"CAFE"_s);
    QTRY_COMPARE(o.rows(u"Hits"_s).size(), 1);
    QVERIFY(o.rows(u"Hits"_s).first().endsWith(u", You: meet me at the Café"_s));
    o.search(u"message 1"_s);
    QTRY_VERIFY(shows(o.window, u"Hits: 5, the newest first"_s)); // 1, 10, 11, 12, and 1 of the other
    QVERIFY(o.rows(u"Hits"_s).first().startsWith(u"Plain text · 192.0.2.8, "_s));
    QVERIFY(o.click(u"Hits"_s, 0));
    QTRY_VERIFY(o.view() != nullptr);
    QTest::keyClick(&o.window, Qt::Key_F, Qt::ControlModifier);
    QTRY_COMPARE(o.rows(u"Hits"_s).size(), 1);
    o.search(u"12"_s);
    QTRY_VERIFY(shows(o.window, u"Nothing found for “12” in this conversation."_s));
    find<QComboBox>(o.window, u"Where"_s)->setCurrentIndex(0);
    QTRY_COMPARE(o.rows(u"Hits"_s).size(), 1);
}

void HistoryTest::daysAreSearched() {
    const QDate today = QDate::currentDate();
    const auto noonOf = [](const QDate& date) {
        return date.startOfDay().addSecs(12 * 3600).toMSecsSinceEpoch();
    };
    Talk talk{u"192.0.2.7:5188"_s, noonOf(today.addDays(-400)), now(), {}, {}};
    for (const int ago : {400, 40, 20, 5, 1})
        talk.said.append({false, noonOf(today.addDays(-ago)), u"said %1 days ago"_s.arg(ago)});
    talk.said.append({false, now(), u"said today"_s});
    Opened o(written({{talk}, {}}));
    o.window.openSearch(false);
    auto* when = find<QComboBox>(o.window, u"When"_s);
    QVERIFY(shows(o.window, u"A date alone finds everything that was said then."_s));
    when->setCurrentIndex(1);
    QTRY_COMPARE(o.rows(u"Hits"_s).size(), 1);
    when->setCurrentIndex(2);
    QTRY_COMPARE(o.rows(u"Hits"_s).size(), 3);
    when->setCurrentIndex(3);
    QTRY_COMPARE(o.rows(u"Hits"_s).size(), 4);
    when->setCurrentIndex(4);
    auto* from = find<QDateEdit>(o.window, u"From"_s);
    auto* until = find<QDateEdit>(o.window, u"To"_s);
    QVERIFY(from != nullptr && until != nullptr);
    // Both ends belong to it, whichever is given first.
    from->setDate(today.addDays(-40));
    until->setDate(today.addDays(-400));
    QTRY_COMPARE(o.rows(u"Hits"_s).size(), 2);
    o.search(u"40"_s);
    QTRY_COMPARE(o.rows(u"Hits"_s).size(), 2); // "40" begins "400"
    o.search(u"today"_s);
    QTRY_VERIFY(shows(o.window, u"Nothing found for “today” in any conversation."_s));
    o.search({});
    from->setDate(today.addDays(-300));
    until->setDate(today.addDays(-200));
    QTRY_VERIFY(shows(o.window, u"Nothing was said in these days."_s));
}

void HistoryTest::aSearchOfManyHitsReadsOnAsOneScrolls() {
    Opened o(written({{talkOf(u"192.0.2.7:5188"_s, 130, now())}, {}}));
    o.search(u"message"_s);
    QTRY_VERIFY(o.rows(u"Hits"_s).size() >= 50);
    QVERIFY(o.rows(u"Hits"_s).first().endsWith(u"message 130"_s));
    auto* hits = find<QListView>(o.window, u"Hits"_s);
    QTRY_VERIFY((hits->scrollToBottom(), o.rows(u"Hits"_s).size() == 130));
    QVERIFY(o.rows(u"Hits"_s).last().endsWith(u"message 1"_s));
    QTRY_VERIFY(shows(o.window, u"Hits: 130, the newest first"_s));
}

void HistoryTest::aHitIsMarkedAmongItsNeighbours() {
    Opened o(written({{talkOf(u"192.0.2.7:5188"_s, 3000, now())}, {}}));
    o.search(u"1234"_s);
    QTRY_COMPARE(o.rows(u"Hits"_s).size(), 1);
    QTest::keyClick(find<QLineEdit>(o.window, u"Search words"_s), Qt::Key_Return);
    QTRY_VERIFY(o.view() != nullptr && o.inSight().contains(u"message 1234"_s));
    QVERIFY(o.inSight().contains(u"message 1233"_s));
    QVERIFY(o.inSight().contains(u"message 1235"_s));
    const model::MessageList* list = o.view()->messages();
    QCOMPARE(list->at(list->rowOf(o.view()->markedMessage())).text, u"message 1234"_s);
    QVERIFY(o.view()->hasFocus());
    QVERIFY(!o.view()->atEnd());
    QTRY_COMPARE(o.view()->markedMessage(), 0);
}

void HistoryTest::backFromAHitLeadsToTheHits() {
    Opened o(written({{talkOf(u"192.0.2.7:5188"_s, 30, now())}, {}}));
    o.search(u"message 2"_s);
    QTRY_COMPARE(o.rows(u"Hits"_s).size(), 11);
    QVERIFY(o.click(u"Hits"_s, 3));
    QTRY_VERIFY(o.view() != nullptr);
    QVERIFY(press(o.window, u"Back"_s));
    QVERIFY(o.view() == nullptr);
    QCOMPARE(o.rows(u"Hits"_s).size(), 11);
    QCOMPARE(find<QLineEdit>(o.window, u"Search words"_s)->text(), u"message 2"_s);
    QTest::keyClick(find<QLineEdit>(o.window, u"Search words"_s), Qt::Key_Escape);
    QVERIFY(o.view() != nullptr);
}

void HistoryTest::aDraftIsThereAgain() {
    Talk talk = talkOf(u"192.0.2.7:5188"_s, 3, now() - 3 * day);
    talk.draft = u"not sent\nyet"_s;
    Opened o(written({{talk}, {}}));
    // It is listed, however long ago it ended.
    QVERIFY(o.openPast());
    auto* box = find<QPlainTextEdit>(o.window, u"Message"_s);
    QVERIFY(box != nullptr);
    QCOMPARE(box->toPlainText(), talk.draft);
    QVERIFY(!find<QAbstractButton>(o.window, u"Send"_s)->isEnabled());
}

void HistoryTest::pageUpGoesOnIntoThePastAndRowsStayBounded() {
    constexpr int count = 5000;
    Opened o(written({{talkOf(u"192.0.2.7:5188"_s, count, now())}, {}}));
    QVERIFY(o.openPast());
    QTRY_COMPARE(o.inSight().last(), u"message %1"_s.arg(count));
    const model::MessageList* list = o.view()->messages();
    const int page = o.view()->verticalScrollBar()->pageStep();
    QVERIFY(page < o.view()->viewport()->height());
    int most = 0;
    for (int turns = 0; o.inSight().first() != u"message 1"_s && turns < count; ++turns) {
        const qint64 id = list->at(o.view()->rowAt({o.view()->viewport()->width() / 2, 1})).id;
        const int bottom = o.view()->rowRect(list->rowOf(id)).bottom();
        QTest::keyClick(o.view(), Qt::Key_PageUp);
        // What stood at the top stands a page further down, at once or when the page before has been read;
        // at the beginning there may be less than a page.
        const auto moved = [&] { return o.view()->rowRect(list->rowOf(id)).bottom() - bottom; };
        QTRY_VERIFY2(moved() == page || o.inSight().first() == u"message 1"_s,
                     qPrintable(u"%1, not %2, at %3"_s.arg(moved()).arg(page).arg(o.inSight().first())));
        most = std::max(most, list->rowCount());
    }
    QCOMPARE(o.inSight().first(), u"message 1"_s);
    QVERIFY2(most <= static_cast<int>(core::limits::messagesInMemory), qPrintable(QString::number(most)));
    QVERIFY(most > static_cast<int>(core::limits::messagesInMemory) / 2);
    QVERIFY(list->moreAfter());
    QVERIFY(press(o.window, u"To the newest message"_s));
    QTRY_COMPARE(o.inSight().value(o.inSight().size() - 1), u"message %1"_s.arg(count));
}

void HistoryTest::homeAndEndReachBothEnds() {
    Opened o(written({{talkOf(u"192.0.2.7:5188"_s, 3000, now())}, {}}));
    QVERIFY(o.openPast());
    QTest::keyClick(o.view(), Qt::Key_Home);
    QTRY_COMPARE(o.inSight().value(0), u"message 1"_s);
    QTest::keyClick(o.view(), Qt::Key_End);
    QTRY_COMPARE(o.inSight().value(o.inSight().size() - 1), u"message 3000"_s);
}

void HistoryTest::whatStandsInViewStaysWhilePagesCome() {
    Opened o(written({{talkOf(u"192.0.2.7:5188"_s, 3000, now())}, {}}));
    QVERIFY(o.openPast());
    QScrollBar* bar = o.view()->verticalScrollBar();
    for (int i = 0; i < 12; ++i) {
        const int before = o.view()->messages()->rowCount();
        bar->setValue(bar->minimum() + 40); // near enough for another page to be read
        const int row = o.view()->rowAt({o.view()->viewport()->width() / 2, 100});
        QVERIFY(row >= 0);
        const qint64 id = o.view()->messages()->at(row).id;
        const int y = o.view()->rowRect(row).bottom();
        QTRY_VERIFY(o.view()->messages()->rowCount() > before);
        QCOMPARE(o.view()->rowRect(o.view()->messages()->rowOf(id)).bottom(), y);
    }
}

void HistoryTest::aNewerHistoryIsLeftAloneAndQuitIsOffered() {
    QByteArray before;
    const auto bytes = [](const QString& folder) {
        QFile file(folder + u"/history.sqlite"_s);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    Opened o([&](const QString& folder) {
        written({{talkOf(u"192.0.2.7:5188"_s, 3, now())}, {}})(folder);
        QFile file(folder + u"/history.sqlite"_s);
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.seek(60); // user_version, section 1.3.7 of SQLite's file format
        file.write(QByteArray::fromHex("00000063"));
        file.close();
        before = bytes(folder);
    });
    QVERIFY(waitUntilShown(o.window, u"This history was written by a newer Kith."_s));
    QVERIFY(shows(o.window, u"Nothing was changed."_s));
    QCOMPARE(bytes(o.person.folder()), before);
    // One can talk all the same.
    QVERIFY(o.person.host() != 0);
    const QSignalSpy quit(&o.window, &MainWindow::quitWanted);
    QVERIFY(press(o.window, u"Quit"_s));
    QCOMPARE(quit.size(), 1);
}

void HistoryTest::garbageIsReadOnlyUntilANewHistoryIsBegun() {
    Opened o([](const QString& folder) {
        QFile file(folder + u"/history.sqlite"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray("no database ").repeated(3000));
    });
    QVERIFY(waitUntilShown(o.window, u"The history of this profile is damaged."_s));
    QVERIFY(press(o.window, u"Begin a new history"_s));
    QVERIFY(press(*question(o.window, u"Begin a new history?"_s), u"Begin anew"_s));
    QTRY_COMPARE(o.person.history().state(), model::History::State::Open);
    QTRY_VERIFY(!shows(o.window, u"The history of this profile is damaged."_s));
    QVERIFY(!QDir(o.person.folder()).entryList({u"history.damaged-*"_s}).isEmpty());
}

void HistoryTest::aLockedHistoryIsTriedAgain() {
    QString file;
    QSqlDatabase other = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
    Person ann(u"Ann"_s, [&](const QString& folder) {
        written({{talkOf(u"192.0.2.7:5188"_s, 3, now())}, {}})(folder);
        other.setDatabaseName(folder + u"/history.sqlite"_s);
        QVERIFY(other.open());
        other.exec(u"BEGIN IMMEDIATE"_s);
    });
    MainWindow window(ann.messenger());
    window.show();
    QVERIFY(waitUntilShown(window, u"Another program is using the history."_s));
    other.close();
    QVERIFY(press(window, u"Try again"_s));
    QTRY_COMPARE(ann.history().state(), model::History::State::Open);
    QTRY_VERIFY(!shows(window, u"Another program is using the history."_s));
    QTRY_COMPARE(ann.messenger().conversations()->rowCount(), 1);
}

void HistoryTest::aHistoryThatCannotBeWrittenIsRead() {
    Opened o(written({{talkOf(u"192.0.2.7:5188"_s, 3, now())}, {}}));
    o.person.history().noteFailure({core::Reason::StoreReadOnly, 0, {}});
    QVERIFY(shows(o.window, u"The history can be read, but not written."_s));
    QVERIFY(o.openPast());
    for (const QString& act : {u"Clear history…"_s, u"Delete conversation…"_s})
        QVERIFY2(!action(o.window, act)->isEnabled(), qPrintable(act));
    QVERIFY(action(o.window, u"Export…"_s)->isEnabled());
    QVERIFY(press(o.window, u"Try again"_s));
    QTRY_COMPARE(o.person.history().state(), model::History::State::Open);
    QVERIFY(!shows(o.window, u"The history can be read, but not written."_s));
    QVERIFY(action(o.window, u"Clear history…"_s)->isEnabled());
}

void HistoryTest::historyOffKeepsNothingAndSaysSo() {
    Pair pair;
    QVERIFY(pair.connectThem());
    QVERIFY(pair.say(u"before"_s));
    QAction* keep = action(pair.annWindow, u"Keep history"_s);
    QVERIFY(keep->isEnabled() && keep->isChecked());
    keep->trigger();
    QVERIFY(shows(pair.annWindow, u"History is off: what is said here is gone when Kith is closed."_s));
    QVERIFY(pair.say(u"between"_s));
    QVERIFY(press(pair.annWindow, u"Keep history"_s));
    QTRY_VERIFY(!shows(pair.annWindow, u"History is off"_s));
    QVERIFY(keep->isChecked());
    QVERIFY(pair.say(u"after"_s));
    QCOMPARE(pair.there->messages()->rowCount(), 3);
    QCOMPARE(pair.found(u"before"_s), 1);
    QCOMPARE(pair.found(u"between"_s), 0);
    QCOMPARE(pair.found(u"after"_s), 1);
}

void HistoryTest::clearingAsksAndErases() {
    Pair pair;
    QVERIFY(pair.connectThem());
    QVERIFY(pair.say(u"a secret"_s));
    action(pair.annWindow, u"Clear history…"_s)->trigger();
    QVERIFY(
        press(*question(pair.annWindow, u"Clear the history of “Plain text · 127.0.0.1”?"_s), u"Cancel"_s));
    QCOMPARE(pair.found(u"secret"_s), 1);
    QCOMPARE(pair.there->messages()->rowCount(), 1);
    action(pair.annWindow, u"Clear history…"_s)->trigger();
    QVERIFY(press(*question(pair.annWindow, u"Clear the history of “Plain text · 127.0.0.1”?"_s),
                  u"Clear history"_s));
    QTRY_COMPARE(pair.there->messages()->rowCount(), 0);
    QCOMPARE(pair.found(u"secret"_s), 0);
    QVERIFY(pair.there->lastText().isEmpty());
    QVERIFY(pair.say(u"it goes on"_s));
    QCOMPARE(pair.found(u"goes"_s), 1);
}

void HistoryTest::deletingAsksAndTheRowGoes() {
    Opened o(written({{talkOf(u"192.0.2.7:5188"_s, 3, now())}, {}}));
    QVERIFY(o.openPast());
    action(o.window, u"Delete conversation…"_s)->trigger();
    QDialog* asked = question(o.window, u"Delete “Plain text · 192.0.2.7”?"_s);
    QVERIFY(asked != nullptr && !shows(*asked, u"The conversation ends."_s));
    QVERIFY(press(*asked, u"Delete conversation"_s));
    QTRY_COMPARE(o.person.messenger().conversations()->rowCount(), 0);
    QVERIFY(o.conversations() == nullptr && o.view() == nullptr);
    const auto left = tests::await(o.person.history().store().conversations());
    QVERIFY(left && *left && (*left)->isEmpty());
}

void HistoryTest::aDeletedConversationThatIsOpenEnds() {
    Pair pair;
    QVERIFY(pair.connectThem());
    QVERIFY(pair.say(u"a secret"_s));
    action(pair.annWindow, u"Delete conversation…"_s)->trigger();
    QDialog* asked = question(pair.annWindow, u"Delete “Plain text · 127.0.0.1”?"_s);
    QVERIFY(asked != nullptr && shows(*asked, u"The conversation ends."_s));
    QVERIFY(press(*asked, u"Delete conversation"_s));
    QTRY_COMPARE(pair.here->state(), core::ConversationState::Ended);
    QTRY_COMPARE(pair.ann.messenger().conversations()->rowCount(), 0);
    QCOMPARE(pair.found(u"secret"_s), 0);
}

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QLocale::setDefault(QLocale(u"en_GB"_s));
    gui::Theme theme;
    HistoryTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "history_test.moc"

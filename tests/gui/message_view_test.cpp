#include "core/limits.h"
#include "gui/message_view.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QScrollBar>
#include <QTest>

using namespace kith;
using namespace Qt::StringLiterals;
using gui::MessageView;
using model::Message;
using model::MessageList;

namespace {

const QDateTime start(QDate(2026, 3, 2), QTime(9, 0));

/// A list of messages, each of another minute, and a view of it.
struct Fixture {
    MessageList list{nullptr};
    MessageView view;

    explicit Fixture(int messages) {
        for (int i = 0; i < messages; ++i)
            add(u"message number %1"_s.arg(i), i % 2 == 0);
        view.resize(600, 400);
        view.setPeer(u"Ann"_s, false);
        view.setMessages(&list);
        view.show();
    }

    void add(const QString& text, bool mine) {
        const int n = list.rowCount();
        list.append({++last, mine, text, start.addSecs(n * 60), core::MessageState::Sent, {}}, true);
    }

    qint64 last = 0;
};

/// A point in the text of a row, so many pixels from the bubble's left edge.
QPoint inRow(MessageView& view, int row, int x) {
    const QRect rect = view.rowRect(row);
    return {x, rect.bottom() - 14};
}

} // namespace

/// Reading a conversation.
class MessageViewTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theEndIsFollowed();
    void readingFurtherUpIsNotMoved();
    void theFirstRowsLeavingDoesNotMoveWhatIsRead();
    void aDragSelectsAcrossMessages();
    void aDoubleClickSelectsAWord();
    void aMessageArrivingDuringADragChangesNothingOfIt();
    void namesAndTimesAreCopiedOnlyOnRequest();
    void assistiveTechnologyReadsEveryMessage();
    void aNewMessageCostsTheSameInALongConversation();
    void markUpFromAPeerIsShownAsText();
};

void MessageViewTest::theEndIsFollowed() {
    Fixture f(100);
    QVERIFY(f.view.atEnd());
    QVERIFY(f.view.rowRect(99).bottom() <= f.view.viewport()->height());
    f.add(u"one more"_s, true);
    QVERIFY(f.view.atEnd());
    const QRect last = f.view.rowRect(100);
    QVERIFY(last.top() > 0 && last.bottom() <= f.view.viewport()->height());
}

void MessageViewTest::readingFurtherUpIsNotMoved() {
    Fixture f(300);
    QScrollBar* bar = f.view.verticalScrollBar();
    bar->setValue(bar->maximum() / 2);
    QVERIFY(!f.view.atEnd());
    const int row = f.view.rowAt(QPoint(300, 200));
    QVERIFY(row > 0);
    const int y = f.view.rowRect(row).top();
    for (int i = 0; i < 20; ++i)
        f.add(u"a long message that comes while somebody reads "_s.repeated(8), false);
    QCOMPARE(f.view.rowRect(row).top(), y);
    f.view.resize(600, 400);
    QCOMPARE(f.view.rowRect(row).top(), y);
    f.view.scrollToEnd();
    QVERIFY(f.view.atEnd());
    QVERIFY(f.view.rowRect(319).bottom() <= f.view.viewport()->height());
}

void MessageViewTest::theFirstRowsLeavingDoesNotMoveWhatIsRead() {
    Fixture f(static_cast<int>(core::limits::messagesInMemory));
    QScrollBar* bar = f.view.verticalScrollBar();
    bar->setValue(bar->maximum() / 2);
    const int row = f.view.rowAt(QPoint(300, 200));
    const int y = f.view.rowRect(row).top();
    f.add(u"the first one leaves for this"_s, false);
    QCOMPARE(f.list.rowCount(), static_cast<int>(core::limits::messagesInMemory));
    QCOMPARE(f.view.rowRect(row - 1).top(), y);
}

void MessageViewTest::aDragSelectsAcrossMessages() {
    Fixture f(0);
    f.add(u"alpha beta"_s, false);
    f.add(u"你好 שלום"_s, false);
    f.add(u"gamma delta"_s, false);
    QWidget* port = f.view.viewport();
    const QFontMetrics metrics(f.view.font());
    const int text = f.view.rowRect(0).left() + 16 + 12;
    QTest::mousePress(port, Qt::LeftButton, {},
                      inRow(f.view, 0, text + metrics.horizontalAdvance(u"alpha "_s)));
    QTest::mouseMove(port, inRow(f.view, 2, text + metrics.horizontalAdvance(u"gam"_s)));
    QTest::mouseRelease(port, Qt::LeftButton, {},
                        inRow(f.view, 2, text + metrics.horizontalAdvance(u"gam"_s)));
    QCOMPARE(f.view.selectedText(), u"beta\n你好 שלום\ngam"_s);
    QTest::keyClick(&f.view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"beta\n你好 שלום\ngam"_s);
}

void MessageViewTest::aDoubleClickSelectsAWord() {
    Fixture f(0);
    f.add(u"alpha beta gamma"_s, false);
    const int text = 16 + 12 + QFontMetrics(f.view.font()).horizontalAdvance(u"alpha be"_s);
    QTest::mouseDClick(f.view.viewport(), Qt::LeftButton, {}, inRow(f.view, 0, text));
    QCOMPARE(f.view.selectedText(), u"beta"_s);
}

void MessageViewTest::aMessageArrivingDuringADragChangesNothingOfIt() {
    Fixture f(0);
    f.add(u"alpha beta"_s, false);
    f.add(u"gamma"_s, false);
    QWidget* port = f.view.viewport();
    QTest::mousePress(port, Qt::LeftButton, {}, inRow(f.view, 0, 28));
    QTest::mouseMove(port, inRow(f.view, 1, 500));
    f.add(u"late"_s, false);
    QCOMPARE(f.view.selectedText(), u"alpha beta\ngamma"_s);
    QTest::mouseRelease(port, Qt::LeftButton, {}, inRow(f.view, 1, 500));
    QCOMPARE(f.view.selectedText(), u"alpha beta\ngamma"_s);
}

void MessageViewTest::namesAndTimesAreCopiedOnlyOnRequest() {
    Fixture f(0);
    f.add(u"hello"_s, false);
    f.add(u"hi"_s, true);
    f.view.selectAll();
    QCOMPARE(f.view.selectedText(), u"hello\nhi"_s);
    const QString spoken = f.view.spokenText(0);
    QVERIFY2(spoken.startsWith(u"Ann, "_s) && spoken.endsWith(u": hello"_s), qPrintable(spoken));
}

void MessageViewTest::assistiveTechnologyReadsEveryMessage() {
    QAccessible::setActive(true);
    Fixture f(50);
    QAccessibleInterface* list = QAccessible::queryAccessibleInterface(&f.view);
    QVERIFY(list != nullptr);
    QCOMPARE(list->role(), QAccessible::List);
    QCOMPARE(list->childCount(), 50);
    QAccessibleInterface* first = list->child(0);
    QCOMPARE(first->role(), QAccessible::ListItem);
    QCOMPARE(first->text(QAccessible::Name), u"You, 09:00, sent: message number 0"_s);
    QVERIFY(first->state().offscreen);
    QCOMPARE(list->indexOfChild(first), 0);
    QCOMPARE(first->parent(), list);
    f.add(u"new"_s, false);
    QCOMPARE(list->childCount(), 51);
    QCOMPARE(list->child(50)->text(QAccessible::Name), u"Ann, 09:50, received: new"_s);
    QVERIFY(!list->child(50)->state().offscreen);
    const QPoint middle = list->child(50)->rect().center();
    QCOMPARE(list->childAt(middle.x(), middle.y()), list->child(50));
    f.view.setMessages(nullptr);
    QCOMPARE(list->childCount(), 0);
}

void MessageViewTest::aNewMessageCostsTheSameInALongConversation() {
    const auto cost = [](int messages) {
        Fixture f(messages);
        QElapsedTimer timer;
        qint64 best = std::numeric_limits<qint64>::max();
        for (int i = 0; i < 30; ++i) {
            timer.start();
            f.add(u"one more"_s, i % 2 == 0);
            best = std::min(best, timer.nsecsElapsed());
        }
        return best;
    };
    const qint64 few = cost(60);
    const qint64 many = cost(1900);
    QVERIFY2(many < 8 * few, qPrintable(u"%1 ns, then %2 ns"_s.arg(few).arg(many)));
}

void MessageViewTest::markUpFromAPeerIsShownAsText() {
    Fixture f(0);
    f.add(u"<b>bold</b><img src='/etc/passwd'>"_s, false);
    f.view.selectAll();
    QCOMPARE(f.view.selectedText(), u"<b>bold</b><img src='/etc/passwd'>"_s);
    QVERIFY(f.view.spokenText(0).endsWith(u"<b>bold</b><img src='/etc/passwd'>"_s));
}

int main(int argc, char** argv) {
    qputenv("LC_ALL", "C");
    QApplication application(argc, argv);
    QLocale::setDefault(QLocale(u"en_GB"_s));
    MessageViewTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "message_view_test.moc"

// The connections, as a window lists them and ends one: Bob's window; Ann has come in, others come.
#include "core/kith_id.h"
#include "core/limits.h"
#include "driving.h"
#include "gui/about_dialog.h"
#include "gui/connection_rows.h"
#include "gui/connections_dialog.h"
#include "gui/main_window.h"
#include "gui/theme.h"
#include "model/connection_list.h"
#include "support/plain_peer.h"
#include "support/somebody.h"

#include <QClipboard>
#include <QDir>
#include <QHeaderView>
#include <QLocale>
#include <QPushButton>
#include <QTableView>

#include <csignal>

using namespace kith;
using namespace kith::test;
using namespace Qt::StringLiterals;
using core::ConversationState;
using gui::MainWindow;
using model::ConnectionList;
using tests::Somebody;

class ConnectionsTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void withoutAnyTheySaySo();
    void everyWorkerIsARow();
    void rowsAreLiveOnlyWhileTheyAreSeen();
    void disconnectEndsThatOneWithSigusr1();
    void theDoorIsClosedFromTheList();
    void whoAsksIsDeclinedFromTheList();
    void aRowIsCopiedWhole();
    void thereIsOneWindowAndItKeepsNothing();
    void whereThereIsNoRoomTheRestStandsBelow();
    void numbersStandBelowEachOther();
    void unitsAreThoseOfPeople();
    void diagnosticsHoldNoNameAndNoText();

private:
    [[nodiscard]] bool open();
    [[nodiscard]] QTableView* table() const { return find<QTableView>(*window_, u"Connections"_s); }
    [[nodiscard]] QString cell(int row, ConnectionList::Column column) const;
    /// The row of the worker with that pid; -1 where there is none.
    [[nodiscard]] int rowOf(qint64 pid) const;

    std::unique_ptr<Somebody> ann_;
    std::unique_ptr<Somebody> bob_;
    std::unique_ptr<MainWindow> window_; ///< Bob's
    QString address_;                    ///< Bob's
};

void ConnectionsTest::init() {
    ann_ = std::make_unique<Somebody>(u"Ann"_s);
    bob_ = std::make_unique<Somebody>(u"Bob"_s);
    window_ = std::make_unique<MainWindow>(bob_->messenger());
    window_->show();
}

void ConnectionsTest::cleanup() {
    window_.reset();
    bob_.reset();
    ann_.reset();
    QVERIFY(tests::children().isEmpty());
}

bool ConnectionsTest::open() {
    if (!chooseFromMenu(*window_, u"Connections…"_s))
        return false;
    auto* const dialog = waitForDialog<gui::ConnectionsDialog>(*window_);
    return dialog != nullptr && QTest::qWaitForWindowActive(dialog);
}

QString ConnectionsTest::cell(int row, ConnectionList::Column column) const {
    return table()->model()->index(row, column).data().toString();
}

int ConnectionsTest::rowOf(qint64 pid) const {
    for (int row = 0; table() != nullptr && row < table()->model()->rowCount(); ++row) {
        if (cell(row, ConnectionList::Pid) == QString::number(pid))
            return row;
    }
    return -1;
}

void ConnectionsTest::withoutAnyTheySaySo() {
    QVERIFY(open());
    QVERIFY(shows(*window_,
                  u"No connections. Every person you talk to gets a process of their own, listed here."_s));
    QVERIFY(table() == nullptr);
    // The first one shows by itself.
    QVERIFY(!bob_->host().isEmpty());
    QTRY_VERIFY(table() != nullptr);
    QVERIFY(!shows(*window_, u"No connections."_s));
}

void ConnectionsTest::everyWorkerIsARow() {
    address_ = bob_->host();
    QVERIFY(tests::meet(*bob_, *ann_, address_));
    Somebody carol(u"Carol"_s);
    QVERIFY(carol.dial(address_) != nullptr);
    QVERIFY(bob_->request() != nullptr);
    const QString dans = ann_->host();
    tests::PlainPeer plain(bob_->messenger().hosting()->port());
    plain.write("hello\n");
    QTRY_COMPARE(bob_->messenger().requests().size(), 2);
    bob_->messenger().requests().constLast()->accept();
    QTRY_COMPARE(bob_->messenger().requests().size(), 1);
    QVERIFY(bob_->with(*ann_)->send(u"12345"_s).ok());
    QTRY_COMPARE(ann_->with(*bob_)->messages()->rowCount(), 1);
    QVERIFY(open());
    QTRY_COMPARE(table()->model()->rowCount(), 4);
    QSet<qint64> pids;
    for (int row = 0; row < 4; ++row)
        pids.insert(cell(row, ConnectionList::Pid).toLongLong());
    QVERIFY(tests::children().contains(pids)); // they are processes of this one
    QCOMPARE(pids.size(), 4);

    QCOMPARE(cell(0, ConnectionList::Role), u"Host"_s);
    QCOMPARE(cell(0, ConnectionList::State), u"Listening"_s);
    QCOMPARE(cell(0, ConnectionList::Address), u"port %1"_s.arg(bob_->messenger().hosting()->port()));
    const int anns = rowOf(bob_->with(*ann_)->workerPid());
    QVERIFY(anns > 0);
    QCOMPARE(cell(anns, ConnectionList::Peer), u"Ann"_s);
    QCOMPARE(cell(anns, ConnectionList::Role), u"Incoming"_s);
    QCOMPARE(cell(anns, ConnectionList::State), u"Connected"_s);
    QCOMPARE(cell(anns, ConnectionList::Address), u"127.0.0.1"_s);
    QVERIFY(cell(anns, ConnectionList::Cipher).startsWith(u"TLS_"_s));
#ifdef Q_OS_LINUX
    QVERIFY(cell(anns, ConnectionList::Sandbox).startsWith(u"seccomp, "_s));
    QVERIFY(cell(0, ConnectionList::Sandbox).startsWith(u"seccomp, "_s));
    QVERIFY(cell(anns, ConnectionList::Memory) != u"–"_s);
#endif
    // As the kernel counts: TLS and all.
    QTRY_VERIFY_WITH_TIMEOUT(cell(anns, ConnectionList::Sent).endsWith(u"kB"_s) ||
                                 cell(anns, ConnectionList::Sent).endsWith(u"KiB"_s),
                             tests::longPatience);
    QVERIFY(cell(anns, ConnectionList::RoundTrip).endsWith(u" ms"_s));
    QCOMPARE(cell(0, ConnectionList::RoundTrip), u"–"_s);
    const int carols = rowOf(bob_->messenger().requests().constFirst()->workerPid());
    QVERIFY(carols > 0);
    QCOMPARE(cell(carols, ConnectionList::Peer), u"Carol"_s);
    QCOMPARE(cell(carols, ConnectionList::State), u"Asks to come in"_s);
    const int plains = rowOf(bob_->messenger().all().constLast()->workerPid());
    QVERIFY(plains > 0);
    QCOMPARE(cell(plains, ConnectionList::Peer), u"Plain text"_s);
    QCOMPARE(cell(plains, ConnectionList::Cipher), u"None: plain text"_s);
    QTRY_COMPARE_WITH_TIMEOUT(cell(plains, ConnectionList::Received), u"6 bytes"_s, tests::longPatience);
    QCOMPARE(cell(plains, ConnectionList::Sent), u"0 bytes"_s);
}

void ConnectionsTest::rowsAreLiveOnlyWhileTheyAreSeen() {
    ConnectionList list(bob_->messenger(), std::chrono::milliseconds(100), nullptr);
    list.watch(true);
    QCOMPARE(list.rowCount(), 0);
    QVERIFY(!bob_->host().isEmpty());
    QTRY_COMPARE(list.rowCount(), 1);
    list.watch(false);
    bob_->messenger().hosting()->stop();
    QTRY_VERIFY(tests::children().isEmpty());
    QTest::qWait(300); // three looks would have come
    QCOMPARE(list.rowCount(), 1);
    list.watch(true);
    QCOMPARE(list.rowCount(), 0);
}

void ConnectionsTest::disconnectEndsThatOneWithSigusr1() {
    address_ = bob_->host();
    QVERIFY(tests::meet(*bob_, *ann_, address_));
    Somebody carol(u"Carol"_s);
    QVERIFY(tests::meet(*bob_, carol, address_));
    QVERIFY(open());
    QTRY_COMPARE(table()->model()->rowCount(), 3);
    table()->selectRow(rowOf(bob_->with(*ann_)->workerPid()));
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Delete);
    // Ann is told goodbye, which SIGUSR1 alone makes a worker say; nobody else notices.
    QTRY_COMPARE_WITH_TIMEOUT(ann_->with(*bob_)->state(), ConversationState::Ended, tests::longPatience);
    QCOMPARE(core::code(ann_->with(*bob_)->end().reason), core::code(core::Reason::PeerClosed));
    QTRY_COMPARE(bob_->with(*ann_)->state(), ConversationState::Ended);
    QCOMPARE(core::code(bob_->with(*ann_)->end().reason), core::code(core::Reason::StoppedByUs));
    QTRY_COMPARE(table()->model()->rowCount(), 2);
    QCOMPARE(bob_->with(carol)->state(), ConversationState::Open);
    QCOMPARE(bob_->messenger().hosting()->state(), core::HostingState::On);
}

void ConnectionsTest::theDoorIsClosedFromTheList() {
    address_ = bob_->host();
    QVERIFY(tests::meet(*bob_, *ann_, address_));
    QVERIFY(open());
    QTRY_COMPARE(table()->model()->rowCount(), 2);
    table()->selectRow(0);
    auto* const button = find<QPushButton>(*window_->findChild<gui::ConnectionsDialog*>(), u"Disconnect"_s);
    QCOMPARE(button->text(), u"Stop hosting"_s);
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    QTRY_COMPARE(bob_->messenger().hosting()->state(), core::HostingState::Off);
    QCOMPARE(bob_->with(*ann_)->state(), ConversationState::Open); // who is here stays
    QTRY_COMPARE(table()->model()->rowCount(), 1);
}

void ConnectionsTest::whoAsksIsDeclinedFromTheList() {
    address_ = bob_->host();
    const model::Conversation* const call = ann_->dial(address_);
    QVERIFY(call != nullptr && bob_->request() != nullptr);
    QVERIFY(open());
    QTRY_COMPARE(table()->model()->rowCount(), 2);
    table()->selectRow(1);
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Delete);
    QTRY_COMPARE_WITH_TIMEOUT(call->state(), ConversationState::Ended, tests::longPatience);
    QCOMPARE(core::code(call->end().reason), core::code(core::Reason::NotLetIn));
    QTRY_VERIFY(bob_->messenger().requests().isEmpty());
}

void ConnectionsTest::aRowIsCopiedWhole() {
    address_ = bob_->host();
    QVERIFY(tests::meet(*bob_, *ann_, address_));
    QVERIFY(open());
    QTRY_COMPARE(table()->model()->rowCount(), 2);
    table()->setFocus();
    table()->selectRow(1);
    QTest::keyClick(table(), Qt::Key_C, Qt::ControlModifier);
    const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.size(), int(ConnectionList::Columns));
    QCOMPARE(lines.first(), u"Peer: Ann"_s);
    QVERIFY(lines.contains(u"Process: %1"_s.arg(bob_->with(*ann_)->workerPid())));
    // The same two from a menu, which the keyboard opens too.
    const QPoint where = table()->visualRect(table()->currentIndex()).center();
    QContextMenuEvent menu(QContextMenuEvent::Keyboard, where, table()->viewport()->mapToGlobal(where));
    QCoreApplication::sendEvent(table()->viewport(), &menu);
    QGuiApplication::clipboard()->clear();
    auto* const dialog = window_->findChild<gui::ConnectionsDialog*>();
    QVERIFY(chooseFromMenu(*dialog, u"Copy"_s));
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"Peer: "_s));
}

void ConnectionsTest::thereIsOneWindowAndItKeepsNothing() {
    QVERIFY(open());
    auto* const dialog = waitForDialog<gui::ConnectionsDialog>(*window_);
    QVERIFY(!dialog->isModal());
    const QSize before = dialog->size();
    dialog->resize(400, 300);
    QVERIFY(open());
    QCOMPARE(waitForDialog<gui::ConnectionsDialog>(*window_), dialog);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(window_->findChild<gui::ConnectionsDialog*>() == nullptr);
    QVERIFY(open());
    QCOMPARE(waitForDialog<gui::ConnectionsDialog>(*window_)->size(), before);
}

void ConnectionsTest::whereThereIsNoRoomTheRestStandsBelow() {
    address_ = bob_->host();
    QVERIFY(tests::meet(*bob_, *ann_, address_));
    QVERIFY(open());
    QTRY_COMPARE(table()->model()->rowCount(), 2);
    auto* const dialog = waitForDialog<gui::ConnectionsDialog>(*window_);
    dialog->resize(360, 480);
    table()->selectRow(1);
    QTRY_VERIFY(table()->isColumnHidden(ConnectionList::Cipher));
    QVERIFY(!table()->isColumnHidden(ConnectionList::Peer) &&
            !table()->isColumnHidden(ConnectionList::State));
    QVERIFY(shows(*dialog, u"Cipher: TLS_"_s));
    QVERIFY(shows(*dialog, u"Process: %1"_s.arg(bob_->with(*ann_)->workerPid())));
    dialog->resize(2400, 480);
    QTRY_VERIFY(!table()->isColumnHidden(ConnectionList::Sandbox));
    QVERIFY(!shows(*dialog, u"Cipher: TLS_"_s));
}

void ConnectionsTest::numbersStandBelowEachOther() {
    address_ = bob_->host();
    QVERIFY(open());
    QTRY_VERIFY(table() != nullptr);
    const QAbstractItemModel* const rows = table()->model();
    for (const int column : {ConnectionList::Pid, ConnectionList::RoundTrip, ConnectionList::Received,
                             ConnectionList::Sent, ConnectionList::Memory}) {
        const QModelIndex at = rows->index(0, column);
        QVERIFY((at.data(Qt::TextAlignmentRole).toInt() & int(Qt::AlignRight)) != 0);
        const QFontMetricsF metrics(at.data(Qt::FontRole).value<QFont>());
        for (const QChar digit : u"123456789"_s)
            QCOMPARE(metrics.horizontalAdvance(digit), metrics.horizontalAdvance(u'0'));
        QVERIFY(!rows->headerData(column, Qt::Horizontal).toString().isEmpty());
    }
}

void ConnectionsTest::unitsAreThoseOfPeople() {
    model::ConnectionFacts facts;
    facts.pid = 1;
    facts.role = model::ConnectionRole::Outgoing;
    facts.memory = 1536 * 1024;
    QCOMPARE(gui::connectionCell(facts, ConnectionList::Memory), QLocale().formattedDataSize(1536 * 1024, 1));
    QCOMPARE(gui::connectionCell(facts, ConnectionList::Sandbox), u"–"_s);
    facts.sandbox = core::Sandbox{true, 22, 7, true, false};
    QCOMPARE(gui::connectionCell(facts, ConnectionList::Sandbox),
             u"seccomp, Landlock 7, no new privileges"_s);
    facts.sandbox = core::Sandbox{};
    QCOMPARE(gui::connectionCell(facts, ConnectionList::Sandbox), u"not confined"_s);
    const auto roundTrip = [&facts](std::uint32_t microseconds) {
        facts.traffic = core::Traffic{microseconds, 0, 0};
        return gui::connectionCell(facts, ConnectionList::RoundTrip);
    };
    QCOMPARE(gui::connectionCell(facts, ConnectionList::RoundTrip), u"–"_s);
    QCOMPARE(roundTrip(0), u"–"_s);
    QCOMPARE(roundTrip(43), QLocale().toString(0.04) + u" ms"_s);
    QCOMPARE(roundTrip(12345), QLocale().toString(12.3) + u" ms"_s);
    QCOMPARE(roundTrip(248400), u"248 ms"_s);
}

void ConnectionsTest::diagnosticsHoldNoNameAndNoText() {
    address_ = bob_->host();
    QVERIFY(tests::meet(*bob_, *ann_, address_));
    Somebody carol(u"Carol"_s);
    QVERIFY(tests::meet(*bob_, carol, address_));
    carol.with(*bob_)->disconnectPeer();
    QTRY_COMPARE(bob_->with(carol)->state(), ConversationState::Ended);
    QVERIFY(bob_->with(*ann_)->send(u"xyzzy"_s).ok());
    QTRY_COMPARE(ann_->with(*bob_)->messages()->rowCount(), 1);
    QVERIFY(chooseFromMenu(*window_, u"About Kith"_s));
    auto* const dialog = waitForDialog<gui::AboutDialog>(*window_);
    QVERIFY(dialog != nullptr);
    QVERIFY(press(*dialog, u"Copy diagnostics"_s));
    const QString text = QGuiApplication::clipboard()->text();
    for (const QString& told :
         {QString(u"Kith "_s + QCoreApplication::applicationVersion()), u"Hosting: on; the door started 2,"_s,
          u"Connections: 1 incoming, 0 outgoing"_s, u"Conversations: secure 2"_s,
          u"Ended by: peer-closed 1"_s, u"TLS_"_s, u"History: open"_s})
        QVERIFY2(text.contains(told), qPrintable(text));
    const QString port = QString::number(bob_->messenger().hosting()->port());
    for (const QString& secret :
         {u"Ann"_s, u"Bob"_s, u"Carol"_s, u"xyzzy"_s, u"127.0.0.1"_s, port, QDir::homePath(),
          QString::fromStdString(core::shortKithId(ann_->key())).left(4),
          QString::fromStdString(core::toKithId(bob_->key())).left(4)})
        QVERIFY2(!text.contains(secret), qPrintable(text));
}

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    gui::Theme theme;
    ConnectionsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "connections_test.moc"

#include "driving.h"
#include "gui/about_dialog.h"
#include "gui/main_window.h"
#include "gui/message_view.h"
#include "gui/settings_dialog.h"
#include "gui/shortcuts_dialog.h"
#include "gui/theme.h"
#include "two_people.h"

#include <QAccessible>
#include <QCheckBox>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTcpServer>
#include <QTcpSocket>

#include <csignal>

using namespace kith;
using namespace kith::test;
using namespace Qt::StringLiterals;
using core::ConversationState;
using gui::MainWindow;

namespace {

/// Two windows whose people have connected; null conversations where that failed.
struct Pair {
    Person ann{u"Ann"_s};
    Person ben{u"Ben"_s};
    MainWindow annWindow{ann.messenger()};
    MainWindow benWindow{ben.messenger()};

    bool connectThem() {
        annWindow.show();
        benWindow.show();
        const quint16 port = ann.host();
        if (port == 0 || !press(benWindow, u"Connect"_s))
            return false;
        find<QLineEdit>(benWindow, u"Address or invite"_s)->setText(u"127.0.0.1:%1"_s.arg(port));
        find<QCheckBox>(benWindow, u"Plain text"_s)->setChecked(true);
        return press(benWindow, u"Connect"_s) && press(annWindow, u"Accept"_s) &&
               QTest::qWaitFor([&] { return isOpen(annWindow) && isOpen(benWindow); });
    }

    static bool isOpen(const MainWindow& window) {
        return window.shownConversation() != nullptr &&
               window.shownConversation()->state() == ConversationState::Open;
    }
};

QString lastMessage(MainWindow& window) {
    const auto* view = window.findChild<gui::MessageView*>();
    const int rows = view->messages() != nullptr ? view->messages()->rowCount() : 0;
    return rows > 0 ? view->messages()->at(rows - 1).text : QString();
}

void write(MainWindow& window, const QString& text) {
    auto* box = find<QPlainTextEdit>(window, u"Message"_s);
    box->setPlainText(text);
    QTest::keyClick(box, Qt::Key_Return);
}

} // namespace

/// The window as a person, or a program in a person's place, uses it.
class MainWindowTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void twoPeopleTalk();
    void disconnectEndsItAndSaysSo();
    void aKilledWorkerEndsItsConversationAlone();
    void plainTextHasToBeChosen();
    void aRefusalIsToldInTheForm();
    void aTakenPortOffersTheNext();
    void aStrangersWordsAreShownAsText();
    void fiveRequestsMakeTwoBars();
    void draftsStayWithTheirConversation();
    void oneOfTwoPanesUnder640();
    void aSecondStartOnlyFillsTheForm();
    void namesForAutomatedDrivingAreThere();
    void noLabelTakesMarkUp();
};

void MainWindowTest::twoPeopleTalk() {
    Pair pair;
    QVERIFY(pair.connectThem());
    write(pair.benWindow, u"hello <b>Ann</b>"_s);
    QTRY_COMPARE(lastMessage(pair.annWindow), u"hello <b>Ann</b>"_s);
    write(pair.annWindow, u"你好"_s);
    QTRY_COMPARE(lastMessage(pair.benWindow), u"你好"_s);
    QVERIFY(find<QPlainTextEdit>(pair.annWindow, u"Message"_s)->toPlainText().isEmpty());
    QVERIFY(pair.annWindow.windowTitle().contains(u"127.0.0.1"_s));
    QVERIFY(shows(pair.annWindow, u"anyone on the way can read this"_s));
}

void MainWindowTest::disconnectEndsItAndSaysSo() {
    Pair pair;
    QVERIFY(pair.connectThem());
    QVERIFY(press(pair.benWindow, u"Disconnect"_s));
    QVERIFY(waitUntilShown(pair.benWindow, u"You disconnected."_s));
    QVERIFY(waitUntilShown(pair.annWindow, u"127.0.0.1 ended the conversation."_s));
    QVERIFY(find<QPlainTextEdit>(pair.annWindow, u"Message"_s) == nullptr);
    QVERIFY(find<QPushButton>(pair.annWindow, u"Connect again"_s) == nullptr);
    QVERIFY(press(pair.benWindow, u"Connect again"_s));
    QVERIFY(press(pair.annWindow, u"Accept"_s));
    QTRY_VERIFY(Pair::isOpen(pair.benWindow));
}

void MainWindowTest::aKilledWorkerEndsItsConversationAlone() {
    Pair pair;
    QVERIFY(pair.connectThem());
    model::Conversation* first = pair.annWindow.shownConversation();
    QVERIFY(pair.ben.dial(pair.ann.messenger().hosting()->port()) != nullptr);
    QVERIFY(press(pair.annWindow, u"Accept"_s));
    QTRY_VERIFY(Pair::isOpen(pair.annWindow));
    model::Conversation* second = pair.annWindow.shownConversation();
    QVERIFY(first != second);
    pair.annWindow.showConversation(first);
    QCOMPARE(::kill(static_cast<pid_t>(first->workerPid()), SIGKILL), 0);
    QVERIFY(waitUntilShown(pair.annWindow, u"The process for 127.0.0.1 crashed."_s));
    QCOMPARE(second->state(), ConversationState::Open);
}

void MainWindowTest::plainTextHasToBeChosen() {
    QTcpServer program;
    QVERIFY(program.listen(QHostAddress::LocalHost));
    connect(&program, &QTcpServer::newConnection, &program,
            [&program] { program.nextPendingConnection()->write("welcome\n"); });
    Person ben(u"Ben"_s);
    MainWindow window(ben.messenger());
    window.show();
    window.openConnect(u"127.0.0.1:%1"_s.arg(program.serverPort()));
    QVERIFY(press(window, u"Connect"_s));
    QVERIFY(waitUntilShown(window, u"Something answered, but not Kith."_s));
    QTRY_VERIFY(ben.messenger().all().isEmpty());
    QVERIFY(press(window, u"Connect in plain text"_s));
    QVERIFY(waitUntilShown(window, u"Connected · plain text"_s));
    QTRY_COMPARE(lastMessage(window), u"welcome"_s);
}

void MainWindowTest::aRefusalIsToldInTheForm() {
    Person ben(u"Ben"_s);
    MainWindow window(ben.messenger());
    window.show();
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const quint16 port = server.serverPort();
    server.close();
    window.openConnect(u"127.0.0.1:%1"_s.arg(port));
    find<QCheckBox>(window, u"Plain text"_s)->setChecked(true);
    QVERIFY(press(window, u"Connect"_s));
    QVERIFY(waitUntilShown(window, u"nothing accepts connections on port %1."_s.arg(port)));
    QTRY_VERIFY(ben.messenger().all().isEmpty());
    window.openConnect(u"1.2.3"_s);
    QVERIFY(press(window, u"Connect"_s));
    QVERIFY(shows(window, u"“1.2.3” is not an address."_s));
}

void MainWindowTest::aTakenPortOffersTheNext() {
    Person ann(u"Ann"_s);
    MainWindow window(ann.messenger());
    window.show();
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::Any));
    window.openHost(other.serverPort());
    QVERIFY(waitUntilShown(window, u"Port %1 is taken by another program."_s.arg(other.serverPort())));
    QVERIFY(find<QPushButton>(window, u"Use the next port"_s) != nullptr);
    QVERIFY(press(window, u"Other port"_s));
    auto* field = find<QLineEdit>(window, u"Port"_s);
    QVERIFY(field != nullptr);
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress::Any));
    const quint16 free = probe.serverPort();
    probe.close();
    field->setText(QString::number(free));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(ann.messenger().hosting()->state(), core::HostingState::On);
    QCOMPARE(ann.preferences().port(), free);
    QVERIFY(press(window, u"Stop hosting"_s));
    QTRY_COMPARE(ann.messenger().hosting()->state(), core::HostingState::Off);
    QVERIFY(!ann.preferences().wasHosting());
}

void MainWindowTest::aStrangersWordsAreShownAsText() {
    Person ann(u"Ann"_s);
    MainWindow window(ann.messenger());
    window.show();
    const quint16 port = ann.host();
    QTcpSocket stranger;
    stranger.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    QVERIFY(QTest::qWaitFor([&] { return stranger.state() == QAbstractSocket::ConnectedState; }));
    stranger.write("<img src='/etc/passwd'><b>let me in</b>\n");
    QVERIFY(waitUntilShown(window, u"<img src='/etc/passwd'><b>let me in</b>"_s));
    QVERIFY(press(window, u"Decline"_s));
    QTRY_VERIFY(ann.messenger().requests().isEmpty());
    QTRY_COMPARE(stranger.state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(stranger.readAll(), QByteArray());
}

void MainWindowTest::fiveRequestsMakeTwoBars() {
    Person ann(u"Ann"_s);
    Person ben(u"Ben"_s);
    MainWindow window(ann.messenger());
    window.show();
    const quint16 port = ann.host();
    for (int i = 0; i < 4; ++i)
        QVERIFY(ben.dial(port) != nullptr);
    QTRY_COMPARE(ann.messenger().requests().size(), 4);
    const auto visibleBars = [&] {
        int bars = 0;
        for (const QPushButton* button : window.findChildren<QPushButton*>())
            bars += button->accessibleName() == u"Accept" && button->isVisible() ? 1 : 0;
        return bars;
    };
    QTRY_COMPARE(visibleBars(), 2);
    QVERIFY(shows(window, u"and 2 more"_s));
    for (int left = 3; left >= 0; --left) {
        QVERIFY(press(window, u"Decline"_s));
        QTRY_COMPARE(ann.messenger().requests().size(), left);
    }
    QCOMPARE(visibleBars(), 0);
}

void MainWindowTest::draftsStayWithTheirConversation() {
    Pair pair;
    QVERIFY(pair.connectThem());
    model::Conversation* first = pair.annWindow.shownConversation();
    QVERIFY(pair.ben.dial(pair.ann.messenger().hosting()->port()) != nullptr);
    find<QPlainTextEdit>(pair.annWindow, u"Message"_s)->setPlainText(u"not sent yet"_s);
    QVERIFY(press(pair.annWindow, u"Accept"_s));
    auto* box = find<QPlainTextEdit>(pair.annWindow, u"Message"_s);
    QCOMPARE(box->toPlainText(), QString());
    box->setPlainText(u"another"_s);
    pair.annWindow.showConversation(first);
    QCOMPARE(box->toPlainText(), u"not sent yet"_s);
}

void MainWindowTest::oneOfTwoPanesUnder640() {
    Pair pair;
    QVERIFY(pair.connectThem());
    MainWindow& window = pair.annWindow;
    const int u = gui::Theme::unit();
    window.resize(240 * u, 160 * u);
    QVERIFY(find<QListView>(window, u"Conversations"_s) != nullptr);
    QVERIFY(find<gui::MessageView>(window, u"Messages"_s) != nullptr);
    window.resize(100 * u, 160 * u);
    QVERIFY(find<QListView>(window, u"Conversations"_s) == nullptr);
    QVERIFY(find<gui::MessageView>(window, u"Messages"_s) != nullptr);
    QVERIFY(press(window, u"Back"_s));
    QVERIFY(find<QListView>(window, u"Conversations"_s) != nullptr);
    QVERIFY(find<gui::MessageView>(window, u"Messages"_s) == nullptr);
    // Who asks to come in is seen in either pane.
    QVERIFY(pair.ben.dial(pair.ann.messenger().hosting()->port()) != nullptr);
    QTRY_VERIFY(find<QPushButton>(window, u"Accept"_s) != nullptr);
    auto* list = find<QListView>(window, u"Conversations"_s);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                      list->visualRect(list->model()->index(0, 0)).center());
    QVERIFY(find<gui::MessageView>(window, u"Messages"_s) != nullptr);
    QVERIFY(find<QListView>(window, u"Conversations"_s) == nullptr);
    QVERIFY(find<QPushButton>(window, u"Accept"_s) != nullptr);
    window.resize(240 * u, 160 * u);
    QVERIFY(find<QPushButton>(window, u"Accept"_s) != nullptr);
    QTRY_VERIFY(find<QPushButton>(window, u"Accept"_s)->mapTo(&window, QPoint()).x() >
                find<QListView>(window, u"Conversations"_s)->width());
}

void MainWindowTest::aSecondStartOnlyFillsTheForm() {
    Person ben(u"Ben"_s);
    MainWindow window(ben.messenger());
    window.show();
    window.openConnect(u"192.168.1.7"_s);
    QCOMPARE(find<QLineEdit>(window, u"Address or invite"_s)->text(), u"192.168.1.7"_s);
    QVERIFY(ben.messenger().all().isEmpty());
}

void MainWindowTest::namesForAutomatedDrivingAreThere() {
    Pair pair;
    pair.annWindow.show();
    for (const QString& name : {u"Host"_s, u"Connect"_s})
        QVERIFY2(find<QPushButton>(pair.annWindow, name) != nullptr, qPrintable(name));
    QVERIFY(pair.connectThem());
    for (const QString& name : {u"Host"_s, u"Connect"_s, u"Send"_s, u"Disconnect"_s})
        QVERIFY2(find<QPushButton>(pair.annWindow, name) != nullptr, qPrintable(name));
    QVERIFY(press(pair.annWindow, u"Host"_s));
    QVERIFY(find<QPushButton>(pair.annWindow, u"Stop hosting"_s) != nullptr);
    QVERIFY(press(pair.annWindow, u"More addresses and settings"_s));
    QVERIFY(find<QCheckBox>(pair.annWindow, u"Allow plain text from the network"_s) != nullptr);
    QVERIFY(find<QLineEdit>(pair.annWindow, u"Port"_s) != nullptr);
}

void MainWindowTest::noLabelTakesMarkUp() {
    Pair pair;
    QVERIFY(pair.connectThem());
    pair.annWindow.openConnect({});
    pair.annWindow.openHost();
    gui::SettingsDialog settings(pair.ann.preferences());
    gui::AboutDialog about(pair.ann.messenger());
    gui::ShortcutsDialog shortcuts;
    QVERIFY(pair.ben.dial(pair.ann.messenger().hosting()->port()) != nullptr);
    QVERIFY(pair.ann.request() != nullptr);
    for (QWidget* window : QList<QWidget*>{&pair.annWindow, &settings, &about, &shortcuts}) {
        const auto labels = window->findChildren<QLabel*>();
        QVERIFY(!labels.isEmpty());
        for (const QLabel* label : labels)
            QVERIFY2(label->textFormat() == Qt::PlainText, qPrintable(label->objectName()));
    }
    QCOMPARE(gui::plainToolTip(u"<b>x</b>"_s), u"<qt>&lt;b&gt;x&lt;/b&gt;</qt>"_s);
}

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    gui::Theme theme;
    MainWindowTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "main_window_test.moc"

// Renders every screen to PNG files: screenshots DIRECTORY. Look at them after every change to how Kith
// looks; they are not kept in the repository. QT_SCALE_FACTOR=2 gives those of a sharp display, --zh those in
// Chinese.
#include "gui/about_dialog.h"
#include "gui/settings_dialog.h"
#include "gui/shortcuts_dialog.h"
#include "gui/theme.h"
#include "photographer.h"
#include "two_people.h"

#include <QApplication>
#include <QCheckBox>
#include <QDir>
#include <QPlainTextEdit>
#include <QTcpServer>
#include <QTranslator>

#include <algorithm>

using namespace kith;
using test::named;
using test::Photographer;
using test::press;
using test::type;
using namespace Qt::StringLiterals;

namespace {

void takeConnect(const Photographer& photographer, test::Person& person, quint16 closedPort) {
    person.preferences().addRecentAddress(u"192.168.1.7"_s);
    person.preferences().addRecentAddress(u"studio.example.org:5190"_s);
    gui::MainWindow window(person.messenger());
    photographer.take(window, u"02-connect"_s);
    window.openConnect({});
    photographer.take(window, u"02-connect"_s);
    type(window, u"Address or invite"_s, u"192.168.1.7"_s);
    press(window, u"Connect"_s);
    photographer.take(window, u"03-connect-plain-choice"_s);
    qobject_cast<QCheckBox*>(named(window, u"Plain text"_s))->setChecked(true);
    type(window, u"Address or invite"_s, u"127.0.0.1:%1"_s.arg(closedPort));
    press(window, u"Connect"_s);
    if (!QTest::qWaitFor([&] { return person.messenger().all().isEmpty(); }))
        qFatal("the refusal did not come");
    photographer.take(window, u"04-connect-refused"_s);
}

void takeHost(const Photographer& photographer, test::Person& person) {
    gui::MainWindow window(person.messenger());
    QTcpServer taken;
    taken.listen(QHostAddress::Any);
    window.openHost(taken.serverPort());
    if (!QTest::qWaitFor([&] { return person.messenger().hosting()->state() == core::HostingState::Failed; }))
        qFatal("the port was not taken");
    photographer.take(window, u"05-host-port-taken"_s);
    if (person.host() == 0)
        qFatal("cannot host");
    photographer.take(window, u"06-host"_s);
    person.preferences().setPlainFromNetwork(true);
    press(window, u"More addresses and settings"_s);
    press(window, u"Connecting from elsewhere"_s);
    photographer.take(window, u"07-host-more"_s);
}

void say(model::Conversation* from, model::Conversation* to, const QString& text) {
    const int before = to->messages()->rowCount();
    if (!from->send(text) || !QTest::qWaitFor([&] { return to->messages()->rowCount() > before; }))
        qFatal("a message did not arrive");
    QTest::qWait(400);
}

void takeConversation(const Photographer& photographer, test::Person& ann, test::Person& ben) {
    gui::MainWindow window(ann.messenger());
    const quint16 port = ann.messenger().hosting()->port();
    QList<model::Conversation*> calls;
    for (int i = 0; i < 4; ++i)
        calls.append(ben.dial(port));
    if (!QTest::qWaitFor([&] { return ann.messenger().requests().size() == 4; }))
        qFatal("the requests did not come");
    photographer.take(window, u"08-requests"_s);
    // The oldest request is the first bar.
    press(window, u"Accept"_s);
    for (model::Conversation* request : ann.messenger().requests())
        request->decline();
    const auto open = [](const model::Conversation* c) {
        return c->state() == core::ConversationState::Open;
    };
    if (!QTest::qWaitFor([&] {
            return open(window.shownConversation()) && std::count_if(calls.begin(), calls.end(), open) == 1;
        }))
        qFatal("it did not open");
    photographer.take(window, u"09-conversation-empty"_s);
    model::Conversation* here = window.shownConversation();
    model::Conversation* there = *std::find_if(calls.begin(), calls.end(), open);
    test::talk(here, there);
    if (ben.dial(port) == nullptr || ann.request() == nullptr)
        qFatal("the second call did not come");
    press(window, u"Accept"_s);
    QTest::qWait(300);
    window.showConversation(here);
    qobject_cast<QPlainTextEdit*>(named(window, u"Message"_s))->setPlainText(u"Shall I call you at nine?"_s);
    photographer.take(window, u"10-conversation"_s);
    if (window.width() < 640) {
        press(window, u"Back"_s);
        photographer.take(window, u"11-list"_s);
        window.showConversation(here);
    }
    there->disconnectPeer();
    if (!QTest::qWaitFor([&] { return here->state() == core::ConversationState::Ended; }))
        qFatal("it did not end");
    photographer.take(window, u"12-conversation-ended"_s);
}

void takeAll(const QString& folder, gui::Theme& theme, bool dark, int width) {
    theme.force(dark);
    const Photographer photographer(folder, dark, width);
    test::Person ann(u"Ann Lee"_s);
    test::Person ben(u"Ben"_s);
    QTcpServer closed;
    closed.listen(QHostAddress::LocalHost);
    const quint16 closedPort = closed.serverPort();
    closed.close();
    {
        gui::MainWindow window(ann.messenger());
        photographer.take(window, u"01-start"_s);
    }
    takeConnect(photographer, ben, closedPort);
    takeHost(photographer, ann);
    takeConversation(photographer, ann, ben);
    auto* settings = new gui::SettingsDialog(ann.preferences());
    photographer.take(*settings, u"13-settings"_s);
    settings->close();
    auto* about = new gui::AboutDialog(ann.messenger());
    photographer.take(*about, u"14-about"_s);
    about->close();
    auto* shortcuts = new gui::ShortcutsDialog;
    photographer.take(*shortcuts, u"15-shortcuts"_s);
    shortcuts->close();
    test::takePeople(photographer);
    test::takeConnections(photographer);
}

} // namespace

void test::talk(model::Conversation* here, model::Conversation* there) {
    say(there, here, u"Hi! Are you there?"_s);
    say(here, there, u"Yes. That was quick: I pressed Host, you typed the address."_s);
    say(there, here, u"And nothing in between."_s);
    say(there, here, u"No account either."_s);
    say(here, there,
        u"Did you see the article about swifts? They sleep while they fly, half a brain at a time, and "
        "some stay in the air for ten months without landing once."_s);
    say(there, here, u"No! Send me the title 🙂"_s);
    say(here, there, u"“Ten months in the air”"_s);
    say(there, here, u"你好，明天见"_s);
    say(there, here, u"שלום לכולם, להתראות מחר"_s);
    say(here, there, u"See you tomorrow."_s);
}

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const QStringList words = QApplication::arguments();
    if (words.size() < 2)
        qFatal("usage: screenshots DIRECTORY [--zh] [--one]");
    QTranslator translator;
    if (words.contains(u"--zh"_s) &&
        translator.load(QLocale(QLocale::Chinese), u"kith"_s, u"_"_s, u":/translations"_s))
        QCoreApplication::installTranslator(&translator);
    QDir().mkpath(words[1]);
    gui::Theme theme;
    takeAll(words[1], theme, false, 960);
    if (words.contains(u"--one"_s))
        return 0;
    takeAll(words[1], theme, true, 960);
    takeAll(words[1], theme, false, 360);
    takeAll(words[1], theme, true, 360);
    return 0;
}

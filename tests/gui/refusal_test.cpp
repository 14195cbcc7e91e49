#include "gui/main_window.h"
#include "gui/theme.h"
#include "two_people.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

#include <algorithm>

using namespace kith;
using namespace Qt::StringLiterals;
using core::ConversationState;
using gui::MainWindow;
using test::Person;

namespace {

template <typename Widget>
Widget* find(const QWidget& window, const QString& name) {
    for (Widget* widget : window.findChildren<Widget*>()) {
        if (widget->accessibleName() == name && widget->isVisible())
            return widget;
    }
    return nullptr;
}

bool press(const QWidget& window, const QString& name) {
    if (!QTest::qWaitFor([&] { return find<QAbstractButton>(window, name) != nullptr; }))
        return false;
    QTest::mouseClick(find<QAbstractButton>(window, name), Qt::LeftButton);
    return true;
}

bool tells(const QWidget& window, const QString& text) {
    // A write waits 3 s for whoever has the file locked.
    return QTest::qWaitFor(
        [&] {
            for (const QLabel* label : window.findChildren<QLabel*>()) {
                if (label->isVisible() && label->text().contains(text))
                    return true;
            }
            return false;
        },
        20000);
}

/// Another program that has the history of this profile locked.
class Blocker final {
public:
    explicit Blocker(const QString& folder) {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        database.setDatabaseName(folder + u"/history.sqlite"_s);
        if (!database.open() || database.exec(u"BEGIN IMMEDIATE"_s).lastError().isValid())
            qFatal("the history could not be locked");
    }
    ~Blocker() { letGo(); }
    Q_DISABLE_COPY_MOVE(Blocker)
    void letGo() {
        if (QSqlDatabase::contains(name))
            QSqlDatabase::database(name).close();
        QSqlDatabase::removeDatabase(name);
    }

private:
    static constexpr auto name = QLatin1StringView("blocker");
};

/// Ann has called Ben, and her window shows it.
struct Pair {
    Pair() = default;
    /// A worker that is left running would be waited for.
    ~Pair() {
        for (model::Conversation* conversation : ann.messenger().all())
            conversation->disconnectPeer();
        ben.messenger().hosting()->stop();
        const auto ended = [](Person& person) {
            return std::ranges::all_of(person.messenger().all(), [](const model::Conversation* conversation) {
                return conversation->state() == ConversationState::Ended;
            });
        };
        const auto over = [&] {
            return ended(ann) && ended(ben) && ben.messenger().hosting()->state() == core::HostingState::Off;
        };
        if (!QTest::qWaitFor(over))
            QTest::qFail("it did not end", __FILE__, __LINE__);
    }
    Q_DISABLE_COPY_MOVE(Pair)

    /// What Ben has of a new conversation with Ann, hers being shown; null where that failed.
    model::Conversation* talk() {
        window.show();
        model::Conversation* const hers = ann.dial(port == 0 ? port = ben.host() : port);
        model::Conversation* const his = hers != nullptr ? ben.request() : nullptr;
        if (his == nullptr)
            return nullptr;
        his->accept();
        window.showConversation(hers);
        const bool open = QTest::qWaitFor([&] {
            return hers->state() == ConversationState::Open && his->state() == ConversationState::Open;
        });
        return open ? his : nullptr;
    }
    QPlainTextEdit* box() { return find<QPlainTextEdit>(window, u"Message"_s); }
    bool say(const QString& text) {
        QTest::keyClicks(box(), text);
        return press(window, u"Send"_s);
    }

    Person ann{u"Ann"_s};
    Person ben{u"Ben"_s};
    MainWindow window{ann.messenger()};
    quint16 port = 0;
};

} // namespace

/// What could not be stored was not sent, and is there to be sent again.
class RefusalTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatWasRefusedComesBackBeforeWhatWasTypedSince();
    void whatWasRefusedElsewhereIsTheDraftThere();
};

void RefusalTest::whatWasRefusedComesBackBeforeWhatWasTypedSince() {
    Pair pair;
    const model::Conversation* const his = pair.talk();
    QVERIFY(his != nullptr);
    Blocker blocker(pair.ann.folder());
    QVERIFY(pair.say(u"not lost"_s));
    QCOMPARE(pair.box()->toPlainText(), QString());
    QTest::keyClicks(pair.box(), u"typed since"_s);
    QVERIFY(tells(pair.window, u"Another program is using the history."_s));
    QTRY_COMPARE(pair.box()->toPlainText(), u"not lost\ntyped since"_s);
    QCOMPARE(pair.window.shownConversation()->messages()->rowCount(), 0);
    QCOMPARE(his->messages()->rowCount(), 0);
    blocker.letGo();
    QVERIFY(press(pair.window, u"Send"_s));
    QTRY_COMPARE(his->messages()->rowCount(), 2); // plain text has lines
    QCOMPARE(his->messages()->at(0).text, u"not lost"_s);
    QCOMPARE(his->messages()->at(1).text, u"typed since"_s);
    QCOMPARE(pair.box()->toPlainText(), QString());
}

void RefusalTest::whatWasRefusedElsewhereIsTheDraftThere() {
    Pair pair;
    QVERIFY(pair.talk() != nullptr);
    model::Conversation* const other = pair.window.shownConversation();
    const model::Conversation* const his = pair.talk();
    QVERIFY(his != nullptr);
    model::Conversation* const hers = pair.window.shownConversation();
    QVERIFY(hers != other);
    const Blocker blocker(pair.ann.folder());
    QVERIFY(pair.say(u"not lost"_s));
    pair.window.showConversation(other);
    QVERIFY(tells(pair.window, u"Another program is using the history."_s));
    QCOMPARE(pair.box()->toPlainText(), QString());
    QCOMPARE(hers->draft(), u"not lost"_s);
    pair.window.showConversation(hers);
    QCOMPARE(pair.box()->toPlainText(), u"not lost"_s);
    QCOMPARE(his->messages()->rowCount(), 0);
}

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QLocale::setDefault(QLocale(u"en_GB"_s));
    gui::Theme theme;
    RefusalTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "refusal_test.moc"

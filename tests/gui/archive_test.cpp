#include "gui/main_window.h"
#include "gui/theme.h"
#include "support/written_history.h"
#include "two_people.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QDialogButtonBox>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace kith;
using namespace Qt::StringLiterals;
using gui::MainWindow;
using test::Person;

namespace {

bool shows(const QWidget& window, const QString& text) {
    for (const QLabel* label : window.findChildren<QLabel*>()) {
        if (label->isVisible() && label->text().contains(text))
            return true;
    }
    return false;
}

QAbstractButton* button(const QWidget& window, const QString& name) {
    for (auto* button : window.findChildren<QAbstractButton*>()) {
        if (button->accessibleName() == name && button->isVisible())
            return button;
    }
    return nullptr;
}

bool press(const QWidget& window, const QString& name) {
    if (!QTest::qWaitFor([&] { return button(window, name) != nullptr; }))
        return false;
    QTest::mouseClick(button(window, name), Qt::LeftButton);
    return true;
}

QByteArray contentOf(const QString& name) {
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A person who has talked before, and their window.
struct Ann {
    Ann()
        : person(u"Ann"_s,
                 [](const QString& folder) {
                     const qint64 now = QDateTime::currentMSecsSinceEpoch();
                     const tests::Talk talk{u"192.0.2.7:5188"_s,
                                            now - 1000,
                                            now,
                                            {},
                                            {{false, now, u"are you there?"_s}, {true, now, u"yes, I am"_s}}};
                     if (!tests::writeHistory(folder, {{talk}, {}}))
                         qFatal("the history could not be written");
                 })
        , window(person.messenger()) {
        window.show();
        if (!QTest::qWaitFor([&] { return person.messenger().conversations()->rowCount() == 1; }))
            qFatal("the history is not listed");
    }

    /// Chooses it from the window's menu.
    void choose(const QString& words) {
        for (QAction* action : window.actions()) {
            if (action->text() == words)
                return action->trigger();
        }
        qFatal("no action %s", qPrintable(words));
    }
    /// Names a file where one is asked for; what was proposed there.
    QString name(const QString& file) {
        QFileDialog* dialog = nullptr;
        const auto asks = [&] {
            for (auto* each : window.findChildren<QFileDialog*>()) {
                if (each->isVisible())
                    dialog = each;
            }
            return dialog != nullptr;
        };
        if (!QTest::qWaitFor(asks))
            qFatal("nobody asks for a file");
        auto* edit = dialog->findChild<QLineEdit*>(u"fileNameEdit"_s);
        const QString proposed = edit->text();
        edit->setText(file); // typed, it opens a list of proposals that takes the keys
        const auto* buttons = dialog->findChild<QDialogButtonBox*>();
        for (const auto standard : {QDialogButtonBox::Save, QDialogButtonBox::Open}) {
            if (auto* go = buttons->button(standard); go != nullptr && go->isVisible())
                QTest::mouseClick(go, Qt::LeftButton);
        }
        return proposed;
    }
    bool waitUntilShown(const QString& text) {
        return QTest::qWaitFor([&] { return shows(window, text); });
    }

    QTemporaryDir files; ///< where Ann keeps what is written
    Person person;
    MainWindow window;
};

} // namespace

/// Histories written out and profiles backed up, by the menu and the dialogs a person has.
class ArchiveTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everythingIsExportedAsText();
    void aNameThatEndsInJsonGivesJson();
    void oneConversationIsExportedFromItsMenu();
    void aFileThatIsThereIsReplacedOnlyOnWish();
    void aBackupIsWholeAndForItsOwnerAlone();
    void restoringAsksBeforeItTakesTheProfilesPlace();
    void aFileThatIsNoBackupIsToldAndNothingHappens();
    void aFolderThatTakesNoFileIsTold();
};

void ArchiveTest::everythingIsExportedAsText() {
    Ann ann;
    const QString file = ann.files.filePath(u"all.txt"_s);
    ann.choose(u"Export everything…"_s);
    const QString proposed = ann.name(file);
    QVERIFY2(proposed.startsWith(u"kith-"_s) && proposed.endsWith(u".txt"_s), qPrintable(proposed));
    QVERIFY(ann.waitUntilShown(u"Exported 2 messages."_s));
    const QByteArray text = contentOf(file);
    QVERIFY(text.contains("are you there?") && text.contains("yes, I am"));
    QVERIFY(shows(ann.window, file));
}

void ArchiveTest::aNameThatEndsInJsonGivesJson() {
    Ann ann;
    const QString file = ann.files.filePath(u"all.json"_s);
    ann.choose(u"Export everything…"_s);
    ann.name(file);
    QVERIFY(ann.waitUntilShown(u"Exported 2 messages."_s));
    QVERIFY(QJsonDocument::fromJson(contentOf(file)).isObject());
    QVERIFY(contentOf(file).contains("are you there?"));
}

void ArchiveTest::oneConversationIsExportedFromItsMenu() {
    Ann ann;
    const QString file = ann.files.filePath(u"one.txt"_s);
    ann.window.showConversation(ann.person.messenger().all().first());
    ann.choose(u"Export…"_s);
    QVERIFY(ann.name(file).contains(u"192.0.2.7"_s));
    QVERIFY(ann.waitUntilShown(u"Exported 2 messages."_s));
    QVERIFY(contentOf(file).contains("192.0.2.7"));
}

void ArchiveTest::aFileThatIsThereIsReplacedOnlyOnWish() {
    Ann ann;
    const QString file = ann.files.filePath(u"mine.txt"_s);
    QFile mine(file);
    QVERIFY(mine.open(QIODevice::WriteOnly) && mine.write("mine") == 4);
    mine.close();
    ann.choose(u"Export everything…"_s);
    ann.name(file);
    QTRY_VERIFY(button(ann.window, u"Replace"_s) != nullptr);
    QCOMPARE(contentOf(file), QByteArray("mine"));
    QVERIFY(press(ann.window, u"Replace"_s));
    QVERIFY(ann.waitUntilShown(u"Exported 2 messages."_s));
    QVERIFY(contentOf(file).contains("yes, I am"));
}

void ArchiveTest::aBackupIsWholeAndForItsOwnerAlone() {
    Ann ann;
    const QString file = ann.files.filePath(u"ann.kithbackup"_s);
    ann.choose(u"Back up…"_s);
    QVERIFY(ann.name(file).endsWith(u".kithbackup"_s));
    QVERIFY(ann.waitUntilShown(u"Everything is backed up ("_s));
    QVERIFY(contentOf(file).startsWith("KITH BACKUP 1"));
    QCOMPARE(QFileInfo(file).permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther |
                                              QFile::WriteOther | QFile::ExeOther),
             QFile::Permissions());
    const auto checked = tests::await(ann.person.history().checkBackup(file));
    QVERIFY(checked && !*checked);
    QCOMPARE(checked->error().reason, core::Reason::ProfileOccupied); // whole, and in place of a history
}

void ArchiveTest::restoringAsksBeforeItTakesTheProfilesPlace() {
    Ann ann;
    const QString file = ann.files.filePath(u"ann.kithbackup"_s);
    ann.choose(u"Back up…"_s);
    ann.name(file);
    QVERIFY(ann.waitUntilShown(u"Everything is backed up ("_s));
    const QSignalSpy wanted(&ann.window, &MainWindow::restoreWanted);
    ann.choose(u"Restore…"_s);
    ann.name(file);
    QVERIFY(ann.waitUntilShown(u"This profile has a history already."_s));
    QVERIFY(press(ann.window, u"Cancel"_s));
    QCOMPARE(wanted.size(), 0);
    ann.choose(u"Restore…"_s);
    ann.name(file);
    QVERIFY(ann.waitUntilShown(u"This profile has a history already."_s));
    QVERIFY(press(ann.window, u"Restore"_s));
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.at(0).at(0).toString(), file);
}

void ArchiveTest::aFileThatIsNoBackupIsToldAndNothingHappens() {
    Ann ann;
    const QString file = ann.files.filePath(u"letter.kithbackup"_s);
    QFile letter(file);
    QVERIFY(letter.open(QIODevice::WriteOnly) && letter.write("Dear Ann") == 8);
    letter.close();
    const QSignalSpy wanted(&ann.window, &MainWindow::restoreWanted);
    ann.choose(u"Restore…"_s);
    ann.name(file);
    QTRY_VERIFY(button(ann.window, u"Choose another file"_s) != nullptr);
    QVERIFY(!shows(ann.window, u"This profile has a history already."_s));
    QCOMPARE(wanted.size(), 0);
    QCOMPARE(contentOf(file), QByteArray("Dear Ann"));
}

void ArchiveTest::aFolderThatTakesNoFileIsTold() {
    Ann ann;
    ann.choose(u"Export everything…"_s);
    ann.name(u"/proc/export.txt"_s);
    QTRY_VERIFY(button(ann.window, u"Choose another file"_s) != nullptr);
    QVERIFY(!shows(ann.window, u"Exported"_s));
    QVERIFY(press(ann.window, u"Choose another file"_s));
    const QString file = ann.files.filePath(u"all.txt"_s);
    ann.name(file);
    QVERIFY(ann.waitUntilShown(u"Exported 2 messages."_s));
}

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QLocale::setDefault(QLocale(u"en_GB"_s));
    gui::Theme theme;
    ArchiveTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "archive_test.moc"

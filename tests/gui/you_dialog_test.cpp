// Oneself in the window: the name, the Kith ID, and the secret key's way in and out.
#include "core/kith_id.h"
#include "driving.h"
#include "gui/passphrase_dialog.h"
#include "gui/question_dialog.h"
#include "gui/theme.h"
#include "gui/you_dialog.h"
#include "support/somebody.h"

#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>

using namespace kith;
using namespace kith::test;
using namespace Qt::StringLiterals;
using gui::YouDialog;
using tests::Somebody;

namespace {

const QString phrase = u"correct horse battery"_s;

QByteArray bytesOf(const QString& file) {
    QFile opened(file);
    return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
}

} // namespace

class YouDialogTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void showsTheKithIdAndCopiesIt();
    void theNameIsTakenWhenItIsLeft();
    void itMayGoWhileTheNameIsEdited();
    void theKeyIsExportedForItsOwnerAlone();
    void aPassphraseIsLongAndTheSameTwice();
    void exportAsksBeforeItReplaces();
    void importAsksFirstAndMakesAnotherKey();
    void aWrongPassphraseChangesNothing();
    void importEndsConversationsFirst();

private:
    /// As choosing that file in the dialog for it.
    [[nodiscard]] bool chooseFile(const QString& file);
    [[nodiscard]] bool exportTo(const QString& file);
    [[nodiscard]] bool give(const QString& passphrase);

    std::unique_ptr<Somebody> ann_;
    std::unique_ptr<YouDialog> dialog_;
    std::unique_ptr<QTemporaryDir> folder_;
};

void YouDialogTest::init() {
    ann_ = std::make_unique<Somebody>(u"Ann"_s);
    folder_ = std::make_unique<QTemporaryDir>();
    dialog_ = std::make_unique<YouDialog>(ann_->messenger());
    dialog_->setAttribute(Qt::WA_DeleteOnClose, false);
    dialog_->show();
    dialog_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(dialog_.get()));
}

void YouDialogTest::cleanup() {
    dialog_.reset();
    folder_.reset();
    ann_.reset();
}

bool YouDialogTest::chooseFile(const QString& file) {
    auto* const chooser = waitForDialog<QFileDialog>(*dialog_);
    if (chooser == nullptr)
        return false;
    const QFileInfo chosen(file);
    chooser->setDirectory(chosen.path());
    chooser->selectFile(chosen.fileName());
    return QMetaObject::invokeMethod(chooser, "accept") &&
           QTest::qWaitFor([&] { return dialog_->findChild<QFileDialog*>() == nullptr; });
}

bool YouDialogTest::exportTo(const QString& file) {
    if (!press(*dialog_, u"Export key"_s) || !chooseFile(file) ||
        waitForDialog<gui::PassphraseDialog>(*dialog_) == nullptr)
        return false;
    find<QLineEdit>(*dialog_, u"Passphrase"_s)->setText(phrase);
    find<QLineEdit>(*dialog_, u"The same again"_s)->setText(phrase);
    return press(*dialog_, u"Go on"_s);
}

bool YouDialogTest::give(const QString& passphrase) {
    if (waitForDialog<gui::PassphraseDialog>(*dialog_) == nullptr ||
        find<QLineEdit>(*dialog_, u"The same again"_s) != nullptr) // it is not chosen, but known
        return false;
    find<QLineEdit>(*dialog_, u"Passphrase"_s)->setText(passphrase);
    return press(*dialog_, u"Go on"_s);
}

void YouDialogTest::showsTheKithIdAndCopiesIt() {
    const QString id = QString::fromStdString(core::toKithId(ann_->key()));
    QVERIFY(shows(*dialog_, id));
    QVERIFY(press(*dialog_, u"Copy Kith ID"_s));
    QCOMPARE(QGuiApplication::clipboard()->text(), id);
}

void YouDialogTest::theNameIsTakenWhenItIsLeft() {
    auto* const name = find<QLineEdit>(*dialog_, u"Your name"_s);
    QVERIFY(name != nullptr);
    QCOMPARE(name->text(), u"Ann"_s);
    name->setFocus();
    QVERIFY(QTest::qWaitFor([name] { return name->hasFocus(); }));
    name->setText(u"Anna"_s);
    QTest::keyClick(name, Qt::Key_Tab);
    QTRY_COMPARE(ann_->preferences().name(), u"Anna"_s);
}

void YouDialogTest::itMayGoWhileTheNameIsEdited() {
    auto* const name = find<QLineEdit>(*dialog_, u"Your name"_s);
    name->setFocus();
    QVERIFY(QTest::qWaitFor([name] { return name->hasFocus(); }));
    name->setText(u"half a na"_s);
    dialog_.reset(); // as the window does that is closed with it open
    QCOMPARE(ann_->preferences().name(), u"Ann"_s);
}

void YouDialogTest::theKeyIsExportedForItsOwnerAlone() {
    const QString file = folder_->filePath(u"key.pem"_s);
    QVERIFY(exportTo(file));
    QVERIFY(waitUntilShown(*dialog_, u"Your key is in %1."_s.arg(file)));
    QVERIFY(bytesOf(file).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
    QCOMPARE(QFileInfo(file).permissions() & ~(QFile::ReadUser | QFile::WriteUser),
             QFile::ReadOwner | QFile::WriteOwner);
}

void YouDialogTest::aPassphraseIsLongAndTheSameTwice() {
    const QString file = folder_->filePath(u"key.pem"_s);
    QVERIFY(press(*dialog_, u"Export key"_s));
    QVERIFY(chooseFile(file));
    QVERIFY(waitForDialog<gui::PassphraseDialog>(*dialog_) != nullptr);
    auto* const first = find<QLineEdit>(*dialog_, u"Passphrase"_s);
    auto* const again = find<QLineEdit>(*dialog_, u"The same again"_s);
    QCOMPARE(first->echoMode(), QLineEdit::Password);
    QCOMPARE(again->echoMode(), QLineEdit::Password);
    first->setText(u"short"_s);
    again->setText(u"short"_s);
    QVERIFY(press(*dialog_, u"Go on"_s));
    QVERIFY(shows(*dialog_, u"Choose a longer passphrase."_s));
    first->setText(phrase);
    again->setText(phrase + u'x');
    QVERIFY(press(*dialog_, u"Go on"_s));
    QVERIFY(shows(*dialog_, u"The two are not the same."_s));
    QVERIFY(!QFileInfo::exists(file));
    again->setText(phrase);
    QVERIFY(press(*dialog_, u"Go on"_s));
    QTRY_VERIFY(QFileInfo::exists(file));
}

void YouDialogTest::exportAsksBeforeItReplaces() {
    const QString file = folder_->filePath(u"key.pem"_s);
    QFile kept(file);
    QVERIFY(kept.open(QIODevice::WriteOnly));
    kept.write("what was here");
    kept.close();
    QVERIFY(exportTo(file));
    QVERIFY(waitForDialog<gui::QuestionDialog>(*dialog_) != nullptr);
    QVERIFY(shows(*dialog_, u"There is a file of that name already."_s));
    QVERIFY(shows(*dialog_, file));
    QVERIFY(press(*dialog_, u"Cancel"_s));
    QTRY_VERIFY(dialog_->findChild<gui::QuestionDialog*>() == nullptr);
    QCOMPARE(bytesOf(file), "what was here");

    QVERIFY(exportTo(file));
    QVERIFY(press(*dialog_, u"Replace"_s));
    QVERIFY(waitUntilShown(*dialog_, u"Your key is in %1."_s.arg(file)));
    QVERIFY(bytesOf(file).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
}

void YouDialogTest::importAsksFirstAndMakesAnotherKey() {
    Somebody other(u"Ann at work"_s);
    const core::PublicKey before = ann_->key();
    const QString file = folder_->filePath(u"other.pem"_s);
    const auto exported = tests::await(other.messenger().identity().exportTo(file, phrase, false));
    QVERIFY(exported && exported->ok());

    QVERIFY(press(*dialog_, u"Import key"_s));
    QVERIFY(shows(*dialog_, u"Become another key?"_s));
    QVERIFY(dialog_->findChild<QFileDialog*>() == nullptr);
    QVERIFY(press(*dialog_, u"Choose a key"_s));
    QVERIFY(chooseFile(file));
    QVERIFY(give(phrase));
    QVERIFY(waitUntilShown(*dialog_, u"You are this key now."_s));
    QTRY_VERIFY(ann_->key() == other.key());
    QVERIFY(waitUntilShown(*dialog_, QString::fromStdString(core::toKithId(other.key()))));
    // What was there is put aside.
    const QStringList aside = QDir(ann_->folder()).entryList({u"identity.key.replaced-*"_s});
    QCOMPARE(aside.size(), 1);
    QVERIFY(ann_->key() != before);
}

void YouDialogTest::aWrongPassphraseChangesNothing() {
    const core::PublicKey before = ann_->key();
    const QString file = folder_->filePath(u"key.pem"_s);
    QVERIFY(exportTo(file));
    QVERIFY(waitUntilShown(*dialog_, u"Your key is in"_s));
    QVERIFY(press(*dialog_, u"Import key"_s));
    QVERIFY(press(*dialog_, u"Choose a key"_s));
    QVERIFY(chooseFile(file));
    QVERIFY(give(u"another passphrase"_s));
    QVERIFY(waitUntilShown(*dialog_, u"The passphrase does not open this key."_s));
    QVERIFY(ann_->key() == before);
    QVERIFY(QDir(ann_->folder()).entryList({u"identity.key.replaced-*"_s}).isEmpty());
}

void YouDialogTest::importEndsConversationsFirst() {
    Somebody bob(u"Bob"_s);
    QVERIFY(tests::meet(*ann_, bob, ann_->host()));
    const QString file = folder_->filePath(u"bob.pem"_s);
    const auto exported = tests::await(bob.messenger().identity().exportTo(file, phrase, false));
    QVERIFY(exported && exported->ok());
    QVERIFY(press(*dialog_, u"Import key"_s));
    QVERIFY(press(*dialog_, u"Choose a key"_s));
    QVERIFY(chooseFile(file));
    QVERIFY(give(phrase));
    QTRY_COMPARE(ann_->with(bob)->state(), core::ConversationState::Ended);
    QVERIFY(waitUntilShown(*dialog_, u"You are this key now."_s));
}

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    gui::Theme theme;
    YouDialogTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "you_dialog_test.moc"

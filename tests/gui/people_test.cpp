// Whom one talks to, as a window shows, asks and is told: Bob has come to Ann, who has let him in.
#include "core/kith_id.h"
#include "core/safety_number.h"
#include "driving.h"
#include "gui/compare_dialog.h"
#include "gui/main_window.h"
#include "gui/message_view.h"
#include "gui/qr_code.h"
#include "gui/question_dialog.h"
#include "gui/rename_dialog.h"
#include "gui/theme.h"
#include "gui/verify_dialog.h"
#include "support/somebody.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QWindow>

using namespace kith;
using namespace kith::test;
using namespace Qt::StringLiterals;
using core::ConversationState;
using core::Reason;
using gui::MainWindow;
using tests::Somebody;

namespace {

const QString notVerified = u"Connected · encrypted · not verified"_s;
const QString verified = u"Connected · encrypted · verified"_s;
const QString stopped = u"Stopped: Ann's key has changed"_s;
const QString differ = u"Stopped: your numbers with Ann differ"_s;

/// The digits alone, however they stand.
QString digits(QString text) {
    text.removeIf([](QChar c) { return !c.isDigit(); });
    return text;
}

QString textOf(const QWidget& form, const QString& label) {
    const auto* found = form.findChild<QLabel*>(label);
    return found != nullptr ? found->text() : QString();
}

} // namespace

class PeopleTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void theNumberIsTheSameOnBothSides();
    void theyAgreeMakesTheContactVerified();
    void closingTheNumbersDecidesNothing();
    void row22_theyDifferStopsTheContact();
    void whatTheyDifferMeansIsSaidInItsOwnWords();
    void aStopOfAnEarlierRunSaysWhatIsKnownOfIt();
    void row22_aChangedKeyShowsBothNumbersAndKeepsStopped();
    void row22_whoIsThereNowIsMetAsSomebodyNew();
    void theKnownKeyCanBeTriedAgain();
    void everyDialogIsThereOnce();
    void aNameWithQtsMarkIsWholeInTheTitle();
    void aNameFromTheRightMovesNothingAroundIt();
    void renamingLeavesTheKeyAndTheirOwnName();
    void blockingEndsItAndUnblockingLetsThemIn();
    void whoIsBlockedIsToldOfOverTheirConversation();
    void blockingSomebodyWhoIsAwayIsSaidToo();

private:
    [[nodiscard]] const core::PublicKey& annsKey() const { return ann_->key(); }
    /// At Ann's address is somebody else, who lets everybody in. False where that failed.
    [[nodiscard]] bool replaceAnn();

    std::unique_ptr<Somebody> ann_;
    std::unique_ptr<Somebody> impostor_;
    std::unique_ptr<Somebody> bob_;
    std::unique_ptr<MainWindow> window_; ///< Bob's
    QString address_;
};

void PeopleTest::init() {
    ann_ = std::make_unique<Somebody>(u"Ann"_s);
    bob_ = std::make_unique<Somebody>(u"Bob"_s);
    address_ = ann_->host();
    window_ = std::make_unique<MainWindow>(bob_->messenger());
    window_->show();
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    window_->showConversation(bob_->with(*ann_));
    QVERIFY(waitUntilShown(*window_, notVerified));
}

void PeopleTest::cleanup() {
    window_.reset();
    bob_.reset();
    impostor_.reset();
    ann_.reset();
    QVERIFY(tests::children().isEmpty());
}

bool PeopleTest::replaceAnn() {
    const quint16 port = ann_->messenger().hosting()->port();
    ann_->end();
    impostor_ = std::make_unique<Somebody>(u"Ann"_s);
    impostor_->messenger().setAcceptPolicy(model::AcceptPolicy::All);
    return !impostor_->host(port).isEmpty() && waitUntilShown(*window_, u"Ann ended the conversation."_s);
}

// --- verifying -------------------------------------------------------------------------------------------

void PeopleTest::theNumberIsTheSameOnBothSides() {
    const QString number = QString::fromStdString(core::safetyNumber(annsKey(), bob_->key()));
    QVERIFY(press(*window_, u"Verify"_s));
    const auto* const bobs = waitForDialog<gui::VerifyDialog>(*window_);
    QVERIFY(bobs != nullptr);
    QTRY_COMPARE(digits(textOf(*bobs, u"number"_s)), number);
    QCOMPARE(textOf(*bobs, u"number"_s).simplified().split(u' ').size(), 12);
    QCOMPARE(bobs->findChild<gui::QrCode*>()->text(),
             QString::fromStdString(core::safetyCode(bob_->key(), annsKey())));
    QVERIFY(!bobs->findChild<gui::QrCode*>()->isEmpty());
    QCOMPARE(textOf(*bobs, u"title"_s), u"Safety number with Ann"_s);

    gui::VerifyDialog anns(ann_->messenger(), bob_->key(), nullptr);
    anns.setAttribute(Qt::WA_DeleteOnClose, false);
    QTRY_COMPARE(digits(textOf(anns, u"number"_s)), number);
    QCOMPARE(anns.findChild<gui::QrCode*>()->text(), bobs->findChild<gui::QrCode*>()->text());
}

void PeopleTest::theyAgreeMakesTheContactVerified() {
    QVERIFY(press(*window_, u"Verify"_s));
    QVERIFY(press(*window_, u"They agree"_s));
    QVERIFY(waitUntilShown(*window_, verified));
    QVERIFY(bob_->knows(*ann_)->trust == store::Trust::ByCompare);
    QVERIFY(find<QAbstractButton>(*window_, u"Verify"_s) == nullptr);
    QCOMPARE(bob_->with(*ann_)->state(), ConversationState::Open);
    QVERIFY(!ann_->knows(*bob_)->verified()); // Ann has not compared anything
    // It can be looked at again.
    QVERIFY(chooseFromMenu(*window_, u"Verify…"_s));
    QVERIFY(waitUntilShown(*window_, u"You have compared it: verified."_s));
}

void PeopleTest::closingTheNumbersDecidesNothing() {
    QVERIFY(press(*window_, u"Verify"_s));
    QVERIFY(waitForDialog<gui::VerifyDialog>(*window_) != nullptr);
    QTest::keyClick(waitForDialog<gui::VerifyDialog>(*window_), Qt::Key_Escape);
    QTRY_VERIFY(window_->findChild<gui::VerifyDialog*>() == nullptr);
    QVERIFY(bob_->knows(*ann_)->trust == store::Trust::Unverified);
    QVERIFY(shows(*window_, notVerified));
}

void PeopleTest::row22_theyDifferStopsTheContact() {
    QVERIFY(press(*window_, u"Verify"_s));
    QVERIFY(press(*window_, u"They differ"_s));
    QVERIFY(waitUntilShown(*window_, differ));
    QTRY_COMPARE(bob_->with(*ann_)->state(), ConversationState::Ended);
    QVERIFY(find<QAbstractButton>(*window_, u"Verify"_s) == nullptr);
    QVERIFY(find<QAbstractButton>(*window_, u"Compare"_s) != nullptr);
    QVERIFY(find<QPlainTextEdit>(*window_, u"Message"_s) == nullptr);
    // Nor does she come in.
    ann_->messenger().hosting()->stop();
    const QString bobs = bob_->host();
    QTRY_COMPARE(ann_->with(*bob_)->state(), ConversationState::Ended);
    model::Conversation* const call = ann_->dial(bobs);
    QVERIFY(call != nullptr);
    QTRY_COMPARE_WITH_TIMEOUT(call->state(), ConversationState::Ended, tests::longPatience);
    QVERIFY(bob_->messenger().requests().isEmpty());
    QVERIFY(shows(*window_, differ));
}

void PeopleTest::whatTheyDifferMeansIsSaidInItsOwnWords() {
    QVERIFY(bob_->with(*ann_)->send(u"Hello"_s).ok()); // so that "nothing was sent" would be a lie
    bob_->people().setCompared(annsKey(), false);
    QVERIFY(waitUntilShown(*window_, differ));
    QVERIFY(waitUntilShown(*window_, u"Your numbers with Ann differ."_s));
    QVERIFY(!shows(*window_, u"Nothing was sent"_s));
    QVERIFY(press(*window_, u"Compare"_s));
    const auto* const dialog = waitForDialog<gui::CompareDialog>(*window_);
    QVERIFY(dialog != nullptr);
    QCOMPARE(textOf(*dialog, u"title"_s), u"Your numbers with Ann differ"_s);
    QVERIFY(textOf(*dialog, u"text"_s).contains(u"could read and change what was said"_s));
    QVERIFY(!textOf(*dialog, u"text"_s).contains(u"Nothing was sent"_s));
    // Nobody else has shown a key.
    QVERIFY(find<QAbstractButton>(*window_, u"Connect as somebody new"_s) == nullptr);
}

void PeopleTest::aStopOfAnEarlierRunSaysWhatIsKnownOfIt() {
    bob_->people().setCompared(annsKey(), false);
    QVERIFY(waitUntilShown(*window_, differ));
    window_.reset();
    bob_->startAgain();
    window_ = std::make_unique<MainWindow>(bob_->messenger());
    window_->show();
    QTRY_VERIFY(bob_->with(*ann_) != nullptr);
    window_->showConversation(bob_->with(*ann_));
    QVERIFY(waitUntilShown(*window_, u"Stopped: Ann's key has changed, or your numbers differed"_s));
    QVERIFY(waitUntilShown(*window_, u"Ann is stopped."_s));
    QVERIFY(!shows(*window_, u"Nothing was sent"_s));
    QVERIFY(press(*window_, u"Compare"_s));
    const auto* const dialog = waitForDialog<gui::CompareDialog>(*window_);
    QVERIFY(dialog != nullptr);
    QCOMPARE(textOf(*dialog, u"title"_s), u"Ann is stopped"_s);
}

void PeopleTest::row22_aChangedKeyShowsBothNumbersAndKeepsStopped() {
    QVERIFY(replaceAnn());
    QVERIFY(press(*window_, u"Connect again"_s));
    QVERIFY(waitUntilShown(*window_, stopped));
    QVERIFY(waitUntilShown(*window_, u"This may not be Ann."_s));
    QVERIFY(press(*window_, u"Compare"_s));
    const auto* const dialog = waitForDialog<gui::CompareDialog>(*window_);
    QVERIFY(dialog != nullptr);
    const auto number = [&](const Somebody& with) {
        return QString::fromStdString(core::safetyNumber(bob_->key(), with.key()));
    };
    QTRY_COMPARE(digits(textOf(*dialog, u"otherNumber"_s)), number(*impostor_));
    const core::PublicKey known = bob_->people().all().first().key;
    QTRY_COMPARE(digits(textOf(*dialog, u"knownNumber"_s)),
                 QString::fromStdString(core::safetyNumber(bob_->key(), known)));
    QCOMPARE(textOf(*dialog, u"otherId"_s), QString::fromStdString(core::toKithId(impostor_->key())));
    QCOMPARE(textOf(*dialog, u"knownId"_s), QString::fromStdString(core::toKithId(known)));
    // Enter does no harm.
    QTest::keyClick(waitForDialog<gui::CompareDialog>(*window_), Qt::Key_Return);
    QTRY_VERIFY(window_->findChild<gui::CompareDialog*>() == nullptr);
    QVERIFY(shows(*window_, stopped));
    QVERIFY(impostor_->messenger().all().isEmpty());
}

void PeopleTest::row22_whoIsThereNowIsMetAsSomebodyNew() {
    QVERIFY(replaceAnn());
    QVERIFY(press(*window_, u"Connect again"_s));
    QVERIFY(waitUntilShown(*window_, stopped));
    const model::Conversation* const before = window_->shownConversation();
    QVERIFY(press(*window_, u"Compare"_s));
    QVERIFY(press(*window_, u"Connect as somebody new"_s));
    QVERIFY(bob_->openWith(*impostor_) != nullptr);
    QTRY_COMPARE(window_->shownConversation(), bob_->with(*impostor_));
    QVERIFY(waitUntilShown(*window_, notVerified));
    // Two of one name: the Kith ID goes with it.
    const QString id = QString::fromStdString(core::shortKithId(impostor_->key()));
    QVERIFY(waitUntilShown(*window_, u"Ann (%1)"_s.arg(id)));
    QCOMPARE(bob_->people().all().size(), 2);
    QVERIFY(before->person()->stopped());
}

void PeopleTest::theKnownKeyCanBeTriedAgain() {
    QVERIFY(press(*window_, u"Verify"_s));
    QVERIFY(press(*window_, u"They agree"_s));
    QVERIFY(waitUntilShown(*window_, verified));
    bob_->people().setCompared(annsKey(), false);
    QVERIFY(waitUntilShown(*window_, differ));
    QVERIFY(press(*window_, u"Compare"_s));
    QVERIFY(press(*window_, u"Try the known key again"_s));
    QTRY_VERIFY(!bob_->knows(*ann_)->stopped());
    QVERIFY(press(*window_, u"Connect again"_s));
    QVERIFY(waitUntilShown(*window_, notVerified)); // what was compared counts no more
}

// --- names and blocks ------------------------------------------------------------------------------------

void PeopleTest::everyDialogIsThereOnce() {
    const auto openNow = [this] {
        QStringList classes;
        for (const QDialog* dialog : window_->findChildren<QDialog*>()) {
            if (dialog->isVisible())
                classes.append(QString::fromLatin1(dialog->metaObject()->className()));
        }
        classes.sort();
        return classes;
    };
    const QStringList entries{u"Verify…"_s,   u"Rename…"_s,      u"You…"_s,       u"Invites…"_s,
                              u"Settings…"_s, u"Connections…"_s, u"About Kith"_s, u"Keyboard shortcuts"_s};
    for (const QString& entry : entries)
        QVERIFY2(chooseFromMenu(*window_, entry), qPrintable(entry));
    const QStringList once = openNow();
    QCOMPARE(once.size(), entries.size());
    for (const QString& entry : entries) {
        QVERIFY(chooseFromMenu(*window_, entry));
        QTRY_COMPARE(openNow(), once);
    }
    // One that was closed comes again.
    waitForDialog<gui::VerifyDialog>(*window_)->close();
    QVERIFY(press(*window_, u"Verify"_s));
    QCOMPARE(openNow(), once);
}

void PeopleTest::aNameWithQtsMarkIsWholeInTheTitle() {
    // What a window manager is told is the title without Qt's own marks.
    const auto told = [](const QWidget& window) {
        const QString title = window.windowHandle()->title();
        return title.left(title.indexOf(u" — Kith"_s));
    };
    for (const QString& name : {u"Ann[*]"_s, u"[*]"_s, u"[*][*] Ann [*]"_s}) {
        bob_->people().rename(annsKey(), name);
        QTRY_COMPARE(told(*window_), name);
    }
    QVERIFY(press(*window_, u"Verify"_s));
    const auto* const dialog = waitForDialog<gui::VerifyDialog>(*window_);
    QVERIFY(dialog != nullptr);
    QTRY_VERIFY(dialog->windowHandle()->title().startsWith(u"Verify [*][*] Ann [*]"_s));
}

void PeopleTest::aNameFromTheRightMovesNothingAroundIt() {
    const QString name = u"\u05d3\u05e0\u05d4"_s;
    const QString apart = QChar(0x2068) + name + QChar(0x2069);
    bob_->people().rename(annsKey(), name);
    QVERIFY(bob_->with(*ann_)->messages()->rowCount() == 0);
    QVERIFY(ann_->with(*bob_)->send(u"12 (3)"_s).ok());
    QTRY_COMPARE(bob_->with(*ann_)->messages()->rowCount(), 1);
    auto* const messages = window_->findChild<gui::MessageView*>();
    QVERIFY(messages != nullptr);
    QVERIFY2(messages->spokenText(0).startsWith(apart + u", "_s), qPrintable(messages->spokenText(0)));
    messages->selectAll();
    QContextMenuEvent menu(QContextMenuEvent::Keyboard, QPoint(1, 1), QPoint(1, 1));
    QCoreApplication::sendEvent(messages->viewport(), &menu);
    QVERIFY(chooseFromMenu(*messages, u"Copy with names and times"_s));
    QVERIFY2(QGuiApplication::clipboard()->text().contains(u"] "_s + apart + u": 12 (3)"_s),
             qPrintable(QGuiApplication::clipboard()->text()));
    QVERIFY(window_->windowTitle().startsWith(apart + u" "_s));
}

void PeopleTest::renamingLeavesTheKeyAndTheirOwnName() {
    const core::PublicKey key = annsKey();
    QVERIFY(chooseFromMenu(*window_, u"Rename…"_s));
    QVERIFY(waitForDialog<gui::RenameDialog>(*window_) != nullptr);
    auto* const field = find<QLineEdit>(*window_, u"Name for them"_s);
    QVERIFY(field != nullptr);
    QCOMPARE(field->text(), u"Ann"_s);
    field->setText(u"Aunt Ann"_s);
    QVERIFY(press(*window_, u"Rename"_s));
    QTRY_VERIFY(window_->windowTitle().startsWith(u"Aunt Ann "_s));
    QVERIFY(shows(*window_, u"Aunt Ann"_s));
    QCOMPARE(bob_->people().all().size(), 1);
    QVERIFY(bob_->people().all().first().key == key);
    QCOMPARE(bob_->knows(*ann_)->name, u"Ann"_s);
    QCOMPARE(bob_->with(*ann_)->state(), ConversationState::Open); // nor did it end
    QCOMPARE(ann_->preferences().name(), u"Ann"_s);
    // They may call themselves what they like.
    ann_->preferences().setName(u"Anna"_s);
    QTRY_COMPARE(bob_->knows(*ann_)->name, u"Anna"_s);
    QVERIFY(window_->windowTitle().startsWith(u"Aunt Ann "_s));

    QVERIFY(chooseFromMenu(*window_, u"Rename…"_s));
    QVERIFY(waitUntilShown(*window_, u"They call themselves “Anna”"_s));
    find<QLineEdit>(*window_, u"Name for them"_s)->clear();
    QVERIFY(press(*window_, u"Rename"_s));
    QTRY_VERIFY(window_->windowTitle().startsWith(u"Anna "_s));
}

void PeopleTest::blockingEndsItAndUnblockingLetsThemIn() {
    QVERIFY(chooseFromMenu(*window_, u"Block…"_s));
    QVERIFY(shows(*window_, u"Block Ann?"_s));
    QVERIFY(press(*window_, u"Cancel"_s));
    QTRY_VERIFY(window_->findChild<gui::QuestionDialog*>() == nullptr);
    QVERIFY(!bob_->knows(*ann_)->blocked);

    QVERIFY(chooseFromMenu(*window_, u"Block…"_s));
    QVERIFY(press(*window_, u"Block"_s));
    QVERIFY(waitUntilShown(*window_, u"You blocked Ann"_s));
    QTRY_COMPARE(bob_->with(*ann_)->state(), ConversationState::Ended);
    QTRY_COMPARE(ann_->with(*bob_)->state(), ConversationState::Ended);
    QVERIFY(find<QPlainTextEdit>(*window_, u"Message"_s) == nullptr);
    const QString bobs = bob_->host();
    const model::Conversation* const call = ann_->dial(bobs);
    QVERIFY(call != nullptr);
    QTRY_COMPARE_WITH_TIMEOUT(call->state(), ConversationState::Ended, tests::longPatience);
    QVERIFY(bob_->messenger().requests().isEmpty());

    QVERIFY(press(*window_, u"Unblock"_s));
    QTRY_VERIFY(!bob_->knows(*ann_)->blocked);
    QVERIFY(waitUntilShown(*window_, u"Not connected"_s));
    QVERIFY(press(*window_, u"Connect again"_s));
    QVERIFY(waitUntilShown(*window_, notVerified));
}

void PeopleTest::whoIsBlockedIsToldOfOverTheirConversation() {
    bob_->messenger().block(annsKey());
    QVERIFY(waitUntilShown(*window_, u"You blocked Ann"_s));
    window_->openConnect(address_);
    QVERIFY(press(*window_, u"Connect"_s));
    QTRY_COMPARE(window_->shownConversation(), bob_->with(*ann_));
    QVERIFY(waitUntilShown(*window_, u"You blocked Ann."_s));
    QVERIFY(find<QAbstractButton>(*window_, u"Unblock"_s) != nullptr);
}

void PeopleTest::blockingSomebodyWhoIsAwayIsSaidToo() {
    QVERIFY(tests::part(*ann_, *bob_));
    QVERIFY(waitUntilShown(*window_, u"Ann ended the conversation."_s));
    QVERIFY(chooseFromMenu(*window_, u"Block…"_s));
    QVERIFY(press(*window_, u"Block"_s));
    QVERIFY(waitUntilShown(*window_, u"You blocked Ann."_s));
    QTRY_VERIFY(find<QAbstractButton>(*window_, u"Connect again"_s) == nullptr);
    QVERIFY(press(*window_, u"Unblock"_s));
    QTRY_VERIFY(find<QAbstractButton>(*window_, u"Connect again"_s) != nullptr);
}

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    gui::Theme theme;
    PeopleTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "people_test.moc"

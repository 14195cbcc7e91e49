// Who comes in, as the window of the one who hosts asks, and that of the one who waits tells: Ann hosts, Bob
// comes.
#include "core/kith_id.h"
#include "driving.h"
#include "gui/blocked_dialog.h"
#include "gui/connect_form.h"
#include "gui/invites_dialog.h"
#include "gui/main_window.h"
#include "gui/qr_code.h"
#include "gui/request_bar.h"
#include "gui/settings_dialog.h"
#include "gui/theme.h"
#include "support/somebody.h"

#include <QCheckBox>
#include <QClipboard>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QRadioButton>

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

QStringList rowsOf(const QListView* list) {
    QStringList rows;
    for (int row = 0; list != nullptr && row < list->model()->rowCount(); ++row)
        rows.append(list->model()->index(row, 0).data().toString());
    return rows;
}

QString shortId(const Somebody& somebody) {
    return QString::fromStdString(core::shortKithId(somebody.key()));
}

} // namespace

class DoorTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void aStrangerIsAskedAboutAndWaits();
    void whoIsDeclinedIsToldAndMayAskAgain();
    void whoStopsWaitingLeavesNothingBehind();
    void whoLeftBeforeTheAnswerIsLetInTheNextTime();
    void missedRequestsAreOneLineThatIsPutAway();
    void aStrangerIsBlockedFromTheBar();
    void whoWasBlockedFromTheBarIsUnblockedInTheSettings();
    void aPlainTextAddressIsBlockedAndUnblocked();
    void row30_aStrangerWithAContactsNameIsMarked();
    void whoWasDeletedComesAsIfForTheFirstTime();
    void onlyContactsAndInvitedPeopleComeIn();
    void anyoneComesInWithoutAQuestionWhereThatIsChosen();
    void theSettingsSayWhatThePanelSays();
    void anInviteIsCopiedOfferedAndLetsIn();
    void anInviteIsAPicture();
    void row33_anInviteFromOutsideOnlyFillsTheForm();
    void invitesAreListedAndRevoked();
    void halfAnInviteIsToldOf();

private:
    [[nodiscard]] bool dialInWindow(const QString& typed);
    /// Opens the list of who is blocked, over the settings.
    [[nodiscard]] bool openBlocked();
    [[nodiscard]] QStringList blocked();
    /// Takes the first one's block back.
    [[nodiscard]] bool unblockFirst();
    /// The rows of Ann's invites, in the dialog that is open.
    [[nodiscard]] QStringList invites();

    std::unique_ptr<Somebody> ann_;
    std::unique_ptr<Somebody> bob_;
    std::unique_ptr<MainWindow> annWindow_;
    std::unique_ptr<MainWindow> bobWindow_;
    QString address_;
};

void DoorTest::init() {
    QGuiApplication::clipboard()->clear();
    ann_ = std::make_unique<Somebody>(u"Ann"_s);
    bob_ = std::make_unique<Somebody>(u"Bob"_s);
    address_ = ann_->host();
    annWindow_ = std::make_unique<MainWindow>(ann_->messenger());
    bobWindow_ = std::make_unique<MainWindow>(bob_->messenger());
    annWindow_->openHost(ann_->messenger().hosting()->port());
    annWindow_->show();
    bobWindow_->show();
}

void DoorTest::cleanup() {
    annWindow_.reset();
    bobWindow_.reset();
    bob_.reset();
    ann_.reset();
    QVERIFY(tests::children().isEmpty());
}

bool DoorTest::dialInWindow(const QString& typed) {
    bobWindow_->openConnect(typed);
    auto* const form = bobWindow_->findChild<gui::ConnectForm*>();
    return form != nullptr && press(*form, u"Connect"_s);
}

QStringList DoorTest::invites() {
    return rowsOf(find<QListView>(*annWindow_, u"Invites"_s));
}

bool DoorTest::openBlocked() {
    return chooseFromMenu(*annWindow_, u"Settings…"_s) && press(*annWindow_, u"Blocked"_s) &&
           waitForDialog<gui::BlockedDialog>(*annWindow_) != nullptr;
}

QStringList DoorTest::blocked() {
    return rowsOf(find<QListView>(*annWindow_, u"Blocked"_s));
}

bool DoorTest::unblockFirst() {
    auto* const list = find<QListView>(*annWindow_, u"Blocked"_s);
    if (list == nullptr)
        return false;
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Home);
    return press(*annWindow_, u"Unblock"_s);
}

// --- strangers -------------------------------------------------------------------------------------------

void DoorTest::aStrangerIsAskedAboutAndWaits() {
    QVERIFY(dialInWindow(address_));
    QVERIFY(waitUntilShown(*annWindow_, u"“Bob” (%1) at 127.0.0.1 wants to chat."_s.arg(shortId(*bob_))));
    QVERIFY(shows(*annWindow_, u"The name is what they call themselves."_s));
    QVERIFY(waitUntilShown(*bobWindow_, u"Waiting for the other person to let you in · 0:0"_s));
    QVERIFY(find<QAbstractButton>(*bobWindow_, u"Cancel"_s) != nullptr);
    QVERIFY(waitUntilShown(*bobWindow_, u"Waiting for the other person to let you in · 0:02"_s));
    QVERIFY(annWindow_->shownConversation() == nullptr); // nothing was chosen for Ann
    QVERIFY(press(*annWindow_, u"Accept"_s));
    QVERIFY(waitUntilShown(*annWindow_, notVerified));
    QVERIFY(waitUntilShown(*bobWindow_, notVerified));
    QTRY_VERIFY(annWindow_->findChild<gui::RequestBar*>() == nullptr);
    QVERIFY(annWindow_->windowTitle().startsWith(u"Bob "_s));
    QVERIFY(bobWindow_->windowTitle().startsWith(u"Ann "_s));
}

void DoorTest::whoIsDeclinedIsToldAndMayAskAgain() {
    QVERIFY(dialInWindow(address_));
    QVERIFY(press(*annWindow_, u"Decline"_s));
    QVERIFY(waitUntilShown(*bobWindow_, u"You were not let in."_s));
    QTRY_VERIFY(annWindow_->findChild<gui::RequestBar*>() == nullptr);
    QTRY_VERIFY(bob_->messenger().all().isEmpty());
    QVERIFY(press(*bobWindow_, u"Ask again"_s));
    QVERIFY(press(*annWindow_, u"Accept"_s));
    QVERIFY(waitUntilShown(*bobWindow_, notVerified));
}

void DoorTest::whoStopsWaitingLeavesNothingBehind() {
    QVERIFY(dialInWindow(address_));
    QVERIFY(ann_->request() != nullptr);
    QVERIFY(press(*bobWindow_, u"Cancel"_s));
    QTRY_VERIFY(bob_->messenger().all().isEmpty());
    QVERIFY(!find<QLineEdit>(*bobWindow_, u"Address or invite"_s)->isReadOnly());
}

void DoorTest::whoLeftBeforeTheAnswerIsLetInTheNextTime() {
    QVERIFY(dialInWindow(address_));
    QVERIFY(ann_->request() != nullptr);
    QVERIFY(waitUntilShown(*bobWindow_, u"Waiting for the other person to let you in"_s));
    QVERIFY(press(*bobWindow_, u"Cancel"_s));
    QVERIFY(waitUntilShown(*annWindow_, u"“Bob” (%1) asked to chat at "_s.arg(shortId(*bob_))));
    QVERIFY(find<QAbstractButton>(*annWindow_, u"Decline"_s) == nullptr);
    QVERIFY(press(*annWindow_, u"Accept"_s));
    QTRY_VERIFY(annWindow_->findChild<gui::RequestBar*>() == nullptr);
    QVERIFY(dialInWindow(address_));
    QVERIFY(waitUntilShown(*bobWindow_, notVerified));
    QVERIFY(ann_->messenger().requests().isEmpty());
}

void DoorTest::missedRequestsAreOneLineThatIsPutAway() {
    for (const QString& name : {u"Carol"_s, u"Dan"_s}) {
        Somebody somebody(name);
        model::Conversation* const call = somebody.dial(address_);
        QVERIFY(call != nullptr && ann_->request() != nullptr);
        call->disconnectPeer();
        QVERIFY(waitUntilShown(*annWindow_, u"“%1” (%2) asked to chat at "_s.arg(name, shortId(somebody))));
    }
    QTRY_COMPARE(ann_->messenger().foldedRequests(), 1);
    QVERIFY(waitUntilShown(*annWindow_, u"1 more asked to chat"_s));
    auto* const dismiss = find<QAbstractButton>(*annWindow_, u"Dismiss missed requests"_s);
    QVERIFY(dismiss != nullptr);
    dismiss->setFocus();
    QTest::keyClick(dismiss, Qt::Key_Space);
    QCOMPARE(ann_->messenger().foldedRequests(), 0);
    QVERIFY(!shows(*annWindow_, u"1 more asked to chat"_s));
    QVERIFY(find<QAbstractButton>(*annWindow_, u"Dismiss missed requests"_s) == nullptr);
    QCOMPARE(ann_->messenger().requests().size(), 1); // the bar of the other stays
}

void DoorTest::aStrangerIsBlockedFromTheBar() {
    QVERIFY(dialInWindow(address_));
    QVERIFY(ann_->request() != nullptr);
    auto* const bar = annWindow_->findChild<gui::RequestBar*>();
    QVERIFY(bar != nullptr);
    QVERIFY(chooseFromMenu(*bar, u"Block"_s));
    QTRY_VERIFY(annWindow_->findChild<gui::RequestBar*>() == nullptr);
    QVERIFY(ann_->people().isBlocked(bob_->key()));
    // Bob is told what everybody is told who is not let in, and is asked about no more.
    QTRY_VERIFY(bob_->messenger().all().isEmpty());
    QVERIFY(dialInWindow(address_));
    QVERIFY(waitUntilShown(*bobWindow_, u"The host closed without a word."_s));
    QVERIFY(ann_->messenger().requests().isEmpty());
}

void DoorTest::whoWasBlockedFromTheBarIsUnblockedInTheSettings() {
    QVERIFY(dialInWindow(address_));
    QVERIFY(ann_->request() != nullptr);
    QVERIFY(chooseFromMenu(*annWindow_->findChild<gui::RequestBar*>(), u"Block"_s));
    QTRY_VERIFY(bob_->messenger().all().isEmpty());
    QVERIFY(openBlocked());
    QCOMPARE(blocked(), QStringList{u"Somebody you did not know (%1)"_s.arg(shortId(*bob_))});
    QVERIFY(!find<QPushButton>(*annWindow_, u"Unblock"_s)->isEnabled()); // nothing is chosen yet
    QVERIFY(unblockFirst());
    QTRY_VERIFY(!ann_->people().isBlocked(bob_->key()));
    QVERIFY(waitUntilShown(*annWindow_, u"Nobody is blocked."_s));
    QVERIFY(dialInWindow(address_));
    QVERIFY(ann_->request() != nullptr);
}

void DoorTest::aPlainTextAddressIsBlockedAndUnblocked() {
    QVERIFY(bob_->messenger().connectTo(address_, true).ok());
    QTRY_COMPARE(bob_->messenger().all().constFirst()->state(), ConversationState::Open);
    (void)bob_->messenger().all().constFirst()->send(u"Hi"_s);
    QVERIFY(ann_->request() != nullptr);
    auto* const bar = annWindow_->findChild<gui::RequestBar*>();
    QVERIFY(find<QAbstractButton>(*annWindow_, u"More about this request"_s) != nullptr);
    QVERIFY(!chooseFromMenu(*bar, u"Block"_s));
    QVERIFY(chooseFromMenu(*bar, u"Block this address"_s));
    QTRY_VERIFY(annWindow_->findChild<gui::RequestBar*>() == nullptr);
    QVERIFY(ann_->people().isAddressBlocked(u"127.0.0.1"_s));
    QVERIFY(ann_->messenger().requests().isEmpty());
    QTRY_COMPARE(bob_->messenger().all().constFirst()->state(), ConversationState::Ended);
    // It is so after a restart.
    annWindow_.reset();
    ann_->startAgain();
    QVERIFY(ann_->people().isAddressBlocked(u"127.0.0.1"_s));
    address_ = ann_->host();
    annWindow_ = std::make_unique<MainWindow>(ann_->messenger());
    annWindow_->show();
    QVERIFY(bob_->dial(address_) != nullptr);
    QTRY_COMPARE_WITH_TIMEOUT(bob_->messenger().all().constLast()->state(), ConversationState::Ended,
                              tests::longPatience);
    QVERIFY(openBlocked());
    QCOMPARE(blocked(), QStringList{u"Everybody at 127.0.0.1"_s});
    QVERIFY(unblockFirst());
    QVERIFY(!ann_->people().isAddressBlocked(u"127.0.0.1"_s));
    QVERIFY(bob_->dial(address_) != nullptr);
    QVERIFY(ann_->request() != nullptr);
}

void DoorTest::row30_aStrangerWithAContactsNameIsMarked() {
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    Somebody other(u"\u0412ob"_s); // a Cyrillic letter that looks like B
    QVERIFY(other.dial(address_) != nullptr);
    QVERIFY(ann_->request() != nullptr);
    QVERIFY(waitUntilShown(*annWindow_, u"Careful: the name looks like that of somebody you know"_s));
    QVERIFY(shows(*annWindow_, shortId(other)));
    QVERIFY(press(*annWindow_, u"Accept"_s));
    // Let in, both bear their Kith ID.
    QVERIFY(waitUntilShown(*annWindow_, u"\u0412ob (%1)"_s.arg(shortId(other))));
    annWindow_->showConversation(ann_->with(*bob_));
    QVERIFY(waitUntilShown(*annWindow_, u"Bob (%1)"_s.arg(shortId(*bob_))));
}

void DoorTest::whoWasDeletedComesAsIfForTheFirstTime() {
    QVERIFY(tests::meet(*ann_, *bob_, address_));
    QVERIFY(tests::part(*bob_, *ann_));
    bob_->people().remove(ann_->key());
    QTRY_VERIFY(bob_->knows(*ann_) == nullptr);
    bob_->preferences().setName(u"The Queen"_s); // whom Ann knows is Bob all the same
    QVERIFY(dialInWindow(address_));
    QVERIFY(
        waitUntilShown(*annWindow_, u"Bob asks as if for the first time, with the same key as before."_s));
    QVERIFY(shows(*annWindow_, u"“Bob” (%1) at 127.0.0.1 wants to chat."_s.arg(shortId(*bob_))));
    QVERIFY(!shows(*annWindow_, u"Queen"_s));
    QVERIFY(press(*annWindow_, u"Accept"_s));
    QVERIFY(waitUntilShown(*bobWindow_, notVerified));
    QCOMPARE(ann_->people().all().size(), 1);
}

void DoorTest::onlyContactsAndInvitedPeopleComeIn() {
    QVERIFY(shows(*annWindow_, u"You are asked before a stranger comes in."_s));
    QVERIFY(press(*annWindow_, u"More addresses and settings"_s));
    auto* const only = find<QRadioButton>(*annWindow_, u"Only contacts and people with an invite"_s);
    QVERIFY(only != nullptr && !only->isChecked());
    QVERIFY(find<QRadioButton>(*annWindow_, u"Anyone, ask me"_s)->isChecked());
    only->click();
    QVERIFY(ann_->preferences().onlyKnown());
    QVERIFY(waitUntilShown(*annWindow_, u"Only your contacts and people with an invite come in."_s));
    QVERIFY(dialInWindow(address_));
    QVERIFY(waitUntilShown(*bobWindow_, u"The host closed without a word."_s));
    QVERIFY(shows(*bobWindow_, u"It may take only contacts and people with an invite: ask for one."_s));
    QVERIFY(ann_->messenger().requests().isEmpty());
    QVERIFY(press(*annWindow_, u"Copy invite"_s));
    QVERIFY(press(*bobWindow_, u"Use the copied invite"_s));
    QVERIFY(press(*bobWindow_->findChild<gui::ConnectForm*>(), u"Connect"_s));
    QVERIFY(waitUntilShown(*bobWindow_, verified));
}

void DoorTest::anyoneComesInWithoutAQuestionWhereThatIsChosen() {
    const QString caution = u"Careful: whoever reaches this computer can write to you at once"_s;
    QVERIFY(press(*annWindow_, u"More addresses and settings"_s));
    QVERIFY(!shows(*annWindow_, caution));
    auto* const ask = find<QRadioButton>(*annWindow_, u"Anyone, ask me"_s);
    QVERIFY(ask->isChecked());
    // By keyboard, from the chosen one up and round.
    annWindow_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(annWindow_.get()));
    ask->setFocus();
    QTest::keyClick(ask, Qt::Key_Down);
    QVERIFY(ann_->preferences().onlyKnown());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
    QVERIFY(ann_->preferences().everybody() && !ann_->preferences().onlyKnown());
    QVERIFY(waitUntilShown(*annWindow_, caution));
    QVERIFY(shows(*annWindow_, u"Anyone comes in without a question."_s));
    QVERIFY(dialInWindow(address_));
    QVERIFY(waitUntilShown(*bobWindow_, notVerified));
    QVERIFY(ann_->messenger().requests().isEmpty());
    ask->click();
    QVERIFY(!ann_->preferences().everybody() && !ann_->preferences().onlyKnown());
    QVERIFY(!shows(*annWindow_, caution));
}

void DoorTest::theSettingsSayWhatThePanelSays() {
    gui::SettingsDialog settings(ann_->preferences(), annWindow_.get());
    settings.setAttribute(Qt::WA_DeleteOnClose, false);
    settings.show();
    QVERIFY(press(*annWindow_, u"More addresses and settings"_s));
    auto* const inPanel = find<QRadioButton>(*annWindow_, u"Only contacts and people with an invite"_s);
    auto* const inSettings = settings.findChild<QRadioButton*>(u"onlyKnown"_s);
    auto* const everybody = settings.findChild<QRadioButton*>(u"everybody"_s);
    QVERIFY(inPanel != nullptr && inSettings != nullptr);
    QVERIFY(!inSettings->isChecked());
    inSettings->click();
    QVERIFY(ann_->preferences().onlyKnown());
    QVERIFY(inPanel->isChecked());
    find<QRadioButton>(*annWindow_, u"Anyone, ask me"_s)->click();
    QVERIFY(!ann_->preferences().onlyKnown());
    QVERIFY(!inSettings->isChecked());
    everybody->click();
    QVERIFY(ann_->preferences().everybody());
    QVERIFY(find<QRadioButton>(*annWindow_, u"Anyone, without asking"_s)->isChecked());
    inPanel->click();
    QVERIFY(inSettings->isChecked() && !everybody->isChecked());
    QVERIFY(ann_->preferences().onlyKnown() && !ann_->preferences().everybody());
    auto* const sandbox = find<QCheckBox>(settings, u"Connect without a sandbox"_s);
    QVERIFY(sandbox != nullptr && !sandbox->isChecked());
    sandbox->click();
    QVERIFY(ann_->preferences().sandboxOptional());
}

// --- invites ---------------------------------------------------------------------------------------------

void DoorTest::anInviteIsCopiedOfferedAndLetsIn() {
    bobWindow_->openConnect({});
    QVERIFY(find<QAbstractButton>(*bobWindow_, u"Use the copied invite"_s) == nullptr);
    QVERIFY(press(*annWindow_, u"Copy invite"_s));
    QVERIFY(press(*bobWindow_, u"Use the copied invite"_s));
    const QString link = QGuiApplication::clipboard()->text();
    QVERIFY(link.startsWith(u"kith://"_s));
    QCOMPARE(find<QLineEdit>(*bobWindow_, u"Address or invite"_s)->text(), link);
    QVERIFY(shows(*bobWindow_, u"An invite of “Ann” at "_s));
    QVERIFY(!find<QCheckBox>(*bobWindow_, u"Plain text"_s)->isEnabled()); // never in plain text
    QVERIFY(press(*bobWindow_->findChild<gui::ConnectForm*>(), u"Connect"_s));
    QVERIFY(waitUntilShown(*bobWindow_, verified));
    QVERIFY(ann_->openWith(*bob_) != nullptr);
    QVERIFY(ann_->messenger().requests().isEmpty());
    QVERIFY(!ann_->knows(*bob_)->verified()); // it proves nothing of his to her
    // Copied again it is another one, for the next person.
    QVERIFY(press(*annWindow_, u"Host"_s));
    QVERIFY(press(*annWindow_, u"Copy invite"_s));
    QTRY_VERIFY(QGuiApplication::clipboard()->text() != link);
    Somebody cyd(u"Cyd"_s);
    QVERIFY(cyd.dial(link) != nullptr); // the first is Bob's now
    QVERIFY(ann_->request() != nullptr);
}

void DoorTest::anInviteIsAPicture() {
    QVERIFY(press(*annWindow_, u"Show invite as QR code"_s));
    auto* const code = annWindow_->findChild<gui::QrCode*>();
    QVERIFY(code != nullptr);
    QTRY_VERIFY(code->isVisible() && !code->isEmpty());
    QVERIFY(code->text().startsWith(u"kith://"_s));
    QCOMPARE(ann_->invites().all().size(), 1);
}

void DoorTest::row33_anInviteFromOutsideOnlyFillsTheForm() {
    QVERIFY(press(*annWindow_, u"Copy invite"_s));
    QTRY_VERIFY(!QGuiApplication::clipboard()->text().isEmpty());
    const QString link = QGuiApplication::clipboard()->text();
    bobWindow_->openConnect(link);
    QCOMPARE(find<QLineEdit>(*bobWindow_, u"Address or invite"_s)->text(), link);
    QVERIFY(bob_->messenger().all().isEmpty());
    QVERIFY(ann_->people().all().isEmpty());
}

void DoorTest::invitesAreListedAndRevoked() {
    QVERIFY(press(*annWindow_, u"Invites given out"_s));
    QVERIFY(waitForDialog<gui::InvitesDialog>(*annWindow_) != nullptr);
    QVERIFY(shows(*annWindow_, u"No invites."_s));
    QStringList links;
    for (int i = 0; i < 2; ++i) {
        QVERIFY(press(*annWindow_, u"Copy invite"_s));
        QTRY_VERIFY(!QGuiApplication::clipboard()->text().isEmpty() &&
                    !links.contains(QGuiApplication::clipboard()->text()));
        links.append(QGuiApplication::clipboard()->text());
    }
    QTRY_COMPARE(invites().size(), 2);
    QVERIFY(invites().first().contains(u"waits, until"_s));
    auto* const revoke = find<QAbstractButton>(*annWindow_, u"Revoke"_s);
    QVERIFY(revoke != nullptr && !revoke->isEnabled()); // none is chosen
    QVERIFY(bob_->dial(links.first()) != nullptr);
    QVERIFY(bob_->openWith(*ann_) != nullptr);
    QTRY_COMPARE(invites().filter(u"used by Bob"_s).size(), 1);

    auto* const list = find<QListView>(*annWindow_, u"Invites"_s);
    const int spent = invites().first().contains(u"used by Bob"_s) ? 0 : 1;
    list->setCurrentIndex(list->model()->index(spent, 0));
    QVERIFY(!revoke->isEnabled()); // there is nothing to revoke
    list->setCurrentIndex(list->model()->index(1 - spent, 0));
    QVERIFY(press(*annWindow_, u"Revoke"_s));
    QTRY_COMPARE(invites().size(), 1);
    QVERIFY(invites().first().contains(u"used by Bob"_s));
    Somebody cyd(u"Cyd"_s);
    QVERIFY(cyd.dial(links.last()) != nullptr);
    QVERIFY(ann_->request() != nullptr); // a stranger's
}

void DoorTest::halfAnInviteIsToldOf() {
    QVERIFY(press(*annWindow_, u"Copy invite"_s));
    QTRY_VERIFY(!QGuiApplication::clipboard()->text().isEmpty());
    const QString link = QGuiApplication::clipboard()->text();
    const QString half = link.left(link.size() - 12);
    bobWindow_->openConnect(half);
    QVERIFY(shows(*bobWindow_, u"Not a whole invite yet."_s));
    QVERIFY(dialInWindow(half));
    QVERIFY(waitUntilShown(*bobWindow_, u"That is not a whole invite."_s));
    QVERIFY(bob_->messenger().all().isEmpty());
}

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    gui::Theme theme;
    DoorTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "door_test.moc"

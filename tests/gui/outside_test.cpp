// Names and texts from outside are text and nothing else, wherever a window shows them: labels, lists, tool
// tips, titles, and what a screen reader is told.
#include "core/limits.h"
#include "core/text.h"
#include "driving.h"
#include "gui/compare_dialog.h"
#include "gui/main_window.h"
#include "gui/message_view.h"
#include "gui/question_dialog.h"
#include "gui/rename_dialog.h"
#include "gui/request_bar.h"
#include "gui/theme.h"
#include "gui/verify_dialog.h"
#include "support/somebody.h"

#include <QElapsedTimer>
#include <QLineEdit>
#include <QListView>

using namespace kith;
using namespace kith::test;
using namespace Qt::StringLiterals;
using core::ConversationState;
using gui::MainWindow;
using tests::Somebody;

namespace {

/// Everything that the window and its dialogs say, to eyes and ears.
QStringList everyText(QWidget& window) {
    QStringList texts;
    QList<QWidget*> widgets = window.findChildren<QWidget*>();
    widgets.append(&window);
    for (QWidget* widget : std::as_const(widgets)) {
        texts << widget->windowTitle() << widget->toolTip() << widget->accessibleName();
        if (const auto* label = qobject_cast<QLabel*>(widget))
            texts << label->text();
        if (const auto* button = qobject_cast<QAbstractButton*>(widget))
            texts << button->text();
        const auto* list = qobject_cast<QListView*>(widget);
        for (int row = 0; list != nullptr && list->model() != nullptr && row < list->model()->rowCount();
             ++row) {
            for (const int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole), int(Qt::AccessibleTextRole)})
                texts << list->model()->index(row, 0).data(role).toString();
        }
    }
    texts.removeAll(QString());
    return texts;
}

/// A label or tool tip that Qt would read mark-up in; nothing where there is none.
QString markUp(QWidget& window) {
    for (const QLabel* label : window.findChildren<QLabel*>()) {
        if (label->textFormat() != Qt::PlainText)
            return label->objectName() + u": "_s + label->text();
    }
    for (const QString& text : everyText(window)) {
        if (text.startsWith(u"<qt>"_s) && text.sliced(4).chopped(5).contains(u'<'))
            return text;
    }
    for (QWidget* widget : window.findChildren<QWidget*>()) {
        if (!widget->toolTip().startsWith(u"<qt>"_s) && Qt::mightBeRichText(widget->toolTip()))
            return widget->toolTip();
    }
    return {};
}

/// A text that has control or direction characters in it, line ends aside.
QString withControls(QWidget& window) {
    for (const QString& text : everyText(window)) {
        for (const QChar c : text) {
            const bool isolate = c == QChar(0x2068) || c == QChar(0x2069); // our own, around a name
            if (core::isControlOrFormat(c.unicode()) && c != u'\n' && !isolate)
                return text;
        }
    }
    return {};
}

} // namespace

class OutsideTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void row31_aNameIsShownAsItIs_data();
    void row31_aNameIsShownAsItIs();
    void row31_theNameOfAnInviteIsShownAsItIs();
    void row31_aMessageIsShownAsItIs_data();
    void row31_aMessageIsShownAsItIs();
    void row29_noDirectionOrControlCharacterOfANameIsShown_data();
    void row29_noDirectionOrControlCharacterOfANameIsShown();
    void row29_aNameIsShortAndLaidOutAtOnce_data();
    void row29_aNameIsShortAndLaidOutAtOnce();
    void row29_aNameFromTheRightTouchesNothingAroundIt();
    void row29_tenThousandCharactersAreShownAtOnce_data();
    void row29_tenThousandCharactersAreShownAtOnce();
    void row32_aLinkInAMessageAsksWithItsHost();

private:
    /// Somebody of that name, who has come to Ann and talks to her.
    [[nodiscard]] bool meet(const QString& name);
    /// A contact who calls themselves so, known and away.
    [[nodiscard]] model::Conversation* know(const QString& name);
    [[nodiscard]] bool showEveryDialog();

    std::unique_ptr<Somebody> ann_;
    std::unique_ptr<Somebody> bob_;
    std::unique_ptr<MainWindow> window_; ///< Ann's
    QString address_;
};

void OutsideTest::init() {
    ann_ = std::make_unique<Somebody>(u"Ann"_s);
    address_ = ann_->host();
    window_ = std::make_unique<MainWindow>(ann_->messenger());
    window_->show();
}

void OutsideTest::cleanup() {
    window_.reset();
    bob_.reset();
    ann_.reset();
    QVERIFY(tests::children().isEmpty());
}

bool OutsideTest::meet(const QString& name) {
    bob_ = std::make_unique<Somebody>(name);
    if (!tests::meet(*ann_, *bob_, address_))
        return false;
    window_->showConversation(ann_->with(*bob_));
    return waitUntilShown(*window_, u"Connected · encrypted"_s);
}

model::Conversation* OutsideTest::know(const QString& name) {
    Somebody away(u"Away"_s);
    const core::PublicKey key = away.key();
    static_cast<void>(ann_->people().meet(key, name, store::Trust::Unverified));
    return ann_->messenger().conversationWith(key);
}

bool OutsideTest::showEveryDialog() {
    for (const QString& entry : {u"Verify…"_s, u"Rename…"_s, u"Block…"_s}) {
        if (!chooseFromMenu(*window_, entry))
            return false;
    }
    (new gui::CompareDialog(ann_->messenger(), *window_->shownConversation(), window_.get()))->show();
    return waitForDialog<gui::VerifyDialog>(*window_) != nullptr &&
           waitForDialog<gui::RenameDialog>(*window_) != nullptr &&
           waitForDialog<gui::QuestionDialog>(*window_) != nullptr &&
           waitForDialog<gui::CompareDialog>(*window_) != nullptr;
}

// --- mark-up ---------------------------------------------------------------------------------------------

void OutsideTest::row31_aNameIsShownAsItIs_data() {
    QTest::addColumn<QString>("name");
    QTest::newRow("bold") << u"<b>Bob</b>"_s;
    QTest::newRow("enormous") << u"<b style=font-size:200000px>Bob</b>"_s;
    QTest::newRow("a picture") << u"<img src=\"file:///dev/zero\">"_s;
    QTest::newRow("two lines") << u"Bob<br>Admin"_s;
    QTest::newRow("an entity") << u"Bob &lt;b&gt; & Co"_s;
    QTest::newRow("a link") << u"<a href=\"https://evil.example\">Bob</a>"_s;
    QTest::newRow("places for values") << u"%1 %2 %3 %n"_s;
}

void OutsideTest::row31_aNameIsShownAsItIs() {
    QFETCH(QString, name);
    // The request,
    bob_ = std::make_unique<Somebody>(name);
    QVERIFY(bob_->dial(address_) != nullptr);
    model::Conversation* const request = ann_->request();
    QVERIFY(request != nullptr);
    QVERIFY(waitUntilShown(*window_, u"“%1” ("_s.arg(name)));
    QCOMPARE(markUp(*window_), QString());
    // the conversation, its row in the list and the window's title,
    request->accept();
    QVERIFY(ann_->openWith(*bob_) != nullptr);
    model::Conversation* const conversation = bob_->openWith(*ann_);
    QVERIFY(conversation != nullptr);
    QVERIFY(conversation->send(u"hello"_s).ok());
    QTRY_COMPARE(ann_->with(*bob_)->unread(), 1);
    const auto* const list = find<QListView>(*window_, u"Conversations"_s);
    QVERIFY(list != nullptr);
    const QModelIndex row = list->model()->index(0, 0);
    QCOMPARE(row.data(Qt::DisplayRole).toString(), name);
    QVERIFY(row.data(Qt::AccessibleTextRole).toString().startsWith(name + u", "_s));
    QVERIFY(row.data(Qt::AccessibleTextRole).toString().endsWith(u", 1 unread"_s));
    window_->showConversation(ann_->with(*bob_));
    QVERIFY(waitUntilShown(*window_, name));
    QVERIFY2(window_->windowTitle().startsWith(name + u' '), qPrintable(window_->windowTitle()));
    // every dialog about them,
    QVERIFY(showEveryDialog());
    for (QDialog* dialog : window_->findChildren<QDialog*>()) {
        if (dialog->isVisible())
            QVERIFY2(shows(*dialog, name), qPrintable(dialog->objectName()));
    }
    QCOMPARE(markUp(*window_), QString());
    // and the end.
    bob_->end();
    QVERIFY(waitUntilShown(*window_, u"%1 ended the conversation."_s.arg(name)));
    QCOMPARE(markUp(*window_), QString());
}

void OutsideTest::row31_theNameOfAnInviteIsShownAsItIs() {
    ann_->preferences().setName(u"<b>Ann</b>"_s);
    const auto link = tests::await(
        ann_->invites().make(ann_->key(), {{"127.0.0.1", ann_->messenger().hosting()->port()}},
                             ann_->preferences().name(), QDateTime::currentDateTimeUtc().addDays(1)));
    QVERIFY(link && link->ok());
    window_->openConnect(**link);
    QVERIFY(shows(*window_, u"An invite of “<b>Ann</b>” at 127.0.0.1"_s));
    QCOMPARE(markUp(*window_), QString());
}

void OutsideTest::row31_aMessageIsShownAsItIs_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("mark-up") << u"<b>bold</b> <img src=file:///dev/zero> &amp; <script>x</script>"_s;
    QTest::newRow("an address of the web") << u"<a href=\"https://evil.example\">https://good.example</a>"_s;
    QTest::newRow("places for values") << u"%1 %2 %n"_s;
    QTest::newRow("a direction override") << u"photo_\u202Egpj.exe"_s;
}

void OutsideTest::row31_aMessageIsShownAsItIs() {
    QFETCH(QString, text);
    QVERIFY(meet(u"Bob"_s));
    QVERIFY(bob_->with(*ann_)->send(text).ok());
    const auto* const view = find<gui::MessageView>(*window_, u"Messages"_s);
    QTRY_COMPARE(view->messages()->rowCount(), 1);
    QCOMPARE(view->messages()->at(0).text, text);
    QVERIFY(view->spokenText(0).endsWith(u": "_s + text));
    QCOMPARE(ann_->with(*bob_)->lastText(), text);
    QCOMPARE(markUp(*window_), QString());
}

// --- characters that are not seen ------------------------------------------------------------------------

void OutsideTest::row29_noDirectionOrControlCharacterOfANameIsShown_data() {
    QTest::addColumn<QString>("name");
    QTest::newRow("override") << u"Bob\u202Egnp.exe"_s;
    QTest::newRow("isolates") << u"\u2066Bob\u2067 \u2068x\u2069"_s;
    QTest::newRow("invisible") << u"B\u200Bo\u200Cb\u200D\u200E\u200F\uFEFF"_s;
    QTest::newRow("C0") << u"Bob\x07\x1b[31m\x01"_s;
    QTest::newRow("C1") << u"Bob\u0085\u009B31m"_s;
    QTest::newRow("lines") << u"Bob\nAnn: yes, send the money\r\u2028\u2029"_s;
    QTest::newRow("half a character") << (u"Bob"_s + QChar(0xD800));
    QTest::newRow("nothing else") << u"\u202E\u200B\n"_s;
}

void OutsideTest::row29_noDirectionOrControlCharacterOfANameIsShown() {
    QFETCH(QString, name);
    model::Conversation* const conversation = know(name);
    QVERIFY(conversation != nullptr);
    window_->showConversation(conversation);
    QVERIFY(!conversation->name().isEmpty());
    QVERIFY(showEveryDialog());
    QCOMPARE(withControls(*window_), QString());
    for (const QString& text : everyText(*window_)) {
        for (qsizetype at = 0; at < text.size(); ++at)
            QVERIFY2(!text.at(at).isSurrogate() || text.isValidUtf16(), qPrintable(text));
    }
    QVERIFY(!window_->windowTitle().contains(u'\n'));
}

void OutsideTest::row29_aNameIsShortAndLaidOutAtOnce_data() {
    QTest::addColumn<QString>("name");
    QTest::newRow("10,000 characters") << QString(10000, u'W');
    QTest::newRow("10,000 marks") << (u"Z"_s + QString(10000, QChar(0x0301)));
    QTest::newRow("marks on each") << QString(u"Z"_s + QString(50, QChar(0x0489))).repeated(200);
    QTest::newRow("wide") << QString(10000, QChar(0xFDFD));
}

void OutsideTest::row29_aNameIsShortAndLaidOutAtOnce() {
    QFETCH(QString, name);
    model::Conversation* const conversation = know(name);
    QVERIFY(conversation != nullptr);
    const QString shown = conversation->name();
    QVERIFY(shown.toUcs4().size() <= qsizetype(core::limits::nameCodePoints));
    QVERIFY(shown.toUtf8().size() <= qsizetype(core::limits::nameBytes));
    window_->showConversation(conversation);
    const QSize before = window_->size();
    QElapsedTimer clock;
    clock.start();
    window_->grab(); // lays out and paints all of it
    const qint64 took = clock.elapsed();
    QVERIFY2(took < 500, qPrintable(QString::number(took)));
    QCOMPARE(window_->size(), before); // nor does it push anything out of the window
    QVERIFY(showEveryDialog());
    for (const QDialog* dialog : window_->findChildren<QDialog*>())
        QVERIFY2(dialog->width() <= 200 * gui::Theme::unit(), qPrintable(dialog->objectName()));
}

void OutsideTest::row29_aNameFromTheRightTouchesNothingAroundIt() {
    const QString name = u"\u05D1\u05D5\u05D1"_s; // Hebrew: bob
    const QString isolated = QChar(0x2068) + name + QChar(0x2069);
    bob_ = std::make_unique<Somebody>(name);
    QVERIFY(bob_->dial(address_) != nullptr);
    QVERIFY(ann_->request() != nullptr);
    QVERIFY(waitUntilShown(*window_, u"“"_s + isolated + u"” ("_s));
    ann_->request()->accept();
    QVERIFY(ann_->openWith(*bob_) != nullptr);
    window_->showConversation(ann_->with(*bob_));
    QVERIFY(chooseFromMenu(*window_, u"Block…"_s));
    QVERIFY(waitUntilShown(*window_, u"Block "_s + isolated + u'?'));
    bob_->end();
    QVERIFY(waitUntilShown(*window_, isolated + u" ended the conversation."_s));
}

void OutsideTest::row29_tenThousandCharactersAreShownAtOnce_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("one word") << QString(10000, u'W');
    QTest::newRow("words") << u"four "_s.repeated(2000);
    QTest::newRow("lines") << u"x\n"_s.repeated(5000).chopped(1);
    QTest::newRow("mark-up") << u"<b>"_s.repeated(3333);
    QTest::newRow("overrides") << QString(10000, QChar(0x202E));
    QTest::newRow("marks") << u"Z"_s + QString(9999, QChar(0x0301));
}

void OutsideTest::row29_tenThousandCharactersAreShownAtOnce() {
    QFETCH(QString, text);
    QVERIFY(meet(u"Bob"_s));
    auto* const view = find<gui::MessageView>(*window_, u"Messages"_s);
    QVERIFY(bob_->with(*ann_)->send(text).ok());
    QTRY_COMPARE(view->messages()->rowCount(), 1);
    QCOMPARE(view->messages()->at(0).text, text);
    QElapsedTimer clock;
    clock.start();
    window_->resize(window_->width() - 40, window_->height()); // laid out anew
    window_->grab();
    const qint64 took = clock.elapsed();
    QVERIFY2(took < 2000, qPrintable(QString::number(took)));
    const QRect row = view->rowRect(0);
    QVERIFY(row.width() <= view->viewport()->width());
}

void OutsideTest::row32_aLinkInAMessageAsksWithItsHost() {
    QVERIFY(meet(u"Bob"_s));
    QVERIFY(bob_->with(*ann_)->send(u"https://bank.example@evil.example/login"_s).ok());
    auto* const view = find<gui::MessageView>(*window_, u"Messages"_s);
    QTRY_COMPARE(view->messages()->rowCount(), 1);
    window_->grab();
    // Wherever it stands in the bubble.
    const QRect row = view->rowRect(0);
    const auto asks = [&] { return window_->findChild<gui::QuestionDialog*>() != nullptr; };
    for (int y = row.bottom(); y > row.top() && !asks(); y -= 8) {
        for (int x = row.left(); x < row.right() && !asks(); x += 16)
            QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, {x, y});
    }
    QVERIFY(asks());
    QVERIFY(waitUntilShown(*window_, u"Open evil.example in your browser?"_s));
    QVERIFY(shows(*window_, u"It leads to evil.example."_s));
    QVERIFY(press(*window_, u"Cancel"_s));
}

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    gui::Theme theme;
    OutsideTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "outside_test.moc"

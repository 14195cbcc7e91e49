#include "gui/message_box.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QInputMethodEvent>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using kith::gui::MessageBox;
using namespace Qt::StringLiterals;

/// Writing a message: when it goes out, and how the field grows.
class MessageBoxTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void enterSendsAndShiftEnterBreaksTheLine();
    void enterBelongsToAnOpenComposition();
    void itGrowsToEightLines();
    void markUpIsPastedAsText();
};

void MessageBoxTest::enterSendsAndShiftEnterBreaksTheLine() {
    MessageBox box;
    QSignalSpy sends(&box, &MessageBox::sendWanted);
    QTest::keyClicks(&box, u"one"_s);
    QTest::keyClick(&box, Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClicks(&box, u"two"_s);
    QCOMPARE(sends.count(), 0);
    QCOMPARE(box.toPlainText(), u"one\ntwo"_s);
    QTest::keyClick(&box, Qt::Key_Return);
    QCOMPARE(sends.count(), 1);
    QTest::keyClick(&box, Qt::Key_Enter, Qt::KeypadModifier);
    QCOMPARE(sends.count(), 2);
    QCOMPARE(box.toPlainText(), u"one\ntwo"_s);
}

void MessageBoxTest::enterBelongsToAnOpenComposition() {
    MessageBox box;
    QSignalSpy sends(&box, &MessageBox::sendWanted);
    QInputMethodEvent composing(u"ni hao"_s, {});
    QCoreApplication::sendEvent(&box, &composing);
    QVERIFY(box.composing());
    QTest::keyClick(&box, Qt::Key_Return);
    QTest::keyClick(&box, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(sends.count(), 0);
    QCOMPARE(box.toPlainText(), QString());
    QInputMethodEvent committed;
    committed.setCommitString(u"你好"_s);
    QCoreApplication::sendEvent(&box, &committed);
    QVERIFY(!box.composing());
    QTest::keyClick(&box, Qt::Key_Return);
    QCOMPARE(sends.count(), 1);
    QCOMPARE(box.toPlainText(), u"你好"_s);
}

void MessageBoxTest::itGrowsToEightLines() {
    MessageBox box;
    box.resize(400, box.height());
    const int one = box.height();
    int before = one;
    for (int line = 2; line <= 8; ++line) {
        box.insertPlainText(u"\nx"_s);
        QVERIFY(box.height() > before || line == 2);
        before = box.height();
    }
    QVERIFY(before > one + 5 * box.fontMetrics().lineSpacing());
    box.insertPlainText(u"\nx\nx\nx"_s);
    QCOMPARE(box.height(), before);
    box.clear();
    QCOMPARE(box.height(), one);
}

void MessageBoxTest::markUpIsPastedAsText() {
    MessageBox box;
    auto* mime = new QMimeData;
    mime->setHtml(u"<b>bold</b>"_s);
    mime->setText(u"<i>text</i>"_s);
    QGuiApplication::clipboard()->setMimeData(mime);
    box.paste();
    QCOMPARE(box.toPlainText(), u"<i>text</i>"_s);
}

QTEST_MAIN(MessageBoxTest)
#include "message_box_test.moc"

#include "gui/elided_label.h"

#include <QTest>

using namespace kith;
using namespace Qt::StringLiterals;

/// A line of text with too little room.
class ElidedLabelTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withRoomItIsWhole();
    void itIsCutAtItsEnd();
    void theFirstPartsGiveWayToTheLast();
};

namespace {

const QString state = u"Connected · encrypted · not verified"_s;

/// At the width of `text`, and a pixel for rounding.
QString shownAt(gui::ElidedLabel& label, const QString& text) {
    label.resize(label.fontMetrics().horizontalAdvance(text) + 1, 20);
    return label.shownText();
}

} // namespace

void ElidedLabelTest::withRoomItIsWhole() {
    gui::ElidedLabel label;
    label.setText(state);
    QCOMPARE(shownAt(label, state), state);
    label.setSeparator(u" · "_s);
    QCOMPARE(shownAt(label, state), state);
}

void ElidedLabelTest::itIsCutAtItsEnd() {
    gui::ElidedLabel label;
    label.setText(state);
    QVERIFY(shownAt(label, u"Connected · encry"_s).startsWith(u"Connected"_s));
    QVERIFY(label.shownText().endsWith(u'…'));
}

void ElidedLabelTest::theFirstPartsGiveWayToTheLast() {
    gui::ElidedLabel label;
    label.setText(state);
    label.setSeparator(u" · "_s);
    QCOMPARE(shownAt(label, u"encrypted · not verified"_s), u"encrypted · not verified"_s);
    QCOMPARE(shownAt(label, u"not verified"_s), u"not verified"_s);
    QVERIFY(shownAt(label, u"not veri"_s).startsWith(u"not"_s));
    QVERIFY(label.shownText().endsWith(u'…'));
}

QTEST_MAIN(ElidedLabelTest)
#include "elided_label_test.moc"

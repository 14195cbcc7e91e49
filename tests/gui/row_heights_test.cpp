#include "gui/row_heights.h"

#include <QRandomGenerator>
#include <QTest>

using kith::gui::RowHeights;

/// A view knows where each of its rows stands, whatever comes and goes.
class RowHeightsTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyRowIsWhereItsHeightsSay();
    void aPlaceOutsideMeansTheNearestRow();
};

void RowHeightsTest::everyRowIsWhereItsHeightsSay() {
    QRandomGenerator random(7);
    RowHeights heights;
    std::vector<int> plain;
    for (int step = 0; step < 6000; ++step) {
        const quint32 what = random.bounded(10U);
        if (what < 6 || plain.empty()) {
            plain.push_back(static_cast<int>(random.bounded(1, 90)));
            heights.append(plain.back());
        } else if (what < 9) {
            const int row = static_cast<int>(random.bounded(static_cast<quint32>(plain.size())));
            plain[static_cast<std::size_t>(row)] = static_cast<int>(random.bounded(1, 90));
            heights.set(row, plain[static_cast<std::size_t>(row)]);
        } else {
            plain.erase(plain.begin());
            heights.removeFirst(1);
        }
        if (step % 100 != 0)
            continue;
        qint64 top = 0;
        QCOMPARE(heights.count(), static_cast<int>(plain.size()));
        for (int row = 0; row < heights.count(); ++row) {
            const int height = plain[static_cast<std::size_t>(row)];
            QCOMPARE(heights.top(row), top);
            QCOMPARE(heights.rowAt(top), row);
            QCOMPARE(heights.rowAt(top + height - 1), row);
            top += height;
        }
        QCOMPARE(heights.total(), top);
    }
}

void RowHeightsTest::aPlaceOutsideMeansTheNearestRow() {
    RowHeights heights;
    QCOMPARE(heights.rowAt(0), -1);
    heights.append(10);
    heights.append(20);
    QCOMPARE(heights.rowAt(-5), 0);
    QCOMPARE(heights.rowAt(1000), 1);
    heights.removeFirst(1);
    QCOMPARE(heights.rowAt(0), 0);
    QCOMPARE(heights.height(0), 20);
}

QTEST_APPLESS_MAIN(RowHeightsTest)
#include "row_heights_test.moc"

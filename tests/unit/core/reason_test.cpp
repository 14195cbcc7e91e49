#include "core/reason.h"

#include <QSet>
#include <QTest>

using namespace kith::core;

/// The one list of codes.
class ReasonTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyReasonHasACodeOfItsOwn();
    void numbersOutsideTheListAreNothing();
};

void ReasonTest::everyReasonHasACodeOfItsOwn() {
    QSet<QByteArray> codes;
    for (const Reason reason : allReasons) {
        const auto text = code(reason);
        codes.insert(QByteArray(text.data(), qsizetype(text.size())));
        QCOMPARE(reasonFromNumber(static_cast<std::uint32_t>(reason)), std::optional(reason));
    }
    QCOMPARE(std::size_t(codes.size()), allReasons.size());
    // The list is whole: its numbers run from 0 without a gap up to the last enumerator.
    QCOMPARE(std::size_t(Reason::Internal) + 1, allReasons.size());
}

void ReasonTest::numbersOutsideTheListAreNothing() {
    QVERIFY(!reasonFromNumber(std::uint32_t(allReasons.size())));
    QVERIFY(!reasonFromNumber(256));
    QVERIFY(!reasonFromNumber(0xFFFFFFFFU));
}

QTEST_GUILESS_MAIN(ReasonTest)
#include "reason_test.moc"

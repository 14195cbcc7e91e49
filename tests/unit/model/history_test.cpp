// The profile's history as the program has it: opened, opened again, closed.
#include "core/limits.h"
#include "model/history.h"
#include "support/fault_vfs.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace kith;
using namespace kith::tests;
using namespace Qt::StringLiterals;
using model::History;

class HistoryTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aDiskThatDoesNotAnswerKeepsNobodyFromQuitting();
    void closesWhereItWasAboutToBeOpenedAgain();
};

void HistoryTest::aDiskThatDoesNotAnswerKeepsNobodyFromQuitting() {
    const qint64 limit = std::chrono::milliseconds(core::limits::storeClose).count();
    QTemporaryDir folder;
    FaultVfs vfs;
    QElapsedTimer timer;
    {
        History history(folder.path(), nullptr, vfs.name());
        history.open();
        QTRY_COMPARE(history.state(), History::State::Open);
        vfs.stall(true);
        (void)history.store().putSetting(u"language"_s, u"en"_s);
        timer.start();
        history.close();
        QVERIFY(timer.elapsed() < 1000); // it never waits itself
        QTRY_COMPARE_WITH_TIMEOUT(history.state(), History::State::Closed, int(limit + 3000));
    }
    const qint64 gone = timer.elapsed();
    vfs.stall(false);
    QVERIFY(vfs.waitUntilClosed());
    QVERIFY2(gone < limit + 3000, qPrintable(u"%1 ms"_s.arg(gone)));
}

void HistoryTest::closesWhereItWasAboutToBeOpenedAgain() {
    QTemporaryDir folder;
    QFile file(folder.filePath(u"history.sqlite"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    History history(folder.path());
    history.open();
    QTRY_COMPARE(history.state(), History::State::Failed);
    history.beginAnew();
    QTRY_COMPARE(history.state(), History::State::Open);
    history.noteFailure({core::Reason::StoreReadOnly, 0, {}});
    QCOMPARE(history.state(), History::State::ReadOnly);
    history.tryAgain();
    QCOMPARE(history.state(), History::State::Closing);
    history.close();
    QTRY_COMPARE(history.state(), History::State::Closed);
}

QTEST_GUILESS_MAIN(HistoryTest)
#include "history_test.moc"

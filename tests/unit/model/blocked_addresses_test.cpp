// Addresses that are blocked: at once in memory, and the same after a restart.
#include "model/history.h"
#include "model/people.h"
#include "support/await.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace kith;
using namespace kith::model;
using namespace Qt::StringLiterals;

class BlockedAddressesTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void areStoredAndTakenBack();
    void whatIsDoneBeforeTheyAreReadJoinsWhatIsStored();

private:
    void open();
    void restart();

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<History> history_;
    std::unique_ptr<People> people_;
};

void BlockedAddressesTest::init() {
    folder_ = std::make_unique<QTemporaryDir>();
    open();
}

void BlockedAddressesTest::cleanup() {
    people_.reset();
    history_.reset(); // finishes what is queued
}

void BlockedAddressesTest::open() {
    history_ = std::make_unique<History>(folder_->path());
    people_ = std::make_unique<People>(*history_);
    history_->open();
    QTRY_VERIFY(people_->isReady() && history_->state() == History::State::Open);
}

void BlockedAddressesTest::restart() {
    people_.reset();
    history_.reset();
    open();
}

void BlockedAddressesTest::areStoredAndTakenBack() {
    QSignalSpy told(people_.get(), &People::blockedAddressesChanged);
    const auto stored = tests::await(people_->blockAddress(u"192.0.2.9"_s));
    QVERIFY(stored && stored->ok());
    people_->blockAddress(u"192.0.2.9"_s); // twice is once
    people_->blockAddress(QString());      // nowhere
    people_->blockAddress(u"192.0.2.7"_s);
    QCOMPARE(told.size(), 2);
    const QStringList both{u"192.0.2.7"_s, u"192.0.2.9"_s};
    QCOMPARE(people_->blockedAddresses(), both);
    restart();
    QCOMPARE(people_->blockedAddresses(), both);
    QVERIFY(people_->blocked().isEmpty());
    const auto gone = tests::await(people_->unblockAddress(u"192.0.2.9"_s));
    QVERIFY(gone && gone->ok());
    people_->unblockAddress(u"192.0.2.8"_s); // was not blocked
    QVERIFY(!people_->isAddressBlocked(u"192.0.2.9"_s));
    restart();
    QCOMPARE(people_->blockedAddresses(), QStringList{u"192.0.2.7"_s});
}

void BlockedAddressesTest::whatIsDoneBeforeTheyAreReadJoinsWhatIsStored() {
    people_->blockAddress(u"192.0.2.7"_s);
    people_->blockAddress(u"192.0.2.8"_s);
    people_.reset();
    history_.reset();
    history_ = std::make_unique<History>(folder_->path());
    people_ = std::make_unique<People>(*history_);
    people_->blockAddress(u"192.0.2.9"_s);
    people_->blockAddress(u"192.0.2.8"_s);
    people_->unblockAddress(u"192.0.2.8"_s);
    history_->open();
    QTRY_VERIFY(people_->isReady() && history_->state() == History::State::Open);
    const QStringList left{u"192.0.2.7"_s, u"192.0.2.9"_s};
    QCOMPARE(people_->blockedAddresses(), left);
    restart();
    QVERIFY(people_->isAddressBlocked(u"192.0.2.9"_s)); // it was stored behind what is read
}

QTEST_MAIN(BlockedAddressesTest)
#include "blocked_addresses_test.moc"

#include "core/kith_id.h"
#include "core/limits.h"
#include "core/signing.h"
#include "model/history.h"
#include "model/people.h"
#include "support/await.h"
#include "support/people.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace kith;
using namespace kith::model;
using namespace Qt::StringLiterals;
using core::PublicKey;
using core::Reason;
using store::Trust;
using tests::someKey;

namespace {

bool isStored(const store::PendingStatus& pending) {
    const auto done = tests::await(pending);
    return done && done->ok();
}

} // namespace

/// Who is known, how far to be trusted, and who is not wanted: at once in memory, and the same after a
/// restart.
class PeopleTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void nobodyIsKnownAtFirst();
    void everythingComesBack();
    void theNameGivenNowReplacesTheOneBefore();
    void namesAreCleaned();
    void isShownByAliasThenNameThenKey();
    void areListedByShownName();

    void trustOnlyRises_data();
    void trustOnlyRises();
    void row22_aChangedKeyStopsUntilAPersonDecides();
    void differingNumbersStop();
    void row24_aKeyThatNobodyCanHaveIsNotStored_data();
    void row24_aKeyThatNobodyCanHaveIsNotStored();

    void row30_namesThatLookAlikeAreMarked();
    void row30_aNameThatIsGivenUpUnmarksTheOther();
    void row30_aStrangerWithAContactsNameIsTold();

    void blockingIsForKeysOfAnybody();
    void addressesAreRememberedTheLastSeenFirst();
    void anAddressBelongsToWhoWasSeenThereLast();
    void removingForgetsEverythingButABlock();
    void aRemovedContactsConversationIsGone();

    void whatIsDoneBeforeItIsReadJoinsWhatIsStored();
    void whoIsRemovedWhileItIsReadStaysRemoved();
    void whatCannotBeStoredIsToldAndHolds();
    void anotherHistoryIsToldOfEverybody();
    void withoutAHistoryItIsReadyAndEmpty();

private:
    void open();
    void restart();
    const Person& person(const PublicKey& key);

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<History> history_;
    std::unique_ptr<People> people_;
};

void PeopleTest::init() {
    folder_ = std::make_unique<QTemporaryDir>();
    open();
}

void PeopleTest::cleanup() {
    people_.reset();
    history_.reset();
    folder_.reset();
}

void PeopleTest::open() {
    history_ = std::make_unique<History>(folder_->path());
    people_ = std::make_unique<People>(*history_);
    QVERIFY(!people_->isReady());
    history_->open();
    QTRY_VERIFY(people_->isReady());
    QTRY_COMPARE(history_->state(), History::State::Open);
}

void PeopleTest::restart() {
    cleanup_people: // NOLINT
    people_.reset();
    history_.reset(); // finishes what is queued
    open();
}

const Person& PeopleTest::person(const PublicKey& key) {
    static const Person nobody;
    const Person* found = people_->find(key);
    return found != nullptr ? *found : nobody;
}

#include "core/kith_id.h"
#include "core/limits.h"
#include "model/history.h"
#include "model/people.h"
#include "support/await.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
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

namespace {

const PublicKey ann = PublicKey::random();
const PublicKey bob = PublicKey::random();
const PublicKey eve = PublicKey::random();

std::optional<Reason> reasonOf(const store::PendingStatus& pending) {
    const auto done = tests::await(pending);
    return done && !*done ? std::optional(done->error().reason) : std::nullopt;
}

bool isStored(const store::PendingStatus& pending) {
    const auto done = tests::await(pending);
    return done && done->ok();
}

QStringList hostsOf(const Person& person) {
    QStringList hosts;
    for (const store::ContactAddress& address : person.addresses)
        hosts << address.host;
    return hosts;
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
    void areShownByAliasThenNameThenKey();
    void areListedByShownName();
    void whatMeetWouldStoreKeepsAliasAndTrust();
    void whoIsExpectedIsMetWhenTheyCome();
    void areFullAtTheirLimit();

    void trustOnlyRises_data();
    void trustOnlyRises();
    void row22_aChangedKeyStopsUntilAPersonDecides();
    void row22_differingNumbersStop();
    void row24_aKeyThatNobodyCanHaveIsNotStored();

    void row30_namesThatLookAlikeAreMarked();
    void row30_aMarkGoesWithTheNameThatBroughtIt();
    void row30_aStrangerWithAContactsNameIsTold();

    void keysOfAnybodyAreBlocked();
    void blockedAddressesAreRead();
    void everyChangeCanBeWaitedFor();
    void removingForgetsEverythingButABlock();
    void aRemovedContactsConversationIsGone();

    void whatIsDoneBeforeItIsReadJoinsWhatIsStored();
    void whoIsRemovedWhileItIsReadStaysRemoved();
    void whatCannotBeStoredIsToldAndHolds();
    void aHistoryBegunAnewIsToldOfEverybody();
    void aStopIsNotLostWhereTwoHistoriesMeet();
    void withoutAHistoryItIsReadyAndEmpty();

private:
    void open();
    void restart();
    [[nodiscard]] Person person(const PublicKey& key) const;

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
    history_.reset(); // finishes what is queued
    folder_.reset();
}

void PeopleTest::open() {
    history_ = std::make_unique<History>(folder_->path());
    people_ = std::make_unique<People>(*history_);
    QVERIFY(!people_->isReady());
    history_->open();
    QTRY_VERIFY(people_->isReady() && history_->state() == History::State::Open);
}

void PeopleTest::restart() {
    people_.reset();
    history_.reset();
    open();
}

/// Nobody where the key is not known.
Person PeopleTest::person(const PublicKey& key) const {
    const Person* found = people_->find(key);
    return found != nullptr ? *found : Person();
}

// --- knowing ---------------------------------------------------------------------------------------------

void PeopleTest::nobodyIsKnownAtFirst() {
    QVERIFY(people_->all().isEmpty());
    QVERIFY(people_->find(ann) == nullptr && !people_->isBlocked(ann));
    QVERIFY(people_->atAddress({"192.0.2.1", 5188}) == nullptr);
    QVERIFY(!people_->looksLikeContact(u"Ann"_s, ann));
}

void PeopleTest::everythingComesBack() {
    QSignalSpy changed(people_.get(), &People::changed);
    QVERIFY(isStored(people_->meet(ann, u"Ann"_s, Trust::ByInvite)));
    QCOMPARE(changed.size(), 1);
    QVERIFY(isStored(people_->meet(bob, u"Bob"_s, Trust::Unverified)));
    people_->rename(ann, u"Annie from work"_s);
    people_->setCompared(bob, true);
    people_->noteAddress(ann, {"192.0.2.1", 5188}, u"home"_s);
    people_->noteAddress(ann, {"ann.example", 5190}, {});
    people_->block(bob);
    people_->block(eve);
    QCOMPARE(changed.size(), 8);
    const Person before = person(ann);
    QCOMPARE(before.shownName(), u"Annie from work"_s);
    QVERIFY(before.verified() && !before.stopped() && before.metAt > 0 && before.addresses.size() == 2);
    const QList<Person> all = people_->all();
    restart();
    QCOMPARE(people_->all(), all);
    QCOMPARE(person(ann), before);
    QCOMPARE(person(bob).trust, Trust::ByCompare);
    QVERIFY(person(bob).blocked && people_->isBlocked(bob) && people_->isBlocked(eve));
    QVERIFY(!people_->isBlocked(ann));
}

void PeopleTest::theNameGivenNowReplacesTheOneBefore() {
    people_->meet(ann, u"Ann"_s, Trust::Unverified);
    const qint64 met = person(ann).metAt;
    people_->rename(ann, u"my Ann"_s);
    people_->meet(ann, u"Annabel"_s, Trust::Unverified);
    QCOMPARE(person(ann).name, u"Annabel"_s);
    QCOMPARE(person(ann).alias, u"my Ann"_s); // our person's own word stays
    people_->meet(ann, {}, Trust::Unverified);
    QCOMPARE(person(ann).name, u"Annabel"_s);
    QCOMPARE(person(ann).metAt, met);
    restart();
    QCOMPARE(person(ann).name, u"Annabel"_s);
    QCOMPARE(person(ann).alias, u"my Ann"_s);
}

void PeopleTest::namesAreCleaned() {
    people_->meet(ann, u"  A\u202en\nn\u200b "_s + QString(500, u'x'), Trust::Unverified);
    QVERIFY(person(ann).name.startsWith(u"An"));
    QVERIFY(!person(ann).name.contains(QChar(0x202e)) && !person(ann).name.contains(u'\n'));
    QCOMPARE(person(ann).name.size(), qsizetype(core::limits::nameCodePoints));
    people_->rename(ann, u"\u2066 mine \u200f"_s);
    QCOMPARE(person(ann).alias, u"mine"_s);
}

void PeopleTest::areShownByAliasThenNameThenKey() {
    people_->meet(ann, {}, Trust::Unverified);
    QCOMPARE(person(ann).shownName(), QString::fromStdString(core::shortKithId(ann)));
    people_->meet(ann, u"Ann"_s, Trust::Unverified);
    QCOMPARE(person(ann).shownName(), u"Ann"_s);
    people_->rename(ann, u"my Ann"_s);
    QCOMPARE(person(ann).shownName(), u"my Ann"_s);
    people_->rename(ann, {});
    QCOMPARE(person(ann).shownName(), u"Ann"_s);
}

void PeopleTest::areListedByShownName() {
    people_->meet(eve, u"Eve"_s, Trust::Unverified);
    people_->meet(ann, u"Zoe"_s, Trust::Unverified);
    people_->meet(bob, u"Bob"_s, Trust::Unverified);
    people_->rename(ann, u"Ann"_s);
    QStringList names;
    for (const Person& each : people_->all())
        names << each.shownName();
    QCOMPARE(names, (QStringList{u"Ann"_s, u"Bob"_s, u"Eve"_s}));
}

void PeopleTest::whatMeetWouldStoreKeepsAliasAndTrust() {
    people_->meet(ann, u"Ann"_s, Trust::Unverified);
    people_->rename(ann, u"my Ann"_s);
    people_->setCompared(ann, true);
    const store::Contact contact = people_->asMet(ann, u"Annabel"_s, Trust::ByInvite);
    QCOMPARE(contact, (store::Contact{ann, u"Annabel"_s, u"my Ann"_s, Trust::ByCompare, person(ann).metAt}));
    QCOMPARE(person(ann).name, u"Ann"_s); // nothing is changed by asking
    const store::Contact stranger = people_->asMet(eve, u" Eve "_s, Trust::ByInvite);
    QCOMPARE(stranger, (store::Contact{eve, u"Eve"_s, {}, Trust::ByInvite, stranger.metAt}));
    QVERIFY(people_->find(eve) == nullptr);
}

// --- trust -----------------------------------------------------------------------------------------------

void PeopleTest::whoIsExpectedIsMetWhenTheyCome() {
    QVERIFY(isStored(people_->expect(ann, u"Ann"_s)));
    QVERIFY(isStored(people_->expect(ann, u"Somebody"_s)));
    restart();
    QCOMPARE(person(ann).name, u"Ann"_s);
    QCOMPARE(person(ann).metAt, 0);
    people_->meet(ann, {}, Trust::Unverified);
    const qint64 met = person(ann).metAt;
    QVERIFY(met > 0);
    QVERIFY(!person(ann).expected);
    // Once more, as they have forgotten us: until they come.
    QVERIFY(isStored(people_->expect(ann, u"Somebody"_s)));
    QCOMPARE(person(ann).metAt, met);
    QCOMPARE(person(ann).name, u"Ann"_s);
    QVERIFY(person(ann).expected);
    restart();
    QCOMPARE(person(ann).metAt, met);
    QVERIFY(person(ann).expected);
    people_->meet(ann, {}, Trust::Unverified);
    QVERIFY(!person(ann).expected);
    restart();
    QVERIFY(!person(ann).expected);
    QCOMPARE(reasonOf(people_->expect(PublicKey{}, u"Nobody"_s)), Reason::KeyInvalid);
}

void PeopleTest::areFullAtTheirLimit() {
    for (std::size_t known = 1; known < core::limits::contacts; ++known)
        people_->meet(PublicKey::random(), {}, Trust::Unverified);
    QVERIFY(!people_->isFull());
    people_->meet(ann, {}, Trust::Unverified);
    QVERIFY(people_->isFull());
    // A person may know more of them.
    QVERIFY(isStored(people_->meet(bob, {}, Trust::Unverified)));
    people_->remove(ann);
    QVERIFY(people_->isFull());
    people_->remove(bob);
    QVERIFY(!people_->isFull());
}

void PeopleTest::trustOnlyRises_data() {
    QTest::addColumn<Trust>("before");
    QTest::addColumn<Trust>("proof");
    QTest::addColumn<Trust>("after");
    constexpr auto none = Trust::Unverified;
    constexpr auto invite = Trust::ByInvite;
    constexpr auto compare = Trust::ByCompare;
    constexpr auto stopped = Trust::KeyChanged;
    QTest::newRow("none, none") << none << none << none;
    QTest::newRow("none, invite") << none << invite << invite;
    QTest::newRow("none, compare") << none << compare << compare;
    QTest::newRow("none, no proof at all") << none << stopped << none;
    QTest::newRow("invite, none") << invite << none << invite;
    QTest::newRow("invite, invite") << invite << invite << invite;
    QTest::newRow("invite, compare") << invite << compare << compare;
    QTest::newRow("compare, none") << compare << none << compare;
    QTest::newRow("compare, invite") << compare << invite << compare;
    QTest::newRow("stopped, none") << stopped << none << stopped;
    QTest::newRow("stopped, invite") << stopped << invite << stopped;
    QTest::newRow("stopped, compare") << stopped << compare << stopped;
}

void PeopleTest::trustOnlyRises() {
    QFETCH(Trust, before);
    QFETCH(Trust, proof);
    QFETCH(Trust, after);
    people_->meet(ann, u"Ann"_s, before);
    if (before == Trust::KeyChanged)
        people_->setKeyChanged(ann);
    QCOMPARE(person(ann).trust, before);
    people_->meet(ann, u"Ann"_s, proof);
    QCOMPARE(person(ann).trust, after);
    restart();
    QCOMPARE(person(ann).trust, after);
}

void PeopleTest::row22_aChangedKeyStopsUntilAPersonDecides() {
    people_->meet(ann, u"Ann"_s, Trust::ByInvite);
    people_->setKeyChanged(ann);
    QVERIFY(person(ann).stopped() && !person(ann).verified());
    restart();
    QVERIFY(person(ann).stopped());
    people_->resume(ann);
    QCOMPARE(person(ann).trust, Trust::Unverified); // what was proven once is not, now
    people_->setCompared(ann, true);
    people_->resume(ann); // nothing to resume
    QCOMPARE(person(ann).trust, Trust::ByCompare);
    restart();
    QCOMPARE(person(ann).trust, Trust::ByCompare);
}

void PeopleTest::row22_differingNumbersStop() {
    people_->meet(ann, u"Ann"_s, Trust::ByInvite);
    people_->setCompared(ann, false);
    QVERIFY(person(ann).stopped());
    people_->setCompared(ann, true); // compared once more, with care
    QVERIFY(person(ann).verified() && !person(ann).stopped());
}

void PeopleTest::row24_aKeyThatNobodyCanHaveIsNotStored() {
    QFile file(QStringLiteral(KITH_VECTORS));
    QVERIFY2(file.open(QIODevice::ReadOnly), KITH_VECTORS);
    const QJsonArray unusable = QJsonDocument::fromJson(file.readAll()).object()[u"unusable_key"_s].toArray();
    QVERIFY(unusable.size() >= 14);
    QSignalSpy changed(people_.get(), &People::changed);
    for (const QJsonValue& value : unusable) {
        const auto key = PublicKey::from(QByteArray::fromHex(value.toString().toLatin1()));
        QVERIFY(key);
        QCOMPARE(reasonOf(people_->meet(*key, u"Nobody"_s, Trust::ByInvite)), Reason::KeyInvalid);
        QVERIFY(people_->find(*key) == nullptr);
    }
    QVERIFY(changed.isEmpty() && people_->all().isEmpty());
    QVERIFY((*tests::await(history_->store().contacts()))->isEmpty());
}

// --- names -----------------------------------------------------------------------------------------------

void PeopleTest::row30_namesThatLookAlikeAreMarked() {
    people_->meet(ann, u"Alice"_s, Trust::ByCompare);
    people_->meet(bob, u"Bob"_s, Trust::Unverified);
    QVERIFY(!person(ann).looksLikeAnother && !person(bob).looksLikeAnother);
    QSignalSpy changed(people_.get(), &People::changed);
    people_->meet(eve, u"Al\u0456c\u0435"_s, Trust::Unverified); // Cyrillic i and e
    QVERIFY(person(eve).looksLikeAnother && person(ann).looksLikeAnother);
    QVERIFY(!person(bob).looksLikeAnother);
    QCOMPARE(changed.size(), 2); // the one that was there before, too
    restart();
    QVERIFY(person(eve).looksLikeAnother && person(ann).looksLikeAnother);
    QVERIFY(!person(bob).looksLikeAnother);
}

void PeopleTest::row30_aMarkGoesWithTheNameThatBroughtIt() {
    people_->meet(ann, u"Alice"_s, Trust::Unverified);
    people_->meet(bob, u"alice"_s, Trust::Unverified);
    people_->meet(eve, u"AIice"_s, Trust::Unverified); // a capital i
    QVERIFY(person(ann).looksLikeAnother && person(bob).looksLikeAnother && person(eve).looksLikeAnother);
    people_->rename(bob, u"Bob"_s);
    QVERIFY(person(ann).looksLikeAnother && !person(bob).looksLikeAnother && person(eve).looksLikeAnother);
    people_->remove(eve);
    QVERIFY(!person(ann).looksLikeAnother);
    people_->rename(bob, {}); // back to the name he gave
    QVERIFY(person(ann).looksLikeAnother && person(bob).looksLikeAnother);
    people_->meet(bob, u"Robert"_s, Trust::Unverified);
    QVERIFY(!person(ann).looksLikeAnother && !person(bob).looksLikeAnother);
}

void PeopleTest::row30_aStrangerWithAContactsNameIsTold() {
    people_->meet(ann, u"Alice"_s, Trust::ByCompare);
    QVERIFY(people_->looksLikeContact(u"\u0410li\u0441e"_s, eve));
    QVERIFY(people_->looksLikeContact(u"\u200bAlice\u202e"_s, eve)); // before it is cleaned
    QVERIFY(!people_->looksLikeContact(u"Alice"_s, ann));
    QVERIFY(!people_->looksLikeContact(u"Eve"_s, eve));
    people_->rename(ann, u"Mum"_s);
    QVERIFY(people_->looksLikeContact(u"MUM"_s, eve));
    QVERIFY(!people_->looksLikeContact(u"Alice"_s, eve)); // nobody is shown so
    people_->remove(ann);
    QVERIFY(!people_->looksLikeContact(u"Mum"_s, eve));
}

// --- blocks and addresses --------------------------------------------------------------------------------

void PeopleTest::keysOfAnybodyAreBlocked() {
    people_->meet(ann, u"Ann"_s, Trust::Unverified);
    QSignalSpy changed(people_.get(), &People::changed);
    people_->block(ann);
    people_->block(ann);
    people_->block(eve);
    QCOMPARE(changed.size(), 2);
    QVERIFY(person(ann).blocked && people_->isBlocked(eve));
    restart();
    QVERIFY(person(ann).blocked && people_->isBlocked(eve));
    people_->unblock(ann);
    people_->unblock(eve);
    people_->unblock(bob);
    QVERIFY(!person(ann).blocked && !people_->isBlocked(eve));
    people_->block(bob);
    people_->meet(bob, u"Bob"_s, Trust::Unverified);
    QVERIFY(person(bob).blocked); // known only since
    restart();
    QVERIFY(!person(ann).blocked && !people_->isBlocked(eve) && person(bob).blocked);
}

void PeopleTest::blockedAddressesAreRead() {
    QVERIFY(isStored(history_->store().addBlock({{}, u"192.0.2.9"_s, 1})));
    restart();
    QVERIFY(people_->isAddressBlocked(u"192.0.2.9"_s));
    QVERIFY(!people_->isAddressBlocked(u"192.0.2.8"_s));
}

void PeopleTest::everyChangeCanBeWaitedFor() {
    QVERIFY(isStored(people_->meet(ann, u"Ann"_s, Trust::Unverified)));
    const auto inStore = [this] { return (*tests::await(history_->store().contacts()))->value(0); };
    QVERIFY(isStored(people_->rename(ann, u"Annie"_s)));
    QCOMPARE(inStore().alias, u"Annie"_s);
    QVERIFY(isStored(people_->setCompared(ann, true)));
    QCOMPARE(inStore().trust, Trust::ByCompare);
    QVERIFY(isStored(people_->setKeyChanged(ann)));
    QCOMPARE(inStore().trust, Trust::KeyChanged);
    QVERIFY(isStored(people_->resume(ann)));
    QCOMPARE(inStore().trust, Trust::Unverified);
    const auto blocks = [this] { return (*tests::await(history_->store().blocks()))->size(); };
    QVERIFY(isStored(people_->block(ann)) && blocks() == 1);
    QCOMPARE(people_->blocked(), QList{ann});
    QVERIFY(isStored(people_->unblock(ann)));
    QCOMPARE(blocks(), 0);
    QVERIFY(isStored(people_->remove(ann)));
    QVERIFY((*tests::await(history_->store().contacts()))->isEmpty());
    QVERIFY(isStored(people_->remove(ann))); // nothing to do is done
}

void PeopleTest::removingForgetsEverythingButABlock() {
    people_->meet(ann, u"Ann"_s, Trust::ByCompare);
    people_->rename(ann, u"my Ann"_s);
    people_->noteAddress(ann, {"192.0.2.1", 5188}, {});
    people_->block(ann);
    QSignalSpy changed(people_.get(), &People::changed);
    people_->remove(ann);
    people_->remove(ann);
    QCOMPARE(changed.size(), 1);
    QVERIFY(people_->find(ann) == nullptr && people_->isBlocked(ann));
    restart();
    QVERIFY(people_->find(ann) == nullptr && people_->isBlocked(ann));
    people_->meet(ann, u"Ann"_s, Trust::Unverified);
    QVERIFY(person(ann).alias.isEmpty() && person(ann).addresses.isEmpty() && !person(ann).verified());
}

void PeopleTest::aRemovedContactsConversationIsGone() {
    QVERIFY(isStored(people_->meet(ann, u"Ann"_s, Trust::Unverified)));
    const auto id = tests::await(history_->store().conversationWith(ann, 1));
    QVERIFY(id && id->ok());
    people_->remove(ann);
    QTRY_VERIFY((*tests::await(history_->store().conversations()))->isEmpty());
}

// --- the history -----------------------------------------------------------------------------------------

void PeopleTest::whatIsDoneBeforeItIsReadJoinsWhatIsStored() {
    people_->meet(ann, u"Ann"_s, Trust::Unverified);
    people_->rename(ann, u"my Ann"_s);
    people_->setCompared(ann, true);
    people_->noteAddress(ann, {"192.0.2.1", 5188}, {});
    people_.reset();
    history_.reset();

    history_ = std::make_unique<History>(folder_->path());
    history_->open();
    for (int n = 0; n < 3000; ++n)
        (void)history_->store().contacts(); // reading has to wait; writing would not
    people_ = std::make_unique<People>(*history_);
    const auto again = people_->meet(ann, u"Annabel"_s, Trust::Unverified);
    people_->noteAddress(ann, {"192.0.2.2", 5188}, {});
    const auto first = people_->meet(bob, u"Bob"_s, Trust::ByInvite);
    people_->noteAddress(bob, {"192.0.2.3", 5188}, {});
    QCOMPARE(person(ann).trust, Trust::Unverified); // more is not known yet
    QVERIFY(!people_->isReady());
    QVERIFY(isStored(again) && isStored(first));
    for (int round = 0; round < 2; ++round) {
        QCOMPARE(person(ann).name, u"Annabel"_s);
        QCOMPARE(person(ann).alias, u"my Ann"_s);
        QCOMPARE(person(ann).trust, Trust::ByCompare);
        QCOMPARE(hostsOf(person(ann)), (QStringList{u"192.0.2.2"_s, u"192.0.2.1"_s}));
        QCOMPARE(person(bob).trust, Trust::ByInvite);
        QCOMPARE(hostsOf(person(bob)), QStringList{u"192.0.2.3"_s});
        restart();
    }
}

void PeopleTest::whoIsRemovedWhileItIsReadStaysRemoved() {
    QVERIFY(isStored(people_->meet(ann, u"Ann"_s, Trust::Unverified)));
    people_->block(bob);
    people_.reset();
    people_ = std::make_unique<People>(*history_); // reads at once
    people_->meet(ann, u"Ann"_s, Trust::Unverified);
    people_->remove(ann);
    people_->block(bob);
    people_->unblock(bob);
    QVERIFY(!people_->isReady());
    QTRY_VERIFY(people_->isReady());
    QVERIFY(people_->find(ann) == nullptr && !people_->isBlocked(bob));
    restart();
    QVERIFY(people_->find(ann) == nullptr && !people_->isBlocked(bob));
}

void PeopleTest::whatCannotBeStoredIsToldAndHolds() {
    QSignalSpy failed(people_.get(), &People::failed);
    history_->close();
    QTRY_COMPARE(history_->state(), History::State::Closed);
    QCOMPARE(reasonOf(people_->meet(ann, u"Ann"_s, Trust::ByInvite)), Reason::StoreUnavailable);
    people_->block(eve);
    QTRY_COMPARE(failed.size(), 2);
    QVERIFY(person(ann).verified() && people_->isBlocked(eve));
}

void PeopleTest::aHistoryBegunAnewIsToldOfEverybody() {
    people_->meet(ann, u"Ann"_s, Trust::ByCompare);
    people_->rename(ann, u"my Ann"_s);
    people_->noteAddress(ann, {"192.0.2.1", 5188}, {});
    people_->block(eve);
    const Person before = person(ann);
    history_->close();
    QTRY_COMPARE(history_->state(), History::State::Closed);
    QVERIFY(QFile::rename(folder_->filePath(u"history.sqlite"_s), folder_->filePath(u"old"_s)));
    history_->open();
    QTRY_COMPARE(history_->state(), History::State::Open);
    QTRY_COMPARE((*tests::await(history_->store().blocks()))->size(), 1);
    QCOMPARE(person(ann), before);
    restart();
    QCOMPARE(person(ann), before);
    QVERIFY(people_->isBlocked(eve));
}

void PeopleTest::aStopIsNotLostWhereTwoHistoriesMeet() {
    people_->meet(ann, u"Ann"_s, Trust::ByCompare);
    people_->meet(bob, u"Bob"_s, Trust::ByCompare);
    QVERIFY(isStored(people_->meet(eve, u"Eve"_s, Trust::Unverified)));
    history_->close();
    QTRY_COMPARE(history_->state(), History::State::Closed);
    people_->setKeyChanged(ann); // which cannot be stored now
    people_->setCompared(eve, true);
    history_->open();
    QTRY_COMPARE(history_->state(), History::State::Open);
    restart();
    QTRY_VERIFY(person(ann).stopped());
    QCOMPARE(person(bob).trust, Trust::ByCompare);
    QCOMPARE(person(eve).trust, Trust::ByCompare);
}

void PeopleTest::withoutAHistoryItIsReadyAndEmpty() {
    QTemporaryDir place;
    QFile file(place.filePath(u"history.sqlite"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(QByteArray(8192, 'x')), qint64(8192));
    file.close();
    History history(place.path());
    People people(history);
    QSignalSpy ready(&people, &People::ready);
    history.open();
    QTRY_COMPARE(history.state(), History::State::Failed);
    QVERIFY(people.isReady() && people.all().isEmpty());
    QCOMPARE(ready.size(), 1);
    // Who is met meanwhile is stored as soon as there is a history.
    QVERIFY(!isStored(people.meet(ann, u"Ann"_s, Trust::Unverified)));
    history.beginAnew();
    QTRY_COMPARE(history.state(), History::State::Open);
    QTRY_COMPARE((*tests::await(history.store().contacts()))->size(), 1);
    QCOMPARE(ready.size(), 1);
}

QTEST_GUILESS_MAIN(PeopleTest)
#include "people_test.moc"

#include "core/limits.h"
#include "store_fixture.h"

using namespace kith;
using namespace kith::store;
using namespace kith::tests;
using namespace Qt::StringLiterals;
using core::Reason;

/// Contacts, invites, blocks, identities, settings.
class PeopleTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void knowsContactsByTheirKey();
    void theFirstMeetingStaysAndNoneIsNotOne();
    void aContactHasOneConversation();
    void removingAContactRemovesItsConversation();
    void remembersTheAddressesSeenLast();
    void anInviteIsSpentOnOneKey();
    void anInviteExpiresAndIsRevoked();
    void invitesAreBounded();
    void aFailedInviteStoresNoContact();
    void blocksKeysAndAddresses();
    void remembersItsIdentities();
    void keepsSettings();

private:
    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<Store> store_;
};

void PeopleTest::init() {
    directory_ = std::make_unique<QTemporaryDir>();
    store_ = std::make_unique<Store>(StorePlace{directory_->path(), {}});
    valueOf(store_->open());
}

void PeopleTest::cleanup() {
    store_.reset();
    directory_.reset();
}

void PeopleTest::knowsContactsByTheirKey() {
    Contact ann{PublicKey::random(), u"Ann"_s, {}, Trust::Unverified, noon};
    const Contact other{PublicKey::random(), u"Ann"_s, u"the other Ann"_s, Trust::ByCompare, noon + 1};
    valueOf(store_->putContact(ann));
    valueOf(store_->putContact(other));
    QCOMPARE(valueOf(store_->contacts()), QList<Contact>({ann, other}));
    ann.name = u"Annie"_s;
    ann.trust = Trust::ByInvite;
    ann.expected = true;
    valueOf(store_->putContact(ann));
    QCOMPARE(valueOf(store_->contacts()), QList<Contact>({ann, other}));
    ann.expected = false;
    valueOf(store_->putContact(ann));
    QCOMPARE(valueOf(store_->contacts()), QList<Contact>({ann, other}));
}

void PeopleTest::theFirstMeetingStaysAndNoneIsNotOne() {
    Contact ann{PublicKey::random(), u"Ann"_s, {}, Trust::Unverified, 0};
    for (const auto& [metAt, stays] :
         {std::pair{qint64(0), qint64(0)}, {noon, noon}, {noon + 9, noon}, {0, noon}}) {
        ann.metAt = metAt;
        valueOf(store_->putContact(ann));
        QCOMPARE(valueOf(store_->contacts()).front().metAt, stays);
    }
}

void PeopleTest::aContactHasOneConversation() {
    const Contact ann{PublicKey::random(), u"Ann"_s, {}, Trust::Unverified, noon};
    QCOMPARE(reasonOf(store_->conversationWith(ann.key, noon)), Reason::UnknownPeer);
    valueOf(store_->putContact(ann));
    const auto id = valueOf(store_->conversationWith(ann.key, noon));
    QCOMPARE(valueOf(store_->conversationWith(ann.key, noon + 9)), id);
    const Conversation conversation = valueOf(store_->conversations()).front();
    QCOMPARE(conversation.key, ann.key);
    QCOMPARE(conversation.kind, ConversationKind::Contact);
}

void PeopleTest::removingAContactRemovesItsConversation() {
    const Contact ann{PublicKey::random(), u"Ann"_s, {}, Trust::Unverified, noon};
    valueOf(store_->putContact(ann));
    const auto id = valueOf(store_->conversationWith(ann.key, noon));
    valueOf(store_->append(theirs(id, u"hello"_s)));
    valueOf(store_->noteAddress(ann.key, {u"10.0.0.1"_s, 5188, {}, noon}));
    valueOf(store_->removeContact(ann.key));
    QCOMPARE(valueOf(store_->conversations()).size(), 0);
    QCOMPARE(valueOf(store_->contacts()).size(), 0);
    QCOMPARE(valueOf(store_->search({.words = u"hello"_s})).hits.size(), 0);
    QCOMPARE(reasonOf(store_->removeContact(ann.key)), Reason::UnknownPeer);
    // Met again, it is somebody new with an empty conversation.
    valueOf(store_->putContact(ann));
    const auto again = valueOf(store_->conversationWith(ann.key, noon));
    QVERIFY(again != id);
    QCOMPARE(latest(*store_, again), QStringList());
}

void PeopleTest::remembersTheAddressesSeenLast() {
    const Contact ann{PublicKey::random(), u"Ann"_s, {}, Trust::Unverified, noon};
    QCOMPARE(reasonOf(store_->noteAddress(ann.key, {u"h"_s, 1, {}, 1})), Reason::UnknownPeer);
    valueOf(store_->putContact(ann));
    for (int i = 0; i < 30; ++i)
        valueOf(store_->noteAddress(ann.key, {u"10.0.0.%1"_s.arg(i), 5188, u"home"_s, noon + i}));
    valueOf(store_->noteAddress(ann.key, {u"10.0.0.20"_s, 5188, u"home"_s, noon + 99}));
    const auto addresses = valueOf(store_->addresses(ann.key));
    QCOMPARE(addresses.size(), core::limits::contactAddresses);
    QCOMPARE(addresses.front(), (ContactAddress{u"10.0.0.20"_s, 5188, u"home"_s, noon + 99}));
    QCOMPARE(addresses.back().host, u"10.0.0.14"_s);
    // Who only says to be where they were reached takes nothing of it back.
    valueOf(store_->noteAddress(ann.key, {u"10.0.0.20"_s, 5188, u"home"_s, noon + 99, true}));
    valueOf(store_->noteAddress(ann.key, {u"10.0.0.20"_s, 5188, u"home"_s, noon + 99, false}));
    QCOMPARE(valueOf(store_->addresses(ann.key)).front(),
             (ContactAddress{u"10.0.0.20"_s, 5188, u"home"_s, noon + 99, true}));
    QVERIFY(!valueOf(store_->addresses(ann.key)).back().reached);
    QCOMPARE(valueOf(store_->addresses())[ann.key], valueOf(store_->addresses(ann.key)));
    // Everybody's at once are the same.
    const Contact bob{PublicKey::random(), u"Bob"_s, {}, Trust::Unverified, noon};
    valueOf(store_->putContact(bob));
    valueOf(store_->noteAddress(bob.key, {u"10.0.0.1"_s, 5188, {}, noon}));
    valueOf(store_->noteAddress(bob.key, {u"10.0.0.2"_s, 5188, {}, noon + 1}));
    const auto all = valueOf(store_->addresses());
    QCOMPARE(all.size(), 2);
    QCOMPARE(all[ann.key], valueOf(store_->addresses(ann.key)));
    QCOMPARE(all[bob.key], valueOf(store_->addresses(bob.key)));
}

void PeopleTest::anInviteIsSpentOnOneKey() {
    const Invite invite{InviteId::random(), InviteSecret::random(), noon, noon + 1000, {}};
    valueOf(store_->addInvite(invite));
    QCOMPARE(valueOf(store_->invites()), QList<Invite>({invite}));
    const Contact ann{PublicKey::random(), u"Ann"_s, {}, Trust::ByInvite, noon};
    const Contact eve{PublicKey::random(), u"Eve"_s, {}, Trust::ByInvite, noon};
    QCOMPARE(valueOf(store_->useInvite(InviteId::random(), ann, noon)), InviteUse::Unknown);
    QCOMPARE(valueOf(store_->useInvite(invite.id, ann, noon + 5)), InviteUse::Accepted);
    QCOMPARE(valueOf(store_->useInvite(invite.id, eve, noon + 6)), InviteUse::Spent);
    // The same key may come again, later too.
    QCOMPARE(valueOf(store_->useInvite(invite.id, ann, noon + 5000)), InviteUse::Accepted);
    QCOMPARE(valueOf(store_->contacts()), QList<Contact>({ann}));
    QCOMPARE(valueOf(store_->invites()).front().usedBy, ann.key);
}

void PeopleTest::anInviteExpiresAndIsRevoked() {
    const Invite invite{InviteId::random(), InviteSecret::random(), noon, noon + 1000, {}};
    const Contact ann{PublicKey::random(), u"Ann"_s, {}, Trust::ByInvite, noon};
    valueOf(store_->addInvite(invite));
    QCOMPARE(valueOf(store_->useInvite(invite.id, ann, noon + 1000)), InviteUse::Expired);
    QVERIFY(valueOf(store_->revokeInvite(invite.id)));
    QVERIFY(!valueOf(store_->revokeInvite(invite.id)));
    QCOMPARE(valueOf(store_->useInvite(invite.id, ann, noon)), InviteUse::Unknown);
}

void PeopleTest::invitesAreBounded() {
    for (int i = 0; i < core::limits::invitesAlive; ++i)
        valueOf(store_->addInvite({InviteId::random(), InviteSecret::random(), noon, noon + 1000, {}}));
    const Invite more{InviteId::random(), InviteSecret::random(), noon + 1, noon + 2000, {}};
    QCOMPARE(reasonOf(store_->addInvite(more)), Reason::UsageError);
    // Those that have expired make room, and are listed for a while.
    const Invite later{InviteId::random(), InviteSecret::random(), noon + 1000, noon + 2000, {}};
    valueOf(store_->addInvite(later));
    QCOMPARE(valueOf(store_->invites()).size(), core::limits::invitesAlive + 1);
    const auto listed = std::chrono::milliseconds(core::limits::inviteListed).count();
    const Invite last{
        InviteId::random(), InviteSecret::random(), noon + 1000 + listed, noon + 3000 + listed, {}};
    valueOf(store_->addInvite(last));
    QCOMPARE(valueOf(store_->invites()), QList<Invite>({later, last}));
}

void PeopleTest::aFailedInviteStoresNoContact() {
    const Contact ann{PublicKey::random(), u"Ann"_s, {}, Trust::ByInvite, noon};
    QCOMPARE(valueOf(store_->useInvite(InviteId::random(), ann, noon)), InviteUse::Unknown);
    QCOMPARE(valueOf(store_->contacts()).size(), 0);
}

void PeopleTest::blocksKeysAndAddresses() {
    // A key that reads like an address, and an address of the length of a key.
    auto key = PublicKey::from(std::string_view("10.0.0.1:5188-10.0.0.1:5188-1234"));
    QVERIFY(key);
    const Block byKey{*key, {}, noon};
    const Block byAddress{{}, u"10.0.0.1:5188-10.0.0.1:5188-1234"_s, noon + 1};
    valueOf(store_->addBlock(byKey));
    valueOf(store_->addBlock(byAddress));
    valueOf(store_->addBlock(byKey));
    QCOMPARE(valueOf(store_->blocks()), QList<Block>({byKey, byAddress}));
    QCOMPARE(reasonOf(store_->addBlock({})), Reason::UsageError);
    QCOMPARE(reasonOf(store_->addBlock({*key, u"and an address"_s, noon})), Reason::UsageError);
    QVERIFY(valueOf(store_->removeBlock(byKey)));
    QVERIFY(!valueOf(store_->removeBlock(byKey)));
    QCOMPARE(valueOf(store_->blocks()), QList<Block>({byAddress}));
}

void PeopleTest::remembersItsIdentities() {
    const auto first = PublicKey::random();
    const auto second = PublicKey::random();
    valueOf(store_->noteIdentity(first, noon));
    valueOf(store_->noteIdentity(second, noon + 1));
    valueOf(store_->noteIdentity(first, noon + 2));
    QCOMPARE(valueOf(store_->identities()), QList<PublicKey>({first, second}));
}

void PeopleTest::keepsSettings() {
    valueOf(store_->putSetting(u"name"_s, u"Ann"_s));
    valueOf(store_->putSetting(u"port"_s, u"5189"_s));
    valueOf(store_->putSetting(u"name"_s, u""_s));
    valueOf(store_->removeSetting(u"port"_s));
    valueOf(store_->removeSetting(u"never there"_s));
    QCOMPARE(valueOf(store_->settings()), (QHash<QString, QString>{{u"name"_s, u""_s}}));
    QCOMPARE(reasonOf(store_->putSetting(QString(200, u'n'), u"x"_s)), Reason::UsageError);
    QCOMPARE(reasonOf(store_->putSetting(u"n"_s, QString(70'000, u'x'))), Reason::UsageError);
}

QTEST_GUILESS_MAIN(PeopleTest)
#include "people_test.moc"

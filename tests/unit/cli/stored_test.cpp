#include "cli/entry_lines.h"
#include "cli/people_lines.h"
#include "cli/stored_peers.h"
#include "core/kith_id.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

using namespace kith;
using namespace kith::cli;
using namespace Qt::StringLiterals;

/// Whom a PEER means among the conversations that are stored, and how their entries are written.
class StoredTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aPeerIsAnAddressOrTheBeginningOfOne_data();
    void aPeerIsAnAddressOrTheBeginningOfOne();
    void aBeginningThatFitsSeveralMeansNobody();
    void whatFitsAsAWholeIsNotAmbiguous();
    void aTitleIsAName();
    void aContactIsANameOrAKithId();
    void anAddressMeansNoContact();
    void aNameThatFitsAContactAndAHostMeansNobody();
    void whatAContactSaidBearsTheNameThatIsShown();
    void entriesAreJsonObjectsWithTheDocumentedKeys();
    void daysHaveAHeadingEach();
    void nothingStoredControlsTheTerminal();
    void peopleAreListedWithTheDocumentedKeys();
    void whoIsMeantIsAWholeNameBeforeABeginning();
    void whatNeverWentOutSaysSo();
};

namespace {

store::Conversation conversation(qint64 id, const QString& address, const QString& title = {}) {
    store::Conversation made;
    made.id = {id};
    made.address = address;
    made.title = title;
    made.endedAt = 1;
    return made;
}

const QList<store::Conversation> stored = {
    conversation(1, u"127.0.0.1:40001"_s),  conversation(2, u"127.0.0.1:40002"_s),
    conversation(3, u"127.0.0.12:5188"_s),  conversation(4, u"[fe80::1%eth0]:5188"_s),
    conversation(5, u"example.org:5189"_s), conversation(6, u"10.0.0.7:5188"_s, u"Ann"_s),
};

/// Somebody whose key begins with this byte: its Kith ID begins alike.
model::Person person(unsigned char first, const QString& name) {
    model::Person made;
    made.key.bytes[0] = first;
    made.name = name;
    return made;
}

QString idOf(const model::Person& person) {
    return QString::fromStdString(core::toKithId(person.key));
}

const QList<model::Person> people = {person(0x11, u"Bea"_s), person(0x22, u"Beatrix"_s),
                                     person(0x33, u"192.168.7.7"_s)};

const model::Person* personOf(const core::PublicKey& key) {
    const auto found =
        std::ranges::find_if(people, [&](const model::Person& each) { return each.key == key; });
    return found == people.end() ? nullptr : &*found;
}

QList<store::Conversation> withPeople() {
    QList<store::Conversation> all = stored + QList{conversation(30, u"192.168.7.7:5188"_s)};
    for (const model::Person& each : people) {
        store::Conversation with = conversation(10 + each.key.bytes[0], {});
        with.kind = store::ConversationKind::Contact;
        with.key = each.key;
        all += with;
    }
    return all;
}

QStringList namesOf(const QString& typed) {
    return findStored(typed, withPeople(), personOf).names;
}

store::Entry entry(bool mine, const QString& text, const QDateTime& written) {
    store::Entry made;
    made.mine = mine;
    made.state = mine ? store::EntryState::Sent : store::EntryState::Received;
    made.text = text;
    made.writtenAt = made.arrivedAt = written.toMSecsSinceEpoch();
    return made;
}

const QDateTime evening(QDate(2026, 3, 1), QTime(21, 5, 30, 250));

QString line(const store::Entry& entry) {
    EntryLines lines(false);
    (void)lines.next(stored[0], entry);
    return QString::fromUtf8(lines.next(stored[0], entry));
}

} // namespace

void StoredTest::aPeerIsAnAddressOrTheBeginningOfOne_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QList<qint64>>("meant");
    QTest::newRow("a host") << u"127.0.0.1"_s << QList<qint64>{1, 2};
    QTest::newRow("a host and a port") << u"127.0.0.1:40002"_s << QList<qint64>{2};
    QTest::newRow("the default port, typed") << u"127.0.0.12:5188"_s << QList<qint64>{3};
    QTest::newRow("another port") << u"127.0.0.12:5189"_s << QList<qint64>{};
    QTest::newRow("IPv6") << u"fe80::1%eth0"_s << QList<qint64>{4};
    QTest::newRow("IPv6 in brackets") << u"[fe80::1%eth0]"_s << QList<qint64>{4};
    QTest::newRow("IPv6 with a port") << u"[fe80::1%eth0]:5188"_s << QList<qint64>{4};
    QTest::newRow("a name") << u"example.org"_s << QList<qint64>{5};
    QTest::newRow("a beginning") << u"exam"_s << QList<qint64>{5};
    QTest::newRow("a beginning of IPv6") << u"fe80"_s << QList<qint64>{4};
    QTest::newRow("a beginning of a port") << u"127.0.0.1:4"_s << QList<qint64>{1, 2};
    QTest::newRow("nobody") << u"192.168.1.7"_s << QList<qint64>{};
    QTest::newRow("the middle of one") << u"0.0.1"_s << QList<qint64>{};
}

void StoredTest::aPeerIsAnAddressOrTheBeginningOfOne() {
    QFETCH(QString, typed);
    QFETCH(QList<qint64>, meant);
    const StoredPeers found = findStored(typed, stored);
    QList<qint64> ids;
    for (const store::Conversation& each : found.conversations)
        ids += each.id.value;
    QCOMPARE(ids, meant);
    QCOMPARE(found.names.size(), meant.isEmpty() ? 0 : 1);
}

void StoredTest::aBeginningThatFitsSeveralMeansNobody() {
    const StoredPeers found = findStored(u"12"_s, stored);
    QCOMPARE(found.names, QStringList({u"127.0.0.1"_s, u"127.0.0.12"_s}));
}

void StoredTest::whatFitsAsAWholeIsNotAmbiguous() {
    QCOMPARE(findStored(u"127.0.0.1"_s, stored).names, QStringList(u"127.0.0.1"_s));
}

void StoredTest::aTitleIsAName() {
    QCOMPARE(findStored(u"Ann"_s, stored).conversations.size(), 1);
    QCOMPARE(findStored(u"An"_s, stored).names, QStringList(u"Ann"_s));
    QCOMPARE(findStored(u"10.0.0.7"_s, stored).names, QStringList(u"Ann"_s));
}

void StoredTest::aContactIsANameOrAKithId() {
    const QString bea = nameWithId(people[0]);
    QCOMPARE(namesOf(u"Bea"_s), QStringList(bea));
    QCOMPARE(namesOf(idOf(people[0])), QStringList(bea));
    QCOMPARE(namesOf(idOf(people[0]).toLower().remove(u'-')), QStringList(bea));
    QCOMPARE(namesOf(idOf(people[0]).left(4)), QStringList(bea));
    QCOMPARE(namesOf(idOf(people[0]).left(3)), QStringList());
    QCOMPARE(namesOf(u"Be"_s), QStringList({bea, nameWithId(people[1])}));
    QCOMPARE(findStored(u"Bea"_s, withPeople()).names, QStringList()); // nobody is known
}

void StoredTest::anAddressMeansNoContact() {
    const StoredPeers found = findStored(u"127.0.0.1"_s, withPeople(), personOf);
    QCOMPARE(found.conversations.size(), 2);
}

void StoredTest::aNameThatFitsAContactAndAHostMeansNobody() {
    QCOMPARE(namesOf(u"192.168.7.7"_s), QStringList({u"192.168.7.7"_s, nameWithId(people[2])}));
}

void StoredTest::whatAContactSaidBearsTheNameThatIsShown() {
    const store::Conversation with = withPeople().at(7);
    EntryLines lines(false, false, personOf);
    QVERIFY(lines.next(with, entry(false, u"hello"_s, evening)).endsWith("21:05 Bea: hello\n"));
    EntryLines json(true, false, personOf);
    const QJsonObject object =
        QJsonDocument::fromJson(json.next(with, entry(false, u"x"_s, evening))).object();
    QCOMPARE(object.value("peer"_L1).toString(), idOf(people[0]));
    QCOMPARE(object.value("name"_L1).toString(), u"Bea"_s);
}

void StoredTest::peopleAreListedWithTheDocumentedKeys() {
    model::Person bea = people[0];
    bea.alias = u"B\x1b"_s;
    bea.trust = store::Trust::ByInvite;
    bea.blocked = true;
    bea.addresses = {{u"fe80::1%eth0"_s, 5188, {}, 1}};
    const QJsonObject object = QJsonDocument::fromJson(contactLine(bea, true)).object();
    QCOMPARE(object.keys().join(u' '),
             u"addresses blocked calls_themselves event name peer trust verified"_s);
    QCOMPARE(object.value("addresses"_L1).toArray().at(0).toString(), u"[fe80::1%eth0]:5188"_s);
    QCOMPARE(object.value("trust"_L1).toString(), u"invite"_s);
    QCOMPARE(QString::fromUtf8(contactLine(bea, false)),
             u"B\\x1b: %1 (verified by an invite, blocked)\n"_s.arg(idOf(bea)));
    bea.alias = u"\u05d0"_s;
    QVERIFY(QString::fromUtf8(contactLine(bea, false)).startsWith(u"\u2068\u05d0\u2069: "_s));
    QCOMPARE(QJsonDocument::fromJson(contactLine(bea, true)).object().value("name"_L1).toString(),
             u"\u05d0"_s);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    model::GivenInvite invite{{}, now.addSecs(-9), now.addSecs(9), {}};
    const auto state = [&] {
        return QJsonDocument::fromJson(inviteLine(invite, {}, now, true)).object().value("state"_L1);
    };
    QCOMPARE(state().toString(), u"waiting"_s);
    invite.expires = now;
    QCOMPARE(state().toString(), u"expired"_s);
    invite.usedBy = bea.key;
    QCOMPARE(state().toString(), u"used"_s);
}

void StoredTest::whoIsMeantIsAWholeNameBeforeABeginning() {
    QCOMPARE(findPeople(u"Bea"_s, people).keys, QList{people[0].key});
    QCOMPARE(findPeople(u"Beat"_s, people).keys, QList{people[1].key});
    QCOMPARE(findPeople(u"B"_s, people).keys.size(), 2);
    QVERIFY(findPeople(u"bea"_s, people).keys.isEmpty());
    QVERIFY(findPeople(u"Eve"_s, people).keys.isEmpty());
    const model::Person stranger = person(0x44, {});
    QVERIFY(findPeople(idOf(stranger), people).keys.isEmpty());
    QCOMPARE(findPeople(idOf(stranger).left(9), people, {stranger.key}).keys, QList{stranger.key});
    QCOMPARE(findPeople(idOf(people[0]), people, {people[0].key}).keys, QList{people[0].key});
    QCOMPARE(keyOf(idOf(stranger)), std::optional(stranger.key));
    QVERIFY(!keyOf(idOf(stranger).left(9)));
}

void StoredTest::entriesAreJsonObjectsWithTheDocumentedKeys() {
    EntryLines lines(true);
    const QByteArray theirs = lines.next(stored[0], entry(false, u"a\nb\x1b"_s, evening));
    // moc reads no raw strings.
    const QByteArray beginning =
        "{\"event\":\"message\",\"peer\":\"127.0.0.1:40001\",\"name\":\"127.0.0.1\",\"id\":\"";
    QVERIFY(theirs.startsWith(beginning));
    QCOMPARE(theirs.count('\n'), 1);
    const QJsonObject object = QJsonDocument::fromJson(theirs).object();
    QCOMPARE(object.keys().join(u' '), u"event id mine name peer text time"_s);
    QCOMPARE(object.value("text"_L1).toString(), u"a\nb\x1b"_s);
    QVERIFY(!object.value("mine"_L1).toBool(true));
    const QDateTime time = QDateTime::fromString(object.value("time"_L1).toString(), Qt::ISODateWithMs);
    QCOMPARE(time, evening);
    const QJsonObject mine =
        QJsonDocument::fromJson(lines.next(stored[0], entry(true, u"x"_s, evening))).object();
    QCOMPARE(mine.keys().join(u' '), u"event id mine name peer state text time"_s);
    QCOMPARE(mine.value("state"_L1).toString(), u"sent"_s);
}

void StoredTest::daysHaveAHeadingEach() {
    EntryLines lines(false);
    const QByteArray first = lines.next(stored[0], entry(false, u"good night"_s, evening));
    const QByteArray second = lines.next(stored[0], entry(true, u"you too"_s, evening.addSecs(60)));
    const QByteArray third = lines.next(stored[0], entry(false, u"good morning"_s, evening.addDays(1)));
    QCOMPARE(first, "== Sunday, 1 March 2026 ==\n21:05 127.0.0.1: good night\n");
    QCOMPARE(second, "21:06 You: you too\n");
    QVERIFY(third.startsWith("== Monday, 2 March 2026 ==\n"));
}

void StoredTest::nothingStoredControlsTheTerminal() {
    QCOMPARE(line(entry(false, u"a\x1b[2J\u202e\nb\tc\r"_s, evening)),
             u"21:05 127.0.0.1: a\\x1b[2J\\u{202e}\n| b\\tc\\x0d\n"_s);
    EntryLines lines(false);
    const QByteArray titled =
        lines.next(conversation(9, u"x:1"_s, u"one\n== two\x1b"_s), entry(false, u"t"_s, evening));
    QVERIFY(titled.endsWith("\n21:05 one == two\\x1b: t\n"));
}

void StoredTest::whatNeverWentOutSaysSo() {
    store::Entry failed = entry(true, u"lost"_s, evening);
    failed.state = store::EntryState::Failed;
    QCOMPARE(line(failed), u"21:05 You (not sent): lost\n"_s);
    // What waited when its plain-text conversation ended never went out; in one that goes on it still may.
    failed.state = store::EntryState::Waiting;
    QCOMPARE(line(failed), u"21:05 You (not sent): lost\n"_s);
    store::Conversation open = stored[0];
    open.endedAt.reset();
    EntryLines lines(false);
    QVERIFY(lines.next(open, failed).endsWith("21:05 You: lost\n"));
    EntryLines afterwards(false, true);
    QVERIFY(afterwards.next(open, failed).endsWith("21:05 You (not sent): lost\n"));
}

QTEST_GUILESS_MAIN(StoredTest)
#include "stored_test.moc"

#include "store/connection.h"
#include "store/schema.h"
#include "store_fixture.h"

#include <QCryptographicHash>
#include <QFile>

using namespace kith;
using namespace kith::store;
using namespace kith::tests;
using namespace Qt::StringLiterals;

/// Files of every earlier version, kept in files/, become this version's with nothing lost.
class MigrationTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyEarlierVersionHasAKeptFile();
    void keepsWhatVersion1Held();
    void keepsWhatVersion2Held();
    void migratedAndNewSchemasAreTheSame();
    void anOlderFileThatCannotBeWrittenIsRefused();

private:
    static QString keptFile(int version) { return QFINDTESTDATA(u"files/v%1.sqlite"_s.arg(version)); }
    static void putInto(const QTemporaryDir& directory, int version) {
        const QString file = directory.filePath(u"history.sqlite"_s);
        QVERIFY(QFile::copy(keptFile(version), file));
        QVERIFY(QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner));
    }
    static QStringList schemaOf(const QString& file) {
        QStringList lines;
        auto connection = Connection::open({file, {}, ConnectionTarget::Access::ReadOnly});
        auto rows = (*connection)
                        ->select(u"SELECT name || ': ' || coalesce(sql, '') FROM sqlite_schema "
                                 "WHERE name <> 'sqlite_sequence' ORDER BY name"_s);
        while (rows->next())
            lines << rows->text(0);
        return lines;
    }
};

void MigrationTest::everyEarlierVersionHasAKeptFile() {
    for (int version = 1; version < schemaVersion; ++version) {
        QVERIFY2(QFile::exists(keptFile(version)), qPrintable(QString::number(version)));
        QVERIFY(!schemaText(version).isEmpty());
        auto connection = Connection::open({keptFile(version), {}, ConnectionTarget::Access::Immutable});
        const auto found = schemaVersionOf(**connection);
        QVERIFY(found.ok());
        QCOMPARE(*found, version);
    }
    QVERIFY(!schemaText(schemaVersion).isEmpty());
    QVERIFY(schemaText(schemaVersion + 1).isEmpty());
}

void MigrationTest::keepsWhatVersion1Held() {
    QTemporaryDir directory;
    putInto(directory, 1);
    Store store({directory.path(), {}});
    const Opened opened = valueOf(store.open());
    QCOMPARE(opened.migratedFrom, 1);
    QVERIFY(!opened.created && !opened.readOnly);
    const auto conversations = valueOf(store.conversations());
    QCOMPARE(conversations.size(), 2);
    QCOMPARE(conversations[0].preview, u"Crème brûlée"_s);
    QCOMPARE(conversations[0].draft, u"half a thou"_s);
    QCOMPARE(conversations[0].key,
             PublicKey::from(QCryptographicHash::hash("Bob", QCryptographicHash::Sha256)));
    QCOMPARE(conversations[1].address, u"127.0.0.1:5000"_s);
    QCOMPARE(conversations[1].endedAt, noon + 5000);
    QCOMPARE(latest(store, conversations[0].id),
             QStringList({u"hello from the first version"_s, u"你好，世界"_s, u"Crème brûlée"_s}));
    QCOMPARE(valueOf(store.contacts()).front().alias, u"Bobby"_s);
    QCOMPARE(valueOf(store.settings()), (QHash<QString, QString>{{u"name"_s, u"Ann"_s}}));
    // What is new works on what is old.
    QCOMPARE(valueOf(store.search({.words = u"世界"_s})).hits.size(), 1);
    QCOMPARE(valueOf(store.search({.words = u"creme"_s})).hits.size(), 1);
    valueOf(store.append(ours(conversations[0].id, u"and on"_s)));
    valueOf(store.close());
    QCOMPARE(valueOf(store.open()).migratedFrom, 0);
}

void MigrationTest::keepsWhatVersion2Held() {
    QTemporaryDir directory;
    putInto(directory, 2);
    Store store({directory.path(), {}});
    QCOMPARE(valueOf(store.open()).migratedFrom, 2);
    const auto contacts = valueOf(store.contacts());
    QCOMPARE(contacts.size(), 3);
    // Who came by an invite of ours was never checked; whose invite we had, or who was compared, was.
    QCOMPARE(contacts[0].name, u"Bob"_s);
    QCOMPARE(contacts[0].trust, Trust::Unverified);
    QCOMPARE(contacts[1].trust, Trust::ByInvite);
    QCOMPARE(contacts[2].trust, Trust::ByCompare);
    QVERIFY(!contacts[0].expected);
    const auto addresses = valueOf(store.addresses(contacts[1].key));
    QCOMPARE(addresses, QList<ContactAddress>({{u"192.0.2.1"_s, 5188, {}, noon, true}}));
    const auto invites = valueOf(store.invites());
    QCOMPARE(invites.size(), 3);
    QCOMPARE(invites[0].usedBy, contacts[0].key);
    QVERIFY(!invites[2].usedBy && !invites[2].shown);
}

void MigrationTest::migratedAndNewSchemasAreTheSame() {
    QTemporaryDir fresh;
    {
        Store store({fresh.path(), {}});
        valueOf(store.open());
    }
    const QStringList expected = schemaOf(fresh.filePath(u"history.sqlite"_s));
    QVERIFY(expected.size() > 10);
    for (int version = 1; version < schemaVersion; ++version) {
        QTemporaryDir directory;
        putInto(directory, version);
        {
            Store store({directory.path(), {}});
            valueOf(store.open());
        }
        QCOMPARE(schemaOf(directory.filePath(u"history.sqlite"_s)), expected);
    }
}

void MigrationTest::anOlderFileThatCannotBeWrittenIsRefused() {
    QTemporaryDir directory;
    putInto(directory, 1);
    // Another program holds it for writing: the migration cannot begin, and nothing is changed.
    auto holder =
        Connection::open({directory.filePath(u"history.sqlite"_s), {}, ConnectionTarget::Access::ReadWrite});
    QVERIFY((*holder)->run(u"BEGIN IMMEDIATE"_s).ok());
    Store store({directory.path(), {}});
    QCOMPARE(reasonOf(store.open()), core::Reason::StoreLocked);
    holder->reset();
    QCOMPARE(valueOf(store.open()).migratedFrom, 1);
}

QTEST_GUILESS_MAIN(MigrationTest)
#include "migration_test.moc"

// Row 10 of the threats: the power goes at any moment. KITH_POWER_CUTS says how often (150; 1,000 in the slow
// run), KITH_POWER_SEED repeats a run from the cut that failed.
#include "store/connection.h"
#include "store_fixture.h"
#include "support/fault_vfs.h"

#include <QFile>
#include <QHash>
#include <QRandomGenerator>
#include <QStandardPaths>

using namespace kith;
using namespace kith::store;
using namespace kith::tests;
using namespace Qt::StringLiterals;

namespace {

/// What the store said it has stored, and in which order.
struct Promised {
    QHash<EntryId, QString> texts;
    QHash<EntryId, EntryState> states;
    QList<EntryId> order;
    QString draft;
    bool opened = false;
    ConversationId conversation;
    bool otherCleared = false;
    ConversationId other;
};

/// In which the other conversation is cleared, with all that was said in it until then.
constexpr int clearingRound = 4;

int fromEnvironment(const char* name, int otherwise) {
    const int value = qEnvironmentVariableIntValue(name);
    return value > 0 ? value : otherwise;
}

} // namespace

/// What was reported as stored is there after a loss of power, and the file is whole.
class PowerTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void row10_whatWasReportedAsStoredIsThere();
    void row10_aMigrationIsWholeOrNotBegun();

private:
    void writeUntilTheCut(const QString& folder, FaultVfs& vfs, QRandomGenerator& random, Promised& promised);
    void checkPromises(const QString& folder, const Promised& promised);
    void checkCleared(Store& store, ConversationId other);
    void checkFile(const QString& folder);
};

void PowerTest::writeUntilTheCut(const QString& folder, FaultVfs& vfs, QRandomGenerator& random,
                                 Promised& promised) {
    Store store({folder, vfs.name()});
    const auto opened = await(store.open());
    QVERIFY(opened);
    if (!*opened)
        return;
    const auto conversation = await(store.addPlainConversation(u"a:1"_s, noon));
    const auto other = await(store.addPlainConversation(u"b:1"_s, noon));
    if (!*conversation || !*other)
        return;
    promised.opened = true;
    promised.conversation = **conversation;
    promised.other = **other;
    QList<EntryId> ids;
    for (int round = 0; round < 200 && !vfs.powerIsOff(); ++round) {
        const int burst = 1 + int(random.bounded(20));
        for (int i = 0; i < burst; ++i) {
            const NewEntry entry =
                ours(promised.conversation, u"round%1 entry%2 世界"_s.arg(round).arg(i), round);
            ids << entry.id;
            whenDone(store.append(entry), &store, [&promised, entry](const core::Result<Appended>& done) {
                if (!done)
                    return;
                promised.texts.insert(entry.id, entry.text);
                promised.order << entry.id;
            });
            (void)store.append(theirs(promised.other, u"elsewhere round%1"_s.arg(round), round));
        }
        const EntryId changed = ids[int(random.bounded(quint32(ids.size())))];
        whenDone(store.setState(promised.conversation, changed, EntryState::Delivered), &store,
                 [&promised, changed](const core::Result<bool>& done) {
                     if (done && *done)
                         promised.states.insert(changed, EntryState::Delivered);
                 });
        const QString draft = u"draft %1"_s.arg(round);
        whenDone(store.saveDraft(promised.conversation, draft), &store,
                 [&promised, draft](const core::Status& done) {
                     if (done)
                         promised.draft = draft;
                 });
        if (round == clearingRound) {
            whenDone(store.clearHistory(promised.other), &store,
                     [&promised](const core::Status& done) { promised.otherCleared = done.ok(); });
        }
        // The last of this round: everything before it is decided when it is.
        (void)await(store.markRead(promised.conversation, {1}));
    }
}

void PowerTest::checkFile(const QString& folder) {
    auto opened = Connection::open({folder + u"/history.sqlite"_s, {}, ConnectionTarget::Access::ReadWrite});
    QVERIFY(opened.ok());
    {
        auto rows = (*opened)->select(u"PRAGMA integrity_check"_s);
        QVERIFY(rows.ok() && rows->next());
        QCOMPARE(rows->text(0), u"ok"_s);
    }
    QVERIFY((*opened)->run(u"INSERT INTO entry_words (entry_words) VALUES ('integrity-check')"_s).ok());
}

void PowerTest::checkCleared(Store& store, ConversationId other) {
    const auto cameLater = [](const Entry& entry) {
        const int round = entry.text.mid(entry.text.indexOf(u"round"_s) + 5).toInt();
        return round > clearingRound;
    };
    for (const Entry& entry : valueOf(store.page({.conversation = other, .before = 1000})).entries)
        QVERIFY2(cameLater(entry), qPrintable(u"cleared, and there again: "_s + entry.text));
    for (const SearchHit& hit : valueOf(store.search({.words = u"elsewhere"_s, .limit = 500})).hits)
        QVERIFY2(cameLater(hit.entry), qPrintable(u"cleared, and found again: "_s + hit.entry.text));
}

void PowerTest::checkPromises(const QString& folder, const Promised& promised) {
    Store store({folder, {}});
    const Opened opened = valueOf(store.open());
    QVERIFY(!opened.readOnly);
    QVERIFY2(opened.damagedLog.isEmpty(), "a loss of power was taken for damage");
    if (promised.opened) {
        QHash<EntryId, Entry> kept;
        QList<EntryId> order;
        PageRequest request{promised.conversation, PageRequest::Anchor::First, {}, 0, 1000};
        while (true) {
            const Page page = valueOf(store.page(request));
            for (const Entry& entry : page.entries) {
                kept.insert(entry.id, entry);
                if (promised.texts.contains(entry.id))
                    order << entry.id;
            }
            if (!page.moreAfter)
                break;
            request = {promised.conversation,
                       PageRequest::Anchor::Row,
                       {page.entries.back().row.value + 1},
                       0,
                       1000};
        }
        for (auto it = promised.texts.begin(); it != promised.texts.end(); ++it) {
            QVERIFY2(kept.contains(it.key()), qPrintable(u"lost: "_s + it.value()));
            QCOMPARE(kept[it.key()].text, it.value());
        }
        QCOMPARE(order, promised.order);
        for (auto it = promised.states.begin(); it != promised.states.end(); ++it)
            QCOMPARE(kept[it.key()].state, it.value());
        QStringList drafts;
        for (const Conversation& conversation : valueOf(store.conversations())) {
            if (conversation.id == promised.conversation)
                drafts << conversation.draft;
        }
        QCOMPARE(drafts.size(), 1);
        const auto number = [](const QString& draft) { return draft.mid(6).toInt(); };
        QVERIFY(number(drafts.front()) >= number(promised.draft));
        if (!promised.texts.isEmpty())
            QVERIFY(!valueOf(store.search({.words = promised.texts.begin().value()})).hits.isEmpty());
        if (promised.otherCleared)
            checkCleared(store, promised.other);
    }
    valueOf(store.close());
    checkFile(folder);
}

void PowerTest::row10_whatWasReportedAsStoredIsThere() {
    const int cuts = fromEnvironment("KITH_POWER_CUTS", 150);
    const int firstSeed = fromEnvironment("KITH_POWER_SEED", 1);
    qint64 entries = 0;
    int clearings = 0;
    for (int seed = firstSeed; seed < firstSeed + cuts; ++seed) {
        QTemporaryDir directory;
        QRandomGenerator random{quint32(seed)};
        Promised promised;
        FaultVfs vfs;
        vfs.cutPowerAfter(1 + int(random.bounded(seed % 4 == 0 ? 60 : 900)));
        writeUntilTheCut(directory.path(), vfs, random, promised);
        vfs.leaveDisk(quint32(seed));
        checkPromises(directory.path(), promised);
        entries += promised.texts.size();
        clearings += promised.otherCleared ? 1 : 0;
        if (QTest::currentTestFailed())
            QFAIL(qPrintable(u"with seed %1"_s.arg(seed)));
    }
    qInfo("%d losses of power, %lld entries reported as stored, all there", cuts,
          static_cast<long long>(entries));
    QVERIFY(entries > cuts * 10);
    QVERIFY(clearings > cuts / 10);
}

void PowerTest::row10_aMigrationIsWholeOrNotBegun() {
    const QString file = QFINDTESTDATA("files/v1.sqlite");
    QVERIFY(!file.isEmpty());
    int cutsThatHit = 0;
    for (int seed = 1; seed <= fromEnvironment("KITH_POWER_CUTS", 150) / 5; ++seed) {
        QTemporaryDir directory;
        QVERIFY(QFile::copy(file, directory.filePath(u"history.sqlite"_s)));
        QFile::setPermissions(directory.filePath(u"history.sqlite"_s), QFile::ReadOwner | QFile::WriteOwner);
        FaultVfs vfs;
        vfs.cutPowerAfter(seed * 3);
        {
            Store store({directory.path(), vfs.name()});
            (void)await(store.open());
        }
        cutsThatHit += vfs.powerIsOff() ? 1 : 0;
        vfs.leaveDisk(quint32(seed));
        {
            Store store({directory.path(), {}});
            const Opened opened = valueOf(store.open());
            QVERIFY(!opened.readOnly);
            QCOMPARE(valueOf(store.search({.words = u"migrates"_s})).hits.size(), 1);
        }
        checkFile(directory.path());
        if (QTest::currentTestFailed())
            QFAIL(qPrintable(u"with seed %1"_s.arg(seed)));
    }
    QVERIFY(cutsThatHit > 5);
}

QTEST_GUILESS_MAIN(PowerTest)
#include "power_test.moc"

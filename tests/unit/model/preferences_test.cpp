#include "core/limits.h"
#include "model/history.h"
#include "model/preferences.h"
#include "model/profile_settings.h"
#include "support/await.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace kith::model;
using namespace Qt::StringLiterals;
namespace limits = kith::core::limits;

namespace {

/// Every value other than at first.
void fill(Preferences& preferences) {
    preferences.setName(u"Ann \u00c9"_s);
    preferences.setPort(6000);
    preferences.setWasHosting(true);
    preferences.setHostAgain(false);
    preferences.setPlainFromThisComputer(false);
    preferences.setPlainFromNetwork(true);
    preferences.setOnlyKnown(true);
    preferences.setTellsAddresses(false);
    preferences.setSandboxOptional(true);
    preferences.addRecentAddress(u"192.0.2.1"_s);
    preferences.addRecentAddress(u"[2001:db8::1]:5190"_s);
    preferences.setGeometry(QByteArray("\0\x01\xFF", 3));
}

/// The settings that a history holds, read by nobody else.
QHash<QString, QString> storedIn(History& history) {
    const auto entries = kith::tests::await(history.store().settings());
    return entries && *entries ? **entries : QHash<QString, QString>();
}

} // namespace

/// What a person chose comes back, and a value that somebody broke changes nothing.
class PreferencesTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void beginWithWhatIsSafe();
    void everythingComesBack();
    void whatMakesNoSenseChangesNothing_data();
    void whatMakesNoSenseChangesNothing();
    void oneWrongValueSpoilsNoOther();
    void valuesAreBounded();
    void whoComesInIsOneOfThree();
    void changedIsToldOnlyOfAChange();
    void settingsAreStoredBehindAndReadAtStart();
    void theLastStateIsStoredAtTheEnd();
    void whatIsChangedBeforeTheSettingsAreReadIsNewer();
    void withoutAHistoryTheyAreThoseOfAFirstStart();
};

void PreferencesTest::beginWithWhatIsSafe() {
    const Preferences preferences;
    QCOMPARE(preferences.port(), limits::defaultPort);
    QVERIFY(!preferences.wasHosting());
    QVERIFY(preferences.plainFromThisComputer());
    QVERIFY(!preferences.plainFromNetwork());
    QVERIFY(!preferences.onlyKnown() && preferences.tellsAddresses() && !preferences.sandboxOptional());
    QVERIFY(!preferences.everybody());
}

void PreferencesTest::everythingComesBack() {
    Preferences first;
    fill(first);
    Preferences second;
    second.take(first.toEntries());
    QCOMPARE(second.toEntries(), first.toEntries());
    QCOMPARE(second.name(), u"Ann \u00c9"_s);
    QCOMPARE(second.port(), quint16(6000));
    QVERIFY(second.wasHosting() && !second.hostAgain());
    QVERIFY(!second.plainFromThisComputer() && second.plainFromNetwork());
    QVERIFY(second.onlyKnown() && !second.tellsAddresses() && second.sandboxOptional());
    QCOMPARE(second.recentAddresses(), (QStringList{u"[2001:db8::1]:5190"_s, u"192.0.2.1"_s}));
    QCOMPARE(second.geometry(), QByteArray("\0\x01\xFF", 3));
}

void PreferencesTest::whatMakesNoSenseChangesNothing_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::newRow("no such setting") << u"unknown"_s << u"1"_s;
    QTest::newRow("an empty name") << u"name"_s << QString();
    QTest::newRow("nothing is left of a name") << u"name"_s << u"\u202e\u200b"_s;
    QTest::newRow("a port that is a word") << u"port"_s << u"x"_s;
    QTest::newRow("a port out of range") << u"port"_s << u"65536"_s;
    QTest::newRow("a negative port") << u"port"_s << u"-1"_s;
    QTest::newRow("a switch of another word") << u"wasHosting"_s << u"yes"_s;
    QTest::newRow("an empty switch") << u"hostAgain"_s << QString();
    QTest::newRow("a switch of a number") << u"onlyKnown"_s << u"0"_s;
    QTest::newRow("a switch in capitals") << u"tellsAddresses"_s << u"TRUE"_s;
    QTest::newRow("addresses that are no list") << u"recentAddresses"_s << u"{}"_s;
    QTest::newRow("addresses of great depth") << u"recentAddresses"_s << QString(50000, u'[');
    QTest::newRow("a geometry that is no base64") << u"geometry"_s << u"***"_s;
    QTest::newRow("a geometry over its bound") << u"geometry"_s << QString(4000, u'A');
}

void PreferencesTest::whatMakesNoSenseChangesNothing() {
    QFETCH(QString, name);
    QFETCH(QString, value);
    Preferences preferences;
    fill(preferences);
    const auto before = preferences.toEntries();
    preferences.take({{name, value}});
    QCOMPARE(preferences.toEntries(), before);
}

void PreferencesTest::oneWrongValueSpoilsNoOther() {
    Preferences preferences;
    preferences.take({{u"port"_s, u"-1"_s}, {u"name"_s, u"Bob"_s}, {u"unknown"_s, QString()}});
    QCOMPARE(preferences.port(), limits::defaultPort);
    QCOMPARE(preferences.name(), u"Bob"_s);
}

void PreferencesTest::valuesAreBounded() {
    Preferences preferences;
    preferences.setName(QString(1000, u'x'));
    QCOMPARE(preferences.name().size(), qsizetype(limits::nameCodePoints));
    const QString name = preferences.name();
    preferences.setName(u"\u202e \u200b"_s);
    QCOMPARE(preferences.name(), name); // nothing is left of it
    for (int i = 0; i < 100; ++i)
        preferences.addRecentAddress(QString::number(i % 20));
    QCOMPARE(preferences.recentAddresses().size(), qsizetype(limits::recentAddresses));
    QCOMPARE(preferences.recentAddresses().first(), u"19"_s);
    preferences.addRecentAddress(QString(2000, u'x'));
    QCOMPARE(preferences.recentAddresses().first(), u"19"_s);
    preferences.setGeometry(QByteArray(100000, 'x'));
    QVERIFY(preferences.geometry().isEmpty());
    preferences.take({{u"recentAddresses"_s, u'[' + u"\"a\","_s.repeated(500) + u"\"b\"]"_s}});
    QCOMPARE(preferences.recentAddresses().size(), qsizetype(limits::recentAddresses));
}

void PreferencesTest::whoComesInIsOneOfThree() {
    Preferences preferences;
    preferences.setEverybody(true);
    QVERIFY(preferences.everybody() && !preferences.onlyKnown());
    Preferences again;
    again.take(preferences.toEntries());
    QVERIFY(again.everybody() && !again.onlyKnown());
    preferences.setOnlyKnown(true);
    QVERIFY(!preferences.everybody() && preferences.onlyKnown());
    preferences.setEverybody(true);
    QVERIFY(preferences.everybody() && !preferences.onlyKnown());
    preferences.askAboutStrangers();
    QVERIFY(!preferences.everybody() && !preferences.onlyKnown());
    // A file that was changed by hand: the narrower of the two.
    preferences.take({{u"onlyKnown"_s, u"true"_s}, {u"everybody"_s, u"true"_s}});
    QVERIFY(!preferences.everybody() && preferences.onlyKnown());
}

void PreferencesTest::changedIsToldOnlyOfAChange() {
    Preferences preferences;
    QSignalSpy spy(&preferences, &Preferences::changed);
    preferences.setPort(preferences.port());
    QCOMPARE(spy.size(), 0);
    preferences.setPort(1);
    QCOMPARE(spy.size(), 1);
}

void PreferencesTest::settingsAreStoredBehindAndReadAtStart() {
    const QTemporaryDir folder;
    {
        History history(folder.path());
        history.open();
        Preferences first;
        ProfileSettings keeper(history, first);
        QTRY_VERIFY(keeper.isSettled());
        first.setPort(7000);
        QVERIFY(!storedIn(history).contains(u"port"_s)); // not by the one who changes it
        QTRY_COMPARE_WITH_TIMEOUT(storedIn(history).value(u"port"_s), u"7000"_s, 10000);
    }
    History history(folder.path());
    history.open();
    Preferences second;
    const ProfileSettings again(history, second);
    QTRY_VERIFY(again.isSettled());
    QCOMPARE(second.port(), quint16(7000));
}

void PreferencesTest::theLastStateIsStoredAtTheEnd() {
    const QTemporaryDir folder;
    {
        History history(folder.path());
        history.open();
        Preferences preferences;
        ProfileSettings keeper(history, preferences);
        QTRY_VERIFY(keeper.isSettled());
        preferences.setPort(7001);
        preferences.setPort(7002);
        keeper.flush();
    }
    History history(folder.path());
    history.open();
    QCOMPARE(storedIn(history).value(u"port"_s), u"7002"_s);
}

void PreferencesTest::whatIsChangedBeforeTheSettingsAreReadIsNewer() {
    const QTemporaryDir folder;
    {
        History history(folder.path());
        history.open();
        QVERIFY(kith::tests::await(history.store().putSetting(u"port"_s, u"7003"_s)).has_value());
        QVERIFY(kith::tests::await(history.store().putSetting(u"name"_s, u"Ann"_s)).has_value());
    }
    History history(folder.path());
    Preferences preferences;
    ProfileSettings keeper(history, preferences);
    history.open();
    preferences.setPort(7004);
    QTRY_VERIFY(keeper.isSettled());
    QCOMPARE(preferences.port(), quint16(7004));
    QCOMPARE(preferences.name(), u"Ann"_s);
    keeper.flush();
    QTRY_COMPARE_WITH_TIMEOUT(storedIn(history).value(u"port"_s), u"7004"_s, 10000);
}

void PreferencesTest::withoutAHistoryTheyAreThoseOfAFirstStart() {
    const QTemporaryDir folder;
    History history(folder.filePath(u"missing"_s));
    Preferences preferences;
    const ProfileSettings keeper(history, preferences);
    history.open();
    QTRY_VERIFY(keeper.isSettled());
    QCOMPARE(history.state(), History::State::Failed);
    QCOMPARE(preferences.port(), limits::defaultPort);
}

QTEST_GUILESS_MAIN(PreferencesTest)
#include "preferences_test.moc"

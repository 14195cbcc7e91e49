#include "core/limits.h"
#include "model/preferences.h"
#include "model/profile_settings.h"

#include <QFile>
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
    preferences.addRecentAddress(u"192.0.2.1"_s);
    preferences.addRecentAddress(u"[2001:db8::1]:5190"_s);
    preferences.setGeometry(QByteArray("\0\x01\xFF", 3));
}

QByteArray read(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// What a person chose comes back, and a file that somebody broke changes nothing.
class PreferencesTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void beginWithWhatIsSafe();
    void everythingComesBack();
    void whatMakesNoSenseChangesNothing_data();
    void whatMakesNoSenseChangesNothing();
    void oneWrongValueSpoilsNoOther();
    void valuesAreBounded();
    void changedIsToldOnlyOfAChange();
    void settingsAreWrittenBehindAndReadAtStart();
    void theLastStateIsWrittenAtTheEnd();
    void aFolderThatCannotBeWrittenIsTold();
    void aBrokenFileIsReplacedAtTheNextChange();
};

void PreferencesTest::beginWithWhatIsSafe() {
    const Preferences preferences;
    QCOMPARE(preferences.port(), limits::defaultPort);
    QVERIFY(!preferences.wasHosting());
    QVERIFY(preferences.plainFromThisComputer());
    QVERIFY(!preferences.plainFromNetwork());
}

void PreferencesTest::everythingComesBack() {
    Preferences first;
    fill(first);
    Preferences second;
    QVERIFY(second.fromBytes(first.toBytes()));
    QCOMPARE(second.toBytes(), first.toBytes());
    QCOMPARE(second.name(), u"Ann \u00c9"_s);
    QCOMPARE(second.port(), quint16(6000));
    QVERIFY(second.wasHosting() && !second.hostAgain());
    QVERIFY(!second.plainFromThisComputer() && second.plainFromNetwork());
    QCOMPARE(second.recentAddresses(), (QStringList{u"[2001:db8::1]:5190"_s, u"192.0.2.1"_s}));
    QCOMPARE(second.geometry(), QByteArray("\0\x01\xFF", 3));
}

void PreferencesTest::whatMakesNoSenseChangesNothing_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("zeros") << QByteArray(512, '\0');
    QTest::newRow("random") << QByteArray("\x8f\x13\xff{\"port\":1");
    QTest::newRow("a list") << QByteArray("[1,2,3]");
    QTest::newRow("wrong types") << QByteArray(
        R"({"name":7,"port":"x","wasHosting":"yes","plainFromNetwork":1,"recentAddresses":{},"geometry":false})");
    QTest::newRow("out of range") << QByteArray(R"({"port":65536,"name":"","geometry":"***"})");
    QTest::newRow("too long") << "{\"port\":1" +
                                     QByteArray(static_cast<qsizetype>(limits::settingsFile), ' ') + "}";
    QTest::newRow("deep") << QByteArray(50000, '[');
}

void PreferencesTest::whatMakesNoSenseChangesNothing() {
    QFETCH(QByteArray, bytes);
    Preferences preferences;
    fill(preferences);
    const QByteArray before = preferences.toBytes();
    static_cast<void>(preferences.fromBytes(bytes));
    QCOMPARE(preferences.toBytes(), before);
}

void PreferencesTest::oneWrongValueSpoilsNoOther() {
    Preferences preferences;
    QVERIFY(preferences.fromBytes(R"({"port":-1,"name":"Bob","unknown":{}})"));
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
    QVERIFY(preferences.fromBytes("{\"recentAddresses\":[" + QByteArray("\"a\",").repeated(500) + "\"b\"]}"));
    QCOMPARE(preferences.recentAddresses().size(), qsizetype(limits::recentAddresses));
}

void PreferencesTest::changedIsToldOnlyOfAChange() {
    Preferences preferences;
    QSignalSpy spy(&preferences, &Preferences::changed);
    preferences.setPort(preferences.port());
    QCOMPARE(spy.size(), 0);
    preferences.setPort(1);
    QCOMPARE(spy.size(), 1);
}

void PreferencesTest::settingsAreWrittenBehindAndReadAtStart() {
    const QTemporaryDir folder;
    Preferences first;
    const ProfileSettings keeper(folder.path(), first);
    first.setPort(7000);
    QVERIFY(!QFile::exists(ProfileSettings::filePath(folder.path()))); // not by the one who changes it
    QTRY_VERIFY_WITH_TIMEOUT(read(ProfileSettings::filePath(folder.path())) == first.toBytes(), 10000);
    Preferences second;
    const ProfileSettings again(folder.path(), second);
    QCOMPARE(second.port(), quint16(7000));
}

void PreferencesTest::theLastStateIsWrittenAtTheEnd() {
    const QTemporaryDir folder;
    Preferences preferences;
    {
        const ProfileSettings keeper(folder.path(), preferences);
        preferences.setPort(7001);
        preferences.setPort(7002);
    }
    QCOMPARE(read(ProfileSettings::filePath(folder.path())), preferences.toBytes());
}

void PreferencesTest::aFolderThatCannotBeWrittenIsTold() {
    const QTemporaryDir folder;
    Preferences preferences;
    const ProfileSettings keeper(folder.filePath(u"missing"_s), preferences);
    QSignalSpy failed(&keeper, &ProfileSettings::failed);
    preferences.setPort(7003);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 10000);
    QVERIFY(!failed.at(0).at(0).toString().isEmpty());
}

void PreferencesTest::aBrokenFileIsReplacedAtTheNextChange() {
    const QTemporaryDir folder;
    QFile file(ProfileSettings::filePath(folder.path()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{ broken");
    file.close();
    Preferences preferences;
    {
        const ProfileSettings keeper(folder.path(), preferences);
        QCOMPARE(preferences.port(), limits::defaultPort);
        preferences.setPort(7004);
    }
    QCOMPARE(read(ProfileSettings::filePath(folder.path())), preferences.toBytes());
}

QTEST_GUILESS_MAIN(PreferencesTest)
#include "preferences_test.moc"

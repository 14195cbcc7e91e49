#include "core/text.h"
#include "model/look_alike.h"

#include <QTest>
#include <QThread>

#include <atomic>
#include <memory>
#include <vector>

using namespace kith;
using namespace kith::model;

namespace {

QString cleaned(const QString& name) {
    return QString::fromStdString(core::cleanName(name.toStdString()));
}

} // namespace

/// Which names a person can take for one another: rows 29 and 30 of the list of threats.
class LookAlikeTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void row30_takesOneForTheOther_data();
    void row30_takesOneForTheOther();
    void tellsApart_data();
    void tellsApart();
    void anEmptyNameLooksLikeNothing();
    void row29_invisibleCharactersMakeNoDifference_data();
    void row29_invisibleCharactersMakeNoDifference();
    void row29_aHeapOfMarksMakesNoDifference();
    void aLongNameIsComparedToItsEnd();
    void isTheSameInEveryThread();
};

void LookAlikeTest::row30_takesOneForTheOther_data() {
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    const auto row = [](const char* what, const char* one, const char* other) {
        QTest::newRow(what) << QString::fromUtf8(one) << QString::fromUtf8(other);
    };
    row("the same", "Alice", "Alice");
    row("Cyrillic letters in a Latin name", "Alice", "\u0410l\u0456\u0441\u0435");
    row("Latin letters in a Cyrillic name", "\u0410\u043D\u043D\u0430", "A\u043D\u043Da");
    row("Greek letters", "Anna", "\u0391nn\u03B1");
    row("full width", "Alice", "\uFF21\uFF4C\uFF49\uFF43\uFF45");
    row("mathematical letters", "Alice", "\U0001D400\U0001D425\U0001D422\U0001D41C\U0001D41E");
    row("m and rn", "Mom", "Morn");
    row("O and zero", "Bob", "B0b");
    row("capital I and small l", "Al", "AI");
    row("capital I and small l, and the rest in capitals", "ALICE", "AIice");
    row("one and small l", "Alice", "A1ice");
    row("case", "Ann", "aNN");
    row("case, in Cyrillic", "\u0410\u043D\u043D\u0430", "\u0430\u043D\u043D\u0430");
    row("case and script", "alice", "\u0410LI\u0421\u0415");
    row("an accent", "Jos\u00E9", "Jose");
    row("an accent on its own", "Jos\u00E9", "Jose\u0301");
    row("a stroke", "Bj\u00F8rn", "Bjorn");
    row("a small letter as a capital that is like another letter", "Iain", "iain");
}

void LookAlikeTest::row30_takesOneForTheOther() {
    QFETCH(QString, one);
    QFETCH(QString, other);
    QVERIFY(lookAlike(one, other));
    QVERIFY(lookAlike(other, one));
}

void LookAlikeTest::tellsApart_data() {
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    const auto row = [](const char* what, const char* one, const char* other) {
        QTest::newRow(what) << QString::fromUtf8(one) << QString::fromUtf8(other);
    };
    row("other people", "Alice", "Bob");
    row("one letter more", "Ann", "Anna");
    row("i and l, both small", "Kai", "Kal");
    row("e and o", "Jan", "Jon");
    row("kana with and without voicing", "\u304B\u306A", "\u304C\u306A");
    row("Han", "\u674E\u660E", "\u674E\u6708");
    row("vowels of Devanagari", "\u0930\u0935\u093F", "\u0930\u0935\u0940");
    row("two words", "Ann Lee", "Annlee");
}

void LookAlikeTest::tellsApart() {
    QFETCH(QString, one);
    QFETCH(QString, other);
    QVERIFY(!lookAlike(one, other));
    QVERIFY(!lookAlike(other, one));
}

void LookAlikeTest::anEmptyNameLooksLikeNothing() {
    QVERIFY(skeletons(QString()).isEmpty());
    QVERIFY(!lookAlike(QString(), QString()));
    QVERIFY(!lookAlike(QString(), QStringLiteral("Alice")));
}

void LookAlikeTest::row29_invisibleCharactersMakeNoDifference_data() {
    QTest::addColumn<QString>("name");
    for (const char16_t invisible : {u'\u202E', u'\u2066', u'\u2069', u'\u200B', u'\u200D', u'\u200E',
                                     u'\u00AD', u'\uFEFF', u'\u0007', u'\u0085'})
        QTest::addRow("U+%04X", unsigned(invisible)) << QStringLiteral("%1Al%1ice%1").arg(QChar(invisible));
}

void LookAlikeTest::row29_invisibleCharactersMakeNoDifference() {
    QFETCH(QString, name);
    QVERIFY(lookAlike(cleaned(name), QStringLiteral("Alice")));
}

void LookAlikeTest::row29_aHeapOfMarksMakesNoDifference() {
    QString heaped;
    for (const QChar letter : QStringLiteral("Alice")) {
        heaped += letter;
        for (char16_t mark = 0x0300; mark < 0x0340; ++mark)
            heaped += mark;
    }
    QVERIFY(lookAlike(heaped, QStringLiteral("Alice")));
    QVERIFY(lookAlike(cleaned(heaped), QStringLiteral("Alice")));
}

void LookAlikeTest::aLongNameIsComparedToItsEnd() {
    // U+FDFA is confused with 18 characters.
    const QString name(64, QChar(0xFDFA));
    QVERIFY(!skeletons(name).isEmpty());
    QVERIFY(!lookAlike(name + QLatin1Char('a'), name + QLatin1Char('b')));
    QVERIFY(lookAlike(name + QLatin1Char('a'), name + QLatin1Char('A')));
}

void LookAlikeTest::isTheSameInEveryThread() {
    const QString name = QString::fromUtf8("\u0410l\u0456\u0441\u0435 M\u00FCller");
    const QStringList expected = skeletons(name);
    std::vector<std::unique_ptr<QThread>> threads;
    std::atomic_int same = 0;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back(QThread::create([&] {
            for (int turn = 0; turn < 200; ++turn)
                same += skeletons(name) == expected ? 1 : 0;
        }));
        threads.back()->start();
    }
    for (const auto& thread : threads)
        QVERIFY(thread->wait(30'000));
    QCOMPARE(same.load(), 800);
}

QTEST_GUILESS_MAIN(LookAlikeTest)
#include "look_alike_test.moc"

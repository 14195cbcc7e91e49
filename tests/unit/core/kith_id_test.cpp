#include "core/base32.h"
#include "core/kith_id.h"

#include <QTest>

using namespace kith::core;

namespace {

PublicKey keyOf(const char* hex) {
    return *PublicKey::from(QByteArray::fromHex(hex));
}

QList<PublicKey> someKeys() {
    PublicKey ones;
    ones.bytes.fill(0xFF);
    return {keyOf("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"),
            keyOf("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"), PublicKey{}, ones,
            PublicKey::random()};
}

std::string withoutHyphens(std::string id) {
    std::erase(id, '-');
    return id;
}

} // namespace

/// A Kith ID is read back whatever its case and grouping, and a slip of the pen is noticed.
class KithIdTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writesAsPublished_data();
    void writesAsPublished();
    void readsWhatItWrites();
    void readsAnyCaseAndGrouping();
    void catchesEverySingleWrongCharacter();
    void catchesEverySwapOfNeighbours();
    void catchesEveryMissingAndEveryDoubledCharacter();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();
    void refusesBitsBehindTheKey();
    void isShortenedToItsBeginning();
};

// The first two keys are those of RFC 8032 section 7.1; the texts were made by
// tests/support/kith1_vectors.py.
void KithIdTest::writesAsPublished_data() {
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("test 1") << QByteArray("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
                            << QByteArray("25NJ-QAMC-WEFL-PVKL-73J4-SZAH-HIHO-C4XT-3KTC-GJNP-AING-R5YH-KENA-"
                                          "46H7-5X");
    QTest::newRow("test 2") << QByteArray("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
                            << QByteArray("HVAB-PQ7I-IOEV-VEVX-BKTU-2G36-XSOJ-QLGP-F3CJ-NDGA-ZVK7-CKXU-MYGA-"
                                          "QR2B-7L");
    QTest::newRow("zeros") << QByteArray(64, '0')
                           << QByteArray("AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-"
                                         "FHU2-6X");
}

void KithIdTest::writesAsPublished() {
    QFETCH(QByteArray, hex);
    QFETCH(QByteArray, id);
    QCOMPARE(QByteArray::fromStdString(toKithId(keyOf(hex.constData()))), id);
}

void KithIdTest::readsWhatItWrites() {
    for (int i = 0; i < 1000; ++i) {
        const PublicKey key = PublicKey::random();
        const auto read = parseKithId(toKithId(key));
        QVERIFY(read.ok());
        QVERIFY(*read == key);
    }
}

void KithIdTest::readsAnyCaseAndGrouping() {
    for (const PublicKey& key : someKeys()) {
        const QByteArray id = QByteArray::fromStdString(toKithId(key));
        const QByteArray blanks = "  " + id.left(20) + "\r\n\t" + id.mid(20) + "\n";
        const QByteArray hyphens = "--" + id + "-";
        for (const QByteArray& typed : {id.toLower(), QByteArray(id).replace('-', ""),
                                        QByteArray(id).replace('-', ' '), blanks, hyphens}) {
            const auto read = parseKithId(typed.toStdString());
            QVERIFY2(read.ok(), typed.constData());
            QVERIFY(*read == key);
        }
    }
}

void KithIdTest::catchesEverySingleWrongCharacter() {
    for (const PublicKey& key : someKeys()) {
        const std::string id = withoutHyphens(toKithId(key));
        for (std::size_t at = 0; at < id.size(); ++at) {
            for (const char other : base32Alphabet) {
                std::string wrong = id;
                wrong[at] = other;
                QCOMPARE(parseKithId(wrong).ok(), other == id[at]);
            }
        }
    }
}

void KithIdTest::catchesEverySwapOfNeighbours() {
    for (const PublicKey& key : someKeys()) {
        const std::string id = withoutHyphens(toKithId(key));
        for (std::size_t at = 0; at + 1 < id.size(); ++at) {
            std::string wrong = id;
            std::swap(wrong[at], wrong[at + 1]);
            QCOMPARE(parseKithId(wrong).ok(), wrong == id);
        }
    }
}

void KithIdTest::catchesEveryMissingAndEveryDoubledCharacter() {
    for (const PublicKey& key : someKeys()) {
        const std::string id = withoutHyphens(toKithId(key));
        for (std::size_t at = 0; at < id.size(); ++at) {
            std::string wrong = id;
            wrong.erase(at, 1);
            QVERIFY(!parseKithId(wrong).ok());
            wrong = id;
            wrong.insert(at, 1, id[at]);
            QVERIFY(!parseKithId(wrong).ok());
        }
    }
}

void KithIdTest::refusesWhatIsNone_data() {
    const QByteArray id = QByteArray::fromStdString(toKithId(someKeys().first()));
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("hyphens") << QByteArray(100, '-');
    QTest::newRow("its beginning") << id.left(40);
    QTest::newRow("twice") << id + id;
    QTest::newRow("NUL behind it") << id + QByteArray(1, '\0');
    QTest::newRow("a digit of no meaning") << QByteArray(id).replace(0, 1, "1");
    QTest::newRow("Cyrillic") << QByteArray(id).replace("A", "\xD0\x90");
    QTest::newRow("no-break hyphen") << QByteArray(id).replace('-', "\xE2\x80\x91");
    QTest::newRow("an address") << QByteArray("192.168.1.7:5188");
    QTest::newRow("a megabyte") << QByteArray(1024 * 1024, 'A');
}

void KithIdTest::refusesWhatIsNone() {
    QFETCH(QByteArray, text);
    const auto read = parseKithId(text.toStdString());
    QVERIFY(!read.ok());
    QCOMPARE(read.error().reason, Reason::KithIdInvalid);
}

// 52 characters are 260 bits, 4 more than a key has: with a right checksum over them, made by
// tests/support/kith1_vectors.py, there would be 16 texts for one key.
void KithIdTest::refusesBitsBehindTheKey() {
    const std::string key(51, 'A');
    QVERIFY(parseKithId(key + "AFHU26X").ok());
    QCOMPARE(parseKithId(key + "BYRAPDF").error().detail, std::string("bits behind the key"));
}

void KithIdTest::isShortenedToItsBeginning() {
    QCOMPARE(QByteArray::fromStdString(shortKithId(someKeys().first())), QByteArray("25NJ-QAMC\xE2\x80\xA6"));
}

QTEST_GUILESS_MAIN(KithIdTest)
#include "kith_id_test.moc"

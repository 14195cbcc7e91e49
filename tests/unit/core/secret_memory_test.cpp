#include "core/signing.h"

#include <QFile>
#include <QTest>

#include <optional>
#include <vector>

#include <sys/mman.h>
#include <unistd.h>

using namespace kith::core;

namespace {

/// PKCS#8 of RFC 8032's first seed: base64, so that the seed itself is not yet anywhere in this process.
const std::string aKey = "-----BEGIN PRIVATE KEY-----\n"
                         "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
                         "-----END PRIVATE KEY-----\n";
const std::string passphrase = "correct horse battery";

/// That seed with every bit turned, so that what is looked for is not found where it is kept.
constexpr std::array<std::uint8_t, 32> turned = {
    0x62, 0x9E, 0x4E, 0x62, 0x10, 0x02, 0xA5, 0x9F, 0x45, 0x7B, 0xB5, 0x0B, 0x6D, 0x13, 0xD3, 0x3B,
    0xBB, 0xB6, 0x3A, 0x96, 0x84, 0xCD, 0x96, 0xE6, 0x8F, 0xC4, 0x53, 0xFC, 0xE3, 0x51, 0x80, 0x9F};

/// A mapping of this process, from /proc/self/smaps (proc(5)).
struct Mapping {
    quintptr begin = 0;
    quintptr end = 0;
    bool writable = false;
    QByteArrayList flags;
};

std::optional<Mapping> mappingOf(const QByteArray& line) {
    const QByteArrayList words = line.split(' ');
    const QByteArrayList ends = words.first().split('-');
    bool isRange = false;
    if (words.size() < 2 || ends.size() != 2)
        return {};
    Mapping mapping;
    mapping.begin = ends[0].toULongLong(&isRange, 16);
    mapping.end = ends[1].toULongLong(nullptr, 16);
    mapping.writable = words[1].startsWith("rw");
    return isRange ? std::optional(mapping) : std::nullopt;
}

QList<Mapping> mappings() {
    QList<Mapping> found;
    QFile file(QStringLiteral("/proc/self/smaps"));
    if (!file.open(QIODevice::ReadOnly))
        return found;
    for (const QByteArray& line : file.readAll().split('\n')) {
        if (const auto mapping = mappingOf(line))
            found << *mapping;
        else if (line.startsWith("VmFlags:") && !found.isEmpty())
            found.last().flags = line.mid(8).simplified().split(' ');
    }
    return found;
}

quintptr pageSize() {
    return static_cast<quintptr>(::sysconf(_SC_PAGESIZE));
}

/// In place: what was copied out would be found again. Reads what the address sanitizer watches over, too.
__attribute__((no_sanitize("address", "undefined"))) int copiesBetween(quintptr begin, quintptr end) {
    int found = 0;
    for (quintptr at = begin; at + turned.size() <= end; ++at) {
        const auto* const bytes = reinterpret_cast<const volatile std::uint8_t*>(at);
        std::size_t same = 0;
        while (same < turned.size() && std::uint8_t(~bytes[same]) == turned[same])
            ++same;
        found += same == turned.size() ? 1 : 0;
    }
    return found;
}

/// In all memory that was ever touched: mincore(2) tells which that is.
int copiesOfTheSeed() {
    constexpr quintptr shadow = quintptr(1) << 30U; // the sanitizers' own: terabytes of nothing
    int found = 0;
    for (const Mapping& mapping : mappings()) {
        if (!mapping.writable || mapping.end - mapping.begin > shadow)
            continue;
        const quintptr pages = (mapping.end - mapping.begin) / pageSize();
        std::vector<unsigned char> touched(pages, 1);
        (void)::mincore(reinterpret_cast<void*>(mapping.begin), mapping.end - mapping.begin, touched.data());
        for (quintptr first = 0, last = 0; first < pages; first = last + 1) {
            for (last = first; last < pages && (touched[last] & 1U) != 0;)
                ++last;
            found += copiesBetween(mapping.begin + first * pageSize(), mapping.begin + last * pageSize());
        }
    }
    return found;
}

/// Bytes of memory with this flag ("dd": left out of core files; "lo": locked).
qint64 bytesFlagged(const char* flag) {
    qint64 bytes = 0;
    for (const Mapping& mapping : mappings())
        bytes += mapping.flags.contains(flag) ? qint64(mapping.end - mapping.begin) : 0;
    return bytes;
}

/// May this user lock a page at all? The address sanitizer makes mlock(2) do nothing.
bool canLock() {
    const qint64 before = bytesFlagged("lo");
    void* const page =
        ::mmap(nullptr, pageSize(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    (void)::mlock(page, pageSize());
    const bool locked = bytesFlagged("lo") > before;
    (void)::munmap(page, pageSize());
    return locked;
}

} // namespace

/// Where a secret key is while it is held, and afterwards. Linux alone tells.
class SecretMemoryTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void row40_thereIsOneCopyOfASeedAndNoneAfterwards();
    void row40_aSeedIsLeftOutOfCoreFiles();
    void row40_aSeedIsNotSwapped();
};

void SecretMemoryTest::initTestCase() {
    if (bytesFlagged("wr") == 0)
        QSKIP("this system does not say how its memory is held");
    // libcrypto's heap for secrets is there from the first key on.
    QVERIFY(SigningKey::generate().ok());
}

void SecretMemoryTest::row40_thereIsOneCopyOfASeedAndNoneAfterwards() {
    QCOMPARE(copiesOfTheSeed(), 0);
    {
        auto key = SigningKey::fromPem(aKey, "");
        QVERIFY(key.ok());
        QCOMPARE(copiesOfTheSeed(), 1);
        QVERIFY(key->sign("message").ok());
        QCOMPARE(copiesOfTheSeed(), 1);
        QVERIFY(key->toPem("").ok());
        QCOMPARE(copiesOfTheSeed(), 1);
        const std::string kept = key->toPem(passphrase).value();
        QCOMPARE(copiesOfTheSeed(), 1);
        const SigningKey moved = std::move(key).value();
        QCOMPARE(copiesOfTheSeed(), 1);
        QVERIFY(SigningKey::fromPem(kept, passphrase).ok());
        QVERIFY(!SigningKey::fromPem(kept, "another passphrase").ok());
        QCOMPARE(copiesOfTheSeed(), 1);
    }
    QCOMPARE(copiesOfTheSeed(), 0);
}

void SecretMemoryTest::row40_aSeedIsLeftOutOfCoreFiles() {
    const qint64 before = bytesFlagged("dd");
    {
        const auto key = SigningKey::generate();
        QCOMPARE(bytesFlagged("dd"), before + qint64(pageSize()));
    }
    QCOMPARE(bytesFlagged("dd"), before);
}

void SecretMemoryTest::row40_aSeedIsNotSwapped() {
    if (!canLock())
        QSKIP("this user may lock no memory");
    const qint64 before = bytesFlagged("lo");
    const auto key = SigningKey::generate();
    QCOMPARE(bytesFlagged("lo"), before + qint64(pageSize()));
}

QTEST_GUILESS_MAIN(SecretMemoryTest)
#include "secret_memory_test.moc"

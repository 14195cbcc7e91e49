#include "store/log_check.h"

#include <QFile>
#include <QtEndian>

namespace kith::store {

namespace {

// sqlite.org/fileformat2.html#walformat: all integers big-endian, but the checksum's words as the magic says.
constexpr qint64 headerBytes = 32;
constexpr qint64 frameHeaderBytes = 24;
constexpr quint32 logMagic = 0x377f0682;

quint32 word(const char* at) {
    return qFromBigEndian<quint32>(at);
}

struct Checksum {
    quint32 first = 0;
    quint32 second = 0;
    bool bigEndian = false;

    void add(const char* bytes, qint64 count) {
        for (qint64 i = 0; i + 8 <= count; i += 8) {
            const quint32 a =
                bigEndian ? qFromBigEndian<quint32>(bytes + i) : qFromLittleEndian<quint32>(bytes + i);
            const quint32 b = bigEndian ? qFromBigEndian<quint32>(bytes + i + 4)
                                        : qFromLittleEndian<quint32>(bytes + i + 4);
            first += a + second;
            second += b + first;
        }
    }
    [[nodiscard]] bool fits(const char* stored) const {
        return word(stored) == first && word(stored + 4) == second;
    }
};

} // namespace

LogState examineLog(const QString& file) {
    return examineLogFile(file + QStringLiteral("-wal"));
}

LogState examineLogFile(const QString& name) {
    QFile log(name);
    if (!log.open(QIODevice::ReadOnly) || log.size() < headerBytes)
        return LogState::Whole;
    const QByteArray header = log.read(headerBytes);
    const qint64 pageBytes = header.size() == headerBytes ? word(header.constData() + 8) : 0;
    Checksum sum;
    sum.bigEndian = (word(header.constData()) & 1U) != 0;
    sum.add(header.constData(), 24);
    if ((word(header.constData()) & ~1U) != logMagic || !sum.fits(header.constData() + 24) ||
        pageBytes < 512 || pageBytes > 65536) {
        // SQLite ignores all of a log with a bad header; that one is written whole before any commit counts.
        return log.size() > headerBytes + 2 * (frameHeaderBytes + 512) ? LogState::Damaged : LogState::Torn;
    }
    const QByteArray salts = header.mid(16, 8);
    bool good = true;
    bool tail = false;
    int commitsAfter = 0;
    while (true) {
        const QByteArray frame = log.read(frameHeaderBytes + pageBytes);
        if (frame.size() < frameHeaderBytes + pageBytes)
            break;
        const bool current = frame.mid(8, 8) == salts;
        if (good) {
            Checksum next = sum;
            next.add(frame.constData(), 8);
            next.add(frame.constData() + frameHeaderBytes, pageBytes);
            if (current && next.fits(frame.constData() + 16)) {
                sum = next;
                continue;
            }
            good = false;
        }
        tail = tail || current;
        if (current && word(frame.constData() + 4) != 0)
            ++commitsAfter;
    }
    if (good || !tail)
        return LogState::Whole;
    return commitsAfter >= 2 ? LogState::Damaged : LogState::Torn;
}

} // namespace kith::store

#include "store/backup.h"

#include "core/limits.h"
#include "core/text.h"
#include "core/unique_fd.h"
#include "store/output_file.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QtEndian>

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace kith::store {

using namespace Qt::StringLiterals;
namespace limits = core::limits;
using core::Error;
using core::Reason;

namespace {

constexpr QByteArrayView backupMagic("KITH BACKUP 1\r\n\x1a", 16);
constexpr qint64 pieceBytes = qint64{256} * 1024;
constexpr qsizetype digestBytes = 32;
const auto historyName = u"history.sqlite"_s;

template <typename Integer>
QByteArray bigEndian(Integer number) {
    QByteArray bytes(sizeof(Integer), '\0');
    qToBigEndian(number, bytes.data());
    return bytes;
}

/// Writes, and digests the record and the whole on the way.
class BackupWriter final {
public:
    explicit BackupWriter(OutputFile& file)
        : file_(file) {}

    [[nodiscard]] core::Status write(QByteArrayView bytes) {
        record_.addData(bytes);
        whole_.addData(bytes);
        return file_.write(bytes);
    }
    [[nodiscard]] core::Status addFile(const QString& name, const QString& path) {
        QFile source(path);
        if (!source.open(QIODevice::ReadOnly))
            return Error{Reason::FileFailed, 0, "a file of the profile cannot be read"};
        const QByteArray plain = name.toUtf8();
        qint64 left = source.size();
        record_.reset();
        const QByteArray head = bigEndian(quint16(plain.size())) + plain + bigEndian(quint64(left));
        if (auto done = write(head); !done)
            return done;
        while (left > 0) {
            const QByteArray bytes = source.read(std::min(left, pieceBytes));
            if (bytes.isEmpty())
                return Error{Reason::FileFailed, 0, "a file of the profile changed while it was read"};
            left -= bytes.size();
            if (auto done = write(bytes); !done)
                return done;
        }
        return write(record_.result());
    }
    [[nodiscard]] core::Status end() {
        if (auto done = write(bigEndian(quint16(0))); !done)
            return done;
        return file_.write(whole_.result());
    }

private:
    OutputFile& file_;
    QCryptographicHash record_{QCryptographicHash::Sha256};
    QCryptographicHash whole_{QCryptographicHash::Sha256};
};

/// Reads, and digests alike. After a failure everything reads as nothing.
class BackupReader final {
public:
    explicit BackupReader(QFile& file)
        : file_(file) {}

    /// Exactly `count` bytes, or none.
    [[nodiscard]] QByteArray read(qint64 count) {
        QByteArray bytes = file_.read(count);
        if (bytes.size() != count)
            return {};
        record_.addData(bytes);
        whole_.addData(bytes);
        return bytes;
    }
    void beginRecord() { record_.reset(); }
    [[nodiscard]] bool recordEnds() {
        const QByteArray expected = record_.result();
        return read(digestBytes) == expected;
    }
    [[nodiscard]] bool ends() {
        const QByteArray expected = whole_.result();
        return file_.read(digestBytes + 1) == expected;
    }

private:
    QFile& file_;
    QCryptographicHash record_{QCryptographicHash::Sha256};
    QCryptographicHash whole_{QCryptographicHash::Sha256};
};

Error invalid(const char* why) {
    return {Reason::BackupInvalid, 0, why};
}

core::Status readRecord(BackupReader& reader, const QByteArray& lengthBytes, bool first,
                        const BackupSink& sink) {
    const QByteArray plain = reader.read(qFromBigEndian<quint16>(lengthBytes.constData()));
    const QByteArray sizeBytes = reader.read(8);
    if (plain.isEmpty() || sizeBytes.isEmpty() ||
        !core::isValidUtf8({plain.constData(), std::size_t(plain.size())}))
        return invalid("a record's head is not whole");
    const QString name = QString::fromUtf8(plain);
    if (first ? name != historyName : !isPlainFileName(name))
        return invalid("a record has a name that it may not have");
    const quint64 size = qFromBigEndian<quint64>(sizeBytes.constData());
    if (size > quint64(std::numeric_limits<qint64>::max()) || (!first && size > limits::backupFile))
        return invalid("a record is too long");
    if (auto done = sink.beginFile(name, qint64(size)); !done)
        return done;
    for (qint64 left = qint64(size); left > 0;) {
        const QByteArray bytes = reader.read(std::min(left, pieceBytes));
        if (bytes.isEmpty())
            return invalid("a record is not whole");
        left -= bytes.size();
        if (auto done = sink.bytes(bytes); !done)
            return done;
    }
    if (!reader.recordEnds())
        return invalid("a record's digest does not agree");
    return core::Done{};
}

/// The history as it stands, in a file of its own.
core::Status snapshot(Connection& connection, const QString& file) {
    QFile::remove(file);
    {
        // VACUUM INTO takes an empty file that is there, with its mode.
        const core::UniqueFd fd(::open(QFile::encodeName(file).constData(),
                                       O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
        if (!fd)
            return fileError("the backup cannot be made", errno);
    }
    return connection.run(u"VACUUM INTO ?"_s, {file});
}

} // namespace

bool isPlainFileName(const QString& name) {
    if (name.isEmpty() || name.toUtf8().size() > 255 || name.startsWith(u'.') || name.contains(u'/') ||
        name.contains(u'\\') || name.startsWith(u"history."_s))
        return false;
    return std::none_of(name.begin(), name.end(),
                        [](QChar c) { return core::isControlOrFormat(c.unicode()); });
}

core::Result<qint64> makeBackup(Connection& connection, const QString& folder, const BackupRequest& request) {
    QStringList names;
    for (const QString& name : request.files) {
        if (!isPlainFileName(name))
            return Error{Reason::UsageError, 0, "not a plain file name"};
        const QFileInfo file(folder + u'/' + name);
        if (!file.exists())
            continue;
        if (!file.isFile() || file.isSymLink() || file.size() > qint64(limits::backupFile))
            return Error{Reason::UsageError, 0, "not a file that a backup can hold"};
        names << name;
    }
    if (names.size() > limits::backupFiles)
        return Error{Reason::UsageError, 0, "too many files"};
    auto file = OutputFile::create(request.file, request.replace);
    if (!file)
        return file.error();
    const QString history = request.file + u".history.part"_s;
    auto done = snapshot(connection, history);
    BackupWriter writer(*file);
    if (done)
        done = writer.write(backupMagic);
    if (done)
        done = writer.addFile(historyName, history);
    QFile::remove(history);
    for (const QString& name : names) {
        if (done)
            done = writer.addFile(name, folder + u'/' + name);
    }
    if (done)
        done = writer.end();
    if (done)
        done = file->finish();
    if (!done)
        return done.error();
    return file->written();
}

core::Status readBackup(const QString& file, const BackupSink& sink) {
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return Error{Reason::FileFailed, 0, "the backup cannot be read"};
    BackupReader reader(source);
    if (reader.read(backupMagic.size()) != backupMagic)
        return invalid("not a Kith backup");
    for (int records = 0; records <= limits::backupFiles + 1; ++records) {
        reader.beginRecord();
        const QByteArray length = reader.read(2);
        if (length.isEmpty())
            return invalid("the backup has no end");
        if (length == bigEndian(quint16(0))) {
            if (records == 0 || !reader.ends())
                return invalid("the backup's digest does not agree");
            return core::Done{};
        }
        if (auto done = readRecord(reader, length, records == 0, sink); !done)
            return done;
    }
    return invalid("too many records");
}

} // namespace kith::store

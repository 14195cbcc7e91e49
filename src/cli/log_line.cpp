#include "cli/log_line.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QStringList>

#include <fcntl.h>

namespace kith::cli {

using namespace Qt::StringLiterals;

QByteArray logLine(QLatin1StringView event, const std::optional<LogPeer>& peer, const QString& more) {
    const QDateTime now = QDateTime::currentDateTime();
    QString line = now.toOffsetFromUtc(now.offsetFromUtc()).toString(Qt::ISODateWithMs) + u" pid="_s +
                   QString::number(QCoreApplication::applicationPid()) + u' ' + event;
    if (peer)
        line += u" conversation="_s + QString::number(peer->conversation) + u" worker="_s +
                QString::number(peer->worker);
    if (!more.isEmpty())
        line += u' ' + more;
    return line.toUtf8() + '\n';
}

QString doorFields(const model::DoorCounts& counts) {
    if (counts == model::DoorCounts{})
        return {};
    QStringList fields;
    const auto field = [&fields](const char* name, quint64 count) {
        fields += QLatin1String(name) + u'=' + QString::number(count);
    };
    field("started", counts.started);
    field("held-off", counts.heldOff);
    field("address-full", counts.addressFull);
    field("door-full", counts.doorFull);
    field("too-fast", counts.tooFast);
    field("sessions-full", counts.sessionsFull);
    field("gave-way", counts.gaveWay);
    return fields.join(u' ');
}

core::UniqueFd openLogFile(const QString& path) {
    const QByteArray name = QFile::encodeName(path);
    return core::UniqueFd(
        ::open(name.constData(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600));
}

} // namespace kith::cli

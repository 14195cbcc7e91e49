#include "supervisor/worker_facts.h"

#include "core/limits.h"
#include "core/unique_fd.h"

#include <QByteArray>

#include <fcntl.h>
#include <unistd.h>

namespace kith::supervisor {

namespace {

constexpr int filtered = 2; // SECCOMP_MODE_FILTER

/// The first number behind "NAME:"; -1 where there is none.
qint64 numberIn(const QByteArray& status, const char* name) {
    QByteArray key("\n");
    key.append(name).append(':');
    const qsizetype at = status.indexOf(key);
    if (at < 0)
        return -1;
    const QByteArray rest = status.mid(at + key.size()).trimmed();
    qsizetype digits = 0;
    while (digits < rest.size() && rest[digits] >= '0' && rest[digits] <= '9')
        ++digits;
    return digits > 0 ? rest.left(digits).toLongLong() : -1;
}

} // namespace

std::optional<WorkerFacts> workerFacts(qint64 pid) {
    if (pid <= 0)
        return std::nullopt;
    QByteArray path("/proc/");
    path.append(QByteArray::number(pid)).append("/status");
    const core::UniqueFd file(::open(path.constData(), O_RDONLY | O_CLOEXEC));
    QByteArray status(static_cast<qsizetype>(core::limits::processStatus), Qt::Uninitialized);
    const ssize_t got =
        file ? ::read(file.get(), status.data(), static_cast<std::size_t>(status.size())) : -1;
    if (got <= 0)
        return std::nullopt;
    status.truncate(static_cast<qsizetype>(got));
    return WorkerFacts{static_cast<int>(numberIn(status, "Seccomp")), numberIn(status, "NoNewPrivs") == 1,
                       qMax(qint64{0}, numberIn(status, "RssAnon"))};
}

core::Sandbox confirmed(core::Sandbox told, qint64 pid) {
    if (const auto facts = workerFacts(pid)) {
        told.seccomp = told.seccomp && facts->seccomp == filtered;
        told.noNewPrivileges = told.noNewPrivileges && facts->noNewPrivileges;
    }
    return told;
}

} // namespace kith::supervisor

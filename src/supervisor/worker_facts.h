// What the kernel tells of a worker, whatever the worker says of itself.
#pragma once

#include "core/sandbox.h"

#include <QtGlobal>

#include <optional>

namespace kith::supervisor {

/// Of /proc/PID/status, which an ordinary user may read of a process that is not dumpable; it tells no more.
struct WorkerFacts {
    int seccomp = 0;              ///< 0: none, 1: strict, 2: a filter
    bool noNewPrivileges = false; ///< gains nothing by exec
    qint64 privateKiB = 0;        ///< RssAnon: memory of its own
};

/// Nothing where no such process is there, or the system has no /proc (macOS). Any thread; reads memory of
/// the kernel's, no disk.
[[nodiscard]] std::optional<WorkerFacts> workerFacts(qint64 pid);

/// What a worker says, less what the kernel denies. Landlock the kernel does not tell of; nor anything of a
/// worker that is gone.
[[nodiscard]] core::Sandbox confirmed(core::Sandbox told, qint64 pid);

} // namespace kith::supervisor

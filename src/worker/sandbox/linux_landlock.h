// Landlock without a rule: what it knows of is forbidden. Plain POSIX; the worker's main thread, when it is
// the only one (Landlock confines the thread that asks for it).
#pragma once

#include "core/result.h"

namespace kith::worker::sandbox {

/// Forbids everything that this kernel's Landlock knows of: files, TCP ports, device controls, abstract
/// sockets and signals to others. Needs no_new_privs. The ABI that was applied. Errors: SandboxMissing with
/// errno (ENOSYS: built without; EOPNOTSUPP: not switched on).
[[nodiscard]] core::Result<unsigned> forbidByLandlock();

} // namespace kith::worker::sandbox

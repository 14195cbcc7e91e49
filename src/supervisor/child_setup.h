// What happens in the child between fork and exec of a worker.
#pragma once

#include <sys/types.h>

namespace kith::supervisor {

/// The descriptors by which a worker knows its program; see ipc/messages.h.
inline constexpr int workerMessageDescriptor = 3;
inline constexpr int workerDescriptorChannel = 4;

/// Runs in the child, as QProcess's child modifier. The child may share the program's memory (Qt 6.4 uses
/// clone(CLONE_VM|CLONE_VFORK)), so this calls async-signal-safe functions alone and writes nothing that the
/// program could see; in particular it leaves "dumpable" alone, which is shared with the memory.
///
/// Afterwards: 3 and 4 are the worker's ends; everything from 5 on closes at exec (Linux 5.11; elsewhere the
/// worker closes it); SIGUSR1 is blocked and nothing else; on Linux SIGUSR1 comes when the program's main
/// thread is gone (PR_SET_PDEATHSIG). Nobody can be told of a failure from here: the child ends with status
/// 127.
void setUpChild(int messageEnd, int descriptorEnd, pid_t program) noexcept;

} // namespace kith::supervisor

// What a worker does to itself before it does anything else. Plain POSIX; the worker's main thread.
#pragma once

#include "core/limits.h"
#include "ipc/messages.h"

#include <span>

namespace kith::worker {

/// The descriptors that a worker is started with.
inline constexpr int messageChannel = 3;
inline constexpr int descriptorChannel = 4;

/// Exit statuses. The program reads the reason from Ended; these are for people and scripts.
enum class ExitStatus : int {
    Well = 0,
    Broken = 1, ///< the program broke the rules of the boundary, or a limit could not be set
    NotAllSent = 3,
    ProgramGone = 4,
    Sandboxed = ipc::sandboxExit, ///< a call that its sandbox does not allow
};

/// Closes every descriptor but 0 to 4, makes both channels non-blocking, dies with the program
/// (PR_SET_PDEATHSIG, SIGUSR1), leaves no core file, is not dumpable (no ptrace by the same user, /proc/PID
/// owned by root), gains no privileges by exec, writes no file. False where a step that must not fail has
/// failed.
[[nodiscard]] bool settleDown();

/// Closes every descriptor but 0 to 3 and these.
void closeAllBut(std::span<const int> kept);

/// Lowers RLIMIT_NOFILE to what the role needs (poll(2) fails with EINVAL where it is given more entries).
[[nodiscard]] bool limitDescriptors(unsigned most);

/// Is the program with that pid still this worker's parent? Closes the race between fork and
/// PR_SET_PDEATHSIG, and tells a stop that was asked from one that the program's death sent.
[[nodiscard]] bool programLives(int programPid);

} // namespace kith::worker

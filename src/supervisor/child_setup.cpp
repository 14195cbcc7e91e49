#include "supervisor/child_setup.h"

#include <csignal>

#include <fcntl.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

namespace kith::supervisor {

namespace {

constexpr int failed = 127;
// Above everything that has a fixed place.
constexpr int clearOfFixed = 10;

#ifdef __linux__
#ifdef SYS_close_range
constexpr long closeRangeCall = SYS_close_range;
#else
constexpr long closeRangeCall = 436; // the same on every architecture
#endif
constexpr unsigned closeRangeCloseOnExec = 1U << 2; // CLOSE_RANGE_CLOEXEC, linux/close_range.h
#endif

} // namespace

void setUpChild(int messageEnd, int descriptorEnd, pid_t program) noexcept {
    // Either end may itself be 3 or 4: first both out of the way, then each to its place.
    const int message = ::fcntl(messageEnd, F_DUPFD, clearOfFixed);
    const int descriptors = ::fcntl(descriptorEnd, F_DUPFD, clearOfFixed);
    if (message < 0 || descriptors < 0 || ::dup2(message, workerMessageDescriptor) < 0 ||
        ::dup2(descriptors, workerDescriptorChannel) < 0)
        ::_exit(failed);
    ::close(message);
    ::close(descriptors);

    // A session of its own: the keys of the program's terminal are the program's alone. Ctrl+C would end the
    // worker with its text unsent; and the worker has no terminal to reach.
    if (::setsid() < 0)
        ::_exit(failed);

    // Without a handler SIGUSR1 would end the worker; blocked, it stays pending across exec.
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGUSR1);
    if (::sigprocmask(SIG_SETMASK, &blocked, nullptr) != 0)
        ::_exit(failed);

#ifdef __linux__
    if (::prctl(PR_SET_PDEATHSIG, SIGUSR1) != 0)
        ::_exit(failed);
    // An older kernel does not know it; the worker closes strays in any case.
    ::syscall(closeRangeCall, 5U, ~0U, closeRangeCloseOnExec);
#endif
    // The program may have gone before the signal was asked for.
    if (::getppid() != program)
        ::_exit(failed);
}

} // namespace kith::supervisor

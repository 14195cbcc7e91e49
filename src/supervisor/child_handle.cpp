#include "supervisor/child_handle.h"

#include <csignal>

#ifdef __linux__
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace kith::supervisor {

namespace {

#ifdef __linux__
// Both have one number on every architecture; older headers lack the names.
constexpr long pidfdSendSignalCall = 424;
constexpr long pidfdOpenCall = 434;

int openPidfd(pid_t pid) {
    return static_cast<int>(::syscall(pidfdOpenCall, pid, 0U)); // close-on-exec by itself
}
#endif

} // namespace

ChildHandle::ChildHandle(pid_t pid)
    : pid_(pid) {
#ifdef __linux__
    if (pid > 0)
        pidfd_.reset(openPidfd(pid));
#endif
}

bool ChildHandle::signal(int number) const {
    if (pid_ <= 0)
        return false;
#ifdef __linux__
    if (pidfd_)
        return ::syscall(pidfdSendSignalCall, pidfd_.get(), number, nullptr, 0U) == 0;
#endif
    return ::kill(pid_, number) == 0;
}

void ChildHandle::clear() {
    pid_ = 0;
    pidfd_.reset();
}

} // namespace kith::supervisor

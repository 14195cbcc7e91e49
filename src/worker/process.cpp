#include "worker/process.h"

#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__linux__)
#include <malloc.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

namespace kith::worker {

namespace {

namespace limits = core::limits;

constexpr int firstStray = descriptorChannel + 1;

void closeStrayDescriptors() {
#if defined(__linux__) && defined(SYS_close_range)
    if (::syscall(SYS_close_range, static_cast<unsigned>(firstStray), ~0U, 0U) == 0)
        return;
#endif
    rlimit limit{};
    const bool known = ::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
    const int end = known ? static_cast<int>(limit.rlim_cur) : limits::descriptorsToClose;
    for (int fd = firstStray; fd < end; ++fd)
        ::close(fd);
}

bool makeNonBlocking(int fd) {
    const int flags = ::fcntl(fd, F_GETFL);
    return flags >= 0 && ::fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0 &&
           ::fcntl(fd, F_SETFD, FD_CLOEXEC) == 0;
}

bool setLimit(int resource, rlim_t value) {
    const rlimit limit{value, value};
    return ::setrlimit(static_cast<decltype(RLIMIT_CORE)>(resource), &limit) == 0;
}

} // namespace

bool settleDown() {
    closeStrayDescriptors();
#if defined(__linux__)
    ::prctl(PR_SET_PDEATHSIG, SIGUSR1);
    if (::prctl(PR_SET_DUMPABLE, 0) != 0 || ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return false;
    // One heap for the resolver's thread too: a second one would cost memory of its own for the whole
    // session.
    ::mallopt(M_ARENA_MAX, 1);
#endif
    return setLimit(RLIMIT_CORE, 0) && makeNonBlocking(messageChannel) && makeNonBlocking(descriptorChannel);
}

bool limitDescriptors(unsigned most) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return false;
    return limit.rlim_max <= most || setLimit(RLIMIT_NOFILE, most);
}

bool programLives(int programPid) {
    return ::getppid() == programPid;
}

} // namespace kith::worker

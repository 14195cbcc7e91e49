#include "worker/process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <vector>

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

/// From `first` to before `end`; -1: to the last there is.
void closeRange(int first, int end) {
    if (first == end)
        return;
#if defined(__linux__) && defined(SYS_close_range)
    const unsigned last = end < 0 ? ~0U : static_cast<unsigned>(end - 1);
    if (::syscall(SYS_close_range, static_cast<unsigned>(first), last, 0U) == 0)
        return;
#endif
    rlimit limit{};
    const bool known = ::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
    const int most = known ? static_cast<int>(limit.rlim_cur) : limits::descriptorsToClose;
    for (int fd = first; fd < (end < 0 ? most : end); ++fd)
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
    closeAllBut(std::array{descriptorChannel});
#if defined(__linux__)
    ::prctl(PR_SET_PDEATHSIG, SIGUSR1);
    if (::prctl(PR_SET_DUMPABLE, 0) != 0 || ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return false;
    // One heap for the resolver's thread too: a second one would cost memory of its own for the whole
    // session.
    ::mallopt(M_ARENA_MAX, 1);
#endif
    return setLimit(RLIMIT_CORE, 0) && setLimit(RLIMIT_FSIZE, 0) && makeNonBlocking(messageChannel) &&
           makeNonBlocking(descriptorChannel);
}

void closeAllBut(std::span<const int> kept) {
    std::vector<int> sorted(kept.begin(), kept.end());
    std::ranges::sort(sorted);
    int first = messageChannel + 1;
    for (const int fd : sorted) {
        closeRange(first, fd);
        first = fd + 1;
    }
    closeRange(first, -1);
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

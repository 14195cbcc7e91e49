#include "worker/wait.h"

#include "worker/signals.h"

#include <algorithm>
#include <cerrno>
#include <chrono>

#if defined(__APPLE__)
#include <sys/select.h>
#endif

namespace kith::worker {

namespace {

std::optional<timespec> untilDeadline(core::Deadline deadline) {
    if (!deadline)
        return std::nullopt;
    const auto left = std::max(core::Clock::duration::zero(), *deadline - core::Clock::now());
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
    const auto rest = std::chrono::duration_cast<std::chrono::nanoseconds>(left - seconds);
    timespec time{};
    time.tv_sec = static_cast<decltype(time.tv_sec)>(seconds.count());
    time.tv_nsec = static_cast<decltype(time.tv_nsec)>(rest.count());
    return time;
}

void clear(std::span<pollfd> entries) {
    for (pollfd& entry : entries)
        entry.revents = 0;
}

} // namespace

#if defined(__APPLE__)

// macOS has no ppoll; a worker's descriptors are few and small, so pselect takes them all.
void waitFor(std::span<pollfd> entries, core::Deadline deadline) {
    fd_set readable;
    fd_set writable;
    FD_ZERO(&readable);
    FD_ZERO(&writable);
    int highest = -1;
    for (const pollfd& entry : entries) {
        if (entry.fd < 0 || entry.fd >= FD_SETSIZE)
            continue;
        if ((entry.events & POLLIN) != 0)
            FD_SET(entry.fd, &readable);
        if ((entry.events & POLLOUT) != 0)
            FD_SET(entry.fd, &writable);
        highest = std::max(highest, entry.fd);
    }
    const auto time = untilDeadline(deadline);
    const int ready =
        ::pselect(highest + 1, &readable, &writable, nullptr, time ? &*time : nullptr, &waitingSignalMask());
    clear(entries);
    if (ready <= 0)
        return;
    for (pollfd& entry : entries) {
        if (entry.fd < 0 || entry.fd >= FD_SETSIZE)
            continue;
        if (FD_ISSET(entry.fd, &readable))
            entry.revents |= POLLIN;
        if (FD_ISSET(entry.fd, &writable))
            entry.revents |= POLLOUT;
    }
}

#else

void waitFor(std::span<pollfd> entries, core::Deadline deadline) {
    const auto time = untilDeadline(deadline);
    // ppoll and not poll: poll is restarted by restart_syscall(2) after SIGSTOP, which a sandbox would stop.
    if (::ppoll(entries.data(), entries.size(), time ? &*time : nullptr, &waitingSignalMask()) < 0)
        clear(entries);
}

#endif

} // namespace kith::worker

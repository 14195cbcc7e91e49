// A child process as something to signal, never as a bare number.
#pragma once

#include "core/unique_fd.h"

#include <sys/types.h>

namespace kith::supervisor {

/// Signals one child. On Linux through a pidfd, which cannot reach another process once the child is gone
/// (pidfd_send_signal(2) gives ESRCH); elsewhere, and where a pidfd is refused, by kill(2), which is safe
/// only as long as the child is not reaped: its owner calls clear() as soon as it is. A move-only value; GUI
/// thread.
class ChildHandle final {
public:
    ChildHandle() = default;
    /// Of a child that was started and cannot have been reaped yet.
    explicit ChildHandle(pid_t pid);

    [[nodiscard]] pid_t pid() const { return pid_; }
    /// False where it is gone.
    bool signal(int number) const;
    /// The child has been reaped: from now on there is nothing to signal.
    void clear();

private:
    pid_t pid_ = 0;
    core::UniqueFd pidfd_;
};

} // namespace kith::supervisor

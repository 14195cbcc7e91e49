#include "supervisor/descriptor_limit.h"

#include "core/limits.h"

#include <algorithm>

#include <sys/resource.h>

namespace kith::supervisor {

void raiseDescriptorLimit(std::size_t sessions) {
    // One more worker than there are sessions: the listener.
    const rlim_t needed =
        (sessions + 1) * core::limits::descriptorsPerWorker + core::limits::descriptorsOfProgram;
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= needed)
        return;
    limit.rlim_cur = std::min<rlim_t>(needed, limit.rlim_max);
    // Refused: fewer workers can be started at once, and each failure to start one says why.
    static_cast<void>(::setrlimit(RLIMIT_NOFILE, &limit));
}

} // namespace kith::supervisor

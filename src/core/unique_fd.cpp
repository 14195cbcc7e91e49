#include "core/unique_fd.h"

#include <unistd.h>

namespace kith::core {

void UniqueFd::reset(int fd) {
    const int old = std::exchange(fd_, fd);
    // close(2): on EINTR Linux has closed the descriptor all the same; trying again could close another's.
    if (old >= 0 && old != fd)
        ::close(old);
}

} // namespace kith::core

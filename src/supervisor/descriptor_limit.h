// Descriptors enough for as many workers as there may be.
#pragma once

#include <cstddef>

namespace kith::supervisor {

/// Raises this process's soft RLIMIT_NOFILE to what so many session workers and the program itself need, as
/// far as the hard limit lets it; never lowers it. Workers set a small limit of their own. Before the first
/// worker, and where there may be more of them.
void raiseDescriptorLimit(std::size_t sessions);

} // namespace kith::supervisor

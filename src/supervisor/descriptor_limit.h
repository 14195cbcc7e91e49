// Descriptors enough for limits::sessions workers.
#pragma once

namespace kith::supervisor {

/// Raises this process's soft RLIMIT_NOFILE to what limits::sessions workers and the program itself need, as
/// far as the hard limit lets it. Workers set a small limit of their own. Called once, before the first
/// worker.
void raiseDescriptorLimit();

} // namespace kith::supervisor

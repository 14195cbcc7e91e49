// kith-worker, from its first line to its last.
#pragma once

namespace kith::worker {

/// Takes no arguments and no environment: everything comes over descriptor 3. Returns the exit status.
[[nodiscard]] int run();

} // namespace kith::worker

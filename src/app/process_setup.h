// What each program does before anything else. The programs' composition; main thread, before any other.
#pragma once

namespace kith::app {

/// SIGPIPE is ignored (a reader that is gone is an error of write(2), not an end of the program), and
/// descriptors 0 to 2 are open: one that is closed becomes /dev/null, so that no socket or lock can take its
/// number and be written to as standard output. False where that is not possible.
[[nodiscard]] bool prepareProcess();

} // namespace kith::app

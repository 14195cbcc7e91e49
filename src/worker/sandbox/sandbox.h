// The sandbox of a worker: two functions, and one file for each mechanism (linux.cpp, macos.cpp, none.cpp).
// Plain POSIX; the worker's main thread, when it is the only one.
#pragma once

#include "core/sandbox.h"

namespace kith::worker::sandbox {

/// What came of it.
struct Entered {
    core::Sandbox sandbox; ///< what is in force now, for good
    int failure = 0;       ///< errno of the first step that this computer refused; 0 where sandbox.whole()
};

/// For a session that is connected: nothing is left to open, to start or to connect to. From here on anything
/// that is not on its list of system calls ends the process with ipc::sandboxExit.
[[nodiscard]] Entered enterForSession();

/// For a listener that listens: it accepts and passes on, no more.
[[nodiscard]] Entered enterForListener();

} // namespace kith::worker::sandbox

// What confines a worker, as a value: told by the worker, shown by the program. Plain C++; any thread, any
// process.
#pragma once

namespace kith::core {

/// What is in force in a worker from before it reads the first byte of a peer's, for as long as it lives.
struct Sandbox {
    bool seccomp = false;         ///< Linux: every system call but those on the worker's list ends it
    unsigned allowedCalls = 0;    ///< how long that list is
    unsigned landlock = 0;        ///< Linux: the ABI that was applied, with no rule at all; 0: none
    bool noNewPrivileges = false; ///< Linux: no_new_privs
    bool seatbelt = false;        ///< macOS: sandbox_init(3)

    /// All that this system has. What is less than that, a person has to allow.
    [[nodiscard]] bool whole() const { return seatbelt || (seccomp && landlock > 0 && noNewPrivileges); }
    bool operator==(const Sandbox&) const = default;
};

} // namespace kith::core

// The system calls that a worker may make in its sandbox on Linux, each with its reason, and on which
// conditions. Everything else ends the process. SECURITY.md explains the list and how to check it;
// tests/process/sandbox_test.py reads this file and compares it with what workers really call.
#pragma once

#include "core/limits.h"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include <linux/futex.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h> // NOLINT(modernize-deprecated-headers): SIGABRT for a table of numbers
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace kith::worker::sandbox {

/// An argument as it must be, under a mask. `number` may be one of the two that are known only when the
/// sandbox is entered.
struct Condition {
    unsigned argument;
    std::uint64_t number;
    std::uint64_t mask = ~std::uint64_t{0};
};
inline constexpr std::uint64_t ownProcess = ~std::uint64_t{0};
inline constexpr std::uint64_t ownThread = ~std::uint64_t{1};

/// Who may make a call.
enum class Who : std::uint8_t { Both, Session, Listener };

/// One system call of the list, and what it may be called for; all conditions must hold. A call that is there
/// for two things stands in two lines, one behind the other.
struct Call {
    int number;
    Who who;
    std::string_view name;
    std::string_view why;
    std::span<const Condition> conditions;

    [[nodiscard]] constexpr bool isFor(Who asking) const { return who == Who::Both || who == asking; }
};

namespace conditions {

/// Without an address: on what is connected.
inline constexpr std::array noAddress = {Condition{4, 0}};
inline constexpr std::array userTimeout = {Condition{1, IPPROTO_TCP}, Condition{2, TCP_USER_TIMEOUT}};
inline constexpr std::array traffic = {Condition{1, IPPROTO_TCP}, Condition{2, TCP_INFO}};
inline constexpr std::array socketError = {Condition{1, SOL_SOCKET}, Condition{2, SO_ERROR}};
/// Memory of no file, for one process, that is never executed.
inline constexpr std::array plainMemory = {Condition{2, 0, PROT_EXEC},
                                           Condition{3, MAP_PRIVATE | MAP_ANONYMOUS}};
inline constexpr std::array wake = {Condition{1, FUTEX_WAKE, ~std::uint64_t{FUTEX_PRIVATE_FLAG}}};
inline constexpr std::array abortOfOwn = {Condition{0, ownProcess}, Condition{1, ownThread},
                                          Condition{2, SIGABRT}};
inline constexpr std::array standardError = {Condition{0, STDERR_FILENO}};

} // namespace conditions

// clang-format off
inline constexpr std::array calls = {
    Call{SYS_read, Who::Both, "read", "the program's messages; the peer inside TLS", {}},
    Call{SYS_write, Who::Both, "write", "the same the other way; last words on standard error", {}},
    Call{SYS_recvfrom, Who::Session, "recvfrom", "the peer in plain text, and what is left of it at the end", conditions::noAddress},
    Call{SYS_sendto, Who::Session, "sendto", "the peer in plain text", conditions::noAddress},
    Call{SYS_accept4, Who::Listener, "accept4", "whoever comes", {}},
    Call{SYS_sendmsg, Who::Listener, "sendmsg", "passes an accepted connection to the program", {}},
    Call{SYS_ppoll, Who::Both, "ppoll", "the one place where a worker waits", {}},
    Call{SYS_shutdown, Who::Session, "shutdown", "the end of the connection, as FIN and not as RST", {}},
    Call{SYS_setsockopt, Who::Session, "setsockopt", "TCP_USER_TIMEOUT alone: longer in plain text than inside TLS", conditions::userTimeout},
    Call{SYS_getsockopt, Who::Session, "getsockopt", "SO_ERROR: why a peer is gone", conditions::socketError},
    Call{SYS_getsockopt, Who::Session, "getsockopt", "TCP_INFO, and no third: the round trip and the bytes, where somebody looks", conditions::traffic},
    Call{SYS_close, Who::Both, "close", "the connection; a listener's copy of what it has passed on", {}},
    Call{SYS_brk, Who::Both, "brk", "memory", {}},
    Call{SYS_mmap, Who::Both, "mmap", "large pieces of memory; never of a file, never to be executed", conditions::plainMemory},
    Call{SYS_munmap, Who::Both, "munmap", "gives them back", {}},
    Call{SYS_futex, Who::Both, "futex", "FUTEX_WAKE alone: what the runtime sets up once, for an exception that nobody catches", conditions::wake},
    Call{SYS_getrandom, Who::Session, "getrandom", "OpenSSL seeds its generator anew after an hour", {}},
    Call{SYS_clock_gettime, Who::Both, "clock_gettime", "deadlines, where the kernel's page for it cannot tell the time", {}},
    Call{SYS_getppid, Who::Both, "getppid", "is the program still there?", {}},
    Call{SYS_getpid, Who::Both, "getpid", "OpenSSL, whether it was forked; abort", {}},
    Call{SYS_gettid, Who::Both, "gettid", "abort", {}},
    Call{SYS_tgkill, Who::Both, "tgkill", "abort: SIGABRT to itself alone", conditions::abortOfOwn},
    Call{SYS_rt_sigprocmask, Who::Both, "rt_sigprocmask", "abort", {}},
    Call{SYS_writev, Who::Both, "writev", "the C library's last words, on standard error alone", conditions::standardError},
    Call{SYS_rt_sigreturn, Who::Both, "rt_sigreturn", "the way back from SIGUSR1 and SIGTERM", {}},
    Call{SYS_exit_group, Who::Both, "exit_group", "the end", {}},
};
// clang-format on

/// How many calls the list of one role has.
constexpr unsigned countFor(Who who) {
    unsigned count = 0;
    int last = -1;
    for (const Call& call : calls) {
        if (call.isFor(who) && call.number != std::exchange(last, call.number))
            ++count;
    }
    return count;
}
static_assert(countFor(Who::Session) <= core::limits::allowedCalls);
static_assert(countFor(Who::Listener) <= core::limits::allowedCalls);

} // namespace kith::worker::sandbox

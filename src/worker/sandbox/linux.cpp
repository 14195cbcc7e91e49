// Linux: no_new_privs, Landlock, seccomp. For any other system see macos.cpp and none.cpp.
#include "core/limits.h"
#include "ipc/messages.h"
#include "worker/sandbox/linux_calls.h"
#include "worker/sandbox/linux_landlock.h"
#include "worker/sandbox/sandbox.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <memory>
#include <vector>

#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace kith::worker::sandbox {

namespace {

namespace limits = core::limits;

/// SIGSYS: a call that is not on the list was about to be made. Async-signal-safe; makes calls of the list
/// alone. Where not even this can run the kernel ends the process by SIGSYS.
void onForbiddenCall(int /*signal*/, siginfo_t* info, void* /*context*/) {
    std::array<char, ipc::sandboxWords.size() + 16> line{};
    char* const words = std::copy(ipc::sandboxWords.begin(), ipc::sandboxWords.end(), line.data());
    char* const end = std::to_chars(words, line.data() + line.size() - 1, info->si_syscall).ptr;
    *end = '\n';
    const auto size = static_cast<std::size_t>(end + 1 - line.data());
    static_cast<void>(::write(STDERR_FILENO, line.data(), size) == 0);
    ::_exit(ipc::sandboxExit);
}

bool nameForbiddenCalls() {
    struct sigaction action {};
    action.sa_sigaction = onForbiddenCall;
    action.sa_flags = SA_SIGINFO;
    sigfillset(&action.sa_mask);
    return ::sigaction(SIGSYS, &action, nullptr) == 0;
}

/// No process and no thread from here on (the one that looked the name up has gone), and no memory without
/// end. RLIMIT_NPROC is compared with what the whole user runs, so nobody else is touched by a limit of 0.
bool limitResources() {
    const rlimit processes{0, 0};
    const rlimit memory{limits::workerAddressSpace, limits::workerAddressSpace};
    return ::setrlimit(RLIMIT_NPROC, &processes) == 0 && ::setrlimit(RLIMIT_AS, &memory) == 0;
}

struct Release {
    void operator()(void* filter) const { seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, Release>;

/// 0, or errno.
int allow(const Filter& filter, const Call& call) {
    std::vector<scmp_arg_cmp> only;
    for (const Condition& condition : call.conditions) {
        std::uint64_t number = condition.number;
        if (number == ownProcess)
            number = static_cast<std::uint64_t>(::getpid());
        else if (number == ownThread)
            number = static_cast<std::uint64_t>(::syscall(SYS_gettid));
        only.push_back({condition.argument, SCMP_CMP_MASKED_EQ, condition.mask, number & condition.mask});
    }
    return -seccomp_rule_add_array(filter.get(), SCMP_ACT_ALLOW, call.number,
                                   static_cast<unsigned>(only.size()), only.data());
}

/// 0, or errno. A call of another architecture (x32 and i386 on x86_64) has numbers of its own, which would
/// name the wrong call: the kernel ends the process for it.
int filterCalls(Who who) {
    const Filter filter(seccomp_init(SCMP_ACT_TRAP));
    if (!filter)
        return ENOMEM;
    int failure = -seccomp_attr_set(filter.get(), SCMP_FLTATR_API_SYSRAWRC, 1); // errno, and not ECANCELED
    if (failure == 0)
        failure = -seccomp_attr_set(filter.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    if (failure == 0)
        failure = -seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1);
    for (const Call& call : calls) {
        if (failure == 0 && call.isFor(who))
            failure = allow(filter, call);
    }
    return failure != 0 ? failure : -seccomp_load(filter.get());
}

Entered enter(Who who) {
    Entered entered;
    const auto note = [&entered](int failure) {
        if (entered.failure == 0)
            entered.failure = failure;
    };
    if (!limitResources() || !nameForbiddenCalls())
        note(errno);
    entered.sandbox.noNewPrivileges = ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    if (!entered.sandbox.noNewPrivileges)
        note(errno);
    if (const auto abi = forbidByLandlock())
        entered.sandbox.landlock = *abi;
    else
        note(abi.error().number);
    const int failure = filterCalls(who);
    entered.sandbox.seccomp = failure == 0;
    entered.sandbox.allowedCalls = failure == 0 ? countFor(who) : 0;
    if (failure != 0)
        note(failure);
    return entered;
}

} // namespace

Entered enterForSession() {
    return enter(Who::Session);
}

Entered enterForListener() {
    return enter(Who::Listener);
}

} // namespace kith::worker::sandbox

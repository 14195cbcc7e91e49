// A kith-worker that turns against its program, as one that a peer has taken over would: the real one's
// library, with an attack between entering the sandbox and the peer's first byte. The linker puts it there
// (--wrap in CMakeLists.txt), so that nothing of it is in the real one. Which attack it is stands in a file
// beside the program, NAME.attack; `--list` names them all.
#include "worker/confine.h"
#include "worker/run.h"

#include <array>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <linux/io_uring.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

using namespace kith;

namespace {

constexpr int gotThrough = 77;
/// Well over what malloc(3) takes from the heap, M_MMAP_THRESHOLD.
constexpr std::size_t largePiece = std::size_t{2} * 1024 * 1024;

/// What was known before the sandbox.
pid_t program = 0;
int peer = -1;
int chosen = 0;
void* page = nullptr;
std::time_t later = 0;

/// One attempt. `number`: the system call that must end it; -1 where it is an abort, 0 where it is allowed.
struct Attack {
    std::string_view name;
    long number;
    void (*run)();
};

template <typename... Arguments>
void call(long number, Arguments... arguments) {
    static_cast<void>(::syscall(number, arguments...));
}

sockaddr_un abstractAddress() {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path + 1, "kith", 4);
    return address;
}

#ifdef SYS_open
constexpr long openCall = SYS_open;
void openOldStyle() {
    call(SYS_open, "/etc/passwd", O_RDONLY);
}
#else
constexpr long openCall = SYS_openat;
void openOldStyle() {
    call(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY);
}
#endif

constexpr std::size_t pageSize = 4096;

const Attack attacks[] = {
    {"open a file", openCall, openOldStyle},
    {"openat for reading", SYS_openat, [] { call(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY); }},
    {"openat to create", SYS_openat,
     [] { call(SYS_openat, AT_FDCWD, "/tmp/kith-attack", O_CREAT | O_WRONLY, 0600); }},
    {"openat2", 437,
     [] {
         std::array<std::uint64_t, 3> how{};
         call(437, AT_FDCWD, "/etc/passwd", how.data(), sizeof how);
     }},
    {"write to the own memory by /proc", SYS_openat,
     [] { call(SYS_openat, AT_FDCWD, "/proc/self/mem", O_RDWR); }},
    {"socket AF_INET", SYS_socket, [] { call(SYS_socket, AF_INET, SOCK_STREAM, 0); }},
    {"socket AF_INET6", SYS_socket, [] { call(SYS_socket, AF_INET6, SOCK_DGRAM, 0); }},
    {"socket AF_UNIX", SYS_socket, [] { call(SYS_socket, AF_UNIX, SOCK_STREAM, 0); }},
    {"socket AF_NETLINK", SYS_socket, [] { call(SYS_socket, AF_NETLINK, SOCK_RAW, 0); }},
    {"socket AF_PACKET", SYS_socket, [] { call(SYS_socket, AF_PACKET, SOCK_RAW, 0); }},
    {"socket AF_VSOCK", SYS_socket, [] { call(SYS_socket, AF_VSOCK, SOCK_STREAM, 0); }},
    {"socketpair", SYS_socketpair,
     [] {
         std::array<int, 2> ends{};
         call(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, ends.data());
     }},
    {"connect elsewhere", SYS_connect,
     [] {
         sockaddr_in address{};
         address.sin_family = AF_INET;
         call(SYS_connect, peer, &address, sizeof address);
     }},
    {"connect to an abstract socket", SYS_connect,
     [] {
         const sockaddr_un address = abstractAddress();
         call(SYS_connect, peer, &address, sizeof address);
     }},
    {"bind", SYS_bind,
     [] {
         sockaddr_in address{};
         address.sin_family = AF_INET;
         call(SYS_bind, peer, &address, sizeof address);
     }},
    {"listen", SYS_listen, [] { call(SYS_listen, peer, 1); }},
    {"accept", SYS_accept4, [] { call(SYS_accept4, peer, nullptr, nullptr, 0); }},
    {"send to an address", SYS_sendto,
     [] {
         const sockaddr_un address = abstractAddress();
         call(SYS_sendto, peer, "x", 1, 0, &address, sizeof address);
     }},
    {"pass a descriptor", SYS_sendmsg,
     [] {
         const msghdr message{};
         call(SYS_sendmsg, peer, &message, 0);
     }},
    {"take a descriptor", SYS_recvmsg,
     [] {
         msghdr message{};
         call(SYS_recvmsg, peer, &message, 0);
     }},
    {"a filter for the socket", SYS_setsockopt,
     [] {
         int value = 0;
         call(SYS_setsockopt, peer, SOL_SOCKET, SO_ATTACH_FILTER, &value, sizeof value);
     }},
    {"execve", SYS_execve,
     [] {
         char* const none[] = {nullptr};
         call(SYS_execve, "/bin/sh", none, none);
     }},
    {"execveat", SYS_execveat,
     [] {
         char* const none[] = {nullptr};
         call(SYS_execveat, AT_FDCWD, "/bin/sh", none, none, 0);
     }},
    {"fork", SYS_clone, [] { call(SYS_clone, SIGCHLD, 0, 0, 0, 0); }},
#ifdef SYS_vfork
    {"vfork", SYS_vfork, [] { call(SYS_vfork); }},
#else
    {"vfork", SYS_clone, [] { call(SYS_clone, CLONE_VFORK | CLONE_VM | SIGCHLD, 0, 0, 0, 0); }},
#endif
    {"a thread", SYS_clone, [] { call(SYS_clone, CLONE_VM | CLONE_THREAD | CLONE_SIGHAND, 0, 0, 0, 0); }},
    {"clone3", 435,
     [] {
         std::array<std::uint64_t, 11> how{};
         call(435, how.data(), sizeof how);
     }},
    {"ptrace the program", SYS_ptrace, [] { call(SYS_ptrace, PTRACE_SEIZE, program, 0, 0); }},
    {"kill the program", SYS_kill, [] { call(SYS_kill, program, SIGKILL); }},
    {"abort the program", SYS_tgkill, [] { call(SYS_tgkill, program, program, SIGABRT); }},
    {"another signal to itself", SYS_tgkill, [] { call(SYS_tgkill, ::getpid(), ::gettid(), SIGSTOP); }},
    {"a handle on the program", 434, [] { call(434, program, 0); }},
    {"read the program's memory", SYS_process_vm_readv,
     [] {
         iovec piece{page, 1};
         call(SYS_process_vm_readv, program, &piece, 1, &piece, 1, 0);
     }},
    {"write the program's memory", SYS_process_vm_writev,
     [] {
         iovec piece{page, 1};
         call(SYS_process_vm_writev, program, &piece, 1, &piece, 1, 0);
     }},
    {"memory to be executed", SYS_mmap,
     [] {
         call(SYS_mmap, 0, pageSize, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
     }},
    {"memory of a file", SYS_mmap, [] { call(SYS_mmap, 0, pageSize, PROT_READ, MAP_SHARED, 0, 0); }},
    {"make memory executable", SYS_mprotect,
     [] { call(SYS_mprotect, page, pageSize, PROT_READ | PROT_EXEC); }},
    {"memfd_create", SYS_memfd_create, [] { call(SYS_memfd_create, "x", 0); }},
    {"io_uring_setup", 425,
     [] {
         io_uring_params how{};
         call(425, 1, &how);
     }},
    {"keyctl", SYS_keyctl, [] { call(SYS_keyctl, 0, -3, 0); }},
    {"add_key", SYS_add_key, [] { call(SYS_add_key, "user", "kith", "x", 1, -3); }},
    {"bpf", SYS_bpf, [] { call(SYS_bpf, 0, page, 8); }},
    {"userfaultfd", SYS_userfaultfd, [] { call(SYS_userfaultfd, 1); }},
    {"mount", SYS_mount, [] { call(SYS_mount, "none", "/tmp", "tmpfs", 0, 0); }},
    {"unshare", SYS_unshare, [] { call(SYS_unshare, CLONE_NEWUSER); }},
    {"setns", SYS_setns, [] { call(SYS_setns, 0, 0); }},
    {"chroot", SYS_chroot, [] { call(SYS_chroot, "/tmp"); }},
    {"the program's limits", SYS_prlimit64, [] { call(SYS_prlimit64, program, 7, 0, page); }},
    {"perf_event_open", SYS_perf_event_open, [] { call(SYS_perf_event_open, page, program, -1, -1, 0); }},
    {"init_module", SYS_init_module, [] { call(SYS_init_module, page, pageSize, ""); }},
    {"reboot", SYS_reboot, [] { call(SYS_reboot, 0, 0, 0, 0); }},
    {"be dumpable again", SYS_prctl, [] { call(SYS_prctl, PR_SET_DUMPABLE, 1, 0, 0, 0); }},
    {"another filter", SYS_seccomp, [] { call(SYS_seccomp, 1, 0, page); }},
    {"another descriptor", SYS_dup3, [] { call(SYS_dup3, 0, 20, 0); }},
    {"words into a terminal", SYS_ioctl, [] { call(SYS_ioctl, 0, 0x5412, page); }},
    {"writev past the program's rules", SYS_writev,
     [] {
         iovec piece{page, 1};
         call(SYS_writev, 3, &piece, 1);
     }},
    // What the list allows, and what a session rarely has a use for.
    {"abort", -1, [] { std::abort(); }},
    {"a broken heap", -1,
     [] {
         // What glibc finds in free(): it tells so on standard error and aborts.
         char* volatile twice = static_cast<char*>(std::malloc(pageSize));
         std::memset(twice - 8, 0x7f, 16);
         std::free(twice);
     }},
    {"an exception that nobody catches", -1, [] { throw 1; }},
    {"a large piece of memory, and its return", 0,
     [] {
         char* volatile large = static_cast<char*>(std::malloc(largePiece));
         std::memset(large, 1, largePiece);
         std::free(large);
     }},
    {"two hours later", 0, [] { later = 7200; }},
    {"the time without the kernel's page", 0,
     [] {
         timespec now{};
         call(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
     }},
    {"why the peer is gone", 0,
     [] {
         int error = 0;
         socklen_t size = sizeof error;
         call(SYS_getsockopt, peer, SOL_SOCKET, SO_ERROR, &error, &size);
     }},
#if defined(__x86_64__)
    // Calls by the numbers of another architecture: the kernel ends the process before it could say which.
    {"openat of x32", -SIGSYS, [] { call(0x40000000L | SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY); }},
    {"getpid of i386", -SIGSYS,
     [] {
         long result = 20;
         asm volatile("int $0x80" : "+a"(result) : : "memory", "r8", "r9", "r10", "r11");
     }},
#endif
};

/// One line for each: its number, the system call that must end it, its name.
void list() {
    int number = 0;
    for (const Attack& attack : attacks)
        std::printf("%d %ld %.*s\n", ++number, attack.number, static_cast<int>(attack.name.size()),
                    attack.name.data());
}

} // namespace

/// OpenSSL asks this one, as it is exported.
extern "C" std::time_t time(std::time_t* out) {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    if (out != nullptr)
        *out = now.tv_sec + later;
    return now.tv_sec + later;
}

// Named as the linker names them.
std::optional<ipc::Ended> realConfine(worker::Channel& channel, ipc::Role role, worker::Confinement how,
                                      std::span<const int> kept) asm("__real_" KITH_CONFINE);
std::optional<ipc::Ended> attackedConfine(worker::Channel& channel, ipc::Role role, worker::Confinement how,
                                          std::span<const int> kept) asm("__wrap_" KITH_CONFINE);

std::optional<ipc::Ended> attackedConfine(worker::Channel& channel, ipc::Role role, worker::Confinement how,
                                          std::span<const int> kept) {
    auto refused = realConfine(channel, role, how, kept);
    if (refused || role == ipc::Role::Listen || chosen < 1)
        return refused;
    peer = kept.front();
    const Attack& attack = attacks[chosen - 1];
    attack.run();
    if (attack.number == 0)
        return refused; // allowed: the session goes on
    constexpr std::string_view words = "it got through\n";
    static_cast<void>(::write(STDERR_FILENO, words.data(), words.size()) == 0);
    ::_exit(gotThrough);
}

int main(int argc, char** argv) {
    if (argc == 2 && std::string_view(argv[1]) == "--list") {
        list();
        return 0;
    }
    std::ifstream(std::string(argv[0]) + ".attack") >> chosen;
    if (chosen > static_cast<int>(std::size(attacks)))
        return 2;
    program = ::getppid();
    page = ::mmap(nullptr, pageSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return worker::run();
}

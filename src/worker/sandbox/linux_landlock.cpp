#include "worker/sandbox/linux_landlock.h"

#include "core/unique_fd.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>

#include <sys/syscall.h>
#include <unistd.h>

namespace kith::worker::sandbox {

namespace {

// landlock(7) and include/uapi/linux/landlock.h: by number, as Debian 12's headers stop at ABI 2. The three
// calls have the same numbers on every architecture.
constexpr long createRuleset = 444;
constexpr long restrictSelf = 446;
constexpr unsigned askForVersion = 1U << 0U; // LANDLOCK_CREATE_RULESET_VERSION

/// The newest ABI whose rights are all known here. A newer kernel is asked for no more.
constexpr int newestAbi = 7;

/// struct landlock_ruleset_attr. A kernel takes it at the size that its ABI has.
struct Ruleset {
    std::uint64_t files = 0;  ///< handled_access_fs
    std::uint64_t net = 0;    ///< handled_access_net, since ABI 4
    std::uint64_t scoped = 0; ///< since ABI 6
};

constexpr std::uint64_t lowest(unsigned count) {
    return (std::uint64_t{1} << count) - 1;
}

/// Every right to files that the ABI has.
std::uint64_t fileRights(int abi) {
    if (abi >= 5)
        return lowest(16); // ... IOCTL_DEV
    if (abi >= 3)
        return lowest(15); // ... TRUNCATE
    return abi >= 2 ? lowest(14) /* ... REFER */ : lowest(13);
}

std::size_t sizeAt(int abi) {
    if (abi >= 6)
        return sizeof(Ruleset);
    return abi >= 4 ? 2 * sizeof(std::uint64_t) : sizeof(std::uint64_t);
}

core::Error failed(const char* step) {
    return {core::Reason::SandboxMissing, errno, step};
}

} // namespace

core::Result<unsigned> forbidByLandlock() {
    const long found = ::syscall(createRuleset, nullptr, std::size_t{0}, askForVersion);
    if (found < 1)
        return failed("landlock");
    const int abi = std::min(static_cast<int>(found), newestAbi);
    Ruleset ruleset;
    ruleset.files = fileRights(abi);
    if (abi >= 4)
        ruleset.net = lowest(2); // BIND_TCP, CONNECT_TCP
    if (abi >= 6)
        ruleset.scoped = lowest(2); // ABSTRACT_UNIX_SOCKET, SIGNAL
    const core::UniqueFd fd(static_cast<int>(::syscall(createRuleset, &ruleset, sizeAt(abi), 0U)));
    if (!fd)
        return failed("landlock_create_ruleset");
    if (::syscall(restrictSelf, fd.get(), 0U) != 0)
        return failed("landlock_restrict_self");
    return static_cast<unsigned>(abi);
}

} // namespace kith::worker::sandbox

// The descriptor channel: one descriptor a message (SCM_RIGHTS, unix(7)), with a 16-byte header and a token.
// SOCK_STREAM, as macOS has no SOCK_SEQPACKET for AF_UNIX. Plain C++ and POSIX; used at both ends.
#pragma once

#include "core/result.h"
#include "core/unique_fd.h"

#include <cstdint>
#include <optional>

namespace kith::ipc {

/// A descriptor and the number its sender gave it.
struct PassedDescriptor {
    std::uint64_t token = 0;
    core::UniqueFd fd;
};

/// Passes a copy of `fd`; the caller still owns its own. Never blocks. false: the channel is full, try again
/// when it is writable. Errors: DescriptorsSpent (with errno), WorkerBroke (the other end is gone).
[[nodiscard]] core::Result<bool> passDescriptor(int channel, std::uint64_t token, int fd);

/// The next descriptor, close-on-exec; nothing where none waits. Never blocks. More than one descriptor in a
/// message, none, or a wrong header is an error, and every descriptor that came with it is closed. Where this
/// process has no room for one more the kernel drops it: then `fd` is empty.
/// Errors: WorkerBroke; PeerClosed at end-of-file.
[[nodiscard]] core::Result<std::optional<PassedDescriptor>> takeDescriptor(int channel);

} // namespace kith::ipc

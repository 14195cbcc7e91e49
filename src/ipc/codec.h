// THE process boundary, 2 of 3: frames. length (4 bytes, big-endian) | one protobuf message (boundary.proto).
// Total: bytes in, a value or an error out, whatever the bytes; no I/O. Plain C++; used at both ends.
#pragma once

#include "core/result.h"
#include "ipc/messages.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kith::ipc {

/// Bytes of a frame before its payload.
inline constexpr std::size_t frameHeader = 4;

/// A whole frame. A message over limits::boundaryMessage is a mistake of ours: the result is then empty.
[[nodiscard]] std::string encode(const ToWorker& message);
[[nodiscard]] std::string encode(const FromWorker& message);

/// The payload of one frame as a message. Every string is checked to be valid UTF-8 without NUL and within
/// its bound, every port, reason and number to be in range. Errors: WorkerBroke, with a detail for the log.
[[nodiscard]] core::Result<ToWorker> decodeToWorker(std::string_view payload);
[[nodiscard]] core::Result<FromWorker> decodeFromWorker(std::string_view payload);

/// Cuts a stream of bytes into payloads. Holds at most one frame and what was appended behind it; refuses a
/// length of 0 or over limits::boundaryMessage before it keeps a byte of it. A value of its owner's.
class FrameReader final {
public:
    void append(std::string_view bytes);

    /// The next payload, valid until the next call of append() or next(); nothing where it is not yet whole;
    /// an error (WorkerBroke) where the length is out of bounds, and then for good.
    [[nodiscard]] core::Result<std::optional<std::string_view>> next();

    /// Bytes held.
    [[nodiscard]] std::size_t size() const { return buffer_.size() - begin_; }

private:
    std::string buffer_;
    std::size_t begin_ = 0;
    bool broken_ = false;
};

} // namespace kith::ipc

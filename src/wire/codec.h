// kith/1, 2 of 3: frames. length (4 bytes, big-endian; of what follows, the type included) | type (1) |
// payload. HELLO to KNOCK, PING, PONG and GOODBYE are raw bytes of a fixed or stated length; PROFILE and
// conversation frames are one protobuf message (peer.proto). Total: bytes in, a value or an error out; no
// I/O. Plain C++; the worker.
#pragma once

#include "core/result.h"
#include "wire/messages.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kith::wire {

/// A whole frame. One over its bound is a mistake of ours: the result is then empty.
[[nodiscard]] std::string encode(const Frame& frame);

/// One frame's payload as a value. Names and texts are checked to be valid UTF-8 without NUL and within their
/// bounds, every number to be in range. Fields that are not known are passed over. Errors: ProtocolBroken,
/// with a detail for the log.
[[nodiscard]] core::Result<Frame> decode(FrameType type, std::string_view payload);

/// The most that a frame's payload may have; nothing for a type that is not known.
[[nodiscard]] std::optional<std::size_t> payloadLimit(std::uint8_t type);

/// A frame that is whole, and not yet looked at. The payload is valid until the reader is touched again.
struct RawFrame {
    FrameType type{};
    std::string_view payload;
};

/// Cuts a stream of bytes into frames. Holds at most one frame and what was appended behind it; refuses a
/// type that is not known and a length over its bound before it keeps a byte of the payload. A value of its
/// owner's.
class FrameReader final {
public:
    void append(std::string_view bytes);

    /// The next frame; nothing where it is not yet whole; ProtocolBroken where it is out of bounds, and then
    /// for good.
    [[nodiscard]] core::Result<std::optional<RawFrame>> next();

    /// Bytes held: more than 0 at end-of-file is a frame that is not whole.
    [[nodiscard]] std::size_t size() const { return buffer_.size() - begin_; }

private:
    std::string buffer_;
    std::size_t begin_ = 0;
    bool broken_ = false;
};

} // namespace kith::wire

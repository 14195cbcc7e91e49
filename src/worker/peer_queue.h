// What waits to go to a peer. Plain POSIX; the session worker only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace kith::worker {

/// Bytes in order, and which message each belongs to, at most limits::peerQueue of them. Owned by its
/// session.
class PeerQueue final {
public:
    /// False where it would hold more than limits::peerQueue: the program must not have sent it.
    [[nodiscard]] bool addMessage(std::uint64_t number, std::string_view bytes);
    /// Bytes of no message; dropped where there is no room.
    void addRaw(std::string_view bytes);

    [[nodiscard]] bool empty() const { return written_ == bytes_.size(); }

    /// Writes what can be written without blocking. 0, or the errno of a peer that cannot be written to.
    [[nodiscard]] int writeTo(int fd);

    /// The number of the last message that is wholly with the kernel, if that is a new one since the last
    /// call.
    [[nodiscard]] std::optional<std::uint64_t> takeWritten();

private:
    /// Where a message ends.
    struct Mark {
        std::uint64_t number;
        std::uint64_t end; ///< its last byte, counted from the beginning of the session
    };

    std::string bytes_;
    std::size_t written_ = 0;  ///< of bytes_
    std::uint64_t erased_ = 0; ///< bytes before bytes_, all written
    std::deque<Mark> marks_;
};

} // namespace kith::worker

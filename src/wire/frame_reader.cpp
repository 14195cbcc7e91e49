#include "core/limits.h"
#include "wire/codec.h"

namespace kith::wire {

namespace limits = core::limits;

namespace {

constexpr std::size_t lengthBytes = 4;
constexpr std::size_t header = lengthBytes + 1;
/// What the length field may say: the type, and the longest payload.
constexpr std::size_t mostLength = 1 + limits::conversationFrame;

core::Error outOfBounds() {
    return {core::Reason::ProtocolBroken, 0, "frame out of bounds"};
}

} // namespace

void FrameReader::append(std::string_view bytes) {
    if (broken_)
        return;
    buffer_.erase(0, begin_);
    begin_ = 0;
    buffer_.append(bytes);
}

core::Result<std::optional<RawFrame>> FrameReader::next() {
    if (broken_)
        return outOfBounds();
    if (size() < lengthBytes)
        return std::optional<RawFrame>();
    std::size_t length = 0;
    for (std::size_t i = 0; i < lengthBytes; ++i)
        length = (length << 8U) | static_cast<unsigned char>(buffer_[begin_ + i]);
    bool legal = length >= 1 && length <= mostLength;
    if (legal && size() < header)
        return std::optional<RawFrame>();
    const auto type = legal ? static_cast<std::uint8_t>(buffer_[begin_ + lengthBytes]) : std::uint8_t{0};
    const std::optional<std::size_t> most = payloadLimit(type);
    if (!legal || !most || length - 1 > *most) {
        broken_ = true;
        buffer_.clear();
        begin_ = 0;
        return outOfBounds();
    }
    if (size() < lengthBytes + length)
        return std::optional<RawFrame>();
    const RawFrame frame{static_cast<FrameType>(type),
                         std::string_view(buffer_.data() + begin_ + header, length - 1)};
    begin_ += lengthBytes + length;
    return std::optional(frame);
}

} // namespace kith::wire

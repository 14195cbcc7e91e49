#include "core/limits.h"
#include "ipc/codec.h"

namespace kith::ipc {

namespace limits = core::limits;

namespace {

core::Error outOfBounds() {
    return {core::Reason::WorkerBroke, 0, "frame length"};
}

} // namespace

void FrameReader::append(std::string_view bytes) {
    if (broken_)
        return;
    buffer_.erase(0, begin_);
    begin_ = 0;
    buffer_.append(bytes);
}

core::Result<std::optional<std::string_view>> FrameReader::next() {
    if (broken_)
        return outOfBounds();
    if (size() < frameHeader)
        return std::optional<std::string_view>();
    std::size_t length = 0;
    for (std::size_t i = 0; i < frameHeader; ++i)
        length = (length << 8) | static_cast<unsigned char>(buffer_[begin_ + i]);
    if (length == 0 || length > limits::boundaryMessage) {
        broken_ = true;
        buffer_.clear();
        begin_ = 0;
        return outOfBounds();
    }
    if (size() < frameHeader + length)
        return std::optional<std::string_view>();
    const std::string_view payload(buffer_.data() + begin_ + frameHeader, length);
    begin_ += frameHeader + length;
    return std::optional(payload);
}

} // namespace kith::ipc

#include "worker/peer_queue.h"

#include "core/limits.h"

#include <cerrno>

#include <sys/socket.h>

namespace kith::worker {

namespace limits = core::limits;

namespace {

#ifdef MSG_NOSIGNAL
constexpr int sendFlags = MSG_NOSIGNAL;
#else
constexpr int sendFlags = 0; // macOS: SO_NOSIGPIPE is set on the socket
#endif

} // namespace

bool PeerQueue::addMessage(std::uint64_t number, std::string_view bytes) {
    if (bytes_.size() - written_ + bytes.size() > limits::peerQueue)
        return false;
    bytes_ += bytes;
    marks_.push_back({number, erased_ + bytes_.size()});
    return true;
}

void PeerQueue::addRaw(std::string_view bytes) {
    if (bytes_.size() - written_ + bytes.size() <= limits::peerQueue)
        bytes_ += bytes;
}

int PeerQueue::writeTo(int fd) {
    while (!empty()) {
        const ssize_t put = ::send(fd, bytes_.data() + written_, bytes_.size() - written_, sendFlags);
        if (put >= 0)
            written_ += static_cast<std::size_t>(put);
        else if (errno == EAGAIN || errno == EWOULDBLOCK)
            break;
        else if (errno != EINTR)
            return errno;
    }
    if (empty() || written_ > limits::peerQueue / 2) {
        bytes_.erase(0, written_);
        erased_ += written_;
        written_ = 0;
        // An idle session gives the memory of its longest burst back.
        if (bytes_.empty() && bytes_.capacity() > limits::readChunk)
            bytes_.shrink_to_fit();
    }
    return 0;
}

std::optional<std::uint64_t> PeerQueue::takeWritten() {
    std::optional<std::uint64_t> last;
    while (!marks_.empty() && marks_.front().end <= erased_ + written_) {
        last = marks_.front().number;
        marks_.pop_front();
    }
    return last;
}

} // namespace kith::worker

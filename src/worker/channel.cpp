#include "worker/channel.h"

#include "core/limits.h"
#include "worker/signals.h"
#include "worker/wait.h"

#include <array>
#include <cerrno>
#include <utility>

#include <unistd.h>

namespace kith::worker {

namespace limits = core::limits;

pollfd Channel::entry() const {
    pollfd entry{};
    entry.fd = open_ ? fd_.get() : -1;
    entry.events = static_cast<short>(POLLIN | (written_ < out_.size() ? POLLOUT : 0));
    return entry;
}

void Channel::handle(const pollfd& entry) {
    if ((entry.revents & POLLOUT) != 0)
        flush();
    if ((entry.revents & (POLLIN | POLLHUP | POLLERR | POLLNVAL)) != 0)
        read();
}

void Channel::read() {
    std::array<char, limits::readChunk>
        bytes; // NOLINT(cppcoreguidelines-pro-type-member-init): read fills it
    ssize_t got = 0;
    do {
        got = ::read(fd_.get(), bytes.data(), bytes.size());
    } while (got < 0 && errno == EINTR);
    if (got > 0)
        reader_.append({bytes.data(), static_cast<std::size_t>(got)});
    else if (got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK))
        close();
}

std::optional<ipc::ToWorker> Channel::next() {
    const auto payload = reader_.next();
    if (!payload) {
        close();
        return std::nullopt;
    }
    if (!payload->has_value())
        return std::nullopt;
    auto message = ipc::decodeToWorker(**payload);
    if (!message) {
        close();
        return std::nullopt;
    }
    return std::move(message).value();
}

void Channel::send(const ipc::FromWorker& message) {
    if (!open_)
        return;
    if (written_ > 0 && written_ == out_.size()) {
        out_.clear();
        written_ = 0;
    }
    out_ += ipc::encode(message);
}

bool Channel::congested() const {
    return out_.size() - written_ > limits::boundaryQueue;
}

void Channel::flush() {
    while (open_ && written_ < out_.size()) {
        const ssize_t put = ::write(fd_.get(), out_.data() + written_, out_.size() - written_);
        if (put > 0) {
            written_ += static_cast<std::size_t>(put);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            break;
        } else if (errno != EINTR) {
            close();
        }
    }
    if (written_ == out_.size()) {
        out_.clear();
        written_ = 0;
        if (out_.capacity() > limits::readChunk)
            out_.shrink_to_fit();
    } else if (written_ > limits::boundaryQueue / 2) {
        out_.erase(0, written_);
        written_ = 0;
    }
}

void Channel::flushAll(core::TimePoint deadline) {
    flush();
    while (open_ && written_ < out_.size() && core::Clock::now() < deadline && stopsAsked() < 2) {
        std::array entries = {entry()};
        waitFor(entries, deadline);
        handle(entries[0]);
    }
    // unix(7) does not say so, but closing a socket with unread bytes gives the other end ECONNRESET, perhaps
    // before it has read our last words.
    for (std::size_t before = 1; open_ && before > 0; before = reader_.size()) {
        reader_ = {};
        read();
    }
}

void Channel::close() {
    open_ = false;
    out_.clear();
    written_ = 0;
}

} // namespace kith::worker

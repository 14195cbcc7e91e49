// The worker's end of the message channel: descriptor 3. The program's end is supervisor/worker_process.h.
#pragma once

#include "core/clock.h"
#include "core/unique_fd.h"
#include "ipc/codec.h"

#include <optional>
#include <string>

#include <poll.h>

namespace kith::worker {

/// Reads and writes whole messages without blocking. Owned by run(); the worker's main thread.
/// The program is trusted, but not to be there: once it is gone (end-of-file, or bytes that make no sense)
/// open() is false for good, and everything sent is dropped.
class Channel final {
public:
    /// The descriptor is non-blocking.
    explicit Channel(core::UniqueFd fd)
        : fd_(std::move(fd)) {}

    [[nodiscard]] bool open() const { return open_; }
    /// Entries for waitFor().
    [[nodiscard]] pollfd entry() const;
    /// After waitFor(): reads what is there, writes what can be written.
    void handle(const pollfd& entry);

    /// The next message; nothing where none is whole yet.
    [[nodiscard]] std::optional<ipc::ToWorker> next();
    /// Queues a message; handle() or flush() writes it.
    void send(const ipc::FromWorker& message);
    /// More than limits::boundaryQueue waits: the worker stops reading its peer until this is over.
    [[nodiscard]] bool congested() const;
    /// Writes what can be written now.
    void flush();
    /// Waits until everything queued is written, the program is gone, the deadline has passed or a second
    /// stop was asked: for last words alone.
    void flushAll(core::TimePoint deadline);

private:
    void read();
    void close();

    core::UniqueFd fd_;
    ipc::FrameReader reader_;
    std::string out_;
    std::size_t written_ = 0; ///< of out_
    bool open_ = true;
};

} // namespace kith::worker

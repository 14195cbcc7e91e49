#include "cli/output_stream.h"

#include "core/limits.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>

#include <poll.h>
#include <unistd.h>

namespace kith::cli {

namespace {

constexpr qsizetype bound = static_cast<qsizetype>(core::limits::terminalOutput);

/// POSIX: once poll(2) says that a pipe can be written, this many bytes do not block.
constexpr qsizetype takenAtOnce = PIPE_BUF;

} // namespace

OutputStream::OutputStream(int fd, WhenFull whenFull, QObject* parent)
    : QObject(parent)
    , fd_(fd)
    , whenFull_(whenFull)
    , notifier_(fd, QSocketNotifier::Write) {
    notifier_.setEnabled(false);
    connect(&notifier_, &QSocketNotifier::activated, this, [this] {
        writeWhatIsTaken();
        if (queue_.isEmpty() && !isBroken_)
            Q_EMIT roomMade();
    });
}

void OutputStream::write(const QByteArray& bytes) {
    if (isBroken_)
        return;
    writeWhatIsTaken();
    const auto isFull = [&] {
        const qsizetype waiting = queue_.size() - written_;
        return waiting > 0 && waiting + bytes.size() > bound;
    };
    while (!isBroken_ && isFull()) {
        if (whenFull_ == WhenFull::Drop || !waitForReader(interrupt_))
            return;
        writeWhatIsTaken();
    }
    queue_ += bytes;
    writeWhatIsTaken();
}

bool OutputStream::isFull() const {
    return queue_.size() - written_ >= bound / 2;
}

void OutputStream::flush() {
    writeWhatIsTaken();
    while (!isBroken_ && !queue_.isEmpty() && waitForReader(-1))
        writeWhatIsTaken();
}

void OutputStream::writeWhatIsTaken() {
    while (!isBroken_ && written_ < queue_.size()) {
        pollfd ready{fd_, POLLOUT, 0};
        if (poll(&ready, 1, 0) <= 0)
            break;
        const qsizetype length = std::min(takenAtOnce, queue_.size() - written_);
        const ssize_t count = ::write(fd_, queue_.constData() + written_, static_cast<size_t>(length));
        if (count >= 0)
            written_ += count;
        else if (errno == EAGAIN)
            break;
        else if (errno != EINTR)
            fail();
    }
    if (written_ == queue_.size())
        queue_.clear();
    else if (written_ >= bound)
        queue_.remove(0, written_);
    else {
        notifier_.setEnabled(!isBroken_);
        return;
    }
    written_ = 0;
    notifier_.setEnabled(!isBroken_ && !queue_.isEmpty());
}

bool OutputStream::waitForReader(int interrupt) {
    std::array<pollfd, 2> events{pollfd{fd_, POLLOUT, 0}, pollfd{interrupt, POLLIN, 0}};
    // An interruption by a signal is no answer: its handler makes `interrupt` readable, and the next turn
    // sees it.
    while (poll(events.data(), events.size(), -1) < 0) {
        if (errno != EINTR)
            return false;
    }
    return events[1].revents == 0;
}

void OutputStream::fail() {
    isBroken_ = true;
    queue_.clear();
    written_ = 0;
    notifier_.setEnabled(false);
    QMetaObject::invokeMethod(this, &OutputStream::broken, Qt::QueuedConnection);
}

} // namespace kith::cli

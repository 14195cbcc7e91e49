#include "cli/standard_input.h"

#include "core/limits.h"
#include "core/signing.h"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace kith::cli {

namespace {

/// A terminal forgets what was typed when its interrupt key is pressed (termios(3), NOFLSH), also between
/// poll(2) and read(2), which would then wait for the next line and the program with it. O_NONBLOCK is a flag
/// of the open file, which the shell shares, so the terminal is opened once more. Nothing where it is no
/// terminal, or one that cannot be opened (after su(1)).
core::UniqueFd openAgain(int terminal) {
    std::array<char, 256> name{};
    if (ttyname_r(terminal, name.data(), name.size()) != 0)
        return {};
    return core::UniqueFd(::open(name.data(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
}

} // namespace

StandardInput::StandardInput(int fd, qsizetype lineBound, QObject* parent)
    : QObject(parent)
    , terminal_(openAgain(fd))
    , fd_(terminal_ ? terminal_.get() : fd)
    , lines_(lineBound)
    , notifier_(fd_, QSocketNotifier::Read, this) {
    notifier_.setEnabled(false);
    connect(&notifier_, &QSocketNotifier::activated, this, &StandardInput::read);
}

void StandardInput::pause() {
    paused_ = true;
    notifier_.setEnabled(false);
}

void StandardInput::resume() {
    if (!paused_)
        return;
    paused_ = false;
    QMetaObject::invokeMethod(this, &StandardInput::deliver, Qt::QueuedConnection);
}

void StandardInput::read() {
    QByteArray bytes(static_cast<qsizetype>(core::limits::terminalRead), Qt::Uninitialized);
    const ssize_t count = ::read(fd_, bytes.data(), static_cast<size_t>(bytes.size()));
    if (count < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (count > 0) {
        lines_.feed(QByteArrayView(bytes).first(count));
        core::wipe(bytes.data(), static_cast<std::size_t>(count)); // it may be a passphrase
    } else {
        lines_.end();
        sawEnd_ = true;
    }
    deliver();
}

void StandardInput::deliver() {
    while (!paused_) {
        const std::optional<InputLine> next = lines_.next();
        if (!next)
            break;
        if (next->tooLong)
            Q_EMIT lineTooLong();
        else
            Q_EMIT line(next->bytes);
    }
    if (paused_)
        return;
    notifier_.setEnabled(!sawEnd_);
    if (sawEnd_ && !toldEnd_) {
        toldEnd_ = true;
        Q_EMIT ended();
    }
}

} // namespace kith::cli

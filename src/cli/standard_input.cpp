#include "cli/standard_input.h"

#include "core/limits.h"

#include <cerrno>

#include <unistd.h>

namespace kith::cli {

StandardInput::StandardInput(int fd, qsizetype lineBound, QObject* parent)
    : QObject(parent)
    , fd_(fd)
    , lines_(lineBound)
    , notifier_(fd, QSocketNotifier::Read) {
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

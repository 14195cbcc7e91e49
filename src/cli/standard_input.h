// Standard input as lines, without blocking the event loop.
#pragma once

#include "cli/input_lines.h"
#include "core/unique_fd.h"

#include <QObject>
#include <QSocketNotifier>

namespace kith::cli {

/// Reads a descriptor whenever poll(2) says that there is something, so it never blocks on a pipe, a file, a
/// terminal or /dev/null, and the descriptor's flags, which other programs share, stay as they are. Owned by
/// main(); main thread. A read error counts as the end of input.
///
/// While paused nothing is read and no signal is emitted: whoever writes to a full pipe waits.
class StandardInput final : public QObject {
    Q_OBJECT

public:
    /// Paused at first. The descriptor stays the caller's.
    StandardInput(int fd, qsizetype lineBound, QObject* parent = nullptr);

    void pause();
    /// Lines that were read before the pause come from the event loop, not from inside this call.
    void resume();
    /// Wipes what was read and not given: behind a line that was a secret. Only while paused.
    void forget() { lines_.forget(); }

Q_SIGNALS:
    void line(const QByteArray& bytes);
    /// A line over the bound was dropped.
    void lineTooLong();
    /// Everything has been given, and nothing more comes. Once.
    void ended();

private:
    void read();
    void deliver();

    core::UniqueFd terminal_; ///< where it is a terminal: opened once more, so that reading never waits
    int fd_;
    InputLines lines_;
    QSocketNotifier notifier_;
    bool paused_ = true;
    bool sawEnd_ = false;
    bool toldEnd_ = false;
};

} // namespace kith::cli

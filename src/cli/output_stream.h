// Standard output and standard error: written at once, and never lost between two lines.
#pragma once

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>

namespace kith::cli {

/// A descriptor to write to, with a queue of at most limits::terminalOutput. Owned by main(); main thread.
///
/// What the reader takes is written at once; what it does not take yet waits in the queue, and the event loop
/// goes on. The descriptor's flags, which other programs share, stay as they are: no more than PIPE_BUF bytes
/// are written at a time, and only when poll(2) says that they will be taken.
///
/// Over the bound, WhenFull decides. Wait: write() waits for the reader, and meanwhile this program reads
/// nothing from its workers, they nothing from their peers: whoever stops reading stops the peers, as with
/// `cat`, and loses nothing. (The workers live on by themselves; their limits are theirs.) Drop: the bytes
/// are left out; for notices, which no one should be stopped for.
class OutputStream final : public QObject {
    Q_OBJECT

public:
    enum class WhenFull : quint8 { Wait, Drop };

    /// The descriptor stays the caller's.
    OutputStream(int fd, WhenFull whenFull, QObject* parent = nullptr);

    /// A descriptor which, once readable, ends every wait of write(): what then does not fit is dropped, so
    /// that a program asked to end comes to do it.
    void setInterrupt(int fd) { interrupt_ = fd; }

    void write(const QByteArray& bytes);
    /// Half of limits::terminalOutput waits for the reader: who has much to write goes on at roomMade().
    [[nodiscard]] bool isFull() const;
    /// Waits until all is written or the reader is gone. For the end of the program.
    void flush();
    [[nodiscard]] bool isBroken() const { return isBroken_; }

Q_SIGNALS:
    /// Everything is with the reader. May come where isFull() was not.
    void roomMade();
    /// The reader is gone (EPIPE), or the descriptor takes nothing (ENOSPC, EIO). Once, from the event loop.
    void broken();

private:
    void writeWhatIsTaken();
    /// False where waiting is of no use any more, or `interrupt` (-1: none) became readable.
    bool waitForReader(int interrupt);
    void fail();

    int fd_;
    WhenFull whenFull_;
    int interrupt_ = -1;
    QByteArray queue_;
    qsizetype written_ = 0; ///< bytes at the front of queue_ that are gone already
    QSocketNotifier notifier_;
    bool isBroken_ = false;
};

} // namespace kith::cli

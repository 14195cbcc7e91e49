// One program that has asked, at the answering end.
#pragma once

#include "supervisor/control.h"

#include <QByteArray>
#include <QTimer>

QT_BEGIN_NAMESPACE
class QLocalSocket;
QT_END_NAMESPACE

namespace kith::supervisor {

/// Reads one command and carries its answer. Owned by its ControlServer; GUI thread. It deletes itself when
/// its answer is with the other end, however slowly that reads; when the other end is gone, sends no command
/// in time, or leaves limits::controlBacklog of an answer that does not wait for it.
class ControlConnection final : public ControlReply {
    Q_OBJECT

public:
    /// Takes the socket over.
    ControlConnection(QLocalSocket* socket, QObject* parent);

    void writeOut(const QByteArray& bytes) override;
    void writeError(const QByteArray& bytes) override;
    void finish(int exitStatus) override;
    [[nodiscard]] bool isFull() const override;

Q_SIGNALS:
    void command(const kith::supervisor::ControlCommand& command, kith::supervisor::ControlReply* reply);

private:
    template <typename Piece>
    void writePieces(const QByteArray& bytes);
    void write(const QByteArray& line);
    void onReadyRead();
    void onWritten();
    /// The other end is gone, or of no use.
    void drop();

    QLocalSocket* socket_;
    QByteArray buffer_;
    QTimer silence_;
    bool asked_ = false;
    bool over_ = false;
};

} // namespace kith::supervisor

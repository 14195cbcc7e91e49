#include "supervisor/control_connection.h"

#include "core/limits.h"
#include "supervisor/control_line.h"

#include <QLocalSocket>

namespace kith::supervisor {

namespace limits = core::limits;

namespace {

/// Base64 and JSON around it stay well below limits::controlLine.
constexpr qsizetype pieceBytes = qsizetype{64} * 1024;
constexpr int notUnderstood = 2;

} // namespace

ControlConnection::ControlConnection(QLocalSocket* socket, QObject* parent)
    : ControlReply(parent)
    , socket_(socket) {
    socket_->setParent(this);
    socket_->setReadBufferSize(limits::controlLine);
    silence_.setSingleShot(true);
    connect(&silence_, &QTimer::timeout, this, &ControlConnection::drop);
    connect(socket_, &QLocalSocket::readyRead, this, &ControlConnection::onReadyRead);
    connect(socket_, &QLocalSocket::bytesWritten, this, &ControlConnection::onWritten);
    connect(socket_, &QLocalSocket::disconnected, this, &ControlConnection::drop);
    silence_.start(limits::controlAnswer);
    // What came before anybody listened to readyRead.
    QMetaObject::invokeMethod(this, &ControlConnection::onReadyRead, Qt::QueuedConnection);
}

void ControlConnection::writeOut(const QByteArray& bytes) {
    writePieces<ControlOut>(bytes);
}

void ControlConnection::writeError(const QByteArray& bytes) {
    writePieces<ControlError>(bytes);
}

template <typename Piece>
void ControlConnection::writePieces(const QByteArray& bytes) {
    for (qsizetype at = 0; at < bytes.size(); at += pieceBytes)
        write(toLine(ControlAnswer(Piece{bytes.mid(at, pieceBytes)})));
}

void ControlConnection::finish(int exitStatus) {
    if (over_)
        return;
    write(toLine(ControlAnswer(ControlExit{exitStatus})));
    over_ = true;
    socket_->disconnectFromServer(); // when everything is written
    // Who asked may read as slowly as a person turns pages: it is waited for as long as it lives.
    if (socket_->state() == QLocalSocket::UnconnectedState)
        deleteLater();
}

bool ControlConnection::isFull() const {
    return socket_->bytesToWrite() >= static_cast<qint64>(limits::controlAhead);
}

void ControlConnection::onWritten() {
    if (!over_ && socket_->bytesToWrite() <= static_cast<qint64>(limits::controlAhead / 2))
        Q_EMIT roomMade();
}

void ControlConnection::write(const QByteArray& line) {
    if (over_)
        return;
    socket_->write(line);
    if (socket_->bytesToWrite() > static_cast<qint64>(limits::controlBacklog))
        drop();
}

void ControlConnection::onReadyRead() {
    if (asked_ || over_) {
        socket_->readAll(); // one command is all there is
        return;
    }
    buffer_ += socket_->readAll();
    const std::optional<QByteArray> line = takeLine(buffer_);
    if (!line && withinLine(buffer_))
        return;
    asked_ = true;
    silence_.stop();
    const std::optional<ControlCommand> asked = line ? commandOf(*line) : std::nullopt;
    buffer_.clear();
    if (!asked) {
        finish(notUnderstood);
        return;
    }
    write(toLine(ControlAnswer(ControlTaken{})));
    Q_EMIT command(*asked, this);
}

void ControlConnection::drop() {
    const bool tell = asked_ && !over_;
    over_ = true;
    silence_.stop();
    deleteLater();
    if (tell)
        Q_EMIT abandoned();
}

} // namespace kith::supervisor

#include "supervisor/message_channel.h"

#include "core/limits.h"

#include <QLocalSocket>
#include <QPointer>

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace kith::supervisor {

namespace limits = core::limits;

MessageChannel::MessageChannel(core::UniqueFd end, ipc::Role role, QObject* parent)
    : QObject(parent)
    , socket_(new QLocalSocket(this))
    , legality_(role) {
    again_.setSingleShot(true);
    again_.setInterval(0);
    connect(&again_, &QTimer::timeout, this, &MessageChannel::pump);
    connect(socket_, &QLocalSocket::readyRead, this, &MessageChannel::onReadyRead);
    connect(socket_, &QLocalSocket::errorOccurred, this, &MessageChannel::onSocketError);
    socket_->setReadBufferSize(limits::boundaryReadBuffer);
    rescue_.reset(::fcntl(end.get(), F_DUPFD_CLOEXEC, 0));
    if (socket_->setSocketDescriptor(end.get())) {
        static_cast<void>(end.release());
    } else {
        atEnd_ = true;
        again_.start();
    }
}

MessageChannel::~MessageChannel() {
    close();
}

bool MessageChannel::send(const ipc::ToWorker& message) {
    if (!open_ || atEnd_ || !legality_.toWorker(message))
        return false;
    const std::string frame = ipc::encode(message);
    if (frame.empty())
        return false;
    socket_->write(frame.data(), static_cast<qint64>(frame.size()));
    socket_->flush(); // at once, not in the next turn: a typed line should not wait for it
    return true;
}

void MessageChannel::hold(bool held) {
    held_ = held;
    if (!held_ && open_)
        again_.start();
}

void MessageChannel::close() {
    if (!open_)
        return;
    open_ = false;
    again_.stop();
    socket_->disconnect(this);
    socket_->abort();
    rescue_.reset(); // the worker sees the end once both are closed
}

void MessageChannel::onReadyRead() {
    if (!again_.isActive())
        pump();
}

void MessageChannel::onSocketError() {
    // End-of-file, or a write to a worker that has just ended. After a failed write Qt has closed its socket
    // by now; the worker's last words are in its buffer and, by a descriptor of our own, in the kernel.
    if (!open_ || atEnd_)
        return;
    atEnd_ = true;
    const QByteArray buffered = socket_->readAll();
    reader_.append({buffered.constData(), static_cast<std::size_t>(buffered.size())});
    std::array<char, limits::readChunk> bytes{};
    std::size_t rescued = 0;
    while (rescue_ && rescued < limits::boundaryRescue) {
        const ssize_t got = ::recv(rescue_.get(), bytes.data(), bytes.size(), MSG_DONTWAIT);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        rescued += static_cast<std::size_t>(got);
        reader_.append({bytes.data(), static_cast<std::size_t>(got)});
    }
    again_.start();
}

void MessageChannel::pump() {
    if (held_)
        return;
    const QPointer<MessageChannel> self(this);
    std::size_t bytes = 0;
    for (std::size_t count = 0; count < limits::boundaryMessagesPerTurn; ++count) {
        if (bytes >= limits::boundaryBytesPerTurn)
            break;
        const bool more = step(bytes);
        if (!self || !more)
            return;
    }
    again_.start();
}

bool MessageChannel::step(std::size_t& bytes) {
    auto payload = reader_.next();
    while (payload.ok() && !payload->has_value() && refill())
        payload = reader_.next();
    if (!payload.ok()) {
        fail(QString::fromStdString(payload.error().detail));
        return false;
    }
    if (!payload->has_value()) {
        if (atEnd_ && open_) {
            close();
            Q_EMIT finished();
        }
        return false;
    }
    bytes += (*payload)->size() + sizeof(std::uint32_t);
    const core::Result<ipc::FromWorker> decoded = ipc::decodeFromWorker(**payload);
    if (!decoded.ok()) {
        fail(QString::fromStdString(decoded.error().detail));
        return false;
    }
    if (!legality_.fromWorker(*decoded)) {
        fail(u"message %1 in phase %2"_s.arg(decoded->index()).arg(static_cast<int>(legality_.phase())));
        return false;
    }
    const QPointer<MessageChannel> self(this);
    Q_EMIT message(*decoded);
    return self && open_ && !held_;
}

bool MessageChannel::refill() {
    if (atEnd_)
        return false;
    const QByteArray chunk = socket_->read(limits::boundaryMessage);
    reader_.append({chunk.constData(), static_cast<std::size_t>(chunk.size())});
    return !chunk.isEmpty();
}

void MessageChannel::fail(const QString& detail) {
    close();
    Q_EMIT broke(detail);
}

} // namespace kith::supervisor

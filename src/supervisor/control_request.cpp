#include "core/limits.h"
#include "supervisor/control.h"
#include "supervisor/control_line.h"
#include "supervisor/control_path.h"

#include <QLocalSocket>
#include <QPointer>
#include <QTimer>

namespace kith::supervisor {

namespace limits = core::limits;

ControlRequest::ControlRequest(QObject* parent)
    : QObject(parent)
    , silence_(std::make_unique<QTimer>())
    , retry_(std::make_unique<QTimer>()) {
    silence_->setSingleShot(true);
    retry_->setSingleShot(true);
    connect(silence_.get(), &QTimer::timeout, this, &ControlRequest::fail);
    connect(retry_.get(), &QTimer::timeout, this, &ControlRequest::dial);
}

ControlRequest::~ControlRequest() {
    if (socket_)
        socket_->disconnect(this); // a socket says that it closes while it is destroyed
}

void ControlRequest::start(const QString& path, const ControlCommand& command) {
    path_ = path;
    line_ = toLine(command);
    silence_->start(limits::controlAnswer);
    retry_->start(0); // nothing is emitted from within start()
}

void ControlRequest::dial() {
    if (done_)
        return;
    if (line_.isEmpty()) {
        fail();
        return;
    }
    name_ = std::make_unique<ControlPath>(path_);
    socket_ = std::make_unique<QLocalSocket>();
    socket_->setReadBufferSize(limits::controlLine);
    connect(socket_.get(), &QLocalSocket::connected, this, &ControlRequest::onConnected);
    connect(socket_.get(), &QLocalSocket::readyRead, this, &ControlRequest::onReadyRead);
    connect(socket_.get(), &QLocalSocket::disconnected, this, &ControlRequest::onDisconnected);
    connect(socket_.get(), &QLocalSocket::errorOccurred, this, &ControlRequest::onError);
    if (name_->name().isEmpty())
        onError();
    else
        socket_->connectToServer(name_->name());
}

void ControlRequest::onConnected() {
    if (!isOurs(socket_->socketDescriptor())) {
        fail();
        return;
    }
    connected_ = true;
    socket_->write(line_);
}

void ControlRequest::onError() {
    // The program that holds the profile may have begun a moment ago and not serve the socket yet.
    if (connected_ || done_)
        return;
    retry_->start(limits::controlRetry);
    Q_EMIT notServed();
}

void ControlRequest::onReadyRead() {
    const QPointer<ControlRequest> self(this);
    buffer_ += socket_->readAll();
    while (self && !done_) {
        const std::optional<QByteArray> line = takeLine(buffer_);
        if (!line) {
            if (!withinLine(buffer_))
                fail();
            return;
        }
        const std::optional<ControlAnswer> answer = answerOf(*line);
        if (!answer) {
            fail();
            return;
        }
        silence_->stop();
        if (const auto* bytes = std::get_if<ControlOut>(&*answer)) {
            Q_EMIT out(bytes->bytes);
        } else if (const auto* words = std::get_if<ControlError>(&*answer)) {
            Q_EMIT error(words->bytes);
        } else if (const auto* exit = std::get_if<ControlExit>(&*answer)) {
            end();
            Q_EMIT finished(exit->status);
        }
    }
}

void ControlRequest::onDisconnected() {
    const QPointer<ControlRequest> self(this);
    onReadyRead();
    if (self && !done_ && connected_)
        fail();
}

void ControlRequest::end() {
    done_ = true;
    silence_->stop();
    retry_->stop();
    if (socket_) {
        socket_->disconnect(this);
        socket_->abort();
    }
}

void ControlRequest::fail() {
    if (done_)
        return;
    end();
    Q_EMIT failed();
}

} // namespace kith::supervisor

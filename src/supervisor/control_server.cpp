#include "core/limits.h"
#include "supervisor/control.h"
#include "supervisor/control_connection.h"
#include "supervisor/control_path.h"

#include <QFile>
#include <QLocalServer>
#include <QLocalSocket>

#include <sys/stat.h>
#include <unistd.h>

namespace kith::supervisor {

ControlServer::ControlServer(QObject* parent)
    : QObject(parent) {}

ControlServer::~ControlServer() {
    // QLocalServer removes the socket by the name it was bound to, which must still be valid then.
    server_.reset();
}

bool ControlServer::listen(const QString& path, QString* why) {
    server_.reset();
    path_ = std::make_unique<ControlPath>(path);
    if (path_->name().isEmpty()) {
        *why = path_->why();
        return false;
    }
    // What a crash has left behind: the profile's lock is held, so nobody serves it.
    const QByteArray name = QFile::encodeName(path_->name());
    ::unlink(name.constData());
    server_ = std::make_unique<QLocalServer>();
    connect(server_.get(), &QLocalServer::newConnection, this, &ControlServer::accept);
    if (!server_->listen(path_->name())) {
        *why = server_->errorString();
        server_.reset();
        return false;
    }
    ::chmod(name.constData(), S_IRUSR | S_IWUSR);
    return true;
}

void ControlServer::close() {
    server_.reset();
    path_.reset();
}

void ControlServer::accept() {
    while (QLocalSocket* socket = server_->nextPendingConnection()) {
        if (!isOurs(socket->socketDescriptor()) ||
            connections_ >= static_cast<int>(core::limits::controlConnections)) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        auto* connection = new ControlConnection(socket, this);
        ++connections_;
        connect(connection, &ControlConnection::command, this, &ControlServer::command);
        connect(connection, &QObject::destroyed, this, [this] {
            if (--connections_ == 0)
                Q_EMIT idle();
        });
    }
}

} // namespace kith::supervisor

// One profile, several programs: the local socket on which the program that holds a profile takes commands
// from those that do not.
#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>

QT_BEGIN_NAMESPACE
class QLocalServer;
class QLocalSocket;
class QTimer;
QT_END_NAMESPACE

namespace kith::supervisor {

class ControlPath;

/// What another program of this user asks for: the words of its command line, without the program's name and
/// its profile, e.g. {"connect", "192.168.1.7", "--plain"}; for a second `kith`: {"open"} or {"open", link}.
struct ControlCommand {
    QStringList words;
    QByteArray input; ///< what `-` read from standard input
};

/// The answer to one command: output as it comes, then an exit status. Owned by the server; deleted once
/// finish() was called and everything is with the asking program, or that is gone. GUI thread.
class ControlReply : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    virtual void writeOut(const QByteArray& bytes) = 0;
    virtual void writeError(const QByteArray& bytes) = 0;
    virtual void finish(int exitStatus) = 0;
    /// limits::controlAhead waits for the asking program: who has much to write goes on at roomMade().
    [[nodiscard]] virtual bool isFull() const = 0;

Q_SIGNALS:
    /// Half of it or less waits now. May come where isFull() was not.
    void roomMade();
    /// The program that asked is gone; whatever still works for it can stop.
    void abandoned();
};

/// Serves PROFILE/run/control: a socket in a 0700 folder, and the peer's uid is checked all the same
/// (SO_PEERCRED, getpeereid). Owned by main(); GUI thread. Start it only while the profile's lock is held: it
/// replaces a socket that a crash has left behind.
class ControlServer final : public QObject {
    Q_OBJECT

public:
    explicit ControlServer(QObject* parent = nullptr);
    ~ControlServer() override;

    /// False with the system's words where the socket cannot be made; the program goes on without it.
    [[nodiscard]] bool listen(const QString& path, QString* why);
    /// Takes no more commands; those that are being answered go on.
    void close();
    [[nodiscard]] bool isBusy() const { return connections_ > 0; }

Q_SIGNALS:
    /// isBusy() no more.
    void idle();
    /// Exactly one receiver answers, now or later.
    void command(const kith::supervisor::ControlCommand& command, kith::supervisor::ControlReply* reply);

private:
    void accept();

    std::unique_ptr<ControlPath> path_;
    std::unique_ptr<QLocalServer> server_;
    int connections_ = 0;
};

/// Hands one command to the program that holds the profile; where that has only just begun and serves no
/// socket yet, it tries again for a while. Owned by who asks, started once; GUI thread; never blocks. One of
/// finished() and failed() comes, last and never from within start().
class ControlRequest final : public QObject {
    Q_OBJECT

public:
    explicit ControlRequest(QObject* parent = nullptr);
    ~ControlRequest() override;

    void start(const QString& path, const ControlCommand& command);

Q_SIGNALS:
    void out(const QByteArray& bytes);
    void error(const QByteArray& bytes);
    void finished(int exitStatus);
    /// Nobody answered within limits::controlAnswer, or what came was not an answer.
    void failed();
    /// Nobody serves the socket now, so nobody has the command; it is tried again.
    void notServed();

private:
    void dial();
    void onConnected();
    void onError();
    void onReadyRead();
    void onDisconnected();
    void end();
    void fail();

    QString path_;
    std::unique_ptr<ControlPath> name_;
    std::unique_ptr<QLocalSocket> socket_;
    std::unique_ptr<QTimer> silence_;
    std::unique_ptr<QTimer> retry_;
    QByteArray line_;
    QByteArray buffer_;
    bool connected_ = false;
    bool done_ = false;
};

} // namespace kith::supervisor

// The program's end of one message channel: bytes of a QLocalSocket in, checked messages out.
#pragma once

#include "core/unique_fd.h"
#include "ipc/codec.h"
#include "ipc/legality.h"

#include <QObject>
#include <QString>
#include <QTimer>

QT_BEGIN_NAMESPACE
class QLocalSocket;
QT_END_NAMESPACE

namespace kith::supervisor {

/// Reads frames, decodes them and checks that each is legal now; at most limits::boundaryBytesPerTurn bytes
/// and limits::boundaryMessagesPerTurn messages in one turn of the event loop, so that no worker can hold it.
/// What is not taken stays in the kernel, and the worker notices. Owned by its WorkerProcess; GUI thread.
///
/// Failure: broke() where the worker broke a rule, finished() where the channel is at its end; after either
/// nothing more comes. Everything that the worker wrote before its end is handed out before finished().
class MessageChannel final : public QObject {
    Q_OBJECT

public:
    /// `end` is one end of a socketpair.
    MessageChannel(core::UniqueFd end, ipc::Role role, QObject* parent);
    ~MessageChannel() override;

    [[nodiscard]] ipc::Phase phase() const { return legality_.phase(); }

    /// Queues a message. False, with nothing sent, where the channel is over or the message is not legal now.
    bool send(const ipc::ToWorker& message);
    /// While held nothing is read: the worker sees a full channel, and ceases to read its peer.
    void hold(bool held);
    /// Nothing is emitted from now on, and the worker sees end-of-file.
    void close();

Q_SIGNALS:
    void message(const kith::ipc::FromWorker& message);
    void broke(const QString& detail);
    void finished();

private:
    void onReadyRead();
    void onSocketError();
    void pump();
    /// One message of the reader's; false where this turn is over.
    bool step(std::size_t& bytes);
    bool refill();
    void fail(const QString& detail);

    QLocalSocket* socket_;
    core::UniqueFd rescue_; ///< the same socket, for what is left in it when Qt has closed its own
    ipc::Legality legality_;
    ipc::FrameReader reader_;
    /// A timer of no interval runs once in a turn of the loop; an event posted from within an event would be
    /// handled in the same turn.
    QTimer again_;
    bool open_ = true;
    bool held_ = false;
    bool atEnd_ = false;
};

} // namespace kith::supervisor

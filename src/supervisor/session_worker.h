// The worker of one conversation, as typed events.
#pragma once

#include "core/endpoint.h"
#include "core/state.h"
#include "core/traffic.h"
#include "core/unique_fd.h"
#include "ipc/messages.h"

#include <QObject>
#include <QString>

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>

namespace kith::supervisor {

class WorkerProcess;
struct Launch;

/// One session worker and the text that waits for it. At most limits::unwrittenText bytes are with the worker
/// and not yet written, limits::messageOverhead for each message counted in; the rest waits here, in order,
/// and who sends looks at queuedBytes() first. Owned by its conversation; GUI thread; never blocks. Starts
/// once; after start() or serve() ended() comes exactly once, last.
class SessionWorker final : public QObject {
    Q_OBJECT

public:
    /// workerProgram: the absolute path of kith-worker.
    explicit SessionWorker(QString workerProgram, QObject* parent = nullptr);
    ~SessionWorker() override;

    /// Before it starts: the person has said to go on where this computer cannot confine a worker.
    void setSandboxOptional(bool optional) { sandboxOptional_ = optional; }
    /// Dials. The host must be ASCII.
    void start(const ipc::ConnectRole& role);
    /// Serves a connection that was accepted; the program's copy of it is closed at once. With letIn no
    /// plain-text peer is asked about: opened() follows requested() without admit(). `hello` is said to a
    /// peer that begins TLS.
    void serve(core::UniqueFd connection, bool plainAllowed, bool letIn, const core::HelloBytes& hello);

    /// Queues a message of at most limits::messageText bytes; numbers begin at 1 and have no gaps. Only while
    /// the session is open.
    void send(quint64 number, const QString& text);
    /// The same for a secure peer, in the same numbering.
    void send(quint64 number, const core::Entry& entry);
    /// A frame of our half of the handshake, behind secured().
    void sendHandshake(const core::HandshakeFrame& frame);
    /// Once the peer is known, and again when it changes. Nothing happens while the session is not that far.
    void sendProfile(const core::Profile& profile);
    /// What a secure peer is told at the end, in place of Goodbye::Ended; nothing: not a word. Then call
    /// stop().
    void farewell(std::optional<core::Goodbye> goodbye);
    /// Lets a plain-text peer in. Nothing happens unless it asks.
    void admit();
    /// While held nothing is taken of it, and its peer waits.
    void hold(bool held);
    /// Ends it well, after what is queued (limits::drain). At any moment, any number of times.
    void stop();

    /// 0 where no process runs.
    [[nodiscard]] qint64 pid() const;
    /// What it is confined by, as it says and as the kernel confirms; nothing before it has said so.
    [[nodiscard]] std::optional<core::Sandbox> sandbox() const;
    /// Bytes sent and not yet written, here and at the worker.
    [[nodiscard]] std::size_t queuedBytes() const { return waitingBytes_ + handedBytes_; }
    /// What has gone over its connection, as it was when measure() was answered last; nothing before.
    [[nodiscard]] const std::optional<core::Traffic>& traffic() const { return traffic_; }
    /// Asks for traffic() anew. Nothing happens while the session is not open, or an answer is on its way.
    void measure();
    /// The end of its standard error, for Details.
    [[nodiscard]] QByteArray errorOutput() const;
    /// Why it counts as broken, for the log.
    [[nodiscard]] QString detail() const;

Q_SIGNALS:
    /// sandbox() is known now; no byte of its peer's has been read yet.
    void sandboxed(const kith::core::Sandbox& sandbox);
    /// This address is tried now.
    void connecting(const kith::core::Endpoint& address);
    void opened(const kith::core::Endpoint& peer);
    /// The peer asks to be let in; again when it has typed more.
    void requested(const kith::core::Endpoint& peer, const QString& preview);
    void received(const QString& text);
    /// TLS stands and the peer's HELLO is here: the handshake above it begins.
    void secured(const kith::ipc::SecureUp& up);
    void handshake(const kith::core::HandshakeFrame& frame);
    /// The first one opens the session.
    void profile(const kith::core::Profile& profile);
    void entry(const kith::core::Entry& entry);
    /// Every message up to this number is with the kernel.
    void written(quint64 number);
    /// traffic() is new.
    void measured();
    /// end.unsent counts messages that were sent here and not written.
    void ended(const kith::core::End& end);

private:
    /// A message that is with the worker and not yet written.
    struct Handed {
        quint64 number = 0;
        std::size_t bytes = 0;
    };

    void queue(ipc::ToWorker message);
    void onMessage(const ipc::FromWorker& message);
    void onWritten(quint64 number);
    void onMeasured(const core::Traffic& traffic);
    void onEnded(core::End end);
    /// Hands over what fits; NoMore behind it, once, when the worker is stopping.
    void feed();

    QString program_;
    std::unique_ptr<WorkerProcess> process_;
    std::deque<ipc::ToWorker> waiting_; ///< SendText or SendEntry
    std::deque<Handed> handed_;
    std::size_t waitingBytes_ = 0;
    std::size_t handedBytes_ = 0;
    bool sandboxOptional_ = false;
    std::optional<core::Traffic> traffic_;
    bool measuring_ = false;
    bool stopping_ = false;
    bool saidNoMore_ = false;
};

} // namespace kith::supervisor

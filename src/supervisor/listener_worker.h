// The worker that listens, as typed events.
#pragma once

#include "core/state.h"
#include "core/unique_fd.h"
#include "ipc/messages.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>

QT_BEGIN_NAMESPACE
class QSocketNotifier;
QT_END_NAMESPACE

namespace kith::supervisor {

class WorkerProcess;

/// One listener worker. Every descriptor that it passes up is checked to be a TCP connection (its family, its
/// type, not listening) before anybody sees it; one that is not ends the worker with WorkerBroke. Owned by
/// model/hosting; GUI thread; never blocks. Starts once; ended() comes exactly once after start(), last.
class ListenerWorker final : public QObject {
    Q_OBJECT

public:
    /// workerProgram: the absolute path of kith-worker.
    explicit ListenerWorker(QString workerProgram, QObject* parent = nullptr);
    ~ListenerWorker() override;

    /// Before it starts: as SessionWorker's.
    void setSandboxOptional(bool optional) { sandboxOptional_ = optional; }
    /// Port 0 lets the kernel choose.
    void start(quint16 port);
    /// Closes the door. At any moment, any number of times.
    void stop();

    /// 0 where no process runs.
    [[nodiscard]] qint64 pid() const;
    /// What it is confined by, as it says and as the kernel confirms; nothing before it has said so.
    [[nodiscard]] std::optional<core::Sandbox> sandbox() const;
    /// The end of its standard error, for Details.
    [[nodiscard]] QByteArray errorOutput() const;
    /// Why it counts as broken, for the log.
    [[nodiscard]] QString detail() const;

Q_SIGNALS:
    void listening(quint16 port, bool v4, bool v6);
    /// The one receiver moves it out; what is left is closed.
    void accepted(std::shared_ptr<kith::core::UniqueFd> connection);
    /// Out of descriptors or memory: it goes on by itself after limits::acceptPause.
    void paused(int number);
    void ended(const kith::core::End& end);

private:
    void onMessage(const ipc::FromWorker& message);
    void onEnded(const core::End& end);
    void takeNext();
    /// False where none waits, or the worker broke a rule.
    bool takeOne();

    QString program_;
    std::unique_ptr<WorkerProcess> process_;
    std::unique_ptr<QSocketNotifier> passed_;
    bool sandboxOptional_ = false;
};

} // namespace kith::supervisor

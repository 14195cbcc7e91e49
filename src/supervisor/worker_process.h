// One kith-worker process, from start to its end, whatever it does.
#pragma once

#include "core/state.h"
#include "core/unique_fd.h"
#include "ipc/legality.h"
#include "ipc/messages.h"
#include "supervisor/child_handle.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>
#include <optional>
#include <variant>

QT_BEGIN_NAMESPACE
class QProcess;
QT_END_NAMESPACE

namespace kith::supervisor {

class MessageChannel;

/// What a worker is started with.
struct Launch {
    QString program; ///< the absolute path of kith-worker
    std::variant<ipc::ListenRole, ipc::ConnectRole, ipc::ServeRole> role;
    core::UniqueFd descriptor;    ///< for ServeRole: the connection, passed down with the role's token
    bool sandboxOptional = false; ///< ipc::Start has it
};

/// One worker: its process, its two channels, its end. Owned by a SessionWorker or ListenerWorker; main
/// thread only (PR_SET_PDEATHSIG follows the thread that started the child, prctl(2)); never blocks.
///
/// It starts once and ends once: ended() comes exactly once after start(), later and never from within it,
/// when the process is reaped and everything it wrote is handed out. Reasons of its own making:
/// WorkerMissing, WorkerNotStarted (number: errno), WorkerSilent, WorkerCrashed (number: the signal),
/// WorkerSandboxed (number: the system call; 0 where nobody could tell), WorkerBroke (number: the exit
/// status, where it simply went), StoppedByUs, DescriptorsSpent (errno); every other is the worker's own
/// word. A worker that breaks the rules of the boundary is killed; nothing else is touched.
///
/// Destroyed while its worker runs, it kills the worker with SIGKILL and lets it go: the QProcess lives on
/// under qApp until the kernel has handed the worker back, as ~QProcess would wait for that.
class WorkerProcess final : public QObject {
    Q_OBJECT

public:
    explicit WorkerProcess(QObject* parent = nullptr);
    ~WorkerProcess() override;

    /// Once. Start is sent at once, so that the worker need not be waited for.
    void start(Launch launch);
    /// False where the worker is over, or the message is not legal now; nothing is sent then.
    bool send(const ipc::ToWorker& message);
    /// While held nothing it says is taken, until its process is gone: at most what its channel holds comes
    /// then.
    void hold(bool held);
    /// Ends it well: SIGUSR1, SIGTERM after limits::untilTerminate, SIGKILL after limits::untilKill. At any
    /// moment, any number of times.
    void stop();
    /// It broke a rule that its owner has seen: SIGKILL, and it ends with WorkerBroke. `detail` is for the
    /// log.
    void breakOff(const QString& detail);

    /// 0 where no process runs.
    [[nodiscard]] qint64 pid() const { return child_.pid(); }
    [[nodiscard]] ipc::Phase phase() const;
    /// The program's end of the descriptor channel; -1 before start(). Read only from
    /// listeners; what was passed up stays there after the end.
    [[nodiscard]] int descriptorChannel() const { return descriptors_.get(); }
    /// The last limits::workerErrorOutput bytes of its standard error: for Details, never for a sentence.
    [[nodiscard]] const QByteArray& errorOutput() const { return errorOutput_; }
    /// What it is confined by, in its own word; nothing before it has said so.
    [[nodiscard]] const std::optional<core::Sandbox>& sandbox() const { return sandbox_; }
    /// Why it counts as broken, for the log; empty otherwise.
    [[nodiscard]] const QString& detail() const { return detail_; }

Q_SIGNALS:
    /// Legal, in order. Stopping is among them: the owner answers with NoMore.
    void message(const kith::ipc::FromWorker& message);
    void ended(const kith::core::End& end);

private:
    bool openChannels(const Launch& launch);
    void launchProcess(const QString& program);
    void onMessage(const ipc::FromWorker& message);
    void onChannelFinished();
    void onProcessStarted();
    void onProcessFinished();
    void onFailedToStart();
    void onErrorOutput();
    void onStopStep();
    void onGraceOver();
    /// Decides the end now, whatever the process does until it is gone.
    void force(core::Reason reason, int number, const QString& detail);
    void settle();
    [[nodiscard]] core::End verdict() const;
    /// The system call that ended it, as its standard error says; 0 where it does not.
    [[nodiscard]] int forbiddenCall() const;

    std::unique_ptr<QProcess> process_;
    ChildHandle child_;
    MessageChannel* channel_ = nullptr;
    core::UniqueFd descriptors_;
    core::UniqueFd childMessages_;
    core::UniqueFd childDescriptors_;
    QByteArray errorOutput_;
    QString detail_;
    std::optional<core::End> forced_;
    std::optional<ipc::Ended> said_;
    std::optional<core::Sandbox> sandbox_;
    QTimer ready_; ///< until the first word
    QTimer stop_;  ///< between the signals of stop()
    QTimer grace_; ///< between the worker's last word, its end-of-file and its exit
    int lastSignal_ = 0;
    bool sandboxOptional_ = false;
    bool started_ = false;
    bool stopAsked_ = false;
    bool processGone_ = false;
    bool channelOver_ = false;
    bool over_ = false;
};

} // namespace kith::supervisor

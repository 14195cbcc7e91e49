// The session workers of one program, in one place: made here, counted here, kept here while they end.
#pragma once

#include "core/endpoint.h"
#include "core/peer_messages.h"
#include "core/state.h"
#include "supervisor/crash_guard.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QString>
#include <QtGlobal>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace kith::supervisor {
class SessionWorker;
}

namespace kith::model {

enum class Direction : quint8;

/// What crashes are counted by: the peer's key where it is known, else its address. Incoming and outgoing
/// are counted apart: a hostile peer must not be able to keep us from dialling.
[[nodiscard]] std::string crashKey(Direction direction, const core::PublicKey& key);
[[nodiscard]] std::string crashKey(Direction direction, const core::Endpoint& where);

/// The worker's process is at fault: what the crash guard counts.
[[nodiscard]] bool isCrash(core::Reason reason);
/// Nothing ran at all, or not so far that it had a peer.
[[nodiscard]] bool isNotStarted(core::Reason reason);

/// Makes session workers, knows how many there are and whose crashed, and holds those that nobody needs any
/// more until their process is gone. Owned by the Messenger, which outlives every worker; GUI thread.
class Workers final : public QObject {
    Q_OBJECT

public:
    /// `program`: the absolute path of kith-worker.
    explicit Workers(QString program, QObject* parent);
    ~Workers() override;

    /// Not started. It counts until it has ended or is destroyed.
    [[nodiscard]] std::unique_ptr<supervisor::SessionWorker> make(const std::string& crashKey);
    /// Of those that are made from here on: see supervisor::SessionWorker.
    void setSandboxOptional(bool optional) { sandboxOptional_ = optional; }
    /// It is known by now who the peer is.
    void setCrashKey(const supervisor::SessionWorker* worker, const std::string& crashKey);
    /// Ends one that nobody needs any more; a secure peer is told `farewell` (nothing: not a word).
    void retire(std::unique_ptr<supervisor::SessionWorker> worker, std::optional<core::Goodbye> farewell);

    /// The pids of those that were given to retire() and run on.
    [[nodiscard]] QList<qint64> leaving() const;

    [[nodiscard]] std::size_t count() const { return static_cast<std::size_t>(live_.size()); }
    [[nodiscard]] const supervisor::CrashGuard& guard() const { return guard_; }

Q_SIGNALS:
    /// count() is one less.
    void left();

private:
    /// One worker that was made and has not ended.
    struct Live {
        std::string crashKey;
        std::chrono::steady_clock::time_point since;
    };

    void onEnded(const QObject* worker, const core::End& end);

    QString program_;
    bool sandboxOptional_ = false;
    supervisor::CrashGuard guard_;
    QHash<const QObject*, Live> live_;
};

} // namespace kith::model

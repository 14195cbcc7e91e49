// A connection on its way to becoming a session: its worker, and our half of the handshake above TLS. Inside
// model/ alone.
#pragma once

#include "core/endpoint.h"
#include "core/handshake.h"
#include "core/state.h"
#include "model/key_work.h"
#include "supervisor/session_worker.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace kith::model {

class Workers;

/// What outgoing and incoming calls have in common: one worker at a time, held while a step of the handshake
/// runs on the identity's thread, so that what its peer says next waits in the kernel. Owned by a
/// Conversation, or by the Messenger while nobody is asked; GUI thread; never blocks.
///
/// ended() comes exactly once, unless take() or leave() came first; never from within a call of its owner's.
class Call : public QObject {
    Q_OBJECT

public:
    ~Call() override;

    /// The worker's; 0 where none runs.
    [[nodiscard]] qint64 pid() const;
    /// What it is confined by; nothing before it has said so.
    [[nodiscard]] std::optional<core::Sandbox> sandbox() const;
    /// Ends it well; a secure peer is told `farewell` (nothing: not a word). ended() follows, with
    /// StoppedByUs where nothing else came first.
    virtual void stop(std::optional<core::Goodbye> farewell) = 0;

    /// The worker, once it is known who the peer is: it is the caller's from then on.
    [[nodiscard]] std::unique_ptr<supervisor::SessionWorker> take();

    /// The worker leaves, and is heard no more: ended() does not come.
    void leave(std::optional<core::Goodbye> farewell);

    /// Of the TLS session, once it stands.
    [[nodiscard]] const std::optional<ipc::SecureUp>& up() const { return up_; }

Q_SIGNALS:
    /// pid() changed.
    void changed();
    void ended(const kith::core::End& end);

protected:
    Call(Workers& workers, Identity& identity, QObject* parent);

    [[nodiscard]] Workers& workers() const { return workers_; }
    [[nodiscard]] Identity& identity() const { return identity_; }
    [[nodiscard]] supervisor::SessionWorker* worker() const { return worker_.get(); }
    void setWorker(std::unique_ptr<supervisor::SessionWorker> worker);
    /// It has ended while a step ran; onWorkerEnded() follows, unless the step leads to another worker.
    [[nodiscard]] bool workerIsOver() const { return heldEnd_.has_value(); }
    /// One step of the handshake. Nothing comes of it where the worker is another by then. One that has ended
    /// meanwhile, with a last word that this step is about, is heard of behind it.
    template <typename T>
    void step(std::function<core::Result<T>(const core::SigningKey&)> work,
              std::function<void(const core::Result<T>&)> then);

    /// The worker is gone, whatever came of it.
    virtual void onWorkerEnded(const core::End& end) = 0;
    virtual void onSecured() = 0;
    virtual void onFrame(const core::HandshakeFrame& frame) = 0;

private:
    void endStep(quint64 life);

    Workers& workers_;
    Identity& identity_;
    std::unique_ptr<supervisor::SessionWorker> worker_;
    quint64 life_ = 0; ///< counts the workers
    int steps_ = 0;    ///< under way
    std::optional<core::End> heldEnd_;
    std::optional<ipc::SecureUp> up_;
};

template <typename T>
void Call::step(std::function<core::Result<T>(const core::SigningKey&)> work,
                std::function<void(const core::Result<T>&)> then) {
    if (!worker_)
        return;
    ++steps_;
    worker_->hold(true);
    withKey<T>(identity_, this, std::move(work),
               [this, life = life_, then = std::move(then)](const core::Result<T>& result) {
                   if (!worker_ || life_ != life)
                       return;
                   worker_->hold(false);
                   then(result);
                   endStep(life);
               });
}

} // namespace kith::model

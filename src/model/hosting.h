// Whether somebody can come in: the listener worker and what is said about it.
#pragma once

#include "core/endpoint.h"
#include "core/sandbox.h"
#include "core/state.h"
#include "core/unique_fd.h"

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace kith::model {

/// Hosts on one port at a time through a listener worker. Owned by the Messenger; GUI thread.
/// A listener that crashes is started again with back-off (supervisor/crash_guard.h); one that cannot listen
/// is not: a person chooses.
class Hosting final : public QObject {
    Q_OBJECT

public:
    Hosting(QString workerProgram, QObject* parent);
    ~Hosting() override;

    [[nodiscard]] core::HostingState state() const { return state_; }
    /// The port asked for; once On, the port it listens on (they differ where 0 was asked for).
    [[nodiscard]] quint16 port() const { return port_; }
    /// Addresses by which others reach this computer, best first (see local_addresses.h). Read anew at each
    /// start and by refreshAddresses().
    [[nodiscard]] const std::vector<core::Endpoint>& addresses() const { return addresses_; }
    /// Why, in the states Failed and HeldOff.
    [[nodiscard]] const core::End& end() const { return end_; }
    /// Seconds until the next try, in the state HeldOff; -1 where it waits for a person.
    [[nodiscard]] int secondsToRetry() const;
    [[nodiscard]] qint64 workerPid() const;
    /// What the listener is confined by; nothing while none is.
    [[nodiscard]] std::optional<core::Sandbox> sandbox() const;
    /// A listener runs, or is still ending.
    [[nodiscard]] bool isBusy() const;

    /// Of listeners that are started from here on: see supervisor::ListenerWorker.
    void setSandboxOptional(bool optional);
    /// Starts, or moves to another port. Port 0 lets the kernel choose.
    void start(quint16 port);
    /// Closes the door; people already here stay.
    void stop();
    void refreshAddresses();

Q_SIGNALS:
    void changed();
    /// A connection that the kernel accepted, checked to be one. The receiver moves it out.
    void incoming(std::shared_ptr<kith::core::UniqueFd> connection);
    /// The listener is out of descriptors or memory (errno) and goes on by itself in a moment.
    void acceptPaused(int number);
    /// stop() is done, or the listener ended otherwise: no worker is left.
    void stopped();

private:
    struct Private;
    void launch();
    void onEnded(const core::End& end);
    void setState(core::HostingState state);

    core::HostingState state_ = core::HostingState::Off;
    quint16 port_ = core::limits::defaultPort;
    std::vector<core::Endpoint> addresses_;
    core::End end_;
    std::unique_ptr<Private> d_;
};

} // namespace kith::model

// Somebody at the door: an accepted connection until it is known who it is and whether they come in. Inside
// model/ alone.
#pragma once

#include "core/unique_fd.h"
#include "model/call.h"

#include <QString>
#include <QTimer>

namespace kith::model {

/// One accepted connection. The Messenger decides about it, with what People, Invites and a person say; this
/// drives the worker and our half of the handshake. Owned by the Messenger, and by the Conversation that asks
/// about it; the rest as Call.
///
/// A plain-text peer: requested(), perhaps several times, until admitPlain(); then opened(). One that has
/// said nothing in plain text may still begin TLS.
/// A secure one: secured(), called(); then one of admit() -> admitted(), ask() -> knocked(), recognise(),
/// stop().
class IncomingCall final : public Call {
    Q_OBJECT

public:
    IncomingCall(Workers& workers, Identity& identity, core::Endpoint peer, QObject* parent);

    /// Once, when the identity is settled. With letIn no plain-text peer is asked about.
    void start(core::UniqueFd connection, bool plainAllowed, bool letIn);

    [[nodiscard]] const core::Endpoint& peer() const { return peer_; }
    [[nodiscard]] bool isSecure() const { return up().has_value(); }

    void admitPlain();

    /// Behind called() alone.
    [[nodiscard]] const core::ResponderHandshake::Caller& caller() const { return *caller_; }
    /// Does the invite's proof fit this secret?
    void prove(const core::InviteSecret& secret, std::function<void(bool)> then);
    void admit();
    void ask();
    void recognise();
    void stop(std::optional<core::Goodbye> farewell) override;

    /// What they call themselves, cleaned; empty before knocked().
    [[nodiscard]] const QString& name() const { return name_; }

Q_SIGNALS:
    void requested(const kith::core::Endpoint& peer, const QString& preview);
    /// The plain-text peer is let in: take() the worker.
    void opened(const kith::core::Endpoint& peer);
    void secured();
    void called();
    /// A name has come after ask(), or none within limits::knock.
    void knocked();
    /// Our AUTH is out: take() the worker, and send our PROFILE.
    void admitted();
    /// It has no business here and is leaving: ended() follows.
    void refused(kith::core::Reason why);

private:
    void onWorkerEnded(const core::End& end) override;
    void onSecured() override;
    void onFrame(const core::HandshakeFrame& frame) override;
    void onStep(const core::Result<core::ResponderHandshake::Step>& step);
    void handle(const core::ResponderHandshake::Listening& listening);
    void handle(const core::ResponderHandshake::Caller& caller);
    void handle(const core::ResponderHandshake::Knocked& knocked);
    void handle(const core::ResponderHandshake::Refused& refused);
    /// A frame of ours that `make` gives, and what follows when it is out.
    void
    say(std::function<core::Result<core::HandshakeFrame>(core::ResponderHandshake&, const core::SigningKey&)>
            make,
        std::function<void()> then);
    void refuse(core::Reason why);

    core::Endpoint peer_;
    std::shared_ptr<core::ResponderHandshake> handshake_;
    std::optional<core::ResponderHandshake::Caller> caller_;
    QString name_;
    QTimer knock_; ///< until it shows without a name
    bool stopping_ = false;
};

} // namespace kith::model

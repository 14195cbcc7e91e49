#include "model/incoming_call.h"

#include "core/limits.h"
#include "core/text.h"
#include "model/conversation.h"
#include "model/workers.h"

#include <utility>

namespace kith::model {

namespace limits = core::limits;
using core::Reason;
using core::ResponderHandshake;
using supervisor::SessionWorker;

IncomingCall::IncomingCall(Workers& workers, Identity& identity, core::Endpoint peer, QObject* parent)
    : Call(workers, identity, parent)
    , peer_(std::move(peer)) {
    knock_.setSingleShot(true);
    connect(&knock_, &QTimer::timeout, this, &IncomingCall::knocked);
}

void IncomingCall::start(core::UniqueFd connection, bool plainAllowed, bool letIn) {
    // Where there is no key, nobody gets further than TLS: the first step says so.
    handshake_ = std::make_shared<ResponderHandshake>(identity().key());
    setWorker(workers().make(crashKey(Direction::Incoming, peer_)));
    connect(worker(), &SessionWorker::requested, this, &IncomingCall::requested);
    connect(worker(), &SessionWorker::opened, this, &IncomingCall::opened);
    worker()->serve(std::move(connection), plainAllowed, letIn, handshake_->hello());
}

void IncomingCall::admitPlain() {
    if (worker() != nullptr)
        worker()->admit();
}

void IncomingCall::stop(std::optional<core::Goodbye> farewell) {
    knock_.stop();
    stopping_ = true;
    if (worker() != nullptr) {
        worker()->farewell(farewell);
        worker()->stop();
    }
}

void IncomingCall::onWorkerEnded(const core::End& end) {
    knock_.stop();
    Q_EMIT ended(end);
}

void IncomingCall::onSecured() {
    const core::Secured secured{up()->hello, up()->exporter};
    step<ResponderHandshake::Step>(
        [handshake = handshake_, secured](const core::SigningKey&) {
            return core::Result<ResponderHandshake::Step>(handshake->secured(secured));
        },
        [this](const core::Result<ResponderHandshake::Step>& step) { onStep(step); });
    Q_EMIT this->secured();
}

void IncomingCall::onFrame(const core::HandshakeFrame& frame) {
    step<ResponderHandshake::Step>(
        [handshake = handshake_, frame](const core::SigningKey&) {
            return core::Result<ResponderHandshake::Step>(handshake->receive(frame));
        },
        [this](const core::Result<ResponderHandshake::Step>& step) { onStep(step); });
}

void IncomingCall::onStep(const core::Result<ResponderHandshake::Step>& step) {
    if (stopping_)
        return;
    if (step)
        std::visit([this](const auto& each) { handle(each); }, *step);
    else
        refuse(step.error().reason);
}

void IncomingCall::handle(const ResponderHandshake::Listening& /*listening*/) {}

void IncomingCall::handle(const ResponderHandshake::Caller& caller) {
    caller_ = caller;
    workers().setCrashKey(worker(), crashKey(Direction::Incoming, caller.key));
    Q_EMIT called();
}

void IncomingCall::handle(const ResponderHandshake::Knocked& knocked) {
    name_ = QString::fromStdString(core::cleanName(knocked.name));
    knock_.stop();
    Q_EMIT this->knocked();
}

void IncomingCall::handle(const ResponderHandshake::Refused& refused) {
    refuse(refused.reason);
}

void IncomingCall::refuse(Reason why) {
    Q_EMIT refused(why);
    stop(std::nullopt);
}

void IncomingCall::prove(const core::InviteSecret& secret, std::function<void(bool)> then) {
    step<bool>([handshake = handshake_,
                secret](const core::SigningKey&) { return core::Result<bool>(handshake->proves(secret)); },
               [then = std::move(then)](const core::Result<bool>& fits) { then(fits && *fits); });
}

void IncomingCall::admit() {
    knock_.stop();
    say([](ResponderHandshake& handshake, const core::SigningKey& self) { return handshake.admit(self); },
        [this] { Q_EMIT admitted(); });
}

void IncomingCall::ask() {
    say([](ResponderHandshake& handshake, const core::SigningKey&) { return handshake.ask(); },
        [this] {
            if (name_.isEmpty())
                knock_.start(limits::knock);
        });
}

void IncomingCall::recognise() {
    say([](ResponderHandshake& handshake, const core::SigningKey&) { return handshake.recognise(); },
        [this] { stop(std::nullopt); });
}

void IncomingCall::say(
    std::function<core::Result<core::HandshakeFrame>(ResponderHandshake&, const core::SigningKey&)> make,
    std::function<void()> then) {
    step<core::HandshakeFrame>(
        [handshake = handshake_, make = std::move(make)](const core::SigningKey& self) {
            return make(*handshake, self);
        },
        [this, then = std::move(then)](const core::Result<core::HandshakeFrame>& frame) {
            if (stopping_ || workerIsOver())
                return;
            if (!frame)
                return refuse(frame.error().reason);
            worker()->sendHandshake(*frame);
            then();
        });
}

} // namespace kith::model

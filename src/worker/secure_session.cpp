#include "worker/secure_session.h"

#include "core/limits.h"
#include "worker/signals.h"
#include "worker/wait.h"

#include <array>
#include <cerrno>
#include <type_traits>
#include <utility>
#include <variant>

namespace kith::worker {

namespace limits = core::limits;

namespace {

core::Reason reasonOf(core::Goodbye goodbye) {
    switch (goodbye) {
    case core::Goodbye::Ended:
        break;
    case core::Goodbye::Declined:
        return core::Reason::NotLetIn;
    case core::Goodbye::Unanswered:
        return core::Reason::Unanswered;
    case core::Goodbye::Superseded:
        return core::Reason::Superseded;
    }
    return core::Reason::PeerClosed;
}

template <typename T, typename Variant>
constexpr bool isOneOf = false;
template <typename T, typename... All>
constexpr bool isOneOf<T, std::variant<All...>> = (std::is_same_v<T, All> || ...);

std::optional<core::HandshakeFrame> asHandshake(const wire::Frame& frame) {
    return std::visit(
        [](const auto& value) -> std::optional<core::HandshakeFrame> {
            if constexpr (isOneOf<std::decay_t<decltype(value)>, core::HandshakeFrame>)
                return value;
            else
                return std::nullopt;
        },
        frame);
}

wire::Frame asFrame(const core::HandshakeFrame& frame) {
    return std::visit([](const auto& value) -> wire::Frame { return value; }, frame);
}

} // namespace

SecureSession::SecureSession(Channel& channel, net::Peer peer, int programPid, const core::HelloBytes& hello)
    : channel_(channel)
    , peer_(std::move(peer.fd))
    , programPid_(programPid)
    , hello_(hello) {
    net::setUnacknowledged(peer_.get(), limits::unacknowledged);
    if (peer.address)
        address_ = std::move(*peer.address);
    else
        finish(core::Reason::PeerVanished, ENOTCONN); // gone before it began
}

ExitStatus SecureSession::initiate(tls::Context& context) {
    side_ = core::Side::Initiator;
    stepEnd_ = core::Clock::now() + limits::authentication;
    link_.emplace(context, side_, peer_.get());
    if (!ended_)
        advance();
    return loop();
}

ExitStatus SecureSession::respond(tls::Context& context, core::TimePoint authenticated) {
    side_ = core::Side::Responder;
    stepEnd_ = authenticated;
    link_.emplace(context, side_, peer_.get());
    return loop();
}

ExitStatus SecureSession::loop() {
    while (!ended_ && channel_.open()) {
        std::array entries = {channel_.entry(), peerEntry()};
        waitFor(entries, deadline());
        onSignals();
        if (ended_)
            break;
        channel_.handle(entries[0]);
        takeMessages();
        if (entries[1].revents != 0 && !ended_)
            advance();
        if (!ended_)
            onTime(core::Clock::now(), (entries[1].events & POLLIN) != 0);
        link_->flush();
        if (const auto written = link_->takeWritten())
            channel_.send(ipc::Written{*written});
        if (!ended_ && noMore_ && link_->tls().queued() == 0)
            finish(core::Reason::StoppedByUs);
        channel_.flush();
    }
    return leave();
}

core::Deadline SecureSession::deadline() const {
    return core::earlier(core::earlier(stepEnd_, drainEnd_), link_->deadline());
}

/// While the program is busy, or has to speak first, the peer waits in the kernel.
bool SecureSession::listening() const {
    return !early_ && !channel_.congested();
}

pollfd SecureSession::peerEntry() const {
    pollfd entry{peer_.get(), link_->tls().wanted(listening()), 0};
    if (entry.events == 0)
        entry.fd = -1; // or POLLHUP would wake us again and again
    return entry;
}

void SecureSession::onSignals() {
    if (stopsAsked() == 0)
        return;
    if (!programLives(programPid_) || !begun() || stopsAsked() > 1) {
        finish(core::Reason::StoppedByUs);
    } else if (!drainEnd_) {
        drainEnd_ = core::Clock::now() + limits::drain;
        channel_.send(ipc::Stopping{});
    }
}

// --- what the program says -------------------------------------------------------------------------------

void SecureSession::takeMessages() {
    while (const auto message = channel_.next()) {
        if (ended_)
            return;
        if (!obey(*message))
            finish(core::Reason::WorkerBroke); // the program broke the rules of the boundary
    }
}

bool SecureSession::obey(const ipc::ToWorker& message) {
    // A person let it in before the program could know that it speaks TLS.
    if (std::holds_alternative<ipc::Admit>(message))
        return side_ == core::Side::Responder;
    if (std::holds_alternative<ipc::NoMore>(message))
        return drainEnd_ && !std::exchange(noMore_, true);
    if (!begun())
        return false;
    if (const auto* handshake = std::get_if<ipc::SendHandshake>(&message))
        return sendHandshake(handshake->frame);
    if (const auto* profile = std::get_if<ipc::SendProfile>(&message)) {
        if (noMore_)
            return true; // it changed while the rest goes out: too late to say so
        if (!link_->say(profile->profile))
            return false;
        openIfBoth();
        return true;
    }
    if (const auto* entry = std::get_if<ipc::SendEntry>(&message))
        return !noMore_ && entry->number == lastNumber_ + 1 && link_->sayEntry(++lastNumber_, entry->entry);
    if (std::holds_alternative<ipc::Measure>(message)) {
        channel_.send(ipc::Measured{net::trafficOf(peer_.get())});
        return true;
    }
    if (const auto* farewell = std::get_if<ipc::Farewell>(&message)) {
        goodbye_ = farewell->goodbye;
        return true;
    }
    return false;
}

bool SecureSession::sendHandshake(const core::HandshakeFrame& frame) {
    if (noMore_ || !link_->say(asFrame(frame)))
        return false;
    if (std::holds_alternative<core::AuthResponder>(frame))
        stepEnd_ = core::Clock::now() + limits::profileExchange;
    else if (std::holds_alternative<core::Wait>(frame))
        stepEnd_.reset(); // the program ends it when nobody answers
    return true;
}

// --- what the peer says ----------------------------------------------------------------------------------

void SecureSession::advance() {
    if (step_ == Step::Tls && link_->handshake()) {
        step_ = Step::Hello;
        if (side_ == core::Side::Initiator && !link_->say(wire::Hello{hello_}))
            finish(core::Reason::Internal);
    }
    readPeer();
}

void SecureSession::readPeer() {
    if (listening())
        link_->read();
    takeFrames();
}

void SecureSession::takeFrames() {
    while (!ended_ && !early_) {
        auto frame = link_->next();
        if (!frame)
            break;
        onFrame(std::move(*frame));
    }
    if (const auto over = link_->over(); over && !ended_ && !early_)
        endOfPeer(*over);
}

void SecureSession::onFrame(wire::Frame frame) {
    if (const auto* hello = std::get_if<wire::Hello>(&frame))
        onHello(*hello);
    else if (auto* profile = std::get_if<core::Profile>(&frame))
        onProfile(std::move(*profile));
    else if (auto* entry = std::get_if<core::Entry>(&frame))
        channel_.send(ipc::PeerEntry{std::move(*entry)});
    else if (const auto* farewell = std::get_if<wire::Farewell>(&frame))
        finish(reasonOf(farewell->goodbye));
    else if (const auto handshake = asHandshake(frame))
        onHandshake(*handshake);
}

void SecureSession::onHello(const wire::Hello& hello) {
    const auto exporter = link_->tls().exporter();
    if (!exporter || (side_ == core::Side::Responder && !link_->say(wire::Hello{hello_}))) {
        finish(core::Reason::TlsFailed);
        return;
    }
    step_ = Step::Settling;
    if (side_ == core::Side::Initiator)
        stepEnd_ = core::Clock::now() + limits::authentication; // for R's answer to our AUTH
    channel_.send(ipc::SecureUp{address_, hello.bytes, *exporter, link_->tls().cipher()});
}

void SecureSession::onHandshake(const core::HandshakeFrame& frame) {
    if (std::holds_alternative<core::AuthResponder>(frame))
        stepEnd_ = core::Clock::now() + limits::profileExchange;
    else if (std::holds_alternative<core::Wait>(frame))
        stepEnd_.reset();
    channel_.send(ipc::PeerHandshake{frame});
}

void SecureSession::onProfile(core::Profile profile) {
    if (link_->ownPhase() != wire::Phase::Open) {
        early_ = std::move(profile);
        return;
    }
    channel_.send(ipc::PeerProfile{std::move(profile)});
    openIfBoth();
}

/// Our PROFILE has gone, or the peer's has come.
void SecureSession::openIfBoth() {
    if (link_->ownPhase() != wire::Phase::Open || link_->peerPhase() != wire::Phase::Open)
        return;
    step_ = Step::Open;
    stepEnd_.reset();
    if (early_) {
        channel_.send(ipc::PeerProfile{*std::exchange(early_, std::nullopt)});
        takeFrames(); // what came behind it
    }
}

// --- how it ends -----------------------------------------------------------------------------------------

void SecureSession::onTime(core::TimePoint now, bool listened) {
    link_->onTime(now, listened);
    if (const auto over = link_->over(); over && !early_ && listening())
        endOfPeer(*over);
    if (!ended_ && core::passed(stepEnd_, now))
        onLateness();
    if (!ended_ && core::passed(drainEnd_, now))
        finish(core::Reason::StoppedByUs);
}

void SecureSession::onLateness() {
    if (side_ == core::Side::Responder || link_->peerPhase() == wire::Phase::Profile)
        finish(core::Reason::PeerVanished, ETIMEDOUT);
    else if (step_ == Step::Tls && !link_->tls().metTls())
        finish(core::Reason::NotKith, ETIMEDOUT); // netcat listens and says nothing
    else
        finish(core::Reason::NoAnswer, ETIMEDOUT);
}

void SecureSession::endOfPeer(tls::TlsEnd end) {
    const bool dialled = side_ == core::Side::Initiator;
    const wire::Phase peer = link_->peerPhase();
    if (dialled && step_ == Step::Tls && end.reason == core::Reason::PeerVanished)
        // Nobody was there yet who could vanish. A host that has no room closes before it says anything.
        end.reason = link_->tls().metTls() ? core::Reason::TlsFailed : core::Reason::HostClosed;
    else if (dialled && end.reason == core::Reason::PeerClosed &&
             (peer == wire::Phase::Hello || peer == wire::Phase::Auth))
        end.reason = core::Reason::HostClosed;
    finish(end.reason, end.number);
}

void SecureSession::finish(core::Reason reason, int number) {
    if (!ended_)
        ended_ = ipc::Ended{reason, number};
}

ExitStatus SecureSession::leave() {
    const bool allSent = !begun() || link_->tls().queued() == 0; // before, there is our HELLO at most
    const bool asked = channel_.open() && programLives(programPid_);
    hangUp(asked);
    if (!asked)
        return ExitStatus::ProgramGone;
    channel_.send(*ended_);
    channel_.flushAll(core::Clock::now() + limits::lastWords);
    if (ended_->reason == core::Reason::WorkerBroke)
        return ExitStatus::Broken;
    return allSent ? ExitStatus::Well : ExitStatus::NotAllSent;
}

/// GOODBYE where it was our side that ended it, close_notify, FIN, and never RST: the peer could lose what it
/// has not read.
void SecureSession::hangUp(bool asked) {
    const bool ours = !ended_ || ended_->reason == core::Reason::StoppedByUs;
    if (link_) {
        if (ours && goodbye_)
            static_cast<void>(link_->say(wire::Farewell{*goodbye_})); // not legal so early: then without
        link_->close();
        link_->flush();
        while (ours && asked && !link_->tls().flushed() && !core::passed(drainEnd_, core::Clock::now()) &&
               drainEnd_ && stopsAsked() < 2 && channel_.open()) {
            std::array entries = {pollfd{peer_.get(), POLLOUT, 0}, channel_.entry()};
            waitFor(entries, drainEnd_);
            channel_.handle(entries[1]);
            link_->flush();
        }
    }
    net::sendEnd(peer_.get());
    if (ours && asked && begun() && stopsAsked() < 2)
        linger();
    net::dropUnread(peer_.get());
    peer_.reset();
}

/// Gives the peer a moment to answer our end with its own; what it says meanwhile still shows.
void SecureSession::linger() {
    const core::TimePoint end = core::Clock::now() + limits::linger;
    while (!link_->over() && core::Clock::now() < end && channel_.open() && stopsAsked() < 2) {
        std::array entries = {pollfd{channel_.congested() ? -1 : peer_.get(), POLLIN, 0}, channel_.entry()};
        waitFor(entries, end);
        channel_.handle(entries[1]);
        if (entries[0].revents == 0)
            continue;
        link_->read();
        while (auto frame = link_->next()) {
            if (auto* entry = std::get_if<core::Entry>(&*frame); entry != nullptr && step_ == Step::Open)
                channel_.send(ipc::PeerEntry{std::move(*entry)});
        }
    }
}

} // namespace kith::worker

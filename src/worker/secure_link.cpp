#include "worker/secure_link.h"

#include "core/limits.h"

#include <algorithm>
#include <cerrno>

namespace kith::worker {

namespace limits = core::limits;

namespace {

core::Side other(core::Side side) {
    return side == core::Side::Initiator ? core::Side::Responder : core::Side::Initiator;
}

} // namespace

SecureLink::SecureLink(tls::Context& context, core::Side side, int peer)
    : tls_(context.connect(peer))
    , own_(side)
    , peer_(other(side))
    , heard_(core::Clock::now())
    , pingTime_(heard_ - limits::pingsAtOnce * limits::pingInterval) {}

bool SecureLink::say(const wire::Frame& frame) {
    const std::string bytes = wire::encode(frame);
    if (bytes.empty() || tls_->queued() + bytes.size() > limits::peerQueue || !own_.spoken(frame))
        return false;
    peer_.heard(frame);
    tls_->write(bytes);
    return true;
}

bool SecureLink::sayEntry(std::uint64_t number, const core::Entry& entry) {
    if (!say(entry))
        return false;
    marks_.push_back({number, tls_->written() + tls_->queued()});
    return true;
}

std::optional<std::uint64_t> SecureLink::takeWritten() {
    std::optional<std::uint64_t> last;
    while (!marks_.empty() && marks_.front().end <= tls_->written()) {
        last = marks_.front().number;
        marks_.pop_front();
    }
    return last;
}

void SecureLink::read() {
    std::string bytes;
    while (bytes.size() < limits::readChunk && tls_->read(bytes)) {
    }
    if (bytes.empty())
        return;
    heard_ = core::Clock::now();
    nextPing_.reset();
    reader_.append(bytes);
}

std::optional<wire::Frame> SecureLink::next() {
    while (!over_) {
        const auto raw = reader_.next();
        if (!raw) {
            finish(core::Reason::ProtocolBroken);
            break;
        }
        if (!raw->has_value())
            break;
        auto frame = wire::decode((**raw).type, (**raw).payload);
        if (!frame || !peer_.spoken(*frame)) {
            finish(core::Reason::ProtocolBroken);
            break;
        }
        own_.heard(*frame);
        if (!answer(*frame))
            return std::move(frame).value();
    }
    return std::nullopt;
}

/// True where it was a PING or PONG.
bool SecureLink::answer(const wire::Frame& frame) {
    if (!std::holds_alternative<wire::Ping>(frame))
        return std::holds_alternative<wire::Pong>(frame);
    if (takePing())
        static_cast<void>(say(wire::Pong{})); // where there is no room, the peer hears enough of us
    else
        finish(core::Reason::TooMuch);
    return true;
}

/// Each ping costs limits::pingInterval of a time that passes by itself, of which limits::pingsAtOnce can be
/// saved up.
bool SecureLink::takePing() {
    const core::TimePoint now = core::Clock::now();
    pingTime_ = std::max(pingTime_, now - limits::pingsAtOnce * limits::pingInterval) + limits::pingInterval;
    return pingTime_ <= now;
}

std::optional<tls::TlsEnd> SecureLink::over() const {
    if (over_ || !tls_->over())
        return over_;
    // Closed in the middle of a frame: on purpose, or we would not have been told so.
    if (tls_->over()->reason == core::Reason::PeerClosed && reader_.size() > 0)
        return tls::TlsEnd{core::Reason::ProtocolBroken, 0};
    return tls_->over();
}

/// From when on does a peer's silence tell that it is gone? Before, every step has a limit of its own.
bool SecureLink::living() const {
    const auto lives = [](wire::Phase phase) {
        return phase == wire::Phase::Waiting || phase == wire::Phase::Open;
    };
    return lives(own_.phase()) && lives(peer_.phase());
}

core::Deadline SecureLink::deadline() const {
    if (!living() || over())
        return std::nullopt;
    return std::min(heard_ + limits::silence, nextPing_.value_or(heard_ + limits::pingAfter));
}

void SecureLink::onTime(core::TimePoint now, bool listened) {
    if (!living() || !listened) {
        heard_ = now;
        nextPing_.reset();
        return;
    }
    if (now >= heard_ + limits::silence) {
        finish(core::Reason::PeerVanished, ETIMEDOUT);
    } else if (now >= nextPing_.value_or(heard_ + limits::pingAfter)) {
        static_cast<void>(say(wire::Ping{})); // where there is no room, TCP_USER_TIMEOUT tells
        nextPing_ = now + limits::pingAfter;
    }
}

void SecureLink::finish(core::Reason reason, int number) {
    if (!over_)
        over_ = tls::TlsEnd{reason, number};
}

} // namespace kith::worker

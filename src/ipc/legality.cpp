#include "ipc/legality.h"

#include <array>
#include <cstddef>
#include <utility>

namespace kith::ipc {

namespace {

constexpr unsigned bit(Phase phase) {
    return 1U << static_cast<unsigned>(phase);
}

/// The phases in which something is legal, for each Role in its order.
using Phases = std::array<unsigned, 3>;

constexpr Phases listener(unsigned phases) {
    return {phases, 0, 0};
}
constexpr Phases dialled(unsigned phases) {
    return {0, phases, 0};
}
constexpr Phases accepted(unsigned phases) {
    return {0, 0, phases};
}
constexpr Phases session(unsigned phases) {
    return {0, phases, phases};
}
constexpr Phases anyRole(unsigned phases) {
    return {phases, phases, phases};
}

constexpr unsigned launched = bit(Phase::Launched);
constexpr unsigned ready = bit(Phase::Ready);
constexpr unsigned listening = bit(Phase::Listening);
constexpr unsigned connecting = bit(Phase::Connecting);
constexpr unsigned asking = bit(Phase::Asking);
constexpr unsigned securing = bit(Phase::Securing);
constexpr unsigned open = bit(Phase::Open);
constexpr unsigned alive = ready | listening | connecting | asking | securing | open;

/// What an open session must be for it.
enum class Kind : std::uint8_t { Any, Plain, Secure };

/// Who may send it, when, and the phase that it leads to; `keep` where it leads nowhere.
struct Rule {
    Phases phases;
    Phase next;
    bool keep = false;
    Kind kind = Kind::Any;
};

// In the order of FromWorker's alternatives. A peer that is asked about, and has said nothing in plain text,
// may still begin TLS.
constexpr std::array<Rule, std::variant_size_v<FromWorker>> fromWorkerRules = {
    Rule{anyRole(launched), Phase::Ready},                              // Ready
    Rule{listener(ready), Phase::Listening},                            // Listening
    Rule{listener(listening), Phase::Listening},                        // AcceptPaused
    Rule{dialled(ready | connecting), Phase::Connecting},               // Connecting
    Rule{Phases{0, connecting, asking}, Phase::Open},                   // Opened
    Rule{accepted(ready | asking), Phase::Asking},                      // Request
    Rule{session(open), Phase::Open, false, Kind::Plain},               // Received
    Rule{session(open), Phase::Open},                                   // Written
    Rule{anyRole(alive), Phase::Ready, true},                           // Stopping
    Rule{anyRole(alive), Phase::Over},                                  // Ended
    Rule{Phases{0, connecting, ready | asking}, Phase::Securing},       // SecureUp
    Rule{session(securing), Phase::Securing},                           // PeerHandshake
    Rule{session(securing | open), Phase::Open, false, Kind::Secure},   // PeerProfile
    Rule{session(open), Phase::Open, false, Kind::Secure},              // PeerEntry
    Rule{Phases{ready, ready | connecting, ready}, Phase::Ready, true}, // Sandboxed
    Rule{session(open), Phase::Open},                                   // Measured
};

// In the order of ToWorker's alternatives.
constexpr std::array<Rule, std::variant_size_v<ToWorker>> toWorkerRules = {
    Rule{anyRole(launched | ready), Phase::Ready, true},             // Start
    Rule{listener(listening), Phase::Listening, true},               // Taken
    Rule{accepted(asking), Phase::Asking, true},                     // Admit
    Rule{session(open), Phase::Open, true, Kind::Plain},             // SendText
    Rule{anyRole(alive), Phase::Ready, true},                        // NoMore
    Rule{session(securing), Phase::Securing, true},                  // SendHandshake
    Rule{session(securing | open), Phase::Open, true, Kind::Secure}, // SendProfile
    Rule{session(open), Phase::Open, true, Kind::Secure},            // SendEntry
    Rule{session(securing | open), Phase::Over, true, Kind::Secure}, // Farewell
    Rule{session(open), Phase::Open, true},                          // Measure
};

bool allows(const Rule& rule, Role role, Phase phase, bool secure) {
    if ((rule.phases[static_cast<std::size_t>(role)] & bit(phase)) == 0)
        return false;
    return rule.kind == Kind::Any || (rule.kind == Kind::Secure) == secure;
}

/// Has it to do with a peer, or with peers to come?
bool needsSandbox(const FromWorker& message) {
    return std::holds_alternative<Listening>(message) || std::holds_alternative<Opened>(message) ||
           std::holds_alternative<Request>(message) || std::holds_alternative<SecureUp>(message);
}

template <typename... T>
bool isOne(const core::HandshakeFrame& frame) {
    return (std::holds_alternative<T>(frame) || ...);
}

unsigned bit(const core::HandshakeFrame& frame) {
    return 1U << frame.index();
}

/// Is it a frame of the side that dialled?
bool ofInitiator(const core::HandshakeFrame& frame) {
    return isOne<core::AuthInitiator, core::Knock>(frame);
}

/// May it come where the side that says it has said `before`? Each once, the host's AUTH or KNOWN last.
bool inPlace(const core::HandshakeFrame& frame, unsigned before) {
    const unsigned last = bit(core::AuthResponder{}) | bit(core::Known{});
    return (before & bit(frame)) == 0 && (before & last) == 0 &&
           (!isOne<core::Knock>(frame) || before != 0) && (!isOne<core::Known>(frame) || before == 0);
}

} // namespace

bool Legality::fromWorker(const FromWorker& message) {
    const Rule& rule = fromWorkerRules[message.index()];
    if (!allows(rule, role_, phase_, secure_) || (needsSandbox(message) && !sandboxed_))
        return false;
    if (std::holds_alternative<Sandboxed>(message) && std::exchange(sandboxed_, true))
        return false;
    if (const auto* peer = std::get_if<PeerHandshake>(&message)) {
        if (ofInitiator(peer->frame) != (role_ == Role::Serve) || !inPlace(peer->frame, peerSaid_))
            return false;
        peerSaid_ |= bit(peer->frame);
    }
    const unsigned auth = bit(core::AuthInitiator{}) | bit(core::AuthResponder{});
    if (std::holds_alternative<PeerProfile>(message) && (peerSaid_ & auth) == 0)
        return false;
    if (std::holds_alternative<Stopping>(message)) {
        if (stopping_)
            return false;
        stopping_ = true;
    }
    if (std::holds_alternative<SecureUp>(message))
        secure_ = true;
    if (!rule.keep)
        phase_ = rule.next;
    return true;
}

bool Legality::toWorker(const ToWorker& message) const {
    if (!allows(toWorkerRules[message.index()], role_, phase_, secure_))
        return false;
    if (const auto* own = std::get_if<SendHandshake>(&message);
        own != nullptr && ofInitiator(own->frame) != (role_ == Role::Connect))
        return false;
    return stopping_ || !std::holds_alternative<NoMore>(message);
}

} // namespace kith::ipc

#include "ipc/legality.h"

#include <array>
#include <cstddef>

namespace kith::ipc {

namespace {

constexpr unsigned bit(Role role) {
    return 1U << static_cast<unsigned>(role);
}
constexpr unsigned bit(Phase phase) {
    return 1U << static_cast<unsigned>(phase);
}

constexpr unsigned listenRole = bit(Role::Listen);
constexpr unsigned connectRole = bit(Role::Connect);
constexpr unsigned serveRole = bit(Role::Serve);
constexpr unsigned session = connectRole | serveRole;
constexpr unsigned anyRole = listenRole | session;

constexpr unsigned alive = bit(Phase::Ready) | bit(Phase::Listening) | bit(Phase::Connecting) |
                           bit(Phase::Asking) | bit(Phase::Open);

/// Who may send it, when, and the phase that it leads to; `keep` where it leads nowhere.
struct Rule {
    unsigned roles;
    unsigned phases;
    Phase next;
    bool keep = false;
};

// In the order of FromWorker's alternatives.
constexpr std::array<Rule, std::variant_size_v<FromWorker>> fromWorkerRules = {
    Rule{anyRole, bit(Phase::Launched), Phase::Ready},                                // Ready
    Rule{listenRole, bit(Phase::Ready), Phase::Listening},                            // Listening
    Rule{listenRole, bit(Phase::Listening), Phase::Listening},                        // AcceptPaused
    Rule{connectRole, bit(Phase::Ready) | bit(Phase::Connecting), Phase::Connecting}, // Connecting
    Rule{session, bit(Phase::Connecting) | bit(Phase::Asking), Phase::Open},          // Opened
    Rule{serveRole, bit(Phase::Ready) | bit(Phase::Asking), Phase::Asking},           // Request
    Rule{session, bit(Phase::Open), Phase::Open},                                     // Received
    Rule{session, bit(Phase::Open), Phase::Open},                                     // Written
    Rule{anyRole, alive, Phase::Ready, true},                                         // Stopping
    Rule{anyRole, alive, Phase::Over},                                                // Ended
};

// In the order of ToWorker's alternatives.
constexpr std::array<Rule, std::variant_size_v<ToWorker>> toWorkerRules = {
    Rule{anyRole, bit(Phase::Launched) | bit(Phase::Ready), Phase::Ready, true}, // Start
    Rule{listenRole, bit(Phase::Listening), Phase::Listening, true},             // Taken
    Rule{serveRole, bit(Phase::Asking), Phase::Asking, true},                    // Admit
    Rule{session, bit(Phase::Open), Phase::Open, true},                          // SendText
    Rule{anyRole, alive, Phase::Ready, true},                                    // NoMore
};

} // namespace

bool Legality::fromWorker(const FromWorker& message) {
    const Rule& rule = fromWorkerRules[message.index()];
    if ((rule.roles & bit(role_)) == 0 || (rule.phases & bit(phase_)) == 0)
        return false;
    if (std::holds_alternative<Stopping>(message)) {
        if (stopping_)
            return false;
        stopping_ = true;
    }
    if (!rule.keep)
        phase_ = rule.next;
    return true;
}

bool Legality::toWorker(const ToWorker& message) const {
    const Rule& rule = toWorkerRules[message.index()];
    if ((rule.roles & bit(role_)) == 0 || (rule.phases & bit(phase_)) == 0)
        return false;
    return stopping_ || !std::holds_alternative<NoMore>(message);
}

} // namespace kith::ipc

// kith/1, 3 of 3: what is legal when (PROTOCOL.md, "What is legal when"). One table for each side; both
// sides check with it what they hear and what they say. Plain C++; the worker; a value of its owner's.
#pragma once

#include "core/hello.h"
#include "wire/messages.h"

#include <cstdint>

namespace kith::wire {

/// Where a session is above TLS.
enum class Phase : std::uint8_t {
    Hello,   ///< both HELLOs are due
    Auth,    ///< I's AUTH, then R's answer
    Waiting, ///< R said WAIT: I may KNOCK once; pings; R's AUTH or an end
    Profile, ///< R has said AUTH: the speaker's PROFILE is due
    Open,    ///< the speaker has said its PROFILE: more of them, pings; entries once it has heard the other's
    Over,    ///< a GOODBYE, or KNOWN
};

/// Follows one direction of what is said, of one session. `speaker`: whose frames these are. What one side
/// says may cross what the other says on the way: a frame that was legal when it was said is legal when it is
/// heard. A PONG is legal once for each PING of the other side's, so nobody can send more of them than they
/// were asked for. Total: any frames in any order.
class Legality final {
public:
    explicit Legality(core::Side speaker)
        : speaker_(speaker) {}

    [[nodiscard]] Phase phase() const { return phase_; }

    /// A frame of the speaker's: false where it is not legal now (and nothing changes), else the phase
    /// follows it.
    [[nodiscard]] bool spoken(const Frame& frame);
    /// A frame of the other side's, which was legal there: it may change what the speaker may say (an AUTH or
    /// WAIT of R changes what I may say, and the other way round). A GOODBYE changes nothing: what the
    /// speaker says may be on its way.
    void heard(const Frame& frame);

private:
    [[nodiscard]] bool allows(const Frame& frame) const;
    void follow(const Frame& frame);

    core::Side speaker_;
    Phase phase_ = Phase::Hello;
    std::uint32_t said_ = 0;  ///< frames of the speaker's so far, one bit for each alternative of Frame
    std::uint32_t heard_ = 0; ///< ... of the other side's
    std::uint32_t pongsOwed_ = 0;
};

} // namespace kith::wire

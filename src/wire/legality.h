// kith/1, 3 of 3: what is legal when. One table for each direction; both sides check with it what they hear
// and what they say. Plain C++; a value of its owner's.
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
    Profile, ///< R has said AUTH: PROFILEs are due; what I hears of R
    Open,    ///< the side's PROFILE was heard: entries, profiles, pings
    Over,    ///< a GOODBYE, or KNOWN
};

/// Follows one direction of what is said, of one session. `speaker`: whose frames these are.
class Legality final {
public:
    explicit Legality(core::Side speaker)
        : speaker_(speaker) {}

    [[nodiscard]] Phase phase() const { return phase_; }

    /// A frame of the speaker's: false where it is not legal now (and nothing changes), else the phase
    /// follows it.
    [[nodiscard]] bool spoken(const Frame& frame);
    /// A frame of the other side's, which was legal there: it may change what the speaker may say (an AUTH or
    /// WAIT of R changes what I may say, and the other way round).
    void heard(const Frame& frame);

private:
    core::Side speaker_;
    Phase phase_ = Phase::Hello;
    bool knocked_ = false;
};

} // namespace kith::wire

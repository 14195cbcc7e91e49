#include "wire/legality.h"

#include <array>
#include <cstddef>
#include <type_traits>
#include <variant>

namespace kith::wire {

namespace {

using FrameSet = std::uint32_t;

template <typename T, typename... All>
constexpr std::size_t placeIn(const std::variant<All...>*) {
    std::size_t place = 0;
    static_cast<void>(((std::is_same_v<T, All> ? true : (++place, false)) || ...));
    return place;
}

template <typename... T>
constexpr FrameSet set = ((FrameSet{1} << placeIn<T>(static_cast<const Frame*>(nullptr))) | ...);

FrameSet setOf(const Frame& frame) {
    return FrameSet{1} << frame.index();
}

/// What each side may say in a phase, as far as the phase alone tells.
struct Row {
    FrameSet initiator;
    FrameSet responder;
};

using core::AuthInitiator;
using core::AuthResponder;
using core::Entry;
using core::Knock;
using core::Known;
using core::Profile;
using core::Wait;

constexpr FrameSet alive = set<Ping, Pong, Farewell>;
constexpr FrameSet talk = alive | set<Profile, Entry>;

// In the order of Phase. What I says may cross R's AUTH on the way, so KNOCK and pings stay legal behind it.
constexpr std::array<Row, 6> table = {
    Row{set<Hello>, set<Hello>},                                        // Hello
    Row{set<AuthInitiator>, set<AuthResponder, Wait, Known, Farewell>}, // Auth
    Row{alive | set<Knock>, alive | set<AuthResponder>},                // Waiting
    Row{alive | set<Profile, Knock>, alive | set<Profile>},             // Profile
    Row{talk, talk},                                                    // Open
    Row{0, 0},                                                          // Over
};

constexpr FrameSet once = set<Hello, AuthInitiator, Knock>;
/// Legal between R's AUTH and PROFILE only where R had said WAIT before.
constexpr FrameSet afterWait = set<Knock, Ping>;

/// What a person's answer is, says the side whose person was asked, and while they are.
bool isAnswer(core::Goodbye goodbye) {
    return goodbye == core::Goodbye::Declined || goodbye == core::Goodbye::Unanswered;
}

} // namespace

bool Legality::allows(const Frame& frame) const {
    const FrameSet one = setOf(frame);
    const Row& row = table[static_cast<std::size_t>(phase_)];
    const bool initiator = speaker_ == core::Side::Initiator;
    if (((initiator ? row.initiator : row.responder) & one) == 0 || (one & once & said_) != 0)
        return false;
    if (const auto* farewell = std::get_if<Farewell>(&frame); farewell && isAnswer(farewell->goodbye))
        return !initiator && phase_ == Phase::Waiting;
    if (phase_ == Phase::Auth && !initiator)
        return (heard_ & set<AuthInitiator>) != 0;
    if (phase_ == Phase::Profile && (one & afterWait) != 0)
        return ((said_ | heard_) & set<Wait>) != 0;
    if (std::holds_alternative<Entry>(frame))
        return (heard_ & set<Profile>) != 0;
    return !std::holds_alternative<Pong>(frame) || pongsOwed_ > 0;
}

bool Legality::spoken(const Frame& frame) {
    if (!allows(frame))
        return false;
    said_ |= setOf(frame);
    if (std::holds_alternative<Pong>(frame))
        --pongsOwed_;
    else if (std::holds_alternative<Farewell>(frame))
        phase_ = Phase::Over;
    else if (std::holds_alternative<Profile>(frame))
        phase_ = Phase::Open;
    else
        follow(frame);
    return true;
}

void Legality::heard(const Frame& frame) {
    heard_ |= setOf(frame);
    if (std::holds_alternative<Ping>(frame))
        ++pongsOwed_;
    else if (phase_ != Phase::Over)
        follow(frame);
}

/// The phases before PROFILE are those of both sides.
void Legality::follow(const Frame& frame) {
    if ((said_ & heard_ & set<Hello>) != 0 && phase_ == Phase::Hello)
        phase_ = Phase::Auth;
    else if (std::holds_alternative<Wait>(frame))
        phase_ = Phase::Waiting;
    else if (std::holds_alternative<AuthResponder>(frame))
        phase_ = Phase::Profile;
    else if (std::holds_alternative<Known>(frame))
        phase_ = Phase::Over;
}

} // namespace kith::wire

// Who may cost us a worker: decided for each accepted connection, before anything is started for it. Pure
// logic: times are given, none is read.
#pragma once

#include "core/limits.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace kith::model {

/// Where a connection comes from, as limits count it.
struct Origin {
    std::string address;   ///< addressKey() of peer_address.h
    std::string site;      ///< siteKey(); empty where there is none
    bool contacts = false; ///< a contact authenticated from this address within limits::contactAddressLife

    [[nodiscard]] static Origin of(const std::string& host, bool contacts);
};

/// What somebody did who has not proved who they are.
enum class Misdeed : std::uint8_t {
    Broke, ///< broke TLS or kith/1, said what is neither, said nothing in time, or made the worker crash
    Left,  ///< left without a word of kith/1, or was turned away: a port scan, a person who gave up
};

/// The door. Keeps the callers that have proved nothing yet (limits::unauthenticated in all, some of them for
/// addresses of contacts, unauthenticatedPerAddress of one address), the rate of worker starts, and a table
/// of addresses and IPv6 sites by what they did wrong. Owned by the Messenger; one thread.
///
/// **Penalties.** An address fills a leaking bucket: a misdeed is one, and one is forgotten each
/// limits::misdeedForgotten. Over limits::misdeeds it is held off, for penaltyFirst at first and twice as
/// long each time up to penaltyLast; the bucket is then half as large each time, down to one. What ends while
/// its address is held off began before and counts no more. After each penaltyStepForgotten the penalty is
/// one step shorter again. A site's bucket is larger. An address that a contact came from is never held off
/// for longer than penaltyFirst at a time, so that nobody who shares it can keep the contact out.
///
/// **The table** has limits::addressTable rows, made by misdeeds alone. Where it is full the least harmful
/// gives way: what is forgotten anyway, then who was never held off, the emptiest bucket and the oldest
/// first. A row that was held off never gives way to a newcomer's; the newcomer has no row then. So washing
/// one penalty away takes thousands of other addresses, a worker each, at limits::workerStarts a second.
class Admission final {
public:
    using Clock = std::chrono::steady_clock;
    using Time = Clock::time_point;
    /// One who was let in, while it is among the unauthenticated. Never 0, never given twice.
    using Ticket = std::uint64_t;

    enum class Refusal : std::uint8_t {
        HeldOff,     ///< a penalty
        AddressFull, ///< too many of one address
        DoorFull,    ///< too many in all
        TooFast,     ///< too many worker starts in this second
    };

    /// What becomes of a connection.
    struct Verdict {
        std::optional<Refusal> refusal;
        Ticket ticket = 0; ///< where it is let in
        /// ... in the place of this one, which is counted no more and has to be ended first.
        std::optional<Ticket> givesWay;
    };

    /// A connection was accepted. Where it is let in a start is counted.
    [[nodiscard]] Verdict arrive(const Origin& from, Time now);
    /// One that had left the door (a silent plain-text peer) is back, unauthenticated: its ticket, or nothing
    /// where there is no room without anybody giving way.
    [[nodiscard]] std::optional<Ticket> back(const Origin& from, Time now);
    /// It has proved who it is, waits for a person's answer, or its worker is gone.
    void leave(Ticket ticket);

    void note(const Origin& from, Misdeed misdeed, Time now);
    /// How long this address is still held off; zero where it is not.
    [[nodiscard]] Clock::duration heldOff(const Origin& from, Time now) const;
    /// For measurements: with `off` nobody is held off, and nothing is noted (`kith-cli host
    /// --no-penalties`).
    void setPenalties(bool on) { penalties_ = on; }

    [[nodiscard]] std::size_t unauthenticated() const { return inside_.size(); }
    /// Rows of the table.
    [[nodiscard]] std::size_t size() const { return table_.size(); }

private:
    /// One of the unauthenticated, the oldest first.
    struct Caller {
        Ticket ticket = 0;
        std::string address;
        bool contacts = false;
        Time since;
    };
    /// What one address or site did. Weights are quarters of a misdeed.
    struct Row {
        unsigned weight = 0; ///< as of `at`
        unsigned level = 0;  ///< penalties so far; as of `until`
        Time at;
        Time begun;
        Time until;
    };

    [[nodiscard]] std::optional<Refusal> whyNot(const Origin& from, std::optional<Ticket>& givesWay,
                                                Time now) const;
    [[nodiscard]] std::optional<Ticket> oldest(const std::string* address, bool strangersFirst,
                                               Time now) const;
    [[nodiscard]] bool mayStart(const Origin& from, Time now);
    Ticket add(const Origin& from, Time now);
    void note(const std::string& key, unsigned most, Misdeed misdeed, Time now);
    [[nodiscard]] static unsigned weightOf(const Row& row, Time now);
    [[nodiscard]] static unsigned levelOf(const Row& row, Time now);
    [[nodiscard]] Row* rowFor(const std::string& key, Time now);
    [[nodiscard]] Clock::duration heldOff(const std::string& key, bool contacts, Time now) const;

    std::vector<Caller> inside_;
    std::deque<Time> starts_; ///< of the last limits::workerStartsTime
    std::unordered_map<std::string, Row> table_;
    Ticket last_ = 0;
    bool penalties_ = true;
};

} // namespace kith::model

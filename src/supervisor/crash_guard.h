// Who may start a worker again after workers crashed, and when. Pure logic: times are given, none is read.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace kith::supervisor {

/// Counts crashes for each key: "listener", or an address whose session workers crash.
///
/// One crash: again at once. limits::crashesBeforeHold in a row: held for limits::crashHold. From then on
/// back-off with full jitter (a random part of a span that begins at limits::backOffFirst, doubles and stops
/// at limits::backOffLast). limits::crashesBeforeStop: no more by itself, until a person asks or it is
/// forgotten. Forgotten: limits::crashMemory after the last crash, or when a worker of that key lived that
/// long. At most limits::crashTable keys; the one that crashed longest ago gives way. A value of its owner's;
/// one thread.
class CrashGuard final {
public:
    using Clock = std::chrono::steady_clock;
    /// From 0 to 1, for the jitter.
    using Random = std::function<double()>;

    /// May a worker start? And if not, for how long; nothing: until a person asks.
    struct Verdict {
        bool open = true;
        std::optional<Clock::duration> wait;
    };

    CrashGuard();
    explicit CrashGuard(Random random);

    /// A worker of this key crashed after it had lived so long.
    void crashed(const std::string& key, Clock::time_point now, Clock::duration lived);
    /// A worker of this key ended without a crash.
    void endedWell(const std::string& key, Clock::duration lived);
    /// A person asks for it: everything about this key is forgotten.
    void forget(const std::string& key);

    [[nodiscard]] Verdict verdict(const std::string& key, Clock::time_point now) const;
    /// For what a person asks for each time: never "no more", at the longest limits::crashHold after a crash.
    [[nodiscard]] Verdict verdictForPerson(const std::string& key, Clock::time_point now) const;

    /// Crashes in a row, as far as they still count.
    [[nodiscard]] unsigned crashes(const std::string& key, Clock::time_point now) const;
    [[nodiscard]] std::size_t size() const { return table_.size(); }

private:
    /// The crashes of one key, and until when it is held off.
    struct Entry {
        unsigned crashes = 0;
        Clock::time_point last;
        Clock::time_point until;
    };

    [[nodiscard]] const Entry* find(const std::string& key, Clock::time_point now) const;
    [[nodiscard]] Clock::duration hold(unsigned crashes) const;
    void makeRoom(Clock::time_point now);

    Random random_;
    std::map<std::string, Entry> table_;
};

} // namespace kith::supervisor

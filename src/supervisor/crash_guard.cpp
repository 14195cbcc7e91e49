#include "supervisor/crash_guard.h"

#include "core/limits.h"

#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace kith::supervisor {

namespace limits = core::limits;

CrashGuard::CrashGuard()
    : CrashGuard([] { return QRandomGenerator::global()->generateDouble(); }) {}

CrashGuard::CrashGuard(Random random)
    : random_(std::move(random)) {}

void CrashGuard::crashed(const std::string& key, Clock::time_point now, Clock::duration lived) {
    const Entry* known = lived < limits::crashMemory ? find(key, now) : nullptr;
    Entry entry;
    entry.crashes = known == nullptr ? 1 : known->crashes + 1;
    entry.last = now;
    entry.until = now + hold(entry.crashes);
    if (!table_.contains(key))
        makeRoom(now);
    table_[key] = entry;
}

void CrashGuard::endedWell(const std::string& key, Clock::duration lived) {
    if (lived >= limits::crashMemory)
        table_.erase(key);
}

void CrashGuard::forget(const std::string& key) {
    table_.erase(key);
}

CrashGuard::Verdict CrashGuard::verdict(const std::string& key, Clock::time_point now) const {
    const Entry* entry = find(key, now);
    if (entry == nullptr)
        return {};
    if (entry->crashes >= limits::crashesBeforeStop)
        return {false, std::nullopt};
    if (now < entry->until)
        return {false, entry->until - now};
    return {};
}

CrashGuard::Verdict CrashGuard::verdictForPerson(const std::string& key, Clock::time_point now) const {
    const Verdict strict = verdict(key, now);
    if (strict.open || strict.wait)
        return strict;
    const Clock::time_point until = find(key, now)->last + limits::crashHold;
    return now < until ? Verdict{false, until - now} : Verdict{};
}

unsigned CrashGuard::crashes(const std::string& key, Clock::time_point now) const {
    const Entry* entry = find(key, now);
    return entry == nullptr ? 0 : entry->crashes;
}

const CrashGuard::Entry* CrashGuard::find(const std::string& key, Clock::time_point now) const {
    const auto found = table_.find(key);
    if (found == table_.end() || now - found->second.last >= limits::crashMemory)
        return nullptr;
    return &found->second;
}

CrashGuard::Clock::duration CrashGuard::hold(unsigned crashes) const {
    if (crashes < limits::crashesBeforeHold)
        return {};
    if (crashes == limits::crashesBeforeHold)
        return limits::crashHold;
    Clock::duration span = limits::backOffFirst;
    for (unsigned i = limits::crashesBeforeHold + 1; i < crashes && span < limits::backOffLast; ++i)
        span *= 2;
    span = std::min<Clock::duration>(span, limits::backOffLast);
    return std::chrono::duration_cast<Clock::duration>(span * std::clamp(random_(), 0.0, 1.0));
}

void CrashGuard::makeRoom(Clock::time_point now) {
    if (table_.size() < limits::crashTable)
        return;
    std::erase_if(table_, [now](const auto& row) { return now - row.second.last >= limits::crashMemory; });
    if (table_.size() < limits::crashTable)
        return;
    table_.erase(std::ranges::min_element(table_, {}, [](const auto& row) { return row.second.last; }));
}

} // namespace kith::supervisor

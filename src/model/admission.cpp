#include "model/admission.h"

#include "model/peer_address.h"

#include <algorithm>
#include <tuple>

namespace kith::model {

namespace limits = core::limits;

namespace {

constexpr unsigned whole = limits::leavingsInAMisdeed;

} // namespace

Origin Origin::of(const std::string& host, bool contacts) {
    return {addressKey(host), siteKey(host), contacts};
}

Admission::Verdict Admission::arrive(const Origin& from, Time now) {
    std::optional<Ticket> givesWay;
    if (const std::optional<Refusal> refusal = whyNot(from, givesWay, now))
        return {refusal, 0, {}};
    if (!mayStart(from, now))
        return {Refusal::TooFast, 0, {}};
    starts_.push_back(now);
    if (givesWay)
        leave(*givesWay);
    return {{}, add(from, now), givesWay};
}

std::optional<Admission::Ticket> Admission::back(const Origin& from, Time now) {
    std::optional<Ticket> givesWay;
    if (whyNot(from, givesWay, now) || givesWay)
        return std::nullopt;
    return add(from, now);
}

void Admission::leave(Ticket ticket) {
    std::erase_if(inside_, [ticket](const Caller& each) { return each.ticket == ticket; });
}

std::optional<Admission::Refusal> Admission::whyNot(const Origin& from, std::optional<Ticket>& givesWay,
                                                    Time now) const {
    if (heldOff(from, now) > Clock::duration::zero())
        return Refusal::HeldOff;
    const auto ofAddress = std::ranges::count(inside_, from.address, &Caller::address);
    if (ofAddress >= static_cast<std::ptrdiff_t>(limits::unauthenticatedPerAddress)) {
        givesWay = oldest(&from.address, false, now);
        return givesWay ? std::nullopt : std::optional(Refusal::AddressFull);
    }
    const auto strangers = static_cast<std::size_t>(std::ranges::count(inside_, false, &Caller::contacts));
    constexpr std::size_t forStrangers = limits::unauthenticated - limits::unauthenticatedReserved;
    if (inside_.size() < limits::unauthenticated && (from.contacts || strangers < forStrangers))
        return std::nullopt;
    givesWay = oldest(nullptr, true, now);
    // No stranger takes the place of one who comes from a contact's address.
    const auto holder = std::ranges::find(inside_, givesWay.value_or(0), &Caller::ticket);
    if (holder != inside_.end() && holder->contacts && !from.contacts)
        givesWay.reset();
    return givesWay ? std::nullopt : std::optional(Refusal::DoorFull);
}

std::optional<Admission::Ticket> Admission::oldest(const std::string* address, bool strangersFirst,
                                                   Time now) const {
    const Caller* found = nullptr;
    for (const Caller& each : inside_) {
        if ((address != nullptr && each.address != *address) || now - each.since < limits::givesWayAfter)
            continue;
        if (found == nullptr || (strangersFirst && found->contacts && !each.contacts))
            found = &each;
    }
    return found == nullptr ? std::nullopt : std::optional(found->ticket);
}

bool Admission::mayStart(const Origin& from, Time now) {
    while (!starts_.empty() && now - starts_.front() >= limits::workerStartsTime)
        starts_.pop_front();
    const unsigned kept = from.contacts ? 0 : limits::workerStartsReserved;
    return starts_.size() + kept < limits::workerStarts;
}

Admission::Ticket Admission::add(const Origin& from, Time now) {
    inside_.push_back({++last_, from.address, from.contacts, now});
    return last_;
}

void Admission::note(const Origin& from, Misdeed misdeed, Time now) {
    if (!penalties_)
        return;
    note(from.address, limits::misdeeds, misdeed, now);
    if (!from.site.empty())
        note(from.site, limits::misdeedsOfASite, misdeed, now);
}

void Admission::note(const std::string& key, unsigned most, Misdeed misdeed, Time now) {
    Row* const row = rowFor(key, now);
    if (row == nullptr || now < row->until)
        return;
    row->level = levelOf(*row, now);
    row->weight = weightOf(*row, now) + (misdeed == Misdeed::Broke ? whole : 1);
    row->at = now;
    if (row->weight <= std::max(most >> row->level, 1U) * whole)
        return;
    row->weight = 0;
    ++row->level;
    Clock::duration penalty = limits::penaltyFirst;
    for (unsigned step = 1; step < row->level && penalty < limits::penaltyLast; ++step)
        penalty *= 2;
    row->begun = now;
    row->until = now + std::min<Clock::duration>(penalty, limits::penaltyLast);
}

Admission::Clock::duration Admission::heldOff(const Origin& from, Time now) const {
    if (!penalties_)
        return {};
    return std::max(heldOff(from.address, from.contacts, now), heldOff(from.site, from.contacts, now));
}

Admission::Clock::duration Admission::heldOff(const std::string& key, bool contacts, Time now) const {
    const auto found = table_.find(key);
    if (found == table_.end())
        return {};
    const Row& row = found->second;
    const Time until = contacts ? std::min(row.until, row.begun + limits::penaltyFirst) : row.until;
    return std::max(until - now, Clock::duration::zero());
}

unsigned Admission::weightOf(const Row& row, Time now) {
    constexpr Clock::duration each = Clock::duration(limits::misdeedForgotten) / whole;
    const auto forgotten = (now - row.at) / each;
    return forgotten >= row.weight ? 0 : row.weight - static_cast<unsigned>(forgotten);
}

unsigned Admission::levelOf(const Row& row, Time now) {
    if (row.level == 0 || now < row.until)
        return row.level;
    const auto forgotten =
        (now - std::max(row.until, row.at)) / Clock::duration(limits::penaltyStepForgotten);
    return forgotten >= row.level ? 0 : row.level - static_cast<unsigned>(forgotten);
}

Admission::Row* Admission::rowFor(const std::string& key, Time now) {
    if (const auto found = table_.find(key); found != table_.end())
        return &found->second;
    if (table_.size() >= limits::addressTable) {
        std::erase_if(table_, [now](const auto& each) {
            return levelOf(each.second, now) == 0 && weightOf(each.second, now) == 0;
        });
    }
    if (table_.size() >= limits::addressTable) {
        const auto least = std::ranges::min_element(table_, {}, [now](const auto& each) {
            return std::tuple(levelOf(each.second, now), weightOf(each.second, now), each.second.at);
        });
        if (levelOf(least->second, now) > 0)
            return nullptr;
        table_.erase(least);
    }
    Row& made = table_[key];
    made.at = made.begun = made.until = now;
    return &made;
}

} // namespace kith::model

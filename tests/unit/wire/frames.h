// For the tests of kith/1's frames: one of each, and more where a bound is.
#pragma once

#include "core/limits.h"
#include "wire/messages.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace kith::tests {

/// Bytes that are not all the same, so that none can stand in another's place.
template <typename T>
T counted(std::uint8_t from) {
    T out;
    for (std::uint8_t& byte : out.bytes)
        byte = from++;
    return out;
}

inline core::Entry entryOf(std::string text) {
    return {counted<core::StreamId>(1), ~0ULL,          counted<core::EntryId>(2), core::limits::latestTime,
            core::EntryKind::Text,      std::move(text)};
}

inline core::Profile longestProfile() {
    return {std::string(core::limits::nameBytes, 'n'),
            std::vector<core::Endpoint>(core::limits::profileAddresses,
                                        core::Endpoint{"2001:db8:1111:2222:3333:4444:5555:6666", 65535})};
}

inline std::vector<wire::Frame> everyFrame() {
    using namespace core;
    return {
        wire::Hello{counted<HelloBytes>(1)},
        AuthInitiator{counted<PublicKey>(1), counted<Signature>(2), counted<InviteId>(3),
                      counted<InviteProof>(4)},
        AuthResponder{counted<PublicKey>(5), counted<Signature>(6)},
        Wait{},
        Known{counted<KnownHint>(7)},
        Knock{""},
        Knock{std::string(limits::knockName, 'n')},
        Profile{},
        longestProfile(),
        wire::Ping{},
        wire::Pong{},
        wire::Farewell{Goodbye::Ended},
        wire::Farewell{Goodbye::Declined},
        wire::Farewell{Goodbye::Unanswered},
        wire::Farewell{Goodbye::Superseded},
        Entry{counted<StreamId>(1), 1, {}, 0, EntryKind::Text, ""},
        entryOf("h\xC3\xA9llo"),
        entryOf(std::string(limits::entryText, 'x')),
    };
}

} // namespace kith::tests

// kith/1, 1 of 3: every frame that peers exchange inside TLS, as typed values (PROTOCOL.md, "Frames").
// codec.h turns them into frames and back; legality.h says what is legal when. Plain C++; the worker.
#pragma once

#include "core/peer_messages.h"

#include <cstdint>
#include <variant>

namespace kith::wire {

/// The first frame of both sides.
struct Hello {
    core::HelloBytes bytes{};
    bool operator==(const Hello&) const = default;
};

/// "Are you there?"; answered with Pong at once.
struct Ping {
    bool operator==(const Ping&) const = default;
};
/// "Yes": one for each Ping.
struct Pong {
    bool operator==(const Pong&) const = default;
};

/// The last frame of a side that ends on purpose.
struct Farewell {
    core::Goodbye goodbye = core::Goodbye::Ended;
    bool operator==(const Farewell&) const = default;
};

/// Types as on the wire, one byte each; numbers never change their meaning.
enum class FrameType : std::uint8_t {
    Hello = 1,
    AuthInitiator = 2,
    AuthResponder = 3,
    Wait = 4,
    Known = 5,
    Knock = 6,
    Profile = 7,
    Ping = 8,
    Pong = 9,
    Goodbye = 10,
    Entry = 16,
};

using Frame = std::variant<Hello, core::AuthInitiator, core::AuthResponder, core::Wait, core::Known,
                           core::Knock, core::Profile, Ping, Pong, Farewell, core::Entry>;

} // namespace kith::wire

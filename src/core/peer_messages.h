// What two Kiths say to each other (PROTOCOL.md), as values: wire/ makes bytes of them for the peer, ipc/
// carries the same values between program and worker. Plain C++; any process.
#pragma once

#include "core/bytes.h"
#include "core/endpoint.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace kith::core {

/// A HELLO as it goes over the wire; hello.h reads and makes it. The program makes its own and takes the
/// peer's apart; a worker only carries both.
using HelloBytes = FixedBytes<40, struct HelloBytesTag>;

/// I -> R: who I am, and an invite where there is one (zeros where not).
struct AuthInitiator {
    PublicKey key{};
    Signature signature{};
    InviteId invite{};
    InviteProof proof{};
    bool operator==(const AuthInitiator&) const = default;
};

/// R -> I: who I am.
struct AuthResponder {
    PublicKey key{};
    Signature signature{};
    bool operator==(const AuthResponder&) const = default;
};

/// R -> I: a person is asked.
struct Wait {
    bool operator==(const Wait&) const = default;
};

/// R -> I: your key is a contact here, but you did not name this host's key.
struct Known {
    KnownHint hint{};
    bool operator==(const Known&) const = default;
};

/// I -> R, after Wait alone: the name to show in the request. As it came: hostile until core::cleanName. At
/// most limits::knockName bytes.
struct Knock {
    std::string name;
    bool operator==(const Knock&) const = default;
};

/// Everything between HELLO and PROFILE.
using HandshakeFrame = std::variant<AuthInitiator, AuthResponder, Wait, Known, Knock>;

/// What one side tells of itself once both know who the other is; sent again when it changes. The name is as
/// it came, valid UTF-8, at most limits::nameBytes; at most limits::profileAddresses hosts.
struct Profile {
    std::string name;
    /// Where this side hosts, to contacts alone; numeric addresses.
    std::vector<Endpoint> hosts;
    bool operator==(const Profile&) const = default;
};

/// What an entry is; numbers as on the wire. One that this version does not know is carried as it is.
enum class EntryKind : std::uint32_t { Text = 1 };

/// What a person says, on its way: committed to its sender's history before it goes out.
struct Entry {
    StreamId stream{};
    std::uint64_t number = 0; ///< in the stream, from 1, without gaps
    EntryId id{};
    std::int64_t writtenAt = 0; ///< the sender's clock, milliseconds since 1970 UTC, up to limits::latestTime
    EntryKind kind = EntryKind::Text;
    std::string text; ///< valid UTF-8 without NUL, at most limits::entryText bytes
    bool operator==(const Entry&) const = default;
};

/// Why a side ends a session on purpose. Numbers as on the wire; one that is not known reads as Ended.
enum class Goodbye : std::uint8_t {
    Ended = 0,      ///< the person ended it, or Kith quit
    Declined = 1,   ///< a person said no
    Unanswered = 2, ///< nobody answered the request in time
    Superseded = 3, ///< another session between these two goes on
};

} // namespace kith::core

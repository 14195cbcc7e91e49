// An invite: one line to paste or click, that carries the host's key and lets its bearer in (PROTOCOL.md,
// "Invites"). Plain C++; any thread.
#pragma once

#include "core/bytes.h"
#include "core/endpoint.h"
#include "core/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace kith::core {

/// `kith://HOST:PORT/KITH-ID?s=SECRET&alt=HOST:PORT&n=NAME`, strict ASCII, at most limits::addressInput
/// bytes. SECRET is base32 of the invite's id (8), its secret (16) and 2 bytes of SHA-256 over the rest of
/// the link.
struct Invite {
    std::vector<Endpoint> addresses; ///< 1 to limits::inviteAddresses; the first stands before the slash
    PublicKey key{};                 ///< the host's
    InviteId id{};
    InviteSecret secret{};
    std::string name; ///< what the host calls themselves: hostile text like any other; may be empty

    bool operator==(const Invite&) const = default;
};

/// Does it begin like an invite, in any case, white space before it dropped? Then parseInvite() says what is
/// wrong.
[[nodiscard]] bool looksLikeInvite(std::string_view text);

/// White space around it is dropped. Errors: InviteInvalid (not of this form, a wrong checksum, too long, or
/// a key that nobody can have). Unknown parameters are passed over, so that a newer Kith's invite still
/// works.
[[nodiscard]] Result<Invite> parseInvite(std::string_view text);

/// The link. Addresses over the bounds are left out from the end, and the name is cut, so that it fits. An
/// invite with no address is a mistake of ours: the result is empty.
[[nodiscard]] std::string toLink(const Invite& invite);

} // namespace kith::core

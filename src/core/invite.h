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
/// the link, letters in lower case, and those 24 bytes: a slip of the pen is noticed, a forger is not kept
/// from anything.
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
/// a key that nobody can have); its detail never quotes the link. Unknown parameters are passed over, so that
/// a newer Kith's invite still works.
[[nodiscard]] Result<Invite> parseInvite(std::string_view text);

/// The link; parseInvite() takes it. The name is cleaned (cleanName). Left out are addresses that mean
/// nothing to others (an IPv6 scope) or are not ASCII, those over the bounds from the end, and what does not
/// fit of the name. An invite with no other address, or with a key that nobody can have, is a mistake of
/// ours: the result is empty.
[[nodiscard]] std::string toLink(const Invite& invite);

} // namespace kith::core

// Who is at the other end of an accepted connection, by address.
#pragma once

#include "core/endpoint.h"

#include <optional>
#include <string>

namespace kith::model {

/// The peer's numeric address (getpeername(2)), an IPv4 address never in its IPv6-mapped form; nothing where
/// the peer is gone again. Quick, any thread.
[[nodiscard]] std::optional<core::Endpoint> peerOf(int connection);

/// What limits for one computer count by: an IPv4 or link-local address as it is, of any other IPv6 address
/// its first 64 bits, which is what one computer is given (RFC 4291 section 2.5.4); a name in small letters.
[[nodiscard]] std::string addressKey(const std::string& host);

/// The first 48 bits of a global IPv6 address, which is what a site is given at most (RFC 6177); empty for
/// any other.
[[nodiscard]] std::string siteKey(const std::string& host);

/// What the worker is given to look up: ASCII, by IDNA (UTS #46) where the name is not. Errors:
/// AddressInvalid.
[[nodiscard]] core::Result<core::Endpoint> toAscii(const core::Endpoint& endpoint);

} // namespace kith::model

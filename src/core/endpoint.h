// Where a peer is: a host and a port, as typed by a person or told by the kernel. Plain C++; any process.
#pragma once

#include "core/limits.h"
#include "core/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace kith::core {

/// A host (a DNS name, an IPv4 or an IPv6 address, without brackets; an IPv6 address may carry a scope,
/// RFC 4007 section 11: `fe80::1%eth0`) and a TCP port.
struct Endpoint {
    std::string host;
    std::uint16_t port = limits::defaultPort;

    bool operator==(const Endpoint&) const = default;
};

/// What kind of address a host is; decides defaults (plain text from this computer) and words.
enum class HostKind : std::uint8_t {
    Name,      ///< not an address: a name to look up
    Loopback,  ///< 127.0.0.0/8, ::1
    LinkLocal, ///< 169.254.0.0/16, fe80::/10
    Private,   ///< RFC 1918, RFC 6598, RFC 4193
    Public,
};

[[nodiscard]] HostKind hostKind(std::string_view host);

/// `host`, `host:port`, `[v6]:port`, `v6`; white space around it is dropped. A host that is only digits and
/// dots must be an IPv4 address of four numbers (inet_aton's other forms are refused: they hide where one
/// connects to). Errors: AddressInvalid.
[[nodiscard]] Result<Endpoint> parseEndpoint(std::string_view text);

/// As a person reads and types it: brackets around IPv6, the port only where it is not 5188.
[[nodiscard]] std::string toDisplay(const Endpoint& endpoint);

/// `host:port` always, with brackets around IPv6: for JSON and logs.
[[nodiscard]] std::string toText(const Endpoint& endpoint);

} // namespace kith::core

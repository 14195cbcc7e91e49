// The addresses by which others reach this computer.
#pragma once

#include "core/endpoint.h"

#include <QString>

#include <cstdint>
#include <string_view>
#include <vector>

namespace kith::model {

/// Private IPv4 first, then global IPv6, then the others; without loopback, link-local, container and virtual
/// bridge addresses. From getifaddrs(3), which makes no internet socket; quick, any thread.
[[nodiscard]] std::vector<core::Endpoint> localAddresses(std::uint16_t port);

/// Is it an address of this computer, whichever of its interfaces has it? Names are not looked up, but
/// `localhost` and what ends in it are loopback (RFC 6761 section 6.3), and the wildcard addresses reach this
/// computer too.
[[nodiscard]] bool isThisComputer(std::string_view host);

/// What an address was learned on, for those that mean something else elsewhere: the prefix of this
/// computer's that it lies in, as "192.168.1.0/24". Empty for public addresses and names, and where it lies
/// in none.
[[nodiscard]] QString networkOf(std::string_view host);

} // namespace kith::model

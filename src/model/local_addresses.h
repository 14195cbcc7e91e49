// The addresses by which others reach this computer.
#pragma once

#include "core/endpoint.h"

#include <vector>

namespace kith::model {

/// Private IPv4 first, then global IPv6, then the others; without loopback, link-local, container and virtual
/// bridge addresses. From getifaddrs(3), which makes no internet socket; quick, any thread.
[[nodiscard]] std::vector<core::Endpoint> localAddresses(quint16 port);

} // namespace kith::model

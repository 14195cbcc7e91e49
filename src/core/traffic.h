// What went over one TCP connection, as the kernel counts. A plain value; any thread, either process.
#pragma once

#include <cstdint>

namespace kith::core {

/// Of a connection since its beginning. All 0 where the system does not say.
struct Traffic {
    std::uint32_t roundTrip = 0;    ///< microseconds, smoothed (RFC 6298); 0 where it is not known
    std::uint64_t received = 0;     ///< bytes, TLS and all
    std::uint64_t acknowledged = 0; ///< bytes that have reached the peer's kernel, TLS and all
    bool operator==(const Traffic&) const = default;
};

} // namespace kith::core

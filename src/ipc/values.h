// The values inside messages of the boundary, as they stand in frames and checked as they come out of them.
// For encoding.cpp and decoding.cpp alone.
#pragma once

#include "core/endpoint.h"
#include "core/limits.h"
#include "core/peer_messages.h"
#include "core/result.h"
#include "ipc/boundary.pb.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace kith::ipc {

/// WorkerBroke, as every error of a decoder is. `detail` is for the log.
[[nodiscard]] inline core::Error broke(const char* detail) {
    return {core::Reason::WorkerBroke, 0, detail};
}

void fill(pb::Endpoint* out, const core::Endpoint& endpoint);
void fill(pb::Handshake* out, const core::HandshakeFrame& frame);
void fill(pb::Profile* out, const core::Profile& profile);
void fill(pb::Entry* out, const core::Entry& entry);

[[nodiscard]] core::Result<std::uint16_t> portOf(std::uint32_t port, bool zeroAllowed);
/// The host is ASCII, without white space, of 1 to limits::hostName bytes.
[[nodiscard]] core::Result<core::Endpoint> endpointOf(const pb::Endpoint& from);
/// At most `most` bytes of valid UTF-8 without NUL.
[[nodiscard]] core::Result<std::string> textOf(const std::string& text, std::size_t most);
[[nodiscard]] core::Result<core::HandshakeFrame> handshakeOf(const pb::Handshake& from);
/// Hosts are addresses, never names.
[[nodiscard]] core::Result<core::Profile> profileOf(const pb::Profile& from);
/// Any kind; the number is at least 1, the time within limits::latestTime.
[[nodiscard]] core::Result<core::Entry> entryOf(const pb::Entry& from);

/// All of it, or nothing where the length is another.
template <typename T>
[[nodiscard]] core::Result<T> bytesOf(const std::string& from) {
    if (const auto value = T::from(from))
        return *value;
    return broke("wrong length");
}

} // namespace kith::ipc

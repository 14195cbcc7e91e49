// HELLO, and the bytes that both sides sign (PROTOCOL.md, "Who it is"). Pinned by published test vectors.
// Plain C++; any thread, any process.
#pragma once

#include "core/bytes.h"
#include "core/peer_messages.h"
#include "core/result.h"

#include <cstdint>
#include <optional>

namespace kith::core {

/// I connects (TLS client), R accepts (TLS server).
enum class Side : std::uint8_t { Initiator, Responder };

/// The versions of the protocol that this Kith speaks.
inline constexpr std::uint8_t protocolVersion = 1;
/// Features of this Kith, one bit each; none is defined in version 1.
inline constexpr std::uint32_t protocolFeatures = 0;

/// The first thing that both sides say.
struct Hello {
    std::uint8_t versionMin = protocolVersion;
    std::uint8_t versionMax = protocolVersion;
    std::uint32_t features = protocolFeatures;
    /// Of the initiator alone: an address was typed, the host's key is not known ...
    bool hostKeyUnknown = false;
    /// ... and no contact fits a KNOWN that was given. Only together with hostKeyUnknown.
    bool noContactFits = false;
    Nonce nonce{};

    bool operator==(const Hello&) const = default;
};

/// A HELLO of our own, with a fresh nonce.
[[nodiscard]] Hello makeHello(bool hostKeyUnknown = false, bool noContactFits = false);

[[nodiscard]] HelloBytes encode(const Hello& hello);
/// Errors: ProtocolBroken: a flag or byte that must be 0 is not, versionMin > versionMax or 0. `side` sent
/// it.
[[nodiscard]] Result<Hello> decode(const HelloBytes& bytes, Side side);

/// What both sides settle on: the smaller versionMax, the AND of the features. Errors: VersionTooOld (theirs
/// ends below ours), VersionTooNew (theirs begins above ours).
struct Chosen {
    std::uint8_t version = protocolVersion;
    std::uint32_t features = 0;
    bool operator==(const Chosen&) const = default;
};
[[nodiscard]] Result<Chosen> choose(const Hello& own, const Hello& theirs);

/// T(role): 200 bytes, nothing of variable length. What is signed, and what an invite's proof covers.
using Transcript = FixedBytes<200, struct TranscriptTag>;

/// Everything T is made of. The signer's side is not among it: both T('I') and T('R') come of one of these.
struct TranscriptParts {
    Chosen chosen;
    Exporter exporter{};
    HelloBytes initiatorHello{}; ///< its flags stand in T once more, in the clear
    HelloBytes responderHello{};
    PublicKey initiatorKey{};
    PublicKey responderKey{}; ///< zeros in T('I') where the host's key is not known
};
[[nodiscard]] Transcript transcript(Side signer, const TranscriptParts& parts);

/// SHA-256("kith-known-v1" padded to 32 with NUL || host's key || exporter): what KNOWN carries.
[[nodiscard]] KnownHint knownHint(const PublicKey& host, const Exporter& exporter);

/// HMAC-SHA-256 under the invite's secret over T('I').
[[nodiscard]] InviteProof inviteProof(const InviteSecret& secret, const Transcript& initiatorTranscript);

[[nodiscard]] Digest sha256(std::string_view bytes);
/// Compares in constant time.
[[nodiscard]] bool sameSecret(std::string_view left, std::string_view right);

} // namespace kith::core

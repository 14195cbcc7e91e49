#include "core/hello.h"

#include "core/libcrypto.h"

#include <algorithm>
#include <cstdlib>

#include <openssl/hmac.h>

namespace kith::core {

namespace {

// Where everything stands in a HELLO ...
constexpr std::size_t atVersionMin = 0;
constexpr std::size_t atVersionMax = 1;
constexpr std::size_t atFeatures = 2;
constexpr std::size_t atFlags = 6;
constexpr std::size_t atZero = 7;
constexpr std::size_t atNonce = 8;
static_assert(atNonce + Nonce::size == HelloBytes::size);

constexpr std::uint8_t flagHostKeyUnknown = 1U << 0U;
constexpr std::uint8_t flagNoContactFits = 1U << 1U;

// ... and in T.
constexpr std::size_t atRole = 32;
constexpr std::size_t atChosenVersion = 33;
constexpr std::size_t atTls = 34;
constexpr std::size_t atInitiatorFlags = 35;
constexpr std::size_t atChosenFeatures = 36;
constexpr std::size_t atExporter = 40;
constexpr std::size_t atInitiatorHello = 72;
constexpr std::size_t atResponderHello = 104;
constexpr std::size_t atInitiatorKey = 136;
constexpr std::size_t atResponderKey = 168;
static_assert(atResponderKey + PublicKey::size == Transcript::size);

constexpr std::string_view authLabel = "kith-auth-v1";
constexpr std::string_view knownLabel = "kith-known-v1";
constexpr std::size_t labelSize = 32; // padded with NUL
constexpr std::uint8_t insideTls13 = 1;

template <std::size_t N, typename Tag>
void put(FixedBytes<N, Tag>& out, std::size_t at, std::string_view bytes) {
    std::copy(bytes.begin(), bytes.end(), out.bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

/// Big-endian.
template <std::size_t N, typename Tag>
void putNumber(FixedBytes<N, Tag>& out, std::size_t at, std::uint32_t number) {
    for (std::size_t i = 0; i < sizeof number; ++i)
        out.bytes[at + i] = static_cast<std::uint8_t>(number >> (24U - 8U * i));
}

std::uint32_t numberAt(const HelloBytes& bytes, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i)
        number = number << 8U | bytes.bytes[at + i];
    return number;
}

} // namespace

Hello makeHello(bool hostKeyUnknown, bool noContactFits) {
    Hello hello;
    hello.hostKeyUnknown = hostKeyUnknown;
    hello.noContactFits = hostKeyUnknown && noContactFits;
    hello.nonce = Nonce::random();
    return hello;
}

HelloBytes encode(const Hello& hello) {
    HelloBytes out;
    out.bytes[atVersionMin] = hello.versionMin;
    out.bytes[atVersionMax] = hello.versionMax;
    putNumber(out, atFeatures, hello.features);
    if (hello.hostKeyUnknown)
        out.bytes[atFlags] |= flagHostKeyUnknown;
    if (hello.noContactFits)
        out.bytes[atFlags] |= flagNoContactFits;
    put(out, atNonce, hello.nonce.view());
    return out;
}

Result<Hello> decode(const HelloBytes& bytes, Side side) {
    Hello hello;
    hello.versionMin = bytes.bytes[atVersionMin];
    hello.versionMax = bytes.bytes[atVersionMax];
    if (hello.versionMin == 0 || hello.versionMin > hello.versionMax)
        return Error{Reason::ProtocolBroken, 0, "HELLO: versions"};
    hello.features = numberAt(bytes, atFeatures);
    const std::uint8_t flags = bytes.bytes[atFlags];
    hello.hostKeyUnknown = (flags & flagHostKeyUnknown) != 0;
    hello.noContactFits = (flags & flagNoContactFits) != 0;
    const bool known = (flags & ~(flagHostKeyUnknown | flagNoContactFits)) == 0;
    const bool together = hello.hostKeyUnknown || !hello.noContactFits;
    if (!known || !together || (side == Side::Responder && flags != 0))
        return Error{Reason::ProtocolBroken, 0, "HELLO: flags"};
    if (bytes.bytes[atZero] != 0)
        return Error{Reason::ProtocolBroken, 0, "HELLO: a byte that must be 0"};
    std::copy(bytes.bytes.begin() + atNonce, bytes.bytes.end(), hello.nonce.bytes.begin());
    return hello;
}

Result<Chosen> choose(const Hello& own, const Hello& theirs) {
    const std::uint8_t version = std::min(own.versionMax, theirs.versionMax);
    if (version < own.versionMin)
        return Error{Reason::VersionTooOld, theirs.versionMax, {}};
    if (version < theirs.versionMin)
        return Error{Reason::VersionTooNew, theirs.versionMin, {}};
    return Chosen{version, own.features & theirs.features};
}

Transcript transcript(Side signer, const TranscriptParts& parts) {
    const std::uint8_t flags = parts.initiatorHello.bytes[atFlags];
    Transcript out;
    put(out, 0, authLabel);
    out.bytes[atRole] = signer == Side::Initiator ? 'I' : 'R';
    out.bytes[atChosenVersion] = parts.chosen.version;
    out.bytes[atTls] = insideTls13;
    out.bytes[atInitiatorFlags] = flags;
    putNumber(out, atChosenFeatures, parts.chosen.features);
    put(out, atExporter, parts.exporter.view());
    put(out, atInitiatorHello, sha256(parts.initiatorHello.view()).view());
    put(out, atResponderHello, sha256(parts.responderHello.view()).view());
    put(out, atInitiatorKey, parts.initiatorKey.view());
    const bool unnamed = signer == Side::Initiator && (flags & flagHostKeyUnknown) != 0;
    if (!unnamed)
        put(out, atResponderKey, parts.responderKey.view());
    return out;
}

KnownHint knownHint(const PublicKey& host, const Exporter& exporter) {
    FixedBytes<labelSize + PublicKey::size + Exporter::size, struct KnownTag> hashed;
    put(hashed, 0, knownLabel);
    put(hashed, labelSize, host.view());
    put(hashed, labelSize + PublicKey::size, exporter.view());
    KnownHint out;
    out.bytes = sha256(hashed.view()).bytes;
    return out;
}

InviteProof inviteProof(const InviteSecret& secret, const Transcript& initiatorTranscript) {
    prepareLibcrypto();
    InviteProof out;
    unsigned size = 0;
    const auto* done = ::HMAC(EVP_sha256(), secret.bytes.data(), static_cast<int>(InviteSecret::size),
                              initiatorTranscript.bytes.data(), Transcript::size, out.bytes.data(), &size);
    if (done == nullptr || size != InviteProof::size)
        std::abort(); // out of memory: nothing that could be told and gone on with
    return out;
}

Digest sha256(std::string_view bytes) {
    prepareLibcrypto();
    Digest out;
    unsigned size = 0;
    const int done = ::EVP_Digest(raw(bytes), bytes.size(), out.bytes.data(), &size, EVP_sha256(), nullptr);
    if (done != 1 || size != Digest::size)
        std::abort(); // as above
    return out;
}

bool sameSecret(std::string_view left, std::string_view right) {
    return left.size() == right.size() && ::CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

} // namespace kith::core

// Who the other is, settled with a peer that says whatever it likes: both halves above TLS, driven with any
// frames in any order by somebody who has a key of its own and heard what others signed. The first two bytes
// set the scene, then each byte is a step. What the claims need they work out for themselves, from the bytes
// that went over.
#include "claim.h"
#include "core/handshake.h"
#include "core/limits.h"

#include <array>
#include <cstddef>
#include <cstdint>

using namespace kith;
using core::InitiatorHandshake;
using core::ResponderHandshake;

namespace {

const core::SigningKey& ann() {
    static const core::SigningKey key = core::SigningKey::generate().value();
    return key;
}
const core::SigningKey& bob() {
    static const core::SigningKey key = core::SigningKey::generate().value();
    return key;
}
const core::SigningKey& eve() {
    static const core::SigningKey key = core::SigningKey::generate().value();
    return key;
}

class Bytes final {
public:
    Bytes(const std::uint8_t* data, std::size_t size)
        : at_(data)
        , end_(data + size) {}
    [[nodiscard]] bool empty() const { return at_ == end_; }
    std::uint8_t next() { return empty() ? 0 : *at_++; }
    template <typename Fixed>
    Fixed fill() {
        Fixed out;
        for (auto& byte : out.bytes)
            byte = next();
        return out;
    }

private:
    const std::uint8_t* at_;
    const std::uint8_t* end_;
};

/// What Eve knows of one session, and the frames she makes of it. She signs with her own key alone; what Ann
/// and Bob signed she has from this session or another.
class Peer final {
public:
    Peer(core::Side victim, const core::TranscriptParts& parts, Bytes& bytes)
        : victim_(victim)
        , parts_(parts)
        , bytes_(bytes) {}

    void heard(const core::Signature& signature) { heard_ = signature; }

    core::HandshakeFrame frame() {
        switch (bytes_.next() % 8) {
        case 0:
        case 1:
            return core::AuthInitiator{key(), signature(), bytes_.fill<core::InviteId>(), {}};
        case 2:
        case 3:
            return core::AuthResponder{key(), signature()};
        case 4:
            return core::Wait{};
        case 5:
            return core::Known{bytes_.fill<core::KnownHint>()};
        default:
            return core::Knock{std::string(2U * bytes_.next(), 'x')};
        }
    }

    /// Is it signed by the key that it names, for this session and from the other side? An honest signature
    /// of Eve's is the only one that she can make.
    [[nodiscard]] bool isProved(const core::PublicKey& key, const core::Signature& signature) const {
        const core::Side signer =
            victim_ == core::Side::Initiator ? core::Side::Responder : core::Side::Initiator;
        return core::verify(key, core::transcript(signer, partsWith(key)).view(), signature);
    }

private:
    core::PublicKey key() {
        switch (bytes_.next() % 5) {
        case 0:
            return ann().publicKey();
        case 1:
            return bob().publicKey();
        case 2:
            return bytes_.fill<core::PublicKey>();
        default:
            return eve().publicKey();
        }
    }
    core::Signature signature() {
        switch (bytes_.next() % 6) {
        case 0:
            return bytes_.fill<core::Signature>();
        case 1:
            return heard_;
        case 2: // the role of the one who is to believe it
            return signedBy(victim_);
        case 3: { // of another session
            core::TranscriptParts other = partsWith(eve().publicKey());
            other.exporter.bytes[bytes_.next() % core::Exporter::size] ^= 1;
            return eve().sign(core::transcript(core::Side::Initiator, other).view()).value();
        }
        default:
            return signedBy(victim_ == core::Side::Initiator ? core::Side::Responder : core::Side::Initiator);
        }
    }
    [[nodiscard]] core::Signature signedBy(core::Side role) const {
        return eve().sign(core::transcript(role, partsWith(eve().publicKey())).view()).value();
    }
    [[nodiscard]] core::TranscriptParts partsWith(const core::PublicKey& key) const {
        core::TranscriptParts all = parts_;
        (victim_ == core::Side::Initiator ? all.responderKey : all.initiatorKey) = key;
        return all;
    }

    core::Side victim_;
    core::TranscriptParts parts_;
    Bytes& bytes_;
    core::Signature heard_{};
};

core::HelloBytes helloOfEve(std::uint8_t scene, Bytes& bytes) {
    if (scene % 4 == 0)
        return bytes.fill<core::HelloBytes>();
    return core::encode(core::makeHello(scene % 4 == 2, false));
}

core::TranscriptParts partsOf(const core::HelloBytes& initiator, const core::HelloBytes& responder) {
    core::TranscriptParts parts;
    parts.exporter = core::Exporter::random();
    parts.initiatorHello = initiator;
    parts.responderHello = responder;
    const auto own = core::decode(initiator, core::Side::Initiator);
    const auto theirs = core::decode(responder, core::Side::Responder);
    if (own.ok() && theirs.ok())
        if (const auto chosen = core::choose(*own, *theirs); chosen.ok())
            parts.chosen = *chosen;
    return parts;
}

/// Ann dials, and Eve answers.
void playHost(std::uint8_t scene, Bytes& bytes) {
    InitiatorHandshake::Setup setup;
    if ((scene & 1U) != 0)
        setup.expected = (scene & 2U) != 0 ? bob().publicKey() : eve().publicKey();
    setup.noContactFits = (scene & 4U) != 0;
    InitiatorHandshake half(setup);
    const core::HelloBytes hello = helloOfEve(bytes.next(), bytes);
    core::TranscriptParts parts = partsOf(half.hello(), hello);
    parts.initiatorKey = ann().publicKey();
    Peer peer(core::Side::Initiator, parts, bytes);
    bool sent = false;
    bool over = false; // refused, recognised or done
    while (!bytes.empty()) {
        const bool begins = bytes.next() % 4 == 0;
        const core::HandshakeFrame frame = peer.frame();
        const auto step = begins ? half.secured({hello, parts.exporter}, ann()) : half.receive(frame);
        const bool refused = std::holds_alternative<InitiatorHandshake::Refused>(step);
        CLAIM(!over || refused);
        if (const auto* send = std::get_if<InitiatorHandshake::Send>(&step)) {
            CLAIM(begins && !sent);
            sent = true;
            peer.heard(std::get<core::AuthInitiator>(send->frame).signature);
        }
        if (const auto* verified = std::get_if<InitiatorHandshake::Verified>(&step)) {
            const auto& auth = std::get<core::AuthResponder>(frame);
            CLAIM(sent && !begins && verified->key == auth.key);
            CLAIM(peer.isProved(auth.key, auth.signature));
            CLAIM(auth.key == eve().publicKey() && setup.expected.value_or(auth.key) == auth.key);
            over = true;
        }
        if (std::holds_alternative<InitiatorHandshake::Recognise>(step)) {
            CLAIM(sent && !setup.expected && !setup.noContactFits);
            over = true;
        }
        over = over || refused;
    }
}

/// Eve calls at Bob's. What Bob's program decides is in the bytes as well.
void playCaller(Bytes& bytes) {
    ResponderHandshake half(bob().publicKey());
    const core::HelloBytes hello = helloOfEve(bytes.next(), bytes);
    core::TranscriptParts parts = partsOf(hello, half.hello());
    parts.responderKey = bob().publicKey();
    Peer peer(core::Side::Responder, parts, bytes);
    bool called = false;
    bool over = false;
    unsigned signatures = 0;
    unsigned knocks = 0;
    while (!bytes.empty()) {
        const std::uint8_t what = bytes.next() % 8;
        if (what < 3) { // the program speaks
            const auto said = what == 0 ? half.admit(bob()) : what == 1 ? half.ask() : half.recognise();
            CLAIM(!said.ok() || (called && !over));
            if (said.ok() && std::holds_alternative<core::AuthResponder>(*said)) {
                CLAIM(++signatures == 1);
                peer.heard(std::get<core::AuthResponder>(*said).signature);
            }
            over = over || (said.ok() && std::holds_alternative<core::Known>(*said));
            continue;
        }
        const core::HandshakeFrame frame = peer.frame();
        const auto step = what == 3 ? half.secured({hello, parts.exporter}) : half.receive(frame);
        const bool refused = std::holds_alternative<ResponderHandshake::Refused>(step);
        CLAIM(!over || refused);
        if (const auto* caller = std::get_if<ResponderHandshake::Caller>(&step)) {
            const auto& auth = std::get<core::AuthInitiator>(frame);
            CLAIM(!called && caller->key == auth.key && auth.key == eve().publicKey());
            CLAIM(peer.isProved(auth.key, auth.signature));
            CLAIM(!half.proves(core::InviteSecret{}));
            called = true;
        }
        if (const auto* knocked = std::get_if<ResponderHandshake::Knocked>(&step))
            CLAIM(called && ++knocks == 1 && knocked->name.size() <= core::limits::knockName);
        over = over || refused;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Bytes bytes(data, size);
    const std::uint8_t scene = bytes.next();
    if ((scene & 0x80U) != 0)
        playCaller(bytes);
    else
        playHost(scene, bytes);
    return 0;
}

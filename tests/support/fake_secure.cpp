// A fake worker with a secure peer, which it makes up: Bob, whose key every test knows (handshakes.h), behind
// a TLS session that there is not. "secure" is as it should be in every role; the others lie to their
// program.
#include "core/handshake.h"
#include "core/limits.h"
#include "ipc/codec.h"
#include "support/fake_worker.h"

#include <unistd.h>

namespace kith::tests::fake {

namespace {

/// PKCS#8 of Ed25519 (RFC 8410 section 7); its last 43 characters are the seed, one letter 32 times.
const core::SigningKey& keyOf(const std::string& seed) {
    static std::map<std::string, core::SigningKey> keys;
    const auto known = keys.find(seed);
    if (known != keys.end())
        return known->second;
    auto key = core::SigningKey::fromPem(
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEI" + seed + "\n-----END PRIVATE KEY-----\n", {});
    if (!key)
        ::_exit(6);
    return keys.emplace(seed, std::move(key).value()).first->second;
}
const core::SigningKey& bob() {
    return keyOf("GJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJi");
}
const core::SigningKey& eve() {
    return keyOf("GVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWVl");
}

/// The other end of a session that "stands", and what there is to sign.
struct Peer {
    bool dialled = false; ///< by our program
    core::HelloBytes programs{};
    core::HelloBytes own{};
    core::Exporter exporter = core::Exporter::random();

    /// The host's AUTH in answer to our program's: `signer` signs.
    [[nodiscard]] core::AuthResponder answer(const core::AuthInitiator& auth,
                                             const core::SigningKey& signer = bob()) const {
        const core::TranscriptParts parts{{}, exporter, programs, own, auth.key, signer.publicKey()};
        const auto signature = signer.sign(core::transcript(core::Side::Responder, parts).view());
        return {signer.publicKey(), signature.value()};
    }
    /// The caller's AUTH: to an address, so that the host's key is not named.
    [[nodiscard]] core::AuthInitiator call() const {
        const core::TranscriptParts parts{{}, exporter, own, programs, bob().publicKey(), {}};
        const auto signature = bob().sign(core::transcript(core::Side::Initiator, parts).view());
        return {bob().publicKey(), signature.value(), {}, {}};
    }
};

ipc::SecureUp upOf(const Peer& peer) {
    return {somebody, peer.own, peer.exporter, "TLS_AES_256_GCM_SHA384"};
}

/// Up to where TLS would stand. As a listener it passes up one connection, and never comes back.
Peer beginPeer() {
    const ipc::Start start = begin();
    Peer peer;
    if (const auto* connect = std::get_if<ipc::ConnectRole>(&start.role)) {
        if (!connect->hello)
            ::_exit(6);
        peer.dialled = true;
        peer.programs = *connect->hello;
        peer.own = core::encode(core::makeHello());
        say(ipc::Connecting{somebody});
    } else if (const auto* serve = std::get_if<ipc::ServeRole>(&start.role)) {
        peer.programs = serve->hello;
        peer.own = core::encode(core::makeHello(true));
    } else {
        passAndServe(connectedSocket());
    }
    return peer;
}

Peer secure() {
    const Peer peer = beginPeer();
    say(upOf(peer));
    return peer;
}

/// The next frame of our program's handshake; a program that stops it instead ends it.
core::HandshakeFrame hearHandshake() {
    while (const auto message = hear(true)) {
        if (const auto* handshake = std::get_if<ipc::SendHandshake>(&*message))
            return handshake->frame;
    }
    say(ipc::Ended{core::Reason::StoppedByUs, 0});
    ::_exit(0);
}

core::AuthInitiator hearCaller() {
    const core::HandshakeFrame frame = hearHandshake();
    const auto* auth = std::get_if<core::AuthInitiator>(&frame);
    if (auth == nullptr)
        ::_exit(6);
    return *auth;
}

/// Both know who the other is.
Peer authenticate() {
    Peer peer = secure();
    if (peer.dialled) {
        say(ipc::PeerHandshake{peer.answer(hearCaller())});
        return peer;
    }
    say(ipc::PeerHandshake{peer.call()});
    while (true) {
        const core::HandshakeFrame frame = hearHandshake();
        if (std::holds_alternative<core::AuthResponder>(frame))
            return peer;
        if (std::holds_alternative<core::Wait>(frame))
            say(ipc::PeerHandshake{core::Knock{"Bob"}});
    }
}

Peer openPeer() {
    Peer peer = authenticate();
    say(ipc::PeerProfile{{"Bob", {}}});
    return peer;
}

[[noreturn]] void sayThenStay(const ipc::FromWorker& message) {
    say(message);
    stayForever();
}

[[noreturn]] void sayBytesThenStay(const std::string& payload) {
    writeAll(messageChannel, frame(static_cast<std::uint32_t>(payload.size()), payload));
    stayForever();
}

core::Entry entryOf(const std::string& text, std::uint64_t number = 1) {
    core::Entry entry;
    entry.number = number;
    entry.text = text;
    return entry;
}

/// A length-delimited field of protobuf.
std::string field(unsigned number, const std::string& bytes) {
    return std::string{static_cast<char>(number << 3U | 2U), static_cast<char>(bytes.size())} + bytes;
}

/// What breaks the rules of the boundary: the program ends it with WorkerBroke.
Commands lies() {
    return {
        {"secure-twice", [] { sayThenStay(upOf(secure())); }},
        {"secure-when-open",
         [] {
             const Peer peer = beginPeer();
             say(ipc::Opened{somebody});
             sayThenStay(upOf(peer));
         }},
        {"secure-without-hello",
         [] { // FromWorker's SecureUp with a peer, and nothing else
             static_cast<void>(beginPeer());
             sayBytesThenStay(field(11, field(1, field(1, "::1") + std::string("\x10\x01", 2))));
         }},
        {"cipher-moves-the-cursor",
         [] {
             ipc::SecureUp up = upOf(beginPeer());
             up.cipher = "\x1b[2J";
             sayThenStay(up);
         }},
        {"plain-when-secure",
         [] {
             static_cast<void>(secure());
             sayThenStay(ipc::Opened{somebody});
         }},
        {"profile-before-secure",
         [] {
             static_cast<void>(beginPeer());
             sayThenStay(ipc::PeerProfile{{"Bob", {}}});
         }},
        {"profile-before-auth",
         [] {
             static_cast<void>(secure());
             sayThenStay(ipc::PeerProfile{{"Bob", {}}});
         }},
        {"entry-before-profile",
         [] {
             static_cast<void>(authenticate());
             sayThenStay(ipc::PeerEntry{entryOf("before I am open")});
         }},
        {"auth-of-the-other-side",
         [] {
             const Peer peer = secure();
             sayThenStay(ipc::PeerHandshake{peer.dialled ? core::HandshakeFrame(peer.call())
                                                         : core::HandshakeFrame(core::AuthResponder{})});
         }},
        {"auth-of-a-short-key",
         [] { // PeerHandshake, AuthResponder: key and signature
             static_cast<void>(secure());
             sayBytesThenStay(
                 field(12, field(2, field(1, std::string(31, 'k')) + field(2, std::string(64, 's')))));
         }},
        {"auth-twice",
         [] {
             const Peer peer = secure();
             const core::HandshakeFrame auth = peer.dialled ? core::HandshakeFrame(peer.answer(hearCaller()))
                                                            : core::HandshakeFrame(peer.call());
             say(ipc::PeerHandshake{auth});
             sayThenStay(ipc::PeerHandshake{auth});
         }},
        {"auth-when-open",
         [] {
             static_cast<void>(openPeer());
             sayThenStay(ipc::PeerHandshake{core::AuthResponder{eve().publicKey(), {}}});
         }},
        {"text-when-secure",
         [] {
             static_cast<void>(openPeer());
             sayThenStay(ipc::Received{"as if it were plain"});
         }},
        {"entry-too-long",
         [] {
             static_cast<void>(openPeer());
             sayThenStay(ipc::PeerEntry{entryOf(std::string(core::limits::entryText + 1, 'x'))});
         }},
        {"entry-not-utf8",
         [] {
             static_cast<void>(openPeer());
             sayThenStay(ipc::PeerEntry{entryOf("\xFF")});
         }},
        {"entry-without-number",
         [] {
             static_cast<void>(openPeer());
             sayThenStay(ipc::PeerEntry{entryOf("0", 0)});
         }},
        {"profile-with-a-host-to-look-up",
         [] {
             static_cast<void>(authenticate());
             sayThenStay(ipc::PeerProfile{{"Bob", {{"tracker.example", 80}}}});
         }},
        {"entry-written-unsent",
         [] {
             static_cast<void>(openPeer());
             sayThenStay(ipc::Written{1});
         }},
    };
}

/// An AUTH in answer to our program's, made as the peer would have made it, or not.
[[noreturn]] void
answerWith(const std::function<core::AuthResponder(Peer peer, const core::AuthInitiator& auth)>& answer) {
    const Peer peer = secure();
    if (!peer.dialled)
        serveWell();
    say(ipc::PeerHandshake{answer(peer, hearCaller())});
    say(ipc::PeerProfile{{"Bob", {}}});
    serveWell();
}

[[noreturn]] void callWith(const std::function<core::AuthInitiator(Peer peer)>& call) {
    const Peer peer = secure();
    if (peer.dialled)
        serveWell();
    leaveMark("called");
    say(ipc::PeerHandshake{call(peer)});
    serveWell();
}

/// OpenSSL 3.0 takes this signature of this key for one of every message.
core::PublicKey smallOrderKey() {
    core::PublicKey key;
    key.bytes[0] = 1;
    return key;
}
core::Signature fitsEverything() {
    core::Signature signature;
    signature.bytes[0] = 1;
    return signature;
}

/// What no rule of the boundary forbids: the handshake in the program refuses it.
Commands impostors() {
    return {
        {"answers-with-another-key",
         [] { answerWith([](const Peer& peer, const auto& auth) { return peer.answer(auth, eve()); }); }},
        {"answers-from-another-session",
         [] {
             answerWith([](Peer peer, const auto& auth) {
                 peer.exporter = core::Exporter::random();
                 return peer.answer(auth);
             });
         }},
        {"answers-to-another-hello",
         [] {
             answerWith([](Peer peer, const auto& auth) {
                 peer.own = core::encode(core::makeHello());
                 return peer.answer(auth);
             });
         }},
        {"answers-for-somebody-else",
         [] {
             answerWith([](const Peer& peer, const auto& auth) {
                 return core::AuthResponder{bob().publicKey(), peer.answer(auth, eve()).signature};
             });
         }},
        {"answers-with-our-own",
         [] {
             answerWith([](const Peer&, const auto& auth) {
                 return core::AuthResponder{auth.key, auth.signature};
             });
         }},
        {"answers-with-a-small-order-key",
         [] {
             answerWith([](const Peer&, const auto&) {
                 return core::AuthResponder{smallOrderKey(), fitsEverything()};
             });
         }},
        {"calls-from-another-session",
         [] {
             callWith([](Peer peer) {
                 peer.exporter = core::Exporter::random();
                 return peer.call();
             });
         }},
        {"calls-for-somebody-else",
         [] {
             callWith([](const Peer& peer) {
                 core::AuthInitiator auth = peer.call();
                 auth.key = eve().publicKey();
                 return auth;
             });
         }},
        {"calls-with-a-small-order-key",
         [] {
             callWith([](const Peer&) {
                 return core::AuthInitiator{smallOrderKey(), fitsEverything(), {}, {}};
             });
         }},
    };
}

} // namespace

const Commands& secureCommands() {
    static const Commands all = [] {
        Commands each = lies();
        each.merge(impostors());
        each["secure"] = [] {
            static_cast<void>(openPeer());
            serveWell();
        };
        return each;
    }();
    return all;
}

} // namespace kith::tests::fake

// Who the other is: the two halves of the handshake above TLS, as state machines of the program's
// (PROTOCOL.md, "Who it is"). Total: whatever the frames, a step comes out; no I/O, no clock. Signing and
// verifying happen inside the calls, so they run on the identity's thread (model/identity.h). Plain C++; a
// value of its owner's.
//
// A worker supplies the exporter, the peer's HELLO and the peer's frames, nothing else, and is not believed
// in anything that these do not check. One signature for each of these objects, then never again: they are
// neither copied nor moved.
#pragma once

#include "core/hello.h"
#include "core/peer_messages.h"
#include "core/signing.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace kith::core {

/// What a TLS session and the peer's HELLO have in common: what SecureUp of the boundary brings.
struct Secured {
    HelloBytes peerHello{};
    Exporter exporter{};
};

/// An invite that was brought along.
struct InviteTicket {
    InviteId id{};
    InviteSecret secret{};
    bool operator==(const InviteTicket&) const = default;
};

/// The half of the side that dialled.
///
///     Fresh --secured--> Sent --Wait--> Waiting --AuthResponder--> Done
///                          +--Known--> Over      +--(anything else)--> Over
///                          +--AuthResponder--> Done
///
/// Known is legal only where `expected` was not given, nor noContactFits. Any other frame in any state, and a
/// second secured(), ends in Over.
class InitiatorHandshake final {
public:
    /// `expected`: the host's key, from a contact or an invite; nothing where an address was typed.
    struct Setup {
        std::optional<PublicKey> expected;
        std::optional<InviteTicket> invite; ///< only together with `expected`, else passed over
        bool noContactFits = false;         ///< only without `expected`, else passed over
    };

    /// To be sent: AuthInitiator.
    struct Send {
        HandshakeFrame frame;
    };
    /// A person is asked over there; Knock may be sent once.
    struct Asked {};
    /// The host knows us, and wants its key to be named: look for the contact that this hint fits
    /// (knownHint).
    struct Recognise {
        KnownHint hint;
        Exporter exporter;
    };
    /// It is this key, which is the expected one where one was expected.
    struct Verified {
        PublicKey key;
        Chosen chosen;
    };
    /// Over: ProtocolBroken, VersionTooOld, VersionTooNew, KeyInvalid, OwnKey, KeyChanged (then `key` is the
    /// one that the host claims), SignatureWrong, Internal.
    struct Refused {
        Reason reason;
        std::optional<PublicKey> key;
    };
    using Step = std::variant<Send, Asked, Recognise, Verified, Refused>;

    explicit InitiatorHandshake(const Setup& setup);
    InitiatorHandshake(const InitiatorHandshake&) = delete;
    InitiatorHandshake& operator=(const InitiatorHandshake&) = delete;

    /// The HELLO to start the worker with.
    [[nodiscard]] const HelloBytes& hello() const { return hello_; }
    /// Once, first. Where our own key is expected over there it is over at once, and nothing is said.
    [[nodiscard]] Step secured(const Secured& secured, const SigningKey& self);
    /// Each frame of the host's.
    [[nodiscard]] Step receive(const HandshakeFrame& frame);

private:
    enum class State : std::uint8_t { Fresh, Sent, Waiting, Done, Over };

    [[nodiscard]] Step refuse(Reason reason, std::optional<PublicKey> key = {});
    [[nodiscard]] Step take(const AuthResponder& auth);
    [[nodiscard]] Step take(const Wait& wait);
    [[nodiscard]] Step take(const Known& known);
    template <typename Frame>
    [[nodiscard]] Step take(const Frame& ours); ///< what only an initiator says

    Setup setup_;
    Hello own_;
    HelloBytes hello_{};
    TranscriptParts parts_{};
    State state_ = State::Fresh;
};

/// The half of the side that accepted. Between `Caller` and what follows, the program decides.
///
///     Fresh --secured--> Ready --AuthInitiator--> Decide --admit--> Done
///                                                   +--ask--> Asking --Knock--> Asking --admit--> Done
///                                                   +--recognise--> Over
///
/// After ask() one Knock is legal in Done as well: it may have crossed our AUTH. Any other frame in any
/// state, and a second secured(), ends in Over.
class ResponderHandshake final {
public:
    /// Who calls: the key has proved itself. Now admit(), ask(), recognise(), or end the worker without a
    /// word.
    struct Caller {
        PublicKey key;
        bool hostKeyUnknown;            ///< an address was typed: a contact is answered with recognise() ...
        bool noContactFits;             ///< ... unless this is set too: then our person is asked
        std::optional<InviteId> invite; ///< brought along to a host whose key is known; see proves()
        Chosen chosen;
    };
    /// The caller's name for itself, as it came: hostile text.
    struct Knocked {
        std::string name;
    };
    /// TLS and HELLO are fine; the caller's AuthInitiator is awaited.
    struct Listening {};
    /// Over: ProtocolBroken, VersionTooOld, VersionTooNew, KeyInvalid, OwnKey, SignatureWrong, Internal.
    struct Refused {
        Reason reason;
    };
    using Step = std::variant<Listening, Caller, Knocked, Refused>;

    /// `self`: our own public key.
    explicit ResponderHandshake(const PublicKey& self);
    ResponderHandshake(const ResponderHandshake&) = delete;
    ResponderHandshake& operator=(const ResponderHandshake&) = delete;

    [[nodiscard]] const HelloBytes& hello() const { return hello_; }
    [[nodiscard]] Step secured(const Secured& secured);
    [[nodiscard]] Step receive(const HandshakeFrame& frame);

    /// Does the proof that came with Caller::invite fit this secret? False where no invite came.
    [[nodiscard]] bool proves(const InviteSecret& secret) const;

    /// `self`: the key of the constructor's. In the states Decide and Asking; an Error (Internal) in any
    /// other.
    [[nodiscard]] Result<HandshakeFrame> admit(const SigningKey& self);
    /// In the state Decide; an Error (Internal) in any other.
    [[nodiscard]] Result<HandshakeFrame> ask();
    /// In the state Decide, where the caller does not know this host's key and has not yet looked for it in
    /// vain; an Error (Internal) in any other. It is over then.
    [[nodiscard]] Result<HandshakeFrame> recognise();

private:
    enum class State : std::uint8_t { Fresh, Ready, Decide, Asking, Done, Over };

    [[nodiscard]] Step refuse(Reason reason);
    [[nodiscard]] Step take(const AuthInitiator& auth);
    [[nodiscard]] Step take(const Knock& knock);
    template <typename Frame>
    [[nodiscard]] Step take(const Frame& ours); ///< what only a responder says
    [[nodiscard]] bool hasInvite() const;

    PublicKey self_{};
    Hello own_;
    Hello theirs_;
    HelloBytes hello_{};
    TranscriptParts parts_{};
    std::optional<AuthInitiator> auth_;
    State state_ = State::Fresh;
    bool asked_ = false;
    bool knocked_ = false;
};

} // namespace kith::core

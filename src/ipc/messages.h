// THE process boundary, 1 of 3: every message between a program and its worker, as typed values.
//
// One worker has one program and one message channel (descriptor 3 in the worker; a QLocalSocket in the
// program) and one descriptor channel (descriptor 4; see descriptors.h). codec.h turns these values into
// frames and back; legality.h says what is legal when. Plain C++; used at both ends.
#pragma once

#include "core/endpoint.h"
#include "core/peer_messages.h"
#include "core/reason.h"
#include "core/sandbox.h"
#include "core/traffic.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kith::ipc {

// --- program -> worker -----------------------------------------------------------------------------------

/// Role: bind, listen, accept. Port 0 lets the kernel choose.
struct ListenRole {
    std::uint16_t port = 0;
    bool operator==(const ListenRole&) const = default;
};

/// Role: look up, connect, talk: inside TLS with this HELLO, or plain text where there is none. The host is
/// ASCII (the program has applied IDNA).
struct ConnectRole {
    core::Endpoint peer;
    std::optional<core::HelloBytes> hello;
    bool operator==(const ConnectRole&) const = default;
};

/// Role: talk to a peer that was accepted; its descriptor comes over the descriptor channel with this token.
struct ServeRole {
    std::uint64_t token = 0;
    bool plainAllowed = false; ///< plain text is on for the peer's address
    bool letIn = false;        ///< plain text: nobody is asked, Opened follows Request at once
    core::HelloBytes hello{};  ///< said to a peer that begins TLS
    bool operator==(const ServeRole&) const = default;
};

/// The first message, once. programPid is what getppid() must give in the worker.
struct Start {
    std::int32_t programPid = 0;
    std::variant<ListenRole, ConnectRole, ServeRole> role;
    /// The person has said to go on where this computer cannot confine a worker.
    bool sandboxOptional = false;
    bool operator==(const Start&) const = default;
};

/// To a listener: the program has taken the descriptor with this token.
struct Taken {
    std::uint64_t token = 0;
    bool operator==(const Taken&) const = default;
};

/// A person has let the plain-text peer in. Says nothing to a worker whose SecureUp is on its way.
struct Admit {
    bool operator==(const Admit&) const = default;
};

/// A message of the person's; numbers begin at 1 and have no gaps. Lines are separated by \n; none at the
/// end.
struct SendText {
    std::uint64_t number = 0;
    std::string text;
    bool operator==(const SendText&) const = default;
};

/// For the peer, in the handshake: what the program made of its own key. The worker sends it as it is.
struct SendHandshake {
    core::HandshakeFrame frame;
    bool operator==(const SendHandshake&) const = default;
};

/// Our PROFILE. The first one, once the peer is known; the session is open when the peer's has come as well.
struct SendProfile {
    core::Profile profile;
    bool operator==(const SendProfile&) const = default;
};

/// An entry of the person's to a secure peer; `number` as in SendText.
struct SendEntry {
    std::uint64_t number = 0;
    core::Entry entry;
    bool operator==(const SendEntry&) const = default;
};

/// What a secure peer is told at the end, in place of Goodbye::Ended; nothing: it is closed without a word.
/// Before SIGUSR1, or in answer to Stopping. Changes nothing else.
struct Farewell {
    std::optional<core::Goodbye> goodbye;
    bool operator==(const Farewell&) const = default;
};

/// Somebody looks at what goes over the connection: Measured is the answer. Asked again when that has come.
struct Measure {
    bool operator==(const Measure&) const = default;
};

/// The answer to Stopping: nothing comes after it.
struct NoMore {
    bool operator==(const NoMore&) const = default;
};

using ToWorker = std::variant<Start, Taken, Admit, SendText, NoMore, SendHandshake, SendProfile, SendEntry,
                              Farewell, Measure>;

// --- worker -> program -----------------------------------------------------------------------------------

/// The first message, once: the worker's handlers and limits are set, it waits for Start.
struct Ready {
    bool operator==(const Ready&) const = default;
};

/// The listener listens, on one or two sockets of the same port.
struct Listening {
    std::uint16_t port = 0;
    bool v4 = false;
    bool v6 = false;
    bool operator==(const Listening&) const = default;
};

/// The listener has paused accepting (out of descriptors: errno in number), and goes on by itself.
struct AcceptPaused {
    std::int32_t number = 0;
    bool operator==(const AcceptPaused&) const = default;
};

/// From here on the sandbox is in force, once: before a listener says that it listens, and before a session
/// reads the first byte of its peer's.
struct Sandboxed {
    core::Sandbox sandbox;
    bool operator==(const Sandboxed&) const = default;
};

/// The worker now tries this address.
struct Connecting {
    core::Endpoint address;
    bool operator==(const Connecting&) const = default;
};

/// The plain-text conversation is open: connected, or admitted.
struct Opened {
    core::Endpoint peer; ///< numeric
    bool operator==(const Opened&) const = default;
};

/// A plain-text peer asks to be let in; sent again when it has typed more. Valid UTF-8.
struct Request {
    core::Endpoint peer; ///< numeric
    std::string preview;
    bool operator==(const Request&) const = default;
};

/// A message of the peer's: valid UTF-8, no NUL, at most limits::plainLine bytes, may be empty.
struct Received {
    std::string text;
    bool operator==(const Received&) const = default;
};

/// TLS stands, and the peer's HELLO has come: what the program needs for its half of the handshake.
struct SecureUp {
    core::Endpoint peer; ///< numeric
    core::HelloBytes hello{};
    core::Exporter exporter{};
    std::string cipher; ///< as OpenSSL names it, ASCII, at most limits::cipherName
    bool operator==(const SecureUp&) const = default;
};

/// A frame of the peer's handshake, legal in its place; nothing in it is believed.
struct PeerHandshake {
    core::HandshakeFrame frame;
    bool operator==(const PeerHandshake&) const = default;
};

/// The peer's PROFILE. The first one opens the session, behind our own.
struct PeerProfile {
    core::Profile profile;
    bool operator==(const PeerProfile&) const = default;
};

/// An entry of the peer's.
struct PeerEntry {
    core::Entry entry;
    bool operator==(const PeerEntry&) const = default;
};

/// Every SendText or SendEntry up to this number is with the kernel.
struct Written {
    std::uint64_t number = 0;
    bool operator==(const Written&) const = default;
};

/// The answer to Measure, as the kernel counts (core::Traffic).
struct Measured {
    core::Traffic traffic;
    bool operator==(const Measured&) const = default;
};

/// SIGUSR1 has arrived; the program answers with NoMore behind everything it still has.
struct Stopping {
    bool operator==(const Stopping&) const = default;
};

/// The last message: why the worker ends. number: errno where there is one; of PeerClosed, NotLetIn,
/// Unanswered and Superseded nothing.
struct Ended {
    core::Reason reason = core::Reason::Internal;
    std::int32_t number = 0;
    bool operator==(const Ended&) const = default;
};

using FromWorker =
    std::variant<Ready, Listening, AcceptPaused, Connecting, Opened, Request, Received, Written, Stopping,
                 Ended, SecureUp, PeerHandshake, PeerProfile, PeerEntry, Sandboxed, Measured>;

// --- the end of a worker that its sandbox stops ----------------------------------------------------------

/// Its exit status. The channel may be in the middle of a frame then, so the number of the system call comes
/// another way: as the last thing on its standard error, a line of these words and the number.
inline constexpr int sandboxExit = 5;
inline constexpr std::string_view sandboxWords = "kith-worker: its sandbox stopped it at system call ";

} // namespace kith::ipc

// THE process boundary, 1 of 3: every message between a program and its worker, as typed values.
//
// One worker has one program and one message channel (descriptor 3 in the worker; a QLocalSocket in the
// program) and one descriptor channel (descriptor 4; see descriptors.h). codec.h turns these values into
// frames and back; legality.h says what is legal when. Plain C++; used at both ends.
#pragma once

#include "core/endpoint.h"
#include "core/reason.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace kith::ipc {

// --- program -> worker -----------------------------------------------------------------------------------

/// Role: bind, listen, accept. Port 0 lets the kernel choose.
struct ListenRole {
    std::uint16_t port = 0;
    bool operator==(const ListenRole&) const = default;
};

/// Role: look up, connect, talk plain text. The host is ASCII (the program has applied IDNA).
struct ConnectRole {
    core::Endpoint peer;
    bool operator==(const ConnectRole&) const = default;
};

/// Role: talk to a peer that was accepted; its descriptor comes over the descriptor channel with this token.
struct ServeRole {
    std::uint64_t token = 0;
    bool plainAllowed = false; ///< plain text is on for the peer's address
    bool letIn = false;        ///< nobody is asked: Opened follows Request at once
    bool operator==(const ServeRole&) const = default;
};

/// The first message, once. programPid is what getppid() must give in the worker.
struct Start {
    std::int32_t programPid = 0;
    std::variant<ListenRole, ConnectRole, ServeRole> role;
    bool operator==(const Start&) const = default;
};

/// To a listener: the program has taken the descriptor with this token.
struct Taken {
    std::uint64_t token = 0;
    bool operator==(const Taken&) const = default;
};

/// A person has let the peer in.
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

/// The answer to Stopping: nothing comes after it.
struct NoMore {
    bool operator==(const NoMore&) const = default;
};

using ToWorker = std::variant<Start, Taken, Admit, SendText, NoMore>;

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

/// The worker now tries this address.
struct Connecting {
    core::Endpoint address;
    bool operator==(const Connecting&) const = default;
};

/// The conversation is open: connected, or admitted.
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

/// Every SendText up to this number is with the kernel.
struct Written {
    std::uint64_t number = 0;
    bool operator==(const Written&) const = default;
};

/// SIGUSR1 has arrived; the program answers with NoMore behind everything it still has.
struct Stopping {
    bool operator==(const Stopping&) const = default;
};

/// The last message: why the worker ends. number: errno where there is one.
struct Ended {
    core::Reason reason = core::Reason::Internal;
    std::int32_t number = 0;
    bool operator==(const Ended&) const = default;
};

using FromWorker = std::variant<Ready, Listening, AcceptPaused, Connecting, Opened, Request, Received,
                                Written, Stopping, Ended>;

} // namespace kith::ipc

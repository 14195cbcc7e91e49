// The states that a person sees, named once for model, words, window and terminal. Plain C++; the program.
#pragma once

#include "core/reason.h"

#include <cstdint>

namespace kith::core {

/// Where a conversation is. Only the arrows listed in model/conversation.h are taken.
enum class ConversationState : std::uint8_t {
    Connecting, ///< our worker looks the name up and connects
    Waiting,    ///< we wait for the answer of a person over there
    Asking,     ///< the peer waits for our person's answer
    Open,       ///< messages go both ways
    Closing,    ///< asked to end; what is queued still goes out
    Ended,      ///< over; see End
};

/// What became of a message of our own. Plain text knows no more than `Sent`.
enum class MessageState : std::uint8_t {
    Waiting, ///< not yet handed to the kernel
    Sent,    ///< handed to the kernel of this computer, not confirmed
    Failed,  ///< the conversation ended before it went out
};

/// Whether somebody can come in.
enum class HostingState : std::uint8_t {
    Off,
    Starting, ///< the listener was started and has not yet said that it listens
    On,
    Failed,  ///< it could not listen; see its End
    HeldOff, ///< its process crashed; it is started again by itself after a while
};

/// Why and how something ended.
struct End {
    Reason reason = Reason::Internal;
    int number = 0;      ///< errno, a signal or an exit status, as the reason says; 0 where there is none
    unsigned unsent = 0; ///< messages that did not go out

    bool operator==(const End&) const = default;
};

} // namespace kith::core

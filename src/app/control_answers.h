// Answers to commands that another program of this person hands over, once it is known what became of them.
// The programs' composition; main thread.
#pragma once

#include "cli/arguments.h"
#include "cli/event_sink.h"
#include "cli/peers.h"
#include "supervisor/control.h"

#include <functional>
#include <memory>

namespace kith::model {
class Conversation;
class Hosting;
class Messenger;
} // namespace kith::model

namespace kith::app {

struct ProfileParts;

/// What the asking program gets to read, in the form it asked for.
[[nodiscard]] std::shared_ptr<cli::EventSink> sinkOf(supervisor::ControlReply* reply, bool json);

/// Finishes the reply when the conversation, or the one it turns out to be, is open, with 0, or has ended,
/// with 1. Nothing is written once the asking program is gone.
void answerWhenConnected(model::Conversation* conversation, model::Messenger& messenger,
                         const cli::Peers& peers, supervisor::ControlReply* reply,
                         const std::shared_ptr<cli::EventSink>& sink);

/// Runs `start` and finishes the reply when it is known whether anybody can come in; where somebody can
/// already, on `wanted` (0: any port) or on another port, it says so and starts nothing.
void answerWhenHosting(model::Hosting* hosting, quint16 wanted, supervisor::ControlReply* reply,
                       const std::shared_ptr<cli::EventSink>& sink, const std::function<void()>& start);

/// Carries out a command that works on what the profile holds; the reply is finished when it is done, and
/// with the asking program the work stops. `input`: what the asking program read for it. Restoring is
/// refused: the history is open.
void answerStored(const cli::Arguments& arguments, const QByteArray& input, model::Messenger& messenger,
                  supervisor::ControlReply* reply);
/// The same where nobody chats.
void answerStored(const cli::Arguments& arguments, const QByteArray& input, ProfileParts& parts,
                  supervisor::ControlReply* reply);

} // namespace kith::app

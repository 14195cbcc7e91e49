// What the Conversation's sources share. Included by them alone.
#pragma once

#include "model/call.h"
#include "model/conversation.h"
#include "model/session.h"

#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace kith::model {

/// The inside of a Conversation; GUI thread.
struct Conversation::Private {
    std::unique_ptr<Call> call;                     ///< on its way to becoming a session
    std::vector<std::unique_ptr<Session>> sessions; ///< in the order they came
    QList<store::NewEntry> unsent;       ///< left by a session that ended; for the next, if one comes
    std::size_t storingBytes = 0;        ///< of one's own texts that are being stored
    bool stopsWhenStored = false;        ///< asked to end while one's own messages were being stored
    std::optional<core::End> lastEnd;    ///< of the session that was sent on
    std::optional<core::End> heldEnd;    ///< all is over, and what was said is being stored
    std::optional<core::Reason> instead; ///< our own reason for the end, whatever the worker says
    Hooks hooks;
    QTimer request; ///< until its request is too old
    QTimer draft;   ///< until the draft is stored
};

} // namespace kith::model

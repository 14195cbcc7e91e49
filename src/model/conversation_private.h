// What the Conversation's two sources share. Included by them alone.
#pragma once

#include "model/conversation.h"
#include "supervisor/session_worker.h"

#include <QTimer>

#include <deque>
#include <functional>
#include <memory>
#include <optional>

namespace kith::model {

/// The inside of a Conversation; GUI thread.
struct Conversation::Private {
    /// A message with the worker that is not yet with the kernel.
    struct Unwritten {
        quint64 number = 0;
        store::EntryId entry{};
    };

    std::unique_ptr<supervisor::SessionWorker> worker;
    std::deque<Unwritten> unwritten;
    quint64 lastNumber = 0;
    std::size_t storingBytes = 0;        ///< of one's own texts that are being stored
    bool stopsWhenStored = false;        ///< asked to end while one's own messages were being stored
    std::optional<core::End> heldEnd;    ///< the worker is gone, and what it said is being stored
    std::optional<core::Reason> instead; ///< our own reason for the end, whatever the worker says
    std::function<void()> dialAgain;
    QTimer request; ///< until its request is too old
    QTimer draft;   ///< until the draft is stored
};

} // namespace kith::model

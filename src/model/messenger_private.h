// What the Messenger's two sources share. Included by them alone.
#pragma once

#include "model/messenger.h"
#include "supervisor/crash_guard.h"

#include <QSet>
#include <QString>
#include <QTimer>

#include <deque>
#include <optional>
#include <string>

namespace kith::model {

/// The inside of a Messenger; GUI thread.
struct Messenger::Private {
    QString workerProgram;
    supervisor::CrashGuard guard;
    QList<Conversation*> strangers;    ///< incoming, and not in all() yet: nothing was asked
    std::optional<bool> plainText;     ///< decides instead of the preferences
    std::deque<std::string> toldAbout; ///< addresses of turnedAway(), oldest first
    QTimer untilFinished;
    QTimer endedLook;
    QSet<const Conversation*> removing; ///< to be erased when they have ended
    bool keepsHistory = true;           ///< of new conversations
    bool pastListed = false;
    int lastId = 0;
    bool shuttingDown = false;
    bool finished = false;
};

/// The worker's process is at fault: what the crash guard counts.
[[nodiscard]] bool isCrash(core::Reason reason);
/// Nothing ran at all.
[[nodiscard]] bool isNotStarted(core::Reason reason);

} // namespace kith::model

// What the Messenger's sources share. Included by them alone.
#pragma once

#include "model/incoming_call.h"
#include "model/messenger.h"
#include "model/workers.h"

#include <QSet>
#include <QString>
#include <QTimer>

#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace kith::model {

/// The inside of a Messenger; GUI thread.
struct Messenger::Private {
    /// Whose request is told as a number alone.
    struct Folded {
        std::string address; ///< as addressKey() makes it
        std::optional<core::PublicKey> key;
    };

    Workers* workers = nullptr;
    std::vector<std::unique_ptr<IncomingCall>> callers; ///< nobody is asked about them (yet)
    QList<Conversation*> strangers;                     ///< incoming, and not in all() yet: nothing was asked
    std::optional<bool> plainText;                      ///< decides instead of the preferences
    bool noSandboxAllowed = false;                      ///< whatever the preferences say
    std::deque<std::string> toldAbout;                  ///< addresses of turnedAway(), oldest first
    std::size_t early = 0;                              ///< connections that wait for the identity
    core::Profile told;                                 ///< the PROFILE that peers were told last
    int folded = 0;
    std::deque<Folded> foldedOnes; ///< that `folded` counts; at most limits::turnedAwayTold, the oldest first
    QTimer untilFinished;
    QTimer endedLook;
    QSet<const Conversation*> removing; ///< to be erased when they have ended
    QSet<const Conversation*> leaving; ///< of contacts that are removed: to be dismissed when they have ended
    bool keepsHistory = true;          ///< of new conversations
    bool pastListed = false;
    int lastId = 0;
    bool shuttingDown = false;
    bool finished = false;
};

} // namespace kith::model

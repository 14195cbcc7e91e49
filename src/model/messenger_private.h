// What the Messenger's sources share. Included by them alone.
#pragma once

#include "core/unique_fd.h"
#include "model/admission.h"
#include "model/incoming_call.h"
#include "model/messenger.h"
#include "model/workers.h"

#include <QSet>
#include <QString>
#include <QTimer>

#include <array>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kith::model {

/// One who was let in, and starts when whoever gave way to it is gone.
struct Newcomer {
    Admission::Ticket ticket = 0;
    core::UniqueFd connection;
    core::Endpoint peer;
};

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
    Admission admission;
    std::map<const IncomingCall*, Admission::Ticket> tickets; ///< of those that are still unauthenticated
    std::map<const IncomingCall*, Newcomer> newcomers;        ///< by the call that gave way
    DoorCounts door;
    std::map<core::Reason, Admission::Time> refusalTold; ///< when each was told of last
    /// Addresses where contacts have proved who they are, as addressKey(), and when that was last, in
    /// milliseconds since 1970. Read anew after a change.
    std::map<std::string, qint64> provedAt;
    bool provedAtIsOld = true;
    std::optional<std::size_t> sessions; ///< decides instead of the preferences
    std::vector<Admission::Time> toldAt; ///< when turnedAway() was told of lately
    std::size_t early = 0;               ///< connections that wait for the identity
    core::Profile told;                  ///< the PROFILE that peers were told last
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

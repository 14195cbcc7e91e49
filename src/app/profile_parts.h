// What a profile is made of, for a program without a window.
#pragma once

#include "model/history.h"
#include "model/identity.h"
#include "model/invites.h"
#include "model/people.h"

namespace kith::app {

/// The parts of one profile whose lock is held, none of them opened yet. Owned by main(), outlives everything
/// that works with it; main thread.
struct ProfileParts {
    explicit ProfileParts(const QString& folder)
        : history(folder)
        , identity(folder)
        , people(history)
        , invites(history) {
        identity.noteIn(history);
    }

    model::History history;
    model::Identity identity;
    model::People people;
    model::Invites invites;
};

} // namespace kith::app

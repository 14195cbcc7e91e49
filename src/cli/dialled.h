// What sentences about an address or an invite need, before there is a conversation.
#pragma once

#include "words/sentences.h"

#include <QString>

namespace kith::model {
class People;
}

namespace kith::cli {

/// `typed` is what a person gave to `connect`. An invite's link, which holds a secret, is never in the
/// result. Total; no I/O.
[[nodiscard]] words::Values dialledValues(const model::People& people, const QString& typed);

} // namespace kith::cli

// The words and the mark of a conversation, wherever it stands. GUI thread.
#pragma once

#include "gui/state_mark.h"
#include "words/sentences.h"

#include <QString>

namespace kith::model {
class Conversation;
struct Person;
} // namespace kith::model

namespace kith::gui {

/// What a sentence about it needs.
[[nodiscard]] words::Values valuesOf(const model::Conversation& conversation);
/// "Ann"; with the beginning of the Kith ID where another contact's name looks the same; "Plain text ·
/// 127.0.0.1".
[[nodiscard]] QString titleOf(const model::Conversation& conversation);
/// A contact's name, as in titleOf().
[[nodiscard]] QString titleOf(const model::Person& person);
/// Its state in words.
[[nodiscard]] QString stateOf(const model::Conversation& conversation);
/// Its state as a mark.
[[nodiscard]] Mark markOf(const model::Conversation& conversation);

} // namespace kith::gui

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

/// A name as it stands among other words. One that is written from the right, wholly or in part, is isolated
/// (FSI and PDI of Unicode's UAX #9): it would move what stands around it.
[[nodiscard]] QString isolated(const QString& name);

/// A text as a window's title: Qt takes `[*]` there for the mark of what is not saved.
[[nodiscard]] QString asWindowTitle(const QString& text);

/// Why a contact is stopped, for words/.
[[nodiscard]] words::Stop stopOf(const model::Person& person);
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

// The shapes of the controls, as one style sheet. GUI thread.
#pragma once

#include "gui/colours.h"

#include <QFont>
#include <QString>

namespace kith::gui {

/// The program's style sheet for these colours, unit and font. Controls say what they are by properties in
/// their forms: `kind` of a button is "main" (the one main action), "quiet" (a link) or not given; `tone` of
/// a label is "second", "danger", "caution"; `size` is "small"; `weight` is "strong".
[[nodiscard]] QString styleSheetFor(const Colours& colours, int unit, const QFont& font);

/// The second size of text: 0.85 of the first, never below 9 pt and never above the first.
[[nodiscard]] qreal smallPointSize(const QFont& font);

} // namespace kith::gui

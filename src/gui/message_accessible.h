// How a screen reader sees a message view: a list of messages. GUI thread.
#pragma once

namespace kith::gui {

class MessageView;

/// Tells Qt how to make the view accessible. Called by each view; does something once.
void installMessageAccessibility();

/// The list grew, is about to shrink, or a message's state changed. Cheap where nobody listens.
void announceInserted(MessageView* view, int first, int last);
void announceRemoved(MessageView* view, int first, int last);
void announceChanged(MessageView* view, int row);
/// A message was brought into view because somebody looked for it.
void announceMarked(MessageView* view, int row);
/// Another list, or none, is shown.
void announceReset(MessageView* view);

} // namespace kith::gui

// What is selected in a message view. A value; any thread.
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <compare>

namespace kith::gui {

/// A place between two characters: a message and an offset in its text, in UTF-16 units. Ids ascend, so
/// places can be compared, also where a message has left the view.
struct MessagePlace {
    qint64 id = 0;
    int offset = 0;

    // clang-tidy 14 reads the 0 that a default comparison compares with as a pointer.
    auto operator<=>(const MessagePlace&) const = default; // NOLINT(modernize-use-nullptr)
};

/// From where a drag began to where it is.
struct MessageSelection {
    MessagePlace anchor;
    MessagePlace cursor;

    [[nodiscard]] MessagePlace first() const { return std::min(anchor, cursor); }
    [[nodiscard]] MessagePlace last() const { return std::max(anchor, cursor); }
    [[nodiscard]] bool isEmpty() const { return anchor == cursor; }
};

} // namespace kith::gui

// One dialog of a kind at a time. GUI thread.
#pragma once

#include <QWidget>

namespace kith::gui {

/// The dialog of that class which is open over the window and which `isIt` says yes to, in front now; null
/// where none is: whoever asks makes one.
template <typename Dialog, typename IsIt>
Dialog* raisedDialog(const QWidget& window, IsIt isIt) {
    for (Dialog* dialog : window.findChildren<Dialog*>()) {
        // One that was closed is a child until the event loop has deleted it.
        if (!dialog->isVisible() || !isIt(*dialog))
            continue;
        if (dialog->isMinimized())
            dialog->showNormal();
        dialog->raise();
        dialog->activateWindow();
        return dialog;
    }
    return nullptr;
}

template <typename Dialog>
Dialog* raisedDialog(const QWidget& window) {
    return raisedDialog<Dialog>(window, [](const Dialog&) { return true; });
}

} // namespace kith::gui

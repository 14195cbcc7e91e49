// What a report of a fault needs to know of this Kith. GUI thread.
#pragma once

#include <QString>

namespace kith::model {
class Messenger;
}

namespace kith::gui {

/// Versions, system, sandbox, and how many of what there are and how they ended, in English, a line each. To
/// be sent to strangers: no name, address, port, key, text, path or number of a process is in it.
[[nodiscard]] QString diagnostics(const model::Messenger& messenger);

} // namespace kith::gui

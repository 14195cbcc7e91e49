// Names as Kith keeps and shows them. Inside model/ alone.
#pragma once

#include "core/text.h"

#include <QString>

namespace kith::model {

/// A name as core::cleanName() leaves it: within limits::nameCodePoints and limits::nameBytes, perhaps empty.
/// Total; any thread.
[[nodiscard]] inline QString cleaned(const QString& name) {
    return QString::fromStdString(core::cleanName(name.toStdString()));
}

} // namespace kith::model

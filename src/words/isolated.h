// Names among other words. Qt Core only; total; any thread.
#pragma once

#include <QString>

namespace kith::words {

/// A name as it stands among other words. One that is written from the right, wholly or in part, is isolated
/// (FSI and PDI of Unicode's UAX #9): it would move what stands around it.
[[nodiscard]] QString isolated(const QString& name);

} // namespace kith::words

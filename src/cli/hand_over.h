// What another program that holds the profile is asked for. Inside cli/ alone; total; any thread.
#pragma once

#include "cli/arguments.h"

namespace kith::cli {

/// Arguments::handOver of what was understood: parseArguments() understands it alike.
[[nodiscard]] QStringList handOverOf(const Arguments& a);

} // namespace kith::cli

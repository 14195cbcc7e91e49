// Names that look alike though they are not the same. Plain C++; any thread.
#pragma once

#include <string>
#include <string_view>

namespace kith::core {

/// Two names with one skeleton can be taken for each other (UTS #39, section 4): "Alice" and "Alісе" with
/// Cyrillic letters, "rn" and "m", upper and lower case, with and without accents' look-alikes. `name` is a
/// cleaned name. Only to be compared, never to be shown.
[[nodiscard]] std::string skeleton(std::string_view name);

} // namespace kith::core

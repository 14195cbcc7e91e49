// Search: words and days to entries. Store threads alone.
#pragma once

#include "core/result.h"
#include "store/connection.h"
#include "store/values.h"

namespace kith::store {

/// Hits in local order, the newest first unless asked otherwise. A request without words and without days
/// finds nothing.
[[nodiscard]] core::Result<SearchResult> searchEntries(Connection& connection, const SearchRequest& request);

} // namespace kith::store

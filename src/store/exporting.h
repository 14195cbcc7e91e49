// Histories written out for people (text) and programs (JSON). Store threads alone.
#pragma once

#include "core/result.h"
#include "store/connection.h"
#include "store/values.h"

namespace kith::store {

/// Writes conversations to a file or a descriptor in pieces, whatever their length. Each piece is read by
/// itself, so that nothing waits for it; entries that come meanwhile may be in it. Errors: UnknownPeer, and
/// those of OutputFile.
[[nodiscard]] core::Result<Exported> exportHistory(Connection& connection, const ExportRequest& request);

} // namespace kith::store

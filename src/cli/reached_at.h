// Where this side can be reached, for an invite.
#pragma once

#include "core/endpoint.h"

#include <QDateTime>

#include <optional>
#include <vector>

namespace kith::cli {

/// `addresses` with this port, best first, at most limits::inviteAddresses; this computer's own where it is
/// in no network, for its own programs. Total; no I/O.
[[nodiscard]] std::vector<core::Endpoint> reachedAt(const std::vector<core::Endpoint>& addresses,
                                                    quint16 port);

/// When an invite made now is over: at the end of that day, or after limits::inviteLife.
[[nodiscard]] QDateTime inviteUntil(const std::optional<QDate>& day);

} // namespace kith::cli

#include "cli/reached_at.h"

#include "core/limits.h"

#include <chrono>

namespace kith::cli {

namespace limits = core::limits;

std::vector<core::Endpoint> reachedAt(const std::vector<core::Endpoint>& addresses, quint16 port) {
    std::vector<core::Endpoint> reached;
    for (const core::Endpoint& each : addresses) {
        if (reached.size() < limits::inviteAddresses)
            reached.push_back({each.host, port});
    }
    if (reached.empty())
        reached.push_back({"127.0.0.1", port});
    return reached;
}

QDateTime inviteUntil(const std::optional<QDate>& day) {
    if (day)
        return day->addDays(1).startOfDay();
    return QDateTime::currentDateTimeUtc().addSecs(std::chrono::seconds(limits::inviteLife).count());
}

} // namespace kith::cli

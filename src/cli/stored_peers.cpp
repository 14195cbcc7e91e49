#include "cli/stored_peers.h"

#include "cli/entry_lines.h"
#include "core/endpoint.h"

namespace kith::cli {

namespace {

template <typename Fits>
StoredPeers those(const QList<store::Conversation>& all, Fits fits) {
    StoredPeers found;
    for (const store::Conversation& each : all) {
        if (!fits(each))
            continue;
        found.conversations += each;
        const QString name = nameOf(each);
        if (!found.names.contains(name))
            found.names += name;
    }
    return found;
}

} // namespace

bool isAddress(const QString& typed, const QString& address) {
    const auto endpoint = core::parseEndpoint(address.toStdString());
    const auto wanted = core::parseEndpoint(typed.toStdString());
    if (typed == address || !endpoint || !wanted)
        return typed == address;
    // The port that parseEndpoint() adds was not typed: then every port of the host is meant.
    const QString host = QString::fromStdString(wanted->host);
    const bool hostAlone = typed.trimmed() == host || typed.trimmed() == u'[' + host + u']';
    return wanted->host == endpoint->host && (hostAlone || wanted->port == endpoint->port);
}

StoredPeers findStored(const QString& typed, const QList<store::Conversation>& all) {
    StoredPeers whole = those(all, [&](const store::Conversation& each) {
        return typed == each.title || isAddress(typed, each.address);
    });
    if (!whole.conversations.isEmpty())
        return whole;
    return those(all, [&](const store::Conversation& each) {
        return each.address.startsWith(typed) || hostOf(each).startsWith(typed) ||
               each.title.startsWith(typed);
    });
}

} // namespace kith::cli

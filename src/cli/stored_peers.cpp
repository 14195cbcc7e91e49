#include "cli/stored_peers.h"

#include "cli/entry_lines.h"
#include "core/endpoint.h"

namespace kith::cli {

namespace {

template <typename Fits>
StoredPeers those(const QList<store::Conversation>& all, const PersonOf& personOf, Fits fits) {
    StoredPeers found;
    for (const store::Conversation& each : all) {
        const model::Person* person = each.key && personOf ? personOf(*each.key) : nullptr;
        if (!fits(each, person))
            continue;
        found.conversations += each;
        const QString name = person != nullptr ? nameWithId(*person) : nameOf(each);
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

StoredPeers findStored(const QString& typed, const QList<store::Conversation>& all,
                       const PersonOf& personOf) {
    const auto isIt = [&](const store::Conversation& each, const model::Person* person) {
        if (each.key)
            return person != nullptr && isPerson(typed, *person);
        return typed == each.title || isAddress(typed, each.address);
    };
    StoredPeers whole = those(all, personOf, isIt);
    if (!whole.conversations.isEmpty())
        return whole;
    return those(all, personOf, [&](const store::Conversation& each, const model::Person* person) {
        if (each.key)
            return person != nullptr && beginsPerson(typed, *person);
        return each.address.startsWith(typed) || hostOf(each).startsWith(typed) ||
               each.title.startsWith(typed);
    });
}

} // namespace kith::cli

// Whom PEER means among the conversations of the history.
#pragma once

#include "cli/found_people.h"
#include "model/message_list.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace kith::cli {

/// The conversations that a PEER means. More than one of `names`: it fits several people, and none is meant.
struct StoredPeers {
    QList<store::Conversation> conversations;
    QStringList names;
};

/// `typed` is a contact's name or Kith ID, or in plain text an address (a host, or a host and a port) or a
/// title, or the beginning of one of them; what fits as a whole comes before what only begins so. Several
/// conversations with one host are all meant. Total; no I/O; any thread.
[[nodiscard]] StoredPeers findStored(const QString& typed, const QList<store::Conversation>& all,
                                     const PersonOf& personOf = {});

/// Does this address of a conversation stand for what was typed, as a whole?
[[nodiscard]] bool isAddress(const QString& typed, const QString& address);

} // namespace kith::cli

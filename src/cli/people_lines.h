// People and invites, as the commands that list them write it.
#pragma once

#include "core/signing.h"
#include "model/invites.h"
#include "model/people.h"

#include <QByteArray>
#include <QString>

namespace kith::cli {

// Each is one whole line: a JSON object or a row for people, escaped as everything from outside. Total; no
// I/O; any thread that may translate.
[[nodiscard]] QByteArray contactLine(const model::Person& person, bool json);
/// Of a key that is blocked and no contact's.
[[nodiscard]] QByteArray blockedLine(const core::PublicKey& key, bool json);
/// `by`: whoever came by it, as people are called; empty where nobody did.
[[nodiscard]] QByteArray inviteLine(const model::GivenInvite& invite, const QString& by, const QDateTime& now,
                                    bool json);

/// The id of an invite as people type it: hexadecimal.
[[nodiscard]] QString inviteIdText(const core::InviteId& id);
/// The safety number of us and them, in its groups.
[[nodiscard]] QString numberOf(const core::SigningKey& own, const core::PublicKey& key);
/// The stable name of a trust, e.g. "invite".
[[nodiscard]] QString trustName(store::Trust trust);

} // namespace kith::cli

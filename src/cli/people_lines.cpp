#include "cli/people_lines.h"

#include "cli/human_output.h"
#include "cli/json_output.h"
#include "core/endpoint.h"
#include "core/kith_id.h"
#include "core/safety_number.h"
#include "words/isolated.h"
#include "words/people_sentences.h"

#include <QJsonArray>

namespace kith::cli {

using namespace Qt::StringLiterals;

namespace {

QString idOf(const core::PublicKey& key) {
    return QString::fromStdString(core::toKithId(key));
}

words::Known knownOf(store::Trust trust) {
    switch (trust) {
    case store::Trust::Unverified:
        return words::Known::NotVerified;
    case store::Trust::ByInvite:
        return words::Known::ByInvite;
    case store::Trust::ByCompare:
        return words::Known::ByCompare;
    case store::Trust::KeyChanged:
        return words::Known::KeyChanged;
    }
    return words::Known::NotVerified;
}

QJsonArray addressesOf(const model::Person& person) {
    QJsonArray addresses;
    for (const store::ContactAddress& each : person.addresses) {
        if (each.port != 0)
            addresses += QString::fromStdString(core::toText({each.host.toStdString(), each.port}));
    }
    return addresses;
}

} // namespace

QString numberOf(const core::SigningKey& own, const core::PublicKey& key) {
    return QString::fromStdString(core::grouped(core::safetyNumber(own.publicKey(), key)));
}

QString trustName(store::Trust trust) {
    switch (trust) {
    case store::Trust::Unverified:
        return u"unverified"_s;
    case store::Trust::ByInvite:
        return u"invite"_s;
    case store::Trust::ByCompare:
        return u"compared"_s;
    case store::Trust::KeyChanged:
        return u"key-changed"_s;
    }
    return {};
}

QString inviteIdText(const core::InviteId& id) {
    return QString::fromLatin1(store::toByteArray(id).toHex());
}

QByteArray contactLine(const model::Person& person, bool json) {
    if (!json)
        return lineForTerminal(
            words::terminalContact({words::isolated(person.shownName()), idOf(person.key),
                                    knownOf(person.trust), person.blocked, person.looksLikeAnother}));
    return jsonLine({{"event"_L1, "contact"_L1},
                     {"peer"_L1, idOf(person.key)},
                     {"name"_L1, person.shownName()},
                     {"calls_themselves"_L1, person.name},
                     {"verified"_L1, person.verified()},
                     {"trust"_L1, trustName(person.trust)},
                     {"blocked"_L1, person.blocked},
                     {"addresses"_L1, addressesOf(person)}});
}

QByteArray blockedLine(const core::PublicKey& key, bool json) {
    if (!json)
        return forTerminal(words::terminalBlockedKey(idOf(key)));
    return jsonLine({{"event"_L1, "blocked"_L1}, {"peer"_L1, idOf(key)}});
}

QByteArray inviteLine(const model::GivenInvite& invite, const QString& by, const QDateTime& now, bool json) {
    const QString id = inviteIdText(invite.id);
    if (!json)
        return lineForTerminal(words::terminalInvite(id, invite.expires, by, invite.isAlive(now)));
    JsonFields fields{{"event"_L1, "invite"_L1},
                      {"id"_L1, id},
                      {"state"_L1, invite.usedBy         ? "used"_L1
                                   : invite.isAlive(now) ? "waiting"_L1
                                                         : "expired"_L1},
                      {"made"_L1, jsonTime(invite.made)},
                      {"expires"_L1, jsonTime(invite.expires)}};
    if (invite.usedBy)
        fields.emplace_back("peer"_L1, idOf(*invite.usedBy));
    return jsonLine(fields);
}

} // namespace kith::cli

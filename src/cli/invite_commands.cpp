#include "cli/invite_commands.h"

#include "cli/people_lines.h"
#include "cli/reached_at.h"
#include "core/invite.h"
#include "core/kith_id.h"
#include "model/identity.h"
#include "model/invites.h"
#include "model/local_addresses.h"
#include "model/messenger.h"
#include "model/preferences.h"
#include "words/people_sentences.h"

namespace kith::cli {

using namespace Qt::StringLiterals;

// --- invite ----------------------------------------------------------------------------------------------

InviteCommand::InviteCommand(const Arguments& arguments, const CommandPlace& place)
    : StoredCommand(arguments, place) {}

void InviteCommand::run() {
    withPreferences([this](const model::Preferences& preferences) { make(preferences); });
}

void InviteCommand::make(const model::Preferences& preferences) {
    const QDateTime until = inviteUntil(arguments().until);
    if (until <= QDateTime::currentDateTimeUtc())
        return refuse(words::terminalInviteOver());
    const model::Hosting* hosting = nullptr;
    if (place().messenger != nullptr && place().messenger->hosting()->state() == core::HostingState::On)
        hosting = place().messenger->hosting();
    const quint16 port = hosting != nullptr ? hosting->port() : preferences.port();
    const std::vector<core::Endpoint> addresses =
        reachedAt(hosting != nullptr ? hosting->addresses() : model::localAddresses(port), port);
    const quint16 wanted = hosting != nullptr ? quint16(0) : port;
    store::whenDone(place().invites.make(place().identity.key(), addresses, preferences.name(), until), this,
                    [this, until, wanted](const core::Result<QString>& link) {
                        if (!link)
                            return fail(link.error());
                        give(*link, until, wanted);
                    });
}

void InviteCommand::give(const QString& link, const QDateTime& until, quint16 port) {
    notice(words::terminalInviteMade(until, port));
    const core::Result<core::Invite> invite = core::parseInvite(link.toStdString());
    print(link, {{"event"_L1, "invite"_L1},
                 {"id"_L1, invite ? inviteIdText(invite->id) : QString()},
                 {"invite"_L1, link},
                 {"expires"_L1, jsonTime(until.toLocalTime())}});
    finish();
}

// --- invites ---------------------------------------------------------------------------------------------

InvitesCommand::InvitesCommand(const Arguments& arguments, const CommandPlace& place)
    : StoredCommand(arguments, place) {}

void InvitesCommand::run() {
    if (arguments().invite.isEmpty())
        list();
    else
        revoke();
}

void InvitesCommand::list() {
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QList<model::GivenInvite> all = place().invites.all();
    QByteArray lines;
    for (auto each = all.rbegin(); each != all.rend(); ++each) {
        QString by;
        if (each->usedBy) {
            const model::Person* person = place().people.find(*each->usedBy);
            by = person != nullptr ? nameOf(*person)
                                   : QString::fromStdString(core::shortKithId(*each->usedBy));
        }
        lines += inviteLine(*each, by, now, arguments().json);
    }
    if (lines.isEmpty())
        notice(words::terminalNoInvites());
    place().out(lines);
    finish();
}

void InvitesCommand::revoke() {
    const core::Result<store::PendingStatus> revoked = place().invites.revoke(arguments().invite);
    if (!revoked)
        return refuse(words::terminalUnknownInvite(arguments().invite), revoked.error().reason);
    whenStored(*revoked, [this] {
        notice(words::terminalInviteRevoked(arguments().invite));
        finish();
    });
}

} // namespace kith::cli

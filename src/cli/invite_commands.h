// `invite` and `invites`: links that let somebody in and prove who gave them.
#pragma once

#include "cli/stored_command.h"

namespace kith::cli {

/// Makes one link, for the addresses of a program that hosts, or of this computer and the port that was used
/// last. Owned and threaded as StoredCommand says; the link is given when the invite is stored.
class InviteCommand final : public StoredCommand {
    Q_OBJECT

public:
    InviteCommand(const Arguments& arguments, const CommandPlace& place);

protected:
    void run() override;
    [[nodiscard]] bool writes() const override { return true; }
    [[nodiscard]] bool usesKey() const override { return true; }

private:
    void make(const model::Preferences& preferences);
    void give(const QString& link, const QDateTime& until, quint16 port);
};

/// Lists what was given out, or takes one of them back. Owned and threaded as StoredCommand says.
class InvitesCommand final : public StoredCommand {
    Q_OBJECT

public:
    InvitesCommand(const Arguments& arguments, const CommandPlace& place);

protected:
    void run() override;
    [[nodiscard]] bool writes() const override { return !arguments().invite.isEmpty(); }

private:
    void list();
    void revoke();
};

} // namespace kith::cli

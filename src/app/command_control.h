// Commands that other programs of this person hand to a kith-cli that carries out another one, as it holds
// their profile.
#pragma once

#include "supervisor/control.h"

#include <QObject>

namespace kith::app {

struct ProfileParts;

/// Answers the control socket while a command runs: others that work on what the profile holds are carried
/// out beside it; a chat and a window are refused, as they would need the profile for longer. Owned by
/// main(); main thread. `parts` must outlive it.
class CommandControl final : public QObject {
    Q_OBJECT

public:
    explicit CommandControl(ProfileParts& parts, QObject* parent = nullptr);

    /// Serves the socket. Where it cannot be made the command goes on without it.
    void listen(const QString& path);
    [[nodiscard]] supervisor::ControlServer& server() { return server_; }

private:
    void answer(const supervisor::ControlCommand& command, supervisor::ControlReply* reply);

    ProfileParts& parts_;
    supervisor::ControlServer server_;
};

} // namespace kith::app

// Commands that other programs of this person hand to a terminal chat, as it holds their profile.
#pragma once

#include "cli/terminal_chat.h"
#include "supervisor/control.h"

#include <QObject>

namespace kith::app {

/// Answers the control socket of a profile that kith-cli has open: `connect` begins one more conversation in
/// the terminal and answers when it is known whether it could; `host` hosts, or says that it does already;
/// what works on the profile is carried out; anything else is refused, as it needs a window. While the chat
/// is leaving it begins nothing and answers nothing. Owned by main(); main thread. `chat` must outlive it.
class TerminalControl final : public QObject {
    Q_OBJECT

public:
    explicit TerminalControl(cli::TerminalChat& chat, QObject* parent = nullptr);

    /// Serves the socket. Where it cannot be made the terminal goes on without it.
    void listen(const QString& path);
    [[nodiscard]] supervisor::ControlServer& server() { return server_; }

private:
    void answer(const supervisor::ControlCommand& command, supervisor::ControlReply* reply);
    void connectTo(const cli::Arguments& arguments, const QByteArray& input, supervisor::ControlReply* reply);
    void host(const cli::Arguments& arguments, supervisor::ControlReply* reply);

    cli::TerminalChat& chat_;
    supervisor::ControlServer server_;
};

} // namespace kith::app

// kith-cli as a whole: from a command line that is understood to an exit status.
#pragma once

#include "app/command_control.h"
#include "app/profile_parts.h"
#include "app/terminal_control.h"
#include "cli/arguments.h"
#include "cli/end_signals.h"
#include "cli/event_log.h"
#include "cli/output_stream.h"
#include "cli/passphrase_prompt.h"
#include "cli/standard_input.h"
#include "cli/stored_command.h"
#include "cli/terminal_chat.h"
#include "model/messenger.h"
#include "model/preferences.h"
#include "model/profile.h"
#include "model/profile_settings.h"
#include "supervisor/control.h"

#include <QElapsedTimer>
#include <QObject>

#include <memory>
#include <optional>

namespace kith::app {

/// Takes the profile and chats, or carries out a command on what it holds; or, where a running program has
/// it, hands the command to that one and prints its answer. Owned by main(); main thread. Whatever cannot be
/// done is told on standard error, or as an event with `--json`, and ends the program with its exit status.
class TerminalProgram final : public QObject {
    Q_OBJECT

public:
    explicit TerminalProgram(cli::Arguments arguments, QObject* parent = nullptr);
    ~TerminalProgram() override;

    /// Called once, by the event loop.
    void start();

private:
    [[nodiscard]] bool openLog();
    void askPassphrase();
    void takeFirstLine(const QByteArray& line);
    void openProfile();
    void chat();
    /// Begins once it is known who we are, whom we know and what the person has chosen.
    void beginWhenReady();
    [[nodiscard]] bool begin();
    void onHistoryChanged();
    void carryOut();
    void handOver(const QString& folder);
    void useProfile(model::Profile profile);
    void onNotServed(const QString& folder);
    void onNotAnswered(const QString& folder);
    void fail(const core::Error& error, const words::Values& values);
    void fail(core::Reason reason, const words::Sentence& sentence);
    /// exit(), once those that `server` is answering have their answer, or in limits::controlAnswer.
    void exitAfter(supervisor::ControlServer& server, int status);
    void exit(int status);

    cli::Arguments arguments_;
    QByteArray firstLine_; ///< of standard input: what `-` read, or a passphrase
    cli::EndSignals signals_;
    cli::StandardInput input_;
    cli::OutputStream out_;
    cli::OutputStream error_;
    core::UniqueFd logFile_;
    std::unique_ptr<cli::OutputStream> log_;
    std::unique_ptr<cli::PassphrasePrompt> prompt_;
    std::unique_ptr<cli::EventSink> output_;
    std::shared_ptr<cli::EventLog> eventLog_;
    std::optional<model::Profile> profile_;
    model::Preferences preferences_;
    std::unique_ptr<ProfileParts> parts_;
    std::unique_ptr<model::ProfileSettings> settings_;
    std::unique_ptr<model::Messenger> messenger_;
    std::unique_ptr<cli::TerminalChat> chat_;
    std::unique_ptr<TerminalControl> control_;
    std::unique_ptr<cli::StoredCommand> command_;
    std::unique_ptr<CommandControl> commandControl_;
    std::unique_ptr<supervisor::ControlRequest> request_;
    bool heard_ = false;  ///< something of the answer to what was handed over
    QElapsedTimer asked_; ///< since it was handed over in vain for the first time
    bool askedLast_ = false;
    bool begun_ = false;
    bool failed_ = false; ///< there is no history to work with
};

} // namespace kith::app

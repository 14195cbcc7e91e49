// The log of kith with a window: what happened, when, in which process; nothing of what was said or by whom.
// The programs' composition; main thread.
#pragma once

#include "cli/output_stream.h"
#include "core/unique_fd.h"
#include "model/conversation.h"
#include "model/messenger.h"

#include <QHash>
#include <QObject>

namespace kith::app {

/// Writes a line for whatever happens to a Messenger, in the words of kith-cli's log (cli/log_line.h). Owned
/// by the window program; main thread. What the file does not take is left out.
class WindowLog final : public QObject {
    Q_OBJECT

public:
    explicit WindowLog(core::UniqueFd file);
    ~WindowLog() override;

    /// The messenger of a session that begins; it need not outlive this.
    void follow(model::Messenger& messenger);

private:
    /// What was told of a conversation last, and its number in this run.
    struct Told {
        int number = 0;
        core::ConversationState state = core::ConversationState::Ended;
    };

    void follow(model::Conversation* conversation);
    void onChanged(model::Conversation* conversation);
    void onHosting(const model::Messenger& messenger);
    void write(QLatin1StringView event, const model::Conversation* conversation, const QString& more = {});

    core::UniqueFd file_;
    cli::OutputStream out_;
    QHash<const model::Conversation*, Told> told_;
    int conversations_ = 0; ///< so many have been numbered
    core::HostingState hosting_ = core::HostingState::Off;
};

} // namespace kith::app

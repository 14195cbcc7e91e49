// The terminal chat: lines in, events out, over the same model as the window.
#pragma once

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/event_sink.h"
#include "cli/outgoing_lines.h"
#include "cli/peers.h"
#include "core/result.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace kith::model {
class Conversation;
class Messenger;
struct Message;
} // namespace kith::model

namespace kith::cli {

class StandardInput;

/// Drives a Messenger from standard input and tells a sink what happens. Owned by main(); main thread;
/// messenger, input and sink must outlive it.
///
/// Who gets a line: the one chosen with `/to`, at first the first who comes. When the chosen one goes and
/// others are there, none of them is chosen by itself: a line meant for one person must not reach another. A
/// line typed before anybody was there waits for the first who comes; one typed after the last has gone is
/// not sent.
///
/// It ends when input has ended and everything is with the kernel; when nobody is here and nobody can come;
/// when it is asked to. finished() comes once, after every worker is gone.
class TerminalChat final : public QObject {
    Q_OBJECT

public:
    TerminalChat(model::Messenger& messenger, StandardInput& input, EventSink& sink, bool json,
                 QObject* parent = nullptr);

    /// Begins to host, by this program's own command line or another's.
    void host(const Arguments& arguments);
    /// Dials what was `typed`, as `connect` says. Its end decides the exit status where `isMain`.
    core::Result<model::Conversation*> connectTo(const QString& typed, const Arguments& arguments,
                                                 bool isMain);
    /// Reads standard input from here on.
    void start();
    /// Ends every conversation well, without waiting for more input, then finished(). More than once is as
    /// once.
    void leave();

    /// leave() was called, by whoever: nothing new begins.
    [[nodiscard]] bool isLeaving() const { return leaving_; }

    [[nodiscard]] const Peers& peers() const { return peers_; }
    [[nodiscard]] model::Messenger& messenger() const { return messenger_; }

Q_SIGNALS:
    /// 0: ended well; 1: could not, or a line was not sent.
    void finished(int exitStatus);

private:
    void onConversationAdded(model::Conversation* conversation);
    void onChanged(model::Conversation* conversation);
    void onOpened(model::Conversation* conversation);
    void onMessage(model::Conversation* conversation, const model::Message& message);
    void onHistoryFailed(const core::Error& why);
    void onEnded(model::Conversation* conversation);
    /// `old` goes on as `current`.
    void onReplaced(const model::Conversation* old, model::Conversation* current);
    /// Tells the safety numbers of the key that is known and of the one that was shown.
    void tellNumbers(const model::Conversation* conversation, const PeerLabel& label);
    void onRequestsChanged();
    /// Strangers who asked and are gone, and can be let in for the next time.
    [[nodiscard]] QList<model::Conversation*> missed() const;
    void onHostingChanged();
    void tellListening();

    void onLine(const QByteArray& line);
    void onLineTooLong();
    void onInputEnded();
    void run(const SendText& command);
    void run(const ChoosePeer& command);
    void run(const AcceptPeer& command);
    void run(const DeclinePeer& command);
    void run(const BlockPeer& command);
    void run(const ShowPeers& command);
    void run(const Quit& command);
    void run(const ShowCommands& command);
    void run(const NotUnderstood& command);
    /// Those whom an answer can be for: who asks, and where nobody does or one is named, who asked.
    [[nodiscard]] QList<model::Conversation*> toAnswer(const QString& typed) const;
    /// The one that `typed` means; null where that was answered with an error.
    model::Conversation* findPeer(const QString& typed, const QList<model::Conversation*>& candidates);
    void refuse(core::Reason reason, const QString& peer = {});
    /// refuse() of a line: the exit status tells of it too.
    void refuseLine(core::Reason reason, const QString& peer = {});

    [[nodiscard]] bool isHosting() const;
    [[nodiscard]] bool somebodyMayCome() const;
    void paceInput();
    void endIfDone();

    /// What was told of a conversation last.
    struct Told {
        core::ConversationState state = core::ConversationState::Ended;
        qint64 worker = 0;   ///< its pid, also when the process is gone
        qint64 begun = 0;    ///< when, in milliseconds since 1970 UTC
        bool opened = false; ///< in this run of the program
    };

    model::Messenger& messenger_;
    StandardInput& input_;
    EventSink& sink_;
    bool json_;
    Peers peers_;
    OutgoingLines lines_;
    QHash<const model::Conversation*, Told> told_;
    QSet<const model::Conversation*> previewed_;
    core::HostingState hostingTold_ = core::HostingState::Off;
    const model::Conversation* main_ = nullptr; ///< the one whose end decides the exit status
    std::optional<core::Reason> historyTold_;   ///< what was wrong with the history last
    int foldedTold_ = 0;                        ///< Messenger::foldedRequests(), as it was told
    int untold_ = 0;                            ///< what is being made, to be told before the end
    bool once_ = false;
    bool letsAllIn_ = false;
    bool saidThatLinesWait_ = false;
    bool started_ = false;
    bool inputEnded_ = false;
    bool leaving_ = false;
    int exitStatus_ = 0;
};

} // namespace kith::cli

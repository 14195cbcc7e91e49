// One's own lines on their way: waiting for somebody to come, or with a conversation and not yet with the
// kernel.
#pragma once

#include "cli/event_sink.h"
#include "model/message_list.h"

#include <QHash>
#include <QObject>

#include <deque>

namespace kith::model {
class Conversation;
}

namespace kith::cli {

/// Gives each line the name its entry will have, tells what becomes of it and knows how much is not yet with
/// the kernel, so that reading more can wait (limits::terminalUnsent, limits::terminalUnsentLines). Owned by
/// the TerminalChat; main thread. A line that cannot be sent is told of as failed, never dropped in silence.
class OutgoingLines final : public QObject {
    Q_OBJECT

public:
    explicit OutgoingLines(EventSink& sink, QObject* parent = nullptr);

    /// Hands a text to an open conversation.
    void send(model::Conversation* to, const QString& text);
    /// Keeps a text for the first peer who comes.
    void wait(const QString& text);
    /// The first has come: gives it what waits.
    void giveWaitingTo(model::Conversation* peer);
    /// Nobody can come any more: what waits has failed. Returns how many lines that are.
    int failWaiting();

    /// It is stored, or where nothing is kept on its way; a line of somebody else's is none of this one's.
    void onTaken(const store::EntryId& entry);
    /// It could not be stored, and did not go out.
    void onRefused(const store::EntryId& entry, core::Reason why);
    /// The kernel has it.
    void onSent(const store::EntryId& entry);
    /// Whatever of it is still on its way has failed; `why` is known only now.
    void onEnded(const model::Conversation* conversation, core::Reason why);

    [[nodiscard]] bool isEmpty() const { return waiting_.empty() && sending_.isEmpty(); }
    [[nodiscard]] bool hasWaiting() const { return !waiting_.empty(); }
    [[nodiscard]] bool isFull() const;
    /// Lines that failed in all.
    [[nodiscard]] int failed() const { return failed_; }

Q_SIGNALS:
    /// A line is done with: isFull() or isEmpty() may have changed.
    void progressed();

private:
    /// One line of one's own, on its way.
    struct Line {
        store::EntryId entry{};
        QString text;
        quint64 order = 0; ///< in which they were typed
        const model::Conversation* to = nullptr;
        bool told = false; ///< that it waits
    };

    [[nodiscard]] Line take(const QString& text);
    void tellWaiting(Line& line);
    void hand(model::Conversation* to, Line line);
    void finish(const Line& line, core::MessageState state, std::optional<core::Reason> why);

    EventSink& sink_;
    std::deque<Line> waiting_;
    QHash<store::EntryId, Line> sending_;
    quint64 typed_ = 0;
    qsizetype unsent_ = 0; ///< characters of waiting_ and sending_
    int failed_ = 0;
};

} // namespace kith::cli

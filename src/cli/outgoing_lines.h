// One's own lines on their way: waiting for somebody to come, or with a conversation and not yet with the
// kernel.
#pragma once

#include "cli/event_sink.h"

#include <QHash>
#include <QObject>

#include <deque>

namespace kith::model {
class Conversation;
}

namespace kith::cli {

/// Numbers the messages of one run, one's own and others', for the `id` of events. A value; main thread.
class MessageNumbers final {
public:
    [[nodiscard]] QString next() { return QString::number(++last_); }

private:
    qint64 last_ = 0;
};

/// Gives each line a number, tells what becomes of it and knows how much is not yet with the kernel, so that
/// reading more can wait (limits::terminalUnsent, limits::terminalUnsentLines). Owned by the TerminalChat;
/// main thread. A line that cannot be sent is told of as failed, never dropped in silence.
class OutgoingLines final : public QObject {
    Q_OBJECT

public:
    OutgoingLines(EventSink& sink, MessageNumbers& numbers, QObject* parent = nullptr);

    /// Hands a text to an open conversation.
    void send(model::Conversation* to, const QString& text);
    /// Keeps a text for the first peer who comes.
    void wait(const QString& text);
    /// The first has come: gives it what waits.
    void giveWaitingTo(model::Conversation* peer);
    /// Nobody can come any more: what waits has failed. Returns how many lines that are.
    int failWaiting();

    /// The kernel has it.
    void onSent(qint64 message);
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
        QString id;
        QString text;
        const model::Conversation* to = nullptr;
    };

    void hand(model::Conversation* to, Line line);
    void finish(const Line& line, core::MessageState state, std::optional<core::Reason> why);

    EventSink& sink_;
    MessageNumbers& numbers_;
    std::deque<Line> waiting_;
    QHash<qint64, Line> sending_; ///< by the id of the model's Message
    qsizetype unsent_ = 0;        ///< characters of waiting_ and sending_
    int failed_ = 0;
};

} // namespace kith::cli

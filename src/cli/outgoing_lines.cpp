#include "cli/outgoing_lines.h"

#include "core/limits.h"
#include "model/conversation.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace kith::cli {

using core::MessageState;
using core::Reason;

OutgoingLines::OutgoingLines(EventSink& sink, MessageNumbers& numbers, QObject* parent)
    : QObject(parent)
    , sink_(sink)
    , numbers_(numbers) {}

void OutgoingLines::send(model::Conversation* to, const QString& text) {
    Line line{numbers_.next(), text, to};
    unsent_ += text.size();
    sink_.messageState(line.id, MessageState::Waiting, std::nullopt, text);
    hand(to, std::move(line));
}

void OutgoingLines::wait(const QString& text) {
    Line line{numbers_.next(), text, nullptr};
    unsent_ += text.size();
    sink_.messageState(line.id, MessageState::Waiting, std::nullopt, text);
    waiting_.push_back(std::move(line));
}

void OutgoingLines::giveWaitingTo(model::Conversation* peer) {
    std::deque<Line> lines = std::exchange(waiting_, {});
    for (Line& line : lines)
        hand(peer, std::move(line));
}

int OutgoingLines::failWaiting() {
    const std::deque<Line> lines = std::exchange(waiting_, {});
    for (const Line& line : lines)
        finish(line, MessageState::Failed, Reason::NotConnected);
    return static_cast<int>(lines.size());
}

void OutgoingLines::hand(model::Conversation* to, Line line) {
    line.to = to;
    const core::Result<qint64> taken = to->send(line.text);
    if (taken)
        sending_.insert(*taken, line);
    else
        finish(line, MessageState::Failed, taken.error().reason);
}

void OutgoingLines::onSent(qint64 message) {
    if (sending_.contains(message))
        finish(sending_.take(message), MessageState::Sent, std::nullopt);
}

void OutgoingLines::onEnded(const model::Conversation* conversation, Reason why) {
    std::vector<qint64> lost;
    for (auto it = sending_.cbegin(); it != sending_.cend(); ++it) {
        if (it->to == conversation)
            lost.push_back(it.key());
    }
    std::sort(lost.begin(), lost.end());
    for (const qint64 message : lost)
        finish(sending_.take(message), MessageState::Failed, why);
}

void OutgoingLines::finish(const Line& line, MessageState state, std::optional<Reason> why) {
    unsent_ -= line.text.size();
    if (state == MessageState::Failed)
        ++failed_;
    sink_.messageState(line.id, state, why, line.text);
    Q_EMIT progressed();
}

bool OutgoingLines::isFull() const {
    return unsent_ >= static_cast<qsizetype>(core::limits::terminalUnsent) ||
           static_cast<std::size_t>(sending_.size()) + waiting_.size() >= core::limits::terminalUnsentLines;
}

} // namespace kith::cli

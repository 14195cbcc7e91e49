#include "cli/outgoing_lines.h"

#include "core/limits.h"
#include "model/conversation.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace kith::cli {

using core::MessageState;
using core::Reason;

OutgoingLines::OutgoingLines(EventSink& sink, QObject* parent)
    : QObject(parent)
    , sink_(sink) {}

OutgoingLines::Line OutgoingLines::take(const QString& text) {
    unsent_ += text.size();
    return {store::EntryId::random(), text, ++typed_, nullptr, false};
}

void OutgoingLines::tellWaiting(Line& line) {
    if (!std::exchange(line.told, true))
        sink_.messageState(model::idText(line.entry), MessageState::Waiting, std::nullopt, line.text);
}

void OutgoingLines::send(model::Conversation* to, const QString& text) {
    hand(to, take(text));
}

void OutgoingLines::wait(const QString& text) {
    Line line = take(text);
    tellWaiting(line);
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
    sending_.insert(line.entry, line); // where nothing is kept it is told of from within send()
    const core::Status taken = to->send(line.text, line.entry);
    if (!taken)
        finish(sending_.take(line.entry), MessageState::Failed, taken.error().reason);
}

void OutgoingLines::onTaken(const store::EntryId& entry) {
    const auto line = sending_.find(entry);
    if (line != sending_.end())
        tellWaiting(*line);
}

void OutgoingLines::onRefused(const store::EntryId& entry, Reason why) {
    if (sending_.contains(entry))
        finish(sending_.take(entry), MessageState::Failed, why);
}

void OutgoingLines::onSent(const store::EntryId& entry) {
    if (sending_.contains(entry))
        finish(sending_.take(entry), MessageState::Sent, std::nullopt);
}

void OutgoingLines::onEnded(const model::Conversation* conversation, Reason why) {
    std::vector<Line> lost;
    for (const Line& line : std::as_const(sending_)) {
        if (line.to == conversation)
            lost.push_back(line);
    }
    std::ranges::sort(lost, {}, &Line::order);
    for (const Line& line : lost) {
        sending_.remove(line.entry);
        finish(line, MessageState::Failed, why);
    }
}

void OutgoingLines::finish(const Line& line, MessageState state, std::optional<Reason> why) {
    unsent_ -= line.text.size();
    if (state == MessageState::Failed)
        ++failed_;
    sink_.messageState(model::idText(line.entry), state, why, line.text);
    Q_EMIT progressed();
}

bool OutgoingLines::isFull() const {
    return unsent_ >= static_cast<qsizetype>(core::limits::terminalUnsent) ||
           static_cast<std::size_t>(sending_.size()) + waiting_.size() >= core::limits::terminalUnsentLines;
}

} // namespace kith::cli

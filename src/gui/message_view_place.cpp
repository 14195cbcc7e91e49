// The part of MessageView that keeps its place: pages that come and leave, jumps, the end.
#include "gui/message_accessible.h"
#include "gui/message_view.h"

#include <QScrollBar>
#include <QTimer>

#include <algorithm>
#include <utility>
#include <vector>

namespace kith::gui {

using core::MessageState;
using model::Message;

namespace {

/// Pages are read when fewer than so many heights of the view are left in their direction: as far as a held
/// PageUp goes while a slow disk answers.
constexpr int heightsAhead = 3;
/// More turned pages than this are not owed while one is read.
constexpr int pagesOwed = 8;
constexpr int markedFor = 3000; // milliseconds: time to find it on the screen

} // namespace

void MessageView::anchorAt(qint64 top) {
    const int row = heights_.rowAt(top);
    anchor_ = {messages_->at(row).id, heights_.top(row + 1) - top};
}

void MessageView::setAtEnd(bool atEnd) {
    if (atEnd == atEnd_)
        return;
    if (!atEnd && heights_.count() > 0)
        anchorAt(viewTop());
    atEnd_ = atEnd;
    Q_EMIT atEndChanged(atEnd_);
}

void MessageView::noteEnd() {
    if (messages_ == nullptr)
        return;
    const QScrollBar* bar = verticalScrollBar();
    setAtEnd(bar->value() >= bar->maximum() - measures_.unit && !messages_->moreAfter());
}

// --- where to -------------------------------------------------------------------------------------------

void MessageView::scrollToEnd() {
    if (messages_ == nullptr)
        return;
    goal_ = Goal::End;
    messages_->showLatest();
}

void MessageView::scrollToBeginning() {
    if (messages_ == nullptr)
        return;
    if (!messages_->moreBefore()) {
        verticalScrollBar()->setValue(0);
        return;
    }
    goal_ = Goal::Message;
    goalMessage_ = 0;
    messages_->showAround(goalMessage_);
}

void MessageView::showMessage(qint64 id) {
    if (messages_ == nullptr)
        return;
    mark(id);
    const int row = messages_->rowOf(id);
    if (goal_ == Goal::None && row < messages_->rowCount() && messages_->at(row).id == id) {
        bringIntoView(row);
        fetchNear();
        return;
    }
    goal_ = Goal::Message;
    goalMessage_ = id;
    messages_->showAround(id);
}

void MessageView::bringIntoView(int row) {
    setAtEnd(false);
    layOut(row, row);
    const int height = heights_.height(row);
    anchor_ = {messages_->at(row).id, height + std::max(0, viewport()->height() - height) / 3};
    settle();
    noteEnd();
    if (messages_->at(row).id == marked_)
        announceMarked(this, row);
}

void MessageView::mark(qint64 id) {
    marked_ = id;
    untilUnmarked_.start(markedFor, this);
    viewport()->update();
}

void MessageView::turnPage(int direction) {
    QScrollBar* bar = verticalScrollBar();
    // Not by the value it has afterwards: rows that are laid out on the way move that too.
    const qint64 wanted = bar->value() + qint64{direction} * bar->pageStep();
    const qint64 missing = wanted - std::clamp<qint64>(wanted, 0, bar->maximum());
    if (owed_ * direction < 0)
        owed_ = 0;
    bar->triggerAction(direction < 0 ? QAbstractSlider::SliderPageStepSub
                                     : QAbstractSlider::SliderPageStepAdd);
    const bool more =
        messages_ != nullptr && (direction < 0 ? messages_->moreBefore() : messages_->moreAfter());
    const qint64 most = qint64{pagesOwed} * bar->pageStep();
    if (more)
        owed_ = std::clamp(owed_ + missing, -most, most);
}

void MessageView::scrollContentsBy(int dx, int dy) {
    Q_UNUSED(dx)
    Q_UNUSED(dy)
    if (settling_ || heights_.count() == 0)
        return;
    noteEnd();
    anchorAt(verticalScrollBar()->value());
    settle();
    fetchNear();
}

// --- what comes and leaves ------------------------------------------------------------------------------

void MessageView::fetchNear() {
    if (messages_ == nullptr || goal_ != Goal::None || heights_.count() == 0)
        return;
    const int height = viewport()->height();
    const qint64 near = qint64{heightsAhead} * height;
    const qint64 top = viewTop();
    if (messages_->moreBefore() && top < near)
        messages_->fetchBefore();
    else if (messages_->moreAfter() && contentHeight() - height - top < near)
        messages_->fetchAfter();
}

void MessageView::onLoaded() {
    const Goal goal = std::exchange(goal_, Goal::None);
    owed_ = 0;
    if (goal == Goal::Message && heights_.count() > 0) {
        bringIntoView(std::min(messages_->rowOf(goalMessage_), heights_.count() - 1));
    } else {
        if (goal == Goal::End)
            setAtEnd(true);
        settle();
    }
    fetchNear();
}

void MessageView::onFetched() {
    settle();
    if (const qint64 owed = std::exchange(owed_, 0); owed != 0) {
        QScrollBar* bar = verticalScrollBar();
        const qint64 wanted = bar->value() + owed;
        const qint64 possible = std::clamp<qint64>(wanted, 0, bar->maximum());
        bar->setValue(static_cast<int>(possible));
        if (owed < 0 ? messages_->moreBefore() : messages_->moreAfter())
            owed_ = wanted - possible;
    }
    if (!atEnd_)
        noteEnd();
    fetchNear();
}

void MessageView::onReadFailed() {
    goal_ = Goal::None;
    owed_ = 0;
}

void MessageView::onInserted(const QModelIndex& parent, int first, int last) {
    Q_UNUSED(parent)
    if (first == heights_.count()) {
        for (int row = first; row <= last; ++row)
            heights_.append(estimate(row));
        if (first > 0)
            layOut(first - 1, first - 1); // it may have lost its time to the new one
        const Message& message = messages_->at(last);
        if (message.mine && message.state == MessageState::Waiting)
            QTimer::singleShot(waitingShownAfter, this, [this] { viewport()->update(); });
    } else if (first == 0) {
        std::vector<int> heights;
        for (int row = 0; row <= last; ++row)
            heights.push_back(estimate(row));
        heights_.prepend(heights);
    } else {
        reset();
        return;
    }
    settle();
    announceInserted(this, first, last);
}

void MessageView::onAboutToRemove(const QModelIndex& parent, int first, int last) {
    Q_UNUSED(parent)
    for (int row = first; row <= last; ++row)
        layouts_.remove(messages_->at(row).id);
    announceRemoved(this, first, last);
    if (first == 0) {
        heights_.removeFirst(last + 1);
        return;
    }
    // The newest leave while somebody reads further up; they are not followed from here.
    setAtEnd(false);
    heights_.removeLast(last - first + 1);
}

void MessageView::onDataChanged(const QModelIndex& from, const QModelIndex& to) {
    for (int row = from.row(); row <= to.row(); ++row) {
        layouts_.remove(messages_->at(row).id);
        announceChanged(this, row);
    }
    settle();
}

void MessageView::onRemoved() {
    settle();
    // Where what is read has left, it is asked for again.
    fetchNear();
}

} // namespace kith::gui

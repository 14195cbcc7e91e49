#include "gui/message_view.h"

#include "gui/conversation_words.h"
#include "gui/message_accessible.h"
#include "gui/theme.h"
#include "words/sentences.h"

#include <QApplication>
#include <QEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <limits>

namespace kith::gui {

using core::MessageState;
using model::Message;

namespace {

/// More text than this is estimated by its beginning.
constexpr qsizetype estimatedCharacters = 2048;

} // namespace

MessageView::MessageView(QWidget* parent)
    : QAbstractScrollArea(parent) {
    installMessageAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    viewport()->setBackgroundRole(QPalette::Base);
    remeasure();
}

MessageView::~MessageView() = default;

QSize MessageView::sizeHint() const {
    return {120 * Theme::unit(), 100 * Theme::unit()};
}

void MessageView::setMessages(model::MessageList* messages) {
    if (messages_ != nullptr)
        disconnect(messages_, nullptr, this, nullptr);
    messages_ = messages;
    if (messages_ != nullptr) {
        connect(messages_, &QAbstractItemModel::rowsInserted, this, &MessageView::onInserted);
        connect(messages_, &QAbstractItemModel::rowsAboutToBeRemoved, this, &MessageView::onAboutToRemove);
        connect(messages_, &QAbstractItemModel::rowsRemoved, this, &MessageView::onRemoved);
        connect(messages_, &QAbstractItemModel::dataChanged, this, &MessageView::onDataChanged);
        connect(messages_, &QAbstractItemModel::modelReset, this, &MessageView::reset);
        connect(messages_, &model::MessageList::loaded, this, &MessageView::onLoaded);
        connect(messages_, &model::MessageList::fetched, this, &MessageView::onFetched);
        connect(messages_, &model::MessageList::readFailed, this, &MessageView::onReadFailed);
    }
    selection_ = {};
    marked_ = 0;
    owed_ = 0;
    goal_ = Goal::None;
    setAtEnd(true);
    reset();
    if (messages_ == nullptr)
        return;
    if (messages_->moreAfter())
        scrollToEnd();
    else
        fetchNear();
}

void MessageView::setEmptyText(const QString& text) {
    emptyText_ = text;
    viewport()->update();
}

void MessageView::reset() {
    heights_.clear();
    layouts_.clear();
    const int rows = messages_ != nullptr ? messages_->rowCount() : 0;
    for (int row = 0; row < rows; ++row)
        heights_.append(estimate(row));
    if (rows == 0)
        setAtEnd(true);
    settle();
    announceReset(this);
}

void MessageView::remeasure() {
    MessageMeasures measures;
    measures.unit = Theme::unit();
    // The scroll bar's place is kept free whether or not it shows, so that lines do not break anew with it.
    measures.width = width() - 3 * measures.unit;
    measures.font = font();
    measures.smallFont = Theme::smallFont();
    if (measures == measures_)
        return;
    measures_ = measures;
    verticalScrollBar()->setSingleStep(6 * measures_.unit);
    layouts_.clear();
    for (int row = 0; row < heights_.count(); ++row)
        heights_.set(row, estimate(row));
}

MessageNeighbours MessageView::neighboursOf(int row) const {
    const auto minute = [](const Message& m) { return m.written.toSecsSinceEpoch() / 60; };
    const Message& message = messages_->at(row);
    MessageNeighbours n;
    n.startsGroup = true;
    n.endsGroup = true;
    n.newDay = row == 0;
    if (row > 0) {
        const Message& before = messages_->at(row - 1);
        n.newDay = before.written.date() != message.written.date();
        n.startsGroup = n.newDay || before.mine != message.mine || minute(before) != minute(message);
    }
    if (row + 1 < messages_->rowCount()) {
        const Message& after = messages_->at(row + 1);
        n.endsGroup = after.mine != message.mine || minute(after) != minute(message) ||
                      after.written.date() != message.written.date();
    }
    return n;
}

int MessageView::estimate(int row) const {
    const QString& text = messages_->at(row).text;
    const QFontMetrics metrics(measures_.font);
    const int perLine = std::max(1, measures_.maxTextWidth() / std::max(1, metrics.averageCharWidth()));
    const QStringView part = QStringView(text).left(estimatedCharacters);
    qint64 lines = part.size() / perLine + 1 + part.count(QLatin1Char('\n'));
    if (text.size() > part.size())
        lines = lines * text.size() / part.size();
    return static_cast<int>(
        std::min<qint64>(lines * metrics.height() + qint64{7} * measures_.unit, 1'000'000));
}

const MessageLayout& MessageView::layoutOf(int row) {
    const Message& message = messages_->at(row);
    const MessageNeighbours neighbours = neighboursOf(row);
    auto& layout = layouts_[message.id];
    if (layout == nullptr || !(layout->neighbours() == neighbours))
        layout = std::make_shared<const MessageLayout>(message, neighbours, measures_);
    return *layout;
}

bool MessageView::layOut(int from, int to) {
    bool changed = false;
    for (int row = std::max(from, 0); row <= std::min(to, heights_.count() - 1); ++row) {
        const int height = layoutOf(row).height();
        changed = changed || height != heights_.height(row);
        heights_.set(row, height);
    }
    return changed;
}

qint64 MessageView::contentHeight() const {
    return heights_.count() == 0 ? 0 : heights_.total() + qint64{4} * measures_.unit;
}

int MessageView::anchorRow() const {
    return std::min(messages_->rowOf(anchor_.id), heights_.count() - 1);
}

qint64 MessageView::viewTop() const {
    const qint64 last = std::max<qint64>(0, contentHeight() - viewport()->height());
    if (atEnd_ || heights_.count() == 0)
        return last;
    return std::clamp<qint64>(heights_.top(anchorRow() + 1) - anchor_.above, 0, last);
}

int MessageView::shift() const {
    // A short conversation stands at the bottom, beside the box.
    const qint64 free = std::max<qint64>(0, viewport()->height() - contentHeight());
    return static_cast<int>(free - viewTop());
}

void MessageView::settle() {
    if (settling_)
        return;
    const QScopedValueRollback<bool> guard(settling_, true);
    const int height = viewport()->height();
    // Each turn may bring rows into sight that were only estimated; some turns are enough, as rows have a
    // height.
    for (int turn = 0; turn < 16 && heights_.count() > 0; ++turn) {
        const qint64 top = viewTop();
        if (!layOut(heights_.rowAt(top - height), heights_.rowAt(top + qint64{2} * height)))
            break;
    }
    const qint64 top = viewTop();
    constexpr qint64 most = std::numeric_limits<int>::max();
    verticalScrollBar()->setPageStep(std::max(1, height - 10 * measures_.unit));
    verticalScrollBar()->setRange(0, static_cast<int>(std::clamp<qint64>(contentHeight() - height, 0, most)));
    verticalScrollBar()->setValue(static_cast<int>(std::min(top, most)));
    // From the place that could not be taken in full, nothing is to move later.
    if (!atEnd_ && heights_.count() > 0 && messages_->at(anchorRow()).id == anchor_.id)
        anchorAt(top);
    evict(top);
    viewport()->update();
}

void MessageView::evict(qint64 top) {
    if (heights_.count() == 0 || layouts_.size() < 256)
        return;
    const int height = viewport()->height();
    const qint64 first = messages_->at(heights_.rowAt(top - qint64{2} * height)).id;
    const qint64 last = messages_->at(heights_.rowAt(top + qint64{3} * height)).id;
    layouts_.removeIf([=](const auto& entry) { return entry.key() < first || entry.key() > last; });
}

void MessageView::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours colours = Colours::current();
    painter.fillRect(event->rect(), colours.base);
    if (heights_.count() == 0) {
        painter.setPen(colours.secondText);
        const int inset = 6 * measures_.unit;
        if (messages_ != nullptr && !messages_->moreAfter()) // else it is only not read yet
            painter.drawText(viewport()->rect().adjusted(inset, inset, -inset, -inset),
                             Qt::AlignCenter | Qt::TextWordWrap, emptyText_);
        return;
    }
    const int offset = shift();
    const int last = heights_.rowAt(event->rect().bottom() - offset);
    const QDateTime now = QDateTime::currentDateTime();
    for (int row = heights_.rowAt(event->rect().top() - offset); row <= last; ++row) {
        const Message& message = messages_->at(row);
        const QPoint origin(0, static_cast<int>(heights_.top(row)) + offset);
        const MessageLayout& layout = layoutOf(row);
        if (message.id == marked_) {
            const QRect bubble = layout.bubble().translated(origin);
            painter.fillRect(0, bubble.top() - measures_.unit, viewport()->width(),
                             bubble.height() + 2 * measures_.unit,
                             mixed(colours.accent, colours.dark ? 0.30 : 0.18, colours.base));
        }
        layout.draw(painter, origin, colours, selectedIn(row), message.state,
                    message.written.msecsTo(now) >= waitingShownAfter.count());
    }
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange)) {
        painter.setPen(QPen(colours.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
    }
}

void MessageView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    remeasure();
    settle();
    noteEnd();
    fetchNear();
}

void MessageView::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        remeasure();
        settle();
    } else if (event->type() == QEvent::PaletteChange) {
        layouts_.clear(); // links are laid out in their colour
        viewport()->update();
    }
}

QRect MessageView::rowRect(int row) const {
    if (row < 0 || row >= heights_.count())
        return {};
    return {0, static_cast<int>(heights_.top(row)) + shift(), viewport()->width(), heights_.height(row)};
}

int MessageView::rowAt(const QPoint& viewportPoint) const {
    const int row = heights_.rowAt(viewportPoint.y() - shift());
    return row >= 0 && rowRect(row).contains(viewportPoint) ? row : -1;
}

QString MessageView::authorOf(int row) const {
    return messages_->at(row).mine ? tr("You") : peerName_;
}

QString MessageView::spokenText(int row) const {
    const Message& message = messages_->at(row);
    const QString time = timeOfDay(message.written);
    QString state = tr("received");
    if (message.mine) {
        switch (message.state) {
        case MessageState::Waiting:
            state = tr("waiting");
            break;
        case MessageState::Sent:
            state = tr("sent");
            break;
        case MessageState::Failed:
            state = tr("not sent");
            break;
        }
    }
    return tr("%1, %2, %3: %4").arg(isolated(authorOf(row)), time, state, message.text);
}

void MessageView::setPeer(const QString& name, bool secure) {
    peerName_ = name;
    secure_ = secure;
}

void MessageView::showToolTipAt(const QPoint& viewportPoint, const QPoint& globalPoint) {
    const int row = rowAt(viewportPoint);
    if (row < 0)
        return;
    const MessageLayout& layout = layoutOf(row);
    const QRect foot = layout.foot().translated(rowRect(row).topLeft());
    if (!foot.contains(viewportPoint)) {
        QToolTip::hideText();
        return;
    }
    const Message& message = messages_->at(row);
    const QString when = QLocale().toString(message.written, QLocale::LongFormat);
    const QString text = message.mine ? words::messageMark(message.state, when, secure_) : when;
    QToolTip::showText(globalPoint, plainToolTip(text), this, foot);
}

} // namespace kith::gui

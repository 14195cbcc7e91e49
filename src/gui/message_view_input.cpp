// The part of MessageView that takes mouse and keyboard: selecting, copying, scrolling.
#include "gui/conversation_words.h"
#include "gui/message_view.h"
#include "gui/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>
#include <QTextBoundaryFinder>

#include <algorithm>

namespace kith::gui {

namespace {

constexpr int autoScrollInterval = 30; // milliseconds: about a frame of a slow display

} // namespace

MessagePlace MessageView::placeAt(const QPoint& viewportPoint) {
    if (heights_.count() == 0)
        return {};
    const int row = heights_.rowAt(viewportPoint.y() - shift());
    layOut(row, row);
    return {messages_->at(row).id, layoutOf(row).offsetAt(viewportPoint - rowRect(row).topLeft())};
}

SelectedRange MessageView::selectedIn(int row) const {
    if (selection_.isEmpty())
        return {};
    const model::Message& message = messages_->at(row);
    const MessagePlace first = selection_.first();
    const MessagePlace last = selection_.last();
    if (message.id < first.id || message.id > last.id)
        return {};
    return {message.id == first.id ? first.offset : 0,
            message.id == last.id ? last.offset : static_cast<int>(message.text.size())};
}

QString MessageView::copied(bool withNames) const {
    if (messages_ == nullptr || selection_.isEmpty())
        return {};
    QStringList parts;
    for (int row = messages_->rowOf(selection_.first().id);
         row < messages_->rowCount() && messages_->at(row).id <= selection_.last().id; ++row) {
        const SelectedRange range = selectedIn(row);
        const model::Message& message = messages_->at(row);
        const QString text = message.text.mid(range.from, range.to - range.from);
        // A drag that ends before a message's first character does not take an empty line of it along.
        if (text.isEmpty() && !message.text.isEmpty())
            continue;
        parts.append(withNames ? tr("[%1] %2: %3")
                                     .arg(QLocale().toString(message.written, QLocale::ShortFormat),
                                          isolated(authorOf(row)), text)
                               : text);
    }
    return parts.join(QLatin1Char('\n'));
}

QString MessageView::selectedText() const {
    return copied(false);
}

void MessageView::select(const MessageSelection& selection) {
    selection_ = selection;
    viewport()->update();
}

void MessageView::selectAll() {
    if (messages_ == nullptr || messages_->rowCount() == 0)
        return;
    const model::Message& last = *messages_->last();
    select({{messages_->at(0).id, 0}, {last.id, static_cast<int>(last.text.size())}});
}

void MessageView::copy(bool withNames) {
    const QString text = copied(withNames);
    if (!text.isEmpty())
        QApplication::clipboard()->setText(text);
}

void MessageView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || heights_.count() == 0)
        return;
    lastMouse_ = event->position().toPoint();
    const Link* const link = linkAt(lastMouse_);
    pressed_ = link != nullptr ? link->url : QUrl();
    const MessagePlace place = placeAt(lastMouse_);
    const bool extend = event->modifiers().testFlag(Qt::ShiftModifier) && !selection_.isEmpty();
    select({extend ? selection_.anchor : place, place});
    selecting_ = true;
}

void MessageView::mouseMoveEvent(QMouseEvent* event) {
    lastMouse_ = event->position().toPoint();
    if (selecting_) {
        select({selection_.anchor, placeAt(lastMouse_)});
        if (viewport()->rect().contains(lastMouse_))
            autoScroll_.stop();
        else if (!autoScroll_.isActive())
            autoScroll_.start(autoScrollInterval, this);
        return;
    }
    const int row = rowAt(lastMouse_);
    const bool overText = row >= 0 && layoutOf(row).overText(lastMouse_ - rowRect(row).topLeft());
    const bool overLink = overText && linkAt(lastMouse_) != nullptr;
    viewport()->setCursor(overLink ? Qt::PointingHandCursor : overText ? Qt::IBeamCursor : Qt::ArrowCursor);
}

void MessageView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    selecting_ = false;
    autoScroll_.stop();
    const Link* const link = selection_.isEmpty() ? linkAt(event->position().toPoint()) : nullptr;
    if (link != nullptr && link->url == pressed_) {
        Q_EMIT linkWanted(link->url);
        return;
    }
    QClipboard* clipboard = QApplication::clipboard();
    if (clipboard->supportsSelection() && !selection_.isEmpty())
        clipboard->setText(copied(false), QClipboard::Selection);
}

void MessageView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || heights_.count() == 0)
        return;
    const MessagePlace place = placeAt(event->position().toPoint());
    const QString text = messages_->at(messages_->rowOf(place.id)).text;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Word, text);
    finder.setPosition(place.offset);
    if (!finder.isAtBoundary() || place.offset == text.size())
        finder.toPreviousBoundary();
    const int from = static_cast<int>(std::max<qsizetype>(0, finder.position()));
    finder.toNextBoundary();
    const int to =
        finder.position() < 0 ? static_cast<int>(text.size()) : static_cast<int>(finder.position());
    select({{place.id, from}, {place.id, to}});
}

void MessageView::timerEvent(QTimerEvent* event) {
    if (event->timerId() == untilUnmarked_.timerId()) {
        untilUnmarked_.stop();
        marked_ = 0;
        viewport()->update();
        return;
    }
    if (event->timerId() != autoScroll_.timerId()) {
        QAbstractScrollArea::timerEvent(event);
        return;
    }
    const int above = -lastMouse_.y();
    const int below = lastMouse_.y() - viewport()->height();
    const int step = above > 0 ? -above : below;
    verticalScrollBar()->setValue(verticalScrollBar()->value() +
                                  std::clamp(step, -20 * measures_.unit, 20 * measures_.unit));
    select({selection_.anchor, placeAt(lastMouse_)});
}

void MessageView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) {
        copy(false);
    } else if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
    } else if (event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown) {
        turnPage(event->key() == Qt::Key_PageUp ? -1 : 1);
    } else if (event->key() == Qt::Key_Home) {
        scrollToBeginning();
    } else if (event->key() == Qt::Key_End) {
        scrollToEnd();
    } else if (event->key() == Qt::Key_Escape && !selection_.isEmpty()) {
        select({});
    } else {
        QAbstractScrollArea::keyPressEvent(event);
    }
}

const Link* MessageView::linkAt(const QPoint& viewportPoint) {
    const int row = rowAt(viewportPoint);
    return row >= 0 ? layoutOf(row).linkAt(viewportPoint - rowRect(row).topLeft()) : nullptr;
}

void MessageView::addLinksTo(QMenu* menu, int row) {
    if (row < 0 || layoutOf(row).links().isEmpty())
        return;
    constexpr qsizetype most = 5;
    menu->addSeparator();
    const QList<Link> links = layoutOf(row).links().mid(0, most);
    for (const Link& link : links)
        menu->addAction(tr("Open %1…").arg(hostOf(link.url).replace(QLatin1Char('&'), QLatin1String("&&"))),
                        this, [this, url = link.url] { Q_EMIT linkWanted(url); });
}

void MessageView::contextMenuEvent(QContextMenuEvent* event) {
    if (messages_ == nullptr || messages_->rowCount() == 0)
        return;
    const int row = rowAt(event->pos());
    if (selection_.isEmpty() && row >= 0) {
        const model::Message& message = messages_->at(row);
        select({{message.id, 0}, {message.id, static_cast<int>(message.text.size())}});
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* plain = menu->addAction(tr("Copy"), QKeySequence::Copy, this, [this] { copy(false); });
    QAction* named = menu->addAction(tr("Copy with names and times"), this, [this] { copy(true); });
    plain->setEnabled(!selection_.isEmpty());
    named->setEnabled(!selection_.isEmpty());
    addLinksTo(menu, row);
    menu->addSeparator();
    menu->addAction(tr("Select all"), QKeySequence::SelectAll, this, &MessageView::selectAll);
    menu->popup(event->globalPos());
}

bool MessageView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (messages_ != nullptr)
            showToolTipAt(help->pos(), help->globalPos());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace kith::gui

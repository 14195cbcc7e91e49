#include "gui/conversation_page.h"

#include "gui/conversation_rows.h"
#include "gui/icons.h"
#include "gui/message_box.h"
#include "gui/message_view.h"
#include "gui/notice_bar.h"
#include "gui/theme.h"
#include "model/messenger.h"
#include "ui_ConversationPage.h"

#include <QToolButton>

namespace kith::gui {

using core::ConversationState;
using core::Reason;
using words::Action;

ConversationPage::ConversationPage(model::Messenger& messenger, QWidget* parent)
    : QWidget(parent)
    , messenger_(messenger)
    , ui_(std::make_unique<Ui::ConversationPage>())
    , down_(new QToolButton(this)) {
    ui_->setupUi(this);
    fitToUnit(this);
    ui_->send->setIcon(icon(QStringLiteral("send"), Tint::OnAccent));
    connect(ui_->send, &QPushButton::clicked, this, &ConversationPage::send);
    connect(ui_->message, &MessageBox::sendWanted, this, &ConversationPage::send);
    connect(ui_->message, &QPlainTextEdit::textChanged, this, &ConversationPage::refreshSend);
    connect(ui_->notice, &NoticeBar::chosen, this, &ConversationPage::onNotice);

    down_->setObjectName(QStringLiteral("down"));
    down_->setIcon(icon(QStringLiteral("down-arrow")));
    down_->setToolTip(tr("To the newest message"));
    down_->setAccessibleName(QStringLiteral("To the newest message"));
    down_->setFocusPolicy(Qt::TabFocus);
    down_->hide();
    connect(down_, &QToolButton::clicked, ui_->messages, &MessageView::scrollToEnd);
    connect(ui_->messages, &MessageView::atEndChanged, this, [this](bool atEnd) {
        down_->setVisible(!atEnd);
        placeDownButton();
        markReadIfSeen();
    });
}

ConversationPage::~ConversationPage() {
    if (conversation_ != nullptr)
        conversation_->setDraft(ui_->message->toPlainText());
}

MessageView* ConversationPage::view() const {
    return ui_->messages;
}

void ConversationPage::setConversation(model::Conversation* conversation) {
    if (conversation == conversation_)
        return;
    if (conversation_ != nullptr) {
        conversation_->setDraft(ui_->message->toPlainText());
        conversation_->disconnect(this);
    }
    conversation_ = conversation;
    ui_->notice->clear();
    if (conversation_ == nullptr) {
        ui_->messages->setMessages(nullptr);
        return;
    }
    ui_->messages->setPeerName(conversation_->host());
    ui_->messages->setMessages(conversation_->messages());
    ui_->message->setPlainText(conversation_->draft());
    ui_->message->moveCursor(QTextCursor::End);
    connect(conversation_, &model::Conversation::changed, this, &ConversationPage::refresh);
    connect(conversation_, &model::Conversation::messageAdded, this, &ConversationPage::markReadIfSeen);
    connect(
        conversation_, &model::Conversation::sendRefused, this,
        [this](const store::EntryId&, const QString& text, const core::Error& why) { onRefused(text, why); });
    connect(conversation_, &QObject::destroyed, this, [this] { ui_->messages->setMessages(nullptr); });
    refresh();
    markReadIfSeen();
}

void ConversationPage::focusMessageBox() {
    if (ui_->composer->isVisibleTo(this))
        ui_->message->setFocus(Qt::OtherFocusReason);
    else
        ui_->messages->setFocus(Qt::OtherFocusReason);
}

void ConversationPage::markReadIfSeen() {
    if (conversation_ != nullptr && conversation_->unread() > 0 && isVisible() && isActiveWindow() &&
        ui_->messages->atEnd())
        conversation_->markRead();
}

void ConversationPage::send() {
    const QString text = ui_->message->toPlainText();
    if (conversation_ == nullptr || text.trimmed().isEmpty() || ui_->message->composing())
        return;
    const auto result = conversation_->send(text);
    if (!result) {
        const words::Values values{conversation_->host(), conversation_->peer(), false, -1, {}, {}};
        ui_->notice->tell(words::forError(result.error(), values), Tone::Danger, {Action::Edit});
        return;
    }
    if (conversation_->state() != ConversationState::Ended)
        ui_->notice->clear();
    ui_->message->clear();
    ui_->messages->scrollToEnd();
}

void ConversationPage::onRefused(const QString& text, const core::Error& why) {
    // It goes back to where it was typed, before whatever was typed since.
    const QString since = ui_->message->toPlainText();
    ui_->message->setPlainText(since.isEmpty() ? text : text + QLatin1Char('\n') + since);
    ui_->message->moveCursor(QTextCursor::End);
    const words::Values values{conversation_->host(), conversation_->peer(), false, -1, {}, {}};
    ui_->notice->tell(words::forError(why, values), Tone::Danger, {Action::Edit});
}

void ConversationPage::onNotice(Action action) {
    if (conversation_ == nullptr)
        return;
    if (action == Action::TryAgain)
        conversation_->tryAgain();
    else if (action == Action::ConnectAgain)
        Q_EMIT connectAgainWanted(conversation_);
    else if (action == Action::Dismiss)
        messenger_.dismiss(conversation_);
    else if (action == Action::Edit)
        ui_->message->setFocus();
}

void ConversationPage::tellEnd() {
    const core::End& end = conversation_->end();
    const bool outgoing = conversation_->direction() == model::Direction::Outgoing;
    words::Values values{conversation_->host(), conversation_->dialled(), false, -1, {}, {}};
    words::Sentence sentence = words::forEnd(end, values);
    QList<Action> usable{Action::Dismiss};
    if (outgoing && conversation_->wasOpen())
        usable.append(Action::ConnectAgain);
    if (outgoing && !conversation_->wasOpen()) {
        // Never open: the same conversation dials again.
        usable.append(Action::TryAgain);
        sentence.actions.removeOne(Action::ConnectAgain);
        if (!sentence.actions.contains(Action::TryAgain))
            sentence.actions.prepend(Action::TryAgain);
    }
    const bool calm = end.reason == Reason::StoppedByUs || end.reason == Reason::PeerClosed;
    ui_->notice->tell(sentence, calm ? Tone::Plain : Tone::Danger, usable);
}

void ConversationPage::refresh() {
    if (conversation_ == nullptr)
        return;
    const ConversationState state = conversation_->state();
    const QString host = conversation_->host();
    const bool ended = state == ConversationState::Ended;
    if (ended)
        tellEnd();
    else if (state == ConversationState::Connecting || !ui_->message->isEnabled())
        ui_->notice->clear();
    ui_->messages->setPeerName(host);
    ui_->messages->setEmptyText(
        state == ConversationState::Open
            ? tr("You are connected to %1. Messages are kept in this window and nowhere else.").arg(host)
            : QString());
    ui_->composer->setVisible(!ended || !ui_->message->toPlainText().trimmed().isEmpty());
    refreshSend();
}

void ConversationPage::refreshSend() {
    const bool open = conversation_ != nullptr && conversation_->state() == ConversationState::Open;
    ui_->send->setEnabled(open && !ui_->message->toPlainText().trimmed().isEmpty());
}

void ConversationPage::placeDownButton() {
    const int u = Theme::unit();
    const int side = 10 * u;
    const QRect view = ui_->messages->geometry();
    const QPoint corner = ui_->messages->parentWidget()->mapTo(this, view.bottomRight());
    down_->setGeometry(corner.x() - side - 5 * u, corner.y() - side - 3 * u, side, side);
    down_->raise();
}

void ConversationPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeDownButton();
}

} // namespace kith::gui

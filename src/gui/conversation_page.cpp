#include "gui/conversation_page.h"

#include "gui/conversation_words.h"
#include "gui/icons.h"
#include "gui/links.h"
#include "gui/message_box.h"
#include "gui/message_view.h"
#include "gui/notice_bar.h"
#include "gui/theme.h"
#include "model/messenger.h"
#include "model/people.h"
#include "ui_ConversationPage.h"

#include <QLocale>
#include <QToolButton>

#include <optional>

namespace kith::gui {

using core::ConversationState;
using core::Reason;
using words::Action;

namespace {

/// Why there is no talking to this contact before a person decides otherwise.
std::optional<Reason> whyBarred(const model::Conversation& conversation) {
    const model::Person* const person = conversation.person();
    if (person != nullptr && person->blocked)
        return Reason::Blocked;
    if (person != nullptr && person->stopped())
        return Reason::KeyChanged;
    return std::nullopt;
}

/// Is what its end tells of a contact not so any more?
bool decidedSince(const model::Conversation& conversation) {
    if (conversation.kind() != model::PeerKind::Contact)
        return false;
    const Reason why = conversation.end().reason;
    const bool told = why == Reason::Blocked || why == Reason::KeyChanged;
    return whyBarred(conversation) != (told ? std::optional(why) : std::nullopt);
}

} // namespace

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
    connect(ui_->message, &MessageBox::pageWanted, ui_->messages, &MessageView::turnPage);
    connect(ui_->message, &QPlainTextEdit::textChanged, this, [this] {
        refreshSend();
        keepDraft();
    });
    connect(ui_->keepAgain, &QPushButton::clicked, this, [this] {
        if (conversation_ != nullptr)
            conversation_->setKeepsHistory(true);
    });
    connect(ui_->notice, &NoticeBar::chosen, this, &ConversationPage::onNotice);

    down_->setObjectName(QStringLiteral("down"));
    down_->setIcon(icon(QStringLiteral("down-arrow")));
    down_->setToolTip(tr("To the newest message"));
    down_->setAccessibleName(QStringLiteral("To the newest message"));
    down_->setFocusPolicy(Qt::TabFocus);
    down_->hide();
    connect(down_, &QToolButton::clicked, ui_->messages, &MessageView::scrollToEnd);
    connect(ui_->messages, &MessageView::linkWanted, this, [this](const QUrl& url) { askToOpen(url, this); });
    connect(ui_->messages, &MessageView::atEndChanged, this, [this](bool atEnd) {
        down_->setVisible(!atEnd);
        placeDownButton();
        markReadIfSeen();
    });
    for (model::Conversation* conversation : messenger_.all())
        watch(conversation);
    connect(&messenger_, &model::Messenger::conversationAdded, this, &ConversationPage::watch);
}

ConversationPage::~ConversationPage() = default;

void ConversationPage::watch(model::Conversation* conversation) {
    // Also when another one is shown by then: what was typed must not be lost.
    connect(conversation, &model::Conversation::sendRefused, this,
            [this, conversation](const store::EntryId&, const QString& text, const core::Error& why) {
                onRefused(conversation, text, why);
            });
    connect(conversation, &model::Conversation::historyFailed, this, &ConversationPage::historyFailed);
}

void ConversationPage::keepDraft() {
    // As it is typed, so that it survives whatever ends the program.
    if (conversation_ != nullptr)
        conversation_->setDraft(ui_->message->toPlainText());
}

MessageView* ConversationPage::view() const {
    return ui_->messages;
}

void ConversationPage::setConversation(model::Conversation* conversation) {
    if (conversation == conversation_)
        return;
    if (conversation_ != nullptr)
        conversation_->saveDraft();
    conversation_ = nullptr; // what is put into the box now is no draft of the one before
    following_ = std::make_unique<QObject>();
    ui_->notice->clear();
    refusalTold_ = false;
    if (conversation == nullptr) {
        ui_->messages->setMessages(nullptr);
        ui_->message->clear();
        return;
    }
    ui_->messages->setPeer(conversation->name(), conversation->isSecure());
    ui_->messages->setMessages(conversation->messages());
    ui_->message->setPlainText(conversation->draft());
    ui_->message->moveCursor(QTextCursor::End);
    conversation_ = conversation;
    follow();
    refresh();
    markReadIfSeen();
}

void ConversationPage::follow() {
    QObject* context = following_.get();
    connect(conversation_, &model::Conversation::changed, context, [this] { refresh(); });
    connect(conversation_, &model::Conversation::unreadChanged, context, [this] { refreshHistory(); });
    connect(conversation_, &model::Conversation::messageAdded, context, [this] { markReadIfSeen(); });
    connect(conversation_->messages(), &model::MessageList::readFailed, context,
            [this](const core::Error& why) { Q_EMIT historyFailed(why); });
    if (conversation_->isPast())
        connect(conversation_, &model::Conversation::historyFailed, context,
                [this](const core::Error& why) { Q_EMIT historyFailed(why); });
    connect(conversation_, &QObject::destroyed, context, [this] { ui_->messages->setMessages(nullptr); });
}

void ConversationPage::showMessage(qint64 message) {
    ui_->messages->setFocus(Qt::OtherFocusReason);
    ui_->messages->showMessage(message);
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
        tellError(result.error());
        return;
    }
    if (conversation_->state() != ConversationState::Ended)
        ui_->notice->clear();
    refusalTold_ = false;
    cameBack_ = {};
    ui_->message->clear();
    conversation_->saveDraft(); // else a start after a crash offered what is sent already
    ui_->messages->scrollToEnd();
}

QString ConversationPage::withCameBack(model::Conversation* conversation, const QString& text,
                                       const QString& since) {
    // Where it was typed: behind what has come back already, before whatever was typed since.
    const bool another = cameBack_.of != conversation || !since.startsWith(cameBack_.text);
    if (another)
        cameBack_ = {conversation, {}};
    const QString rest = since.mid(cameBack_.text.size());
    cameBack_.text += cameBack_.text.isEmpty() ? text : QLatin1Char('\n') + text;
    const bool parted = rest.isEmpty() || rest.startsWith(QLatin1Char('\n'));
    return cameBack_.text + (parted ? rest : QLatin1Char('\n') + rest);
}

void ConversationPage::tellError(const core::Error& error) {
    if (conversation_ != nullptr)
        ui_->notice->tell(words::forError(error, valuesOf(*conversation_)), Tone::Danger,
                          {Action::Edit, Action::TryAgain, Action::ConnectAgain});
}

void ConversationPage::onRefused(model::Conversation* conversation, const QString& text,
                                 const core::Error& why) {
    if (conversation != conversation_) {
        conversation->setDraft(withCameBack(conversation, text, conversation->draft()));
        Q_EMIT historyFailed(why);
        return;
    }
    ui_->message->setPlainText(withCameBack(conversation, text, ui_->message->toPlainText()));
    ui_->message->moveCursor(QTextCursor::End);
    ui_->notice->tell(words::forError(why, valuesOf(*conversation_)), Tone::Danger, {Action::TryAgain});
    refusalTold_ = true;
}

void ConversationPage::onNotice(Action action) {
    if (conversation_ == nullptr)
        return;
    if (action == Action::TryAgain && refusalTold_)
        send();
    else if (action == Action::TryAgain || action == Action::AskAgain)
        conversation_->tryAgain();
    else if (action == Action::ConnectAgain)
        Q_EMIT connectAgainWanted(conversation_);
    else if (action == Action::Compare)
        Q_EMIT compareWanted(conversation_);
    else if (action == Action::KeepStopped)
        ui_->notice->clear();
    else if (action == Action::Unblock && conversation_->key())
        messenger_.people().unblock(*conversation_->key());
    else if (action == Action::Dismiss)
        messenger_.dismiss(conversation_);
    else if (action == Action::Edit)
        ui_->message->setFocus();
}

void ConversationPage::tellPastEnd() {
    const QString when = QLocale().toString(conversation_->since(), QLocale::LongFormat);
    ui_->notice->tell({tr("This conversation ended on %1.").arg(when), {}, {}, {}}, Tone::Plain, {});
}

void ConversationPage::tellAway() {
    // A contact of an earlier run with whom there has been no session in this one, or one about whom a person
    // has decided since the last one ended.
    const std::optional<Reason> barred = whyBarred(*conversation_);
    if (barred)
        ui_->notice->tell(words::forEnd({*barred, 0, 0}, valuesOf(*conversation_)),
                          *barred == Reason::Blocked ? Tone::Plain : Tone::Danger,
                          {Action::Compare, Action::KeepStopped, Action::Unblock});
    else
        ui_->notice->tell({tr("You are not connected to %1.").arg(isolated(conversation_->name())),
                           {},
                           {Action::ConnectAgain},
                           {}},
                          Tone::Plain, {Action::ConnectAgain});
}

void ConversationPage::tellEnd() {
    const core::End& end = conversation_->end();
    const bool outgoing = conversation_->direction() == model::Direction::Outgoing;
    const bool contact = conversation_->kind() == model::PeerKind::Contact;
    words::Sentence sentence = words::forEnd(end, valuesOf(*conversation_));
    QList<Action> usable{Action::Compare, Action::KeepStopped, Action::Unblock, Action::AskAgain,
                         Action::Edit};
    if (!contact)
        usable.append(Action::Dismiss);
    if (contact || (outgoing && conversation_->wasOpen()))
        usable.append(Action::ConnectAgain);
    const bool decided = sentence.actions.contains(Action::Compare) ||
                         sentence.actions.contains(Action::Unblock) ||
                         sentence.actions.contains(Action::AskAgain);
    if (contact && !decided && !sentence.actions.contains(Action::ConnectAgain)) {
        sentence.actions.removeOne(Action::TryAgain);
        sentence.actions.prepend(Action::ConnectAgain);
    } else if (!contact && !decided && outgoing && !conversation_->wasOpen()) {
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
    const bool ended = state == ConversationState::Ended;
    if (conversation_->isPast() && conversation_->kind() == model::PeerKind::Plain)
        tellPastEnd();
    else if (ended && (conversation_->isPast() || decidedSince(*conversation_)))
        tellAway();
    else if (ended)
        tellEnd();
    else if (state == ConversationState::Connecting)
        ui_->notice->clear();
    if (ended || state == ConversationState::Connecting)
        refusalTold_ = false;
    ui_->messages->setPeer(conversation_->name(), conversation_->isSecure());
    ui_->composer->setVisible(!ended || !ui_->message->toPlainText().trimmed().isEmpty());
    refreshHistory();
    refreshSend();
}

void ConversationPage::refreshHistory() {
    const bool keeps = conversation_->keepsHistory();
    const ConversationState state = conversation_->state();
    ui_->historyOff->setVisible(!keeps && state != ConversationState::Ended);
    QString empty;
    if (state == ConversationState::Open && keeps && conversation_->isSecure())
        empty = tr("You are connected to %1. Messages are kept on your two computers and nowhere else.")
                    .arg(isolated(conversation_->name()));
    else if (state == ConversationState::Open && keeps)
        empty = tr("You are connected to %1. Messages are kept on this computer; what the other program "
                   "keeps is its own affair.")
                    .arg(isolated(conversation_->name()));
    else if (state == ConversationState::Open)
        empty = tr("You are connected to %1. Nothing of what is said is kept.")
                    .arg(isolated(conversation_->name()));
    else if (state == ConversationState::Ended)
        empty = tr("There are no messages here.");
    ui_->messages->setEmptyText(empty);
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

#include "gui/connect_form.h"

#include "core/invite.h"
#include "core/text.h"
#include "gui/conversation_words.h"
#include "gui/icons.h"
#include "gui/notice_bar.h"
#include "gui/theme.h"
#include "model/messenger.h"
#include "model/people.h"
#include "model/preferences.h"
#include "ui_ConnectForm.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>

namespace kith::gui {

using core::ConversationState;
using words::Action;

namespace {

words::Values valuesOf(const QString& typed) {
    words::Values values;
    values.peer = typed;
    if (const auto invite = core::parseInvite(typed.toStdString())) {
        values.where = invite->addresses.front();
        values.keyExpected = true;
    } else if (const auto parsed = core::parseEndpoint(typed.toStdString())) {
        values.where = *parsed;
    }
    if (!values.where.host.empty())
        values.peer = QString::fromStdString(values.where.host);
    return values;
}

bool isInvite(const QString& typed) {
    return core::looksLikeInvite(typed.toStdString());
}

/// The contact that an invite or an address leads to; null where it is none's.
const model::Person* personMeant(const model::People& people, const QString& typed) {
    if (const auto invite = core::parseInvite(typed.toStdString()))
        return people.find(invite->key);
    const auto parsed = core::parseEndpoint(typed.toStdString());
    return parsed ? people.atAddress(*parsed) : nullptr;
}

} // namespace

ConnectForm::ConnectForm(model::Messenger& messenger, QWidget* parent)
    : QWidget(parent)
    , messenger_(messenger)
    , ui_(std::make_unique<Ui::ConnectForm>()) {
    ui_->setupUi(this);
    fitToUnit(this);
    connect(ui_->connect, &QPushButton::clicked, this, &ConnectForm::dial);
    connect(ui_->cancel, &QPushButton::clicked, this, &ConnectForm::cancel);
    connect(ui_->address, &QLineEdit::textEdited, ui_->notice, &NoticeBar::clear);
    connect(ui_->address, &QLineEdit::textChanged, this, &ConnectForm::refreshUnderstood);
    connect(ui_->plain, &QCheckBox::toggled, this, &ConnectForm::refreshUnderstood);
    connect(ui_->plain, &QCheckBox::toggled, ui_->notice, &NoticeBar::clear);
    connect(ui_->notice, &NoticeBar::chosen, this, &ConnectForm::onNotice);
    connect(&messenger_.preferences(), &model::Preferences::changed, this, &ConnectForm::refreshRecent);
    connect(&messenger_, &model::Messenger::conversationReplaced, this, &ConnectForm::onReplaced);
    seconds_.setInterval(std::chrono::seconds(1));
    connect(&seconds_, &QTimer::timeout, this, &ConnectForm::refreshProgress);
    connect(ui_->offer, &QPushButton::clicked, this,
            [this] { fill(QGuiApplication::clipboard()->text().trimmed().left(ui_->address->maxLength())); });
    connect(QGuiApplication::clipboard(), &QClipboard::dataChanged, this, &ConnectForm::onClipboardChanged);
    onClipboardChanged();
    refreshUnderstood();
    refreshProgress();
    refreshRecent();
}

ConnectForm::~ConnectForm() = default;

void ConnectForm::fill(const QString& address) {
    ui_->notice->clear();
    ui_->address->setText(address);
    focusAddress();
}

void ConnectForm::focusAddress() {
    ui_->address->setFocus(Qt::OtherFocusReason);
    ui_->address->selectAll();
}

void ConnectForm::keyPressEvent(QKeyEvent* event) {
    // What a field or a check box leaves over; a button takes Enter itself where it has the focus.
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        dial();
    else
        QWidget::keyPressEvent(event);
}

void ConnectForm::dial() {
    if (attempt_ != nullptr)
        return;
    const QString typed = ui_->address->text().trimmed();
    if (typed.isEmpty()) {
        focusAddress();
        return;
    }
    ui_->notice->clear();
    const auto result = messenger_.connectTo(typed, ui_->plain->isChecked() && !isInvite(typed));
    if (!result) {
        tellRefusal(result.error(), typed);
        return;
    }
    attempt_ = result.value();
    connect(attempt_, &model::Conversation::changed, this, &ConnectForm::onAttemptChanged);
    refreshProgress();
    onAttemptChanged();
}

void ConnectForm::tellRefusal(const core::Error& error, const QString& typed) {
    words::Values values = valuesOf(typed);
    const model::Person* const person = personMeant(messenger_.people(), typed);
    if (person == nullptr) {
        tell(words::forError(error, values));
        return;
    }
    // What there is to decide is decided over the conversation itself.
    if (error.reason == core::Reason::KeyChanged || error.reason == core::Reason::Blocked) {
        Q_EMIT connected(messenger_.conversationWith(person->key));
        return;
    }
    values.peer = isolated(person->shownName());
    tell(words::forError(error, values));
}

void ConnectForm::cancel() {
    if (attempt_ != nullptr)
        attempt_->disconnectPeer();
}

void ConnectForm::onAttemptChanged() {
    if (attempt_ == nullptr)
        return;
    refreshProgress();
    model::Conversation* conversation = attempt_;
    const ConversationState state = conversation->state();
    if (state != ConversationState::Open && state != ConversationState::Ended)
        return;
    conversation->disconnect(this);
    attempt_.clear();
    refreshProgress();
    const core::End end = conversation->end();
    // A key that has changed is for a person to decide, over the conversation itself.
    if (state == ConversationState::Open || end.reason == core::Reason::KeyChanged) {
        Q_EMIT connected(conversation);
        return;
    }
    if (end.reason != core::Reason::StoppedByUs)
        tell(words::forEnd(end, gui::valuesOf(*conversation)));
    if (!conversation->wasOpen() && conversation->kind() != model::PeerKind::Contact)
        messenger_.dismiss(conversation);
}

void ConnectForm::onReplaced(model::Conversation* old, model::Conversation* current) {
    if (attempt_ != old)
        return;
    old->disconnect(this);
    attempt_ = current;
    connect(attempt_, &model::Conversation::changed, this, &ConnectForm::onAttemptChanged);
    // Ended, as it was until now: the session that it takes over opens next.
    if (current->state() != ConversationState::Ended)
        onAttemptChanged();
}

void ConnectForm::tell(const words::Sentence& sentence) {
    const bool choice = sentence.actions.contains(Action::ConnectInPlainText);
    ui_->notice->tell(sentence, choice ? Tone::Caution : Tone::Danger,
                      {Action::Edit, Action::TryAgain, Action::ConnectInPlainText, Action::ConnectAgain,
                       Action::OpenPracticeWindow, Action::AskAgain, Action::Close});
}

void ConnectForm::onNotice(Action action) {
    if (action == Action::Edit) {
        focusAddress();
    } else if (action == Action::TryAgain || action == Action::ConnectAgain || action == Action::AskAgain) {
        dial();
    } else if (action == Action::Close) {
        ui_->notice->clear();
    } else if (action == Action::ConnectInPlainText) {
        ui_->plain->setChecked(true);
        dial();
    } else if (action == Action::OpenPracticeWindow) {
        Q_EMIT practiceWanted();
    }
}

void ConnectForm::onClipboardChanged() {
    ui_->offer->setVisible(isInvite(QGuiApplication::clipboard()->text().left(ui_->address->maxLength())));
}

QString ConnectForm::understood(const QString& typed) const {
    if (typed.isEmpty())
        return tr("What the other Kith shows under Host, or an invite.");
    if (isInvite(typed)) {
        const auto invite = core::parseInvite(typed.toStdString());
        if (!invite)
            return tr("Not a whole invite yet.");
        const QString where = QString::fromStdString(core::toDisplay(invite->addresses.front()));
        const QString name = QString::fromStdString(core::cleanName(invite->name));
        return name.isEmpty() ? tr("An invite to %1, encrypted. It proves who is there.").arg(where)
                              : tr("An invite of “%1” at %2, encrypted. It proves who is there.")
                                    .arg(isolated(name), where);
    }
    const auto parsed = core::parseEndpoint(typed.toStdString());
    if (!parsed)
        return tr("Not an address yet.");
    const QString host = QString::fromStdString(parsed->host);
    const QString port = QString::number(parsed->port);
    return ui_->plain->isChecked() ? tr("%1, port %2, plain text").arg(host, port)
                                   : tr("%1, port %2, encrypted").arg(host, port);
}

void ConnectForm::refreshUnderstood() {
    const QString typed = ui_->address->text().trimmed();
    ui_->understood->setText(understood(typed));
    ui_->plain->setEnabled(attempt_ == nullptr && !isInvite(typed));
}

void ConnectForm::refreshProgress() {
    const bool busy = attempt_ != nullptr;
    ui_->address->setReadOnly(busy);
    ui_->plain->setEnabled(!busy && !isInvite(ui_->address->text().trimmed()));
    ui_->connect->setVisible(!busy);
    ui_->cancel->setVisible(busy);
    ui_->progress->setText(busy ? stateOf(*attempt_) : QString());
    if (busy && attempt_->state() == ConversationState::Waiting)
        seconds_.start();
    else
        seconds_.stop();
}

void ConnectForm::refreshRecent() {
    while (QLayoutItem* item = ui_->recent->takeAt(0)) {
        if (item->widget() != nullptr)
            item->widget()->deleteLater();
        delete item;
    }
    const QStringList recent = messenger_.preferences().recentAddresses();
    for (const QString& address : recent) {
        auto* button =
            new QPushButton(QString(address).replace(QLatin1Char('&'), QLatin1String("&&")), ui_->recentBox);
        button->setProperty("kind", QStringLiteral("row"));
        button->setIcon(icon(QStringLiteral("clock"), Tint::Second));
        button->setAccessibleName(address);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, address] { fill(address); });
        ui_->recent->addWidget(button);
    }
    ui_->recentBox->setVisible(!recent.isEmpty());
}

} // namespace kith::gui

#include "gui/connect_form.h"

#include "gui/icons.h"
#include "gui/notice_bar.h"
#include "gui/theme.h"
#include "model/messenger.h"
#include "model/preferences.h"
#include "ui_ConnectForm.h"

#include <QKeyEvent>

namespace kith::gui {

using core::ConversationState;
using words::Action;

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
    const auto result = messenger_.connectTo(typed, ui_->plain->isChecked());
    if (!result) {
        const auto parsed = core::parseEndpoint(typed.toStdString());
        words::Values values = valuesOf(parsed ? parsed.value() : core::Endpoint());
        if (!parsed)
            values.peer = typed;
        tell(words::forError(result.error(), values));
        return;
    }
    attempt_ = result.value();
    connect(attempt_, &model::Conversation::changed, this, &ConnectForm::onAttemptChanged);
    refreshProgress();
    onAttemptChanged();
}

void ConnectForm::cancel() {
    if (attempt_ != nullptr)
        attempt_->disconnectPeer();
}

void ConnectForm::onAttemptChanged() {
    if (attempt_ == nullptr)
        return;
    model::Conversation* conversation = attempt_;
    if (conversation->state() == ConversationState::Open) {
        conversation->disconnect(this);
        attempt_.clear();
        refreshProgress();
        Q_EMIT connected(conversation);
    } else if (conversation->state() == ConversationState::Ended) {
        conversation->disconnect(this);
        attempt_.clear();
        refreshProgress();
        const core::End end = conversation->end();
        if (end.reason != core::Reason::StoppedByUs)
            tell(words::forEnd(end, valuesOf(conversation->dialled())));
        if (!conversation->wasOpen())
            messenger_.dismiss(conversation);
    }
}

words::Values ConnectForm::valuesOf(const core::Endpoint& where) const {
    words::Values values;
    values.where = where;
    values.peer = QString::fromStdString(where.host);
    return values;
}

void ConnectForm::tell(const words::Sentence& sentence) {
    const bool choice = sentence.actions.contains(Action::ConnectInPlainText);
    ui_->notice->tell(sentence, choice ? Tone::Caution : Tone::Danger,
                      {Action::Edit, Action::TryAgain, Action::ConnectInPlainText, Action::ConnectAgain,
                       Action::OpenPracticeWindow});
}

void ConnectForm::onNotice(Action action) {
    if (action == Action::Edit) {
        focusAddress();
    } else if (action == Action::TryAgain || action == Action::ConnectAgain) {
        dial();
    } else if (action == Action::ConnectInPlainText) {
        ui_->plain->setChecked(true);
        dial();
    } else if (action == Action::OpenPracticeWindow) {
        Q_EMIT practiceWanted();
    }
}

void ConnectForm::refreshUnderstood() {
    const QString typed = ui_->address->text().trimmed();
    const auto parsed = core::parseEndpoint(typed.toStdString());
    if (typed.isEmpty()) {
        ui_->understood->setText(tr("What the other Kith shows under Host."));
    } else if (!parsed) {
        ui_->understood->setText(tr("Not an address yet."));
    } else {
        const QString host = QString::fromStdString(parsed.value().host);
        ui_->understood->setText(ui_->plain->isChecked()
                                     ? tr("%1, port %2, plain text").arg(host).arg(parsed.value().port)
                                     : tr("%1, port %2").arg(host).arg(parsed.value().port));
    }
}

void ConnectForm::refreshProgress() {
    const bool busy = attempt_ != nullptr;
    ui_->address->setReadOnly(busy);
    ui_->plain->setEnabled(!busy);
    ui_->connect->setVisible(!busy);
    ui_->cancel->setVisible(busy);
    ui_->progress->setText(
        busy ? words::stateLine(ConversationState::Connecting, valuesOf(attempt_->dialled())) : QString());
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

#include "gui/compare_dialog.h"

#include "core/kith_id.h"
#include "gui/conversation_words.h"
#include "gui/safety_text.h"
#include "gui/theme.h"
#include "model/conversation.h"
#include "model/messenger.h"
#include "model/people.h"
#include "ui_CompareDialog.h"

namespace kith::gui {

CompareDialog::CompareDialog(model::Messenger& messenger, model::Conversation& conversation, QWidget* parent)
    : QDialog(parent)
    , messenger_(messenger)
    , conversation_(&conversation)
    , contact_(conversation.key())
    , ui_(std::make_unique<Ui::CompareDialog>()) {
    ui_->setupUi(this);
    fitToUnit(this);
    setAttribute(Qt::WA_DeleteOnClose);
    const words::Stop stop = valuesOf(conversation).stop;
    tellWhy(isolated(conversation.name()), stop);
    if (contact_)
        fillSide(*contact_, true);
    const std::optional<core::PublicKey>& other = conversation.otherKey();
    // A host that asks its person first shows no key before it has let somebody in.
    ui_->otherTitle->setVisible(other.has_value());
    ui_->otherNumber->setVisible(other.has_value());
    ui_->otherId->setVisible(other.has_value());
    ui_->somebodyNew->setVisible(stop == words::Stop::OtherKey && conversation.offersSomebodyNew());
    if (other)
        fillSide(*other, false);
    connect(ui_->keep, &QPushButton::clicked, this, &QDialog::close);
    connect(ui_->resume, &QPushButton::clicked, this, &CompareDialog::resume);
    connect(ui_->somebodyNew, &QPushButton::clicked, this, [this] {
        if (conversation_ != nullptr)
            Q_EMIT somebodyNewWanted(conversation_);
        close();
    });
    ui_->keep->setFocus();
    ensurePolished();
    fitHeight(this);
}

CompareDialog::~CompareDialog() = default;

void CompareDialog::tellWhy(const QString& name, words::Stop stop) {
    switch (stop) {
    case words::Stop::OtherKey:
        ui_->title->setText(tr("The key of %1 has changed").arg(name));
        ui_->text->setText(
            tr("%1 may have installed Kith anew, or someone is in between. Nothing was sent. Ask %1 another "
               "way, by phone or face to face.")
                .arg(name));
        break;
    case words::Stop::NumbersDiffer:
        ui_->title->setText(tr("Your numbers with %1 differ").arg(name));
        ui_->text->setText(
            tr("Someone may be in between, who could read and change what was said. Nothing more is sent or "
               "received. Compare again another way, by phone or face to face: was it a slip, try the known "
               "key again."));
        break;
    case words::Stop::Either:
        ui_->title->setText(tr("%1 is stopped").arg(name));
        ui_->text->setText(
            tr("Another key was shown for %1, or your numbers differed: someone may be in between. Nothing "
               "is sent or received. Ask %1 another way, by phone or face to face.")
                .arg(name));
        break;
    }
}

void CompareDialog::fillSide(const core::PublicKey& key, bool known) {
    QLabel* const number = known ? ui_->knownNumber : ui_->otherNumber;
    QLabel* const id = known ? ui_->knownId : ui_->otherId;
    id->setText(QString::fromStdString(core::toKithId(key)));
    // Room for the number before it is there.
    number->setText(
        QStringLiteral("00000  00000  00000\n00000  00000  00000\n00000  00000  00000\n00000  00000  00000"));
    number->setMinimumSize(number->sizeHint());
    number->clear();
    makeSafetyText(messenger_.identity(), key, number, [number](const SafetyText& text) {
        number->setText(text.rows);
        number->setAccessibleName(text.rows.simplified());
    });
}

void CompareDialog::resume() {
    if (contact_)
        messenger_.people().resume(*contact_);
    close();
}

} // namespace kith::gui

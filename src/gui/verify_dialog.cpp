#include "gui/verify_dialog.h"

#include "gui/conversation_words.h"
#include "gui/safety_text.h"
#include "gui/theme.h"
#include "model/identity.h"
#include "model/messenger.h"
#include "model/people.h"
#include "ui_VerifyDialog.h"

namespace kith::gui {

VerifyDialog::VerifyDialog(model::Messenger& messenger, const core::PublicKey& contact, QWidget* parent)
    : QDialog(parent)
    , messenger_(messenger)
    , contact_(contact)
    , ui_(std::make_unique<Ui::VerifyDialog>()) {
    ui_->setupUi(this);
    fitToUnit(this);
    setAttribute(Qt::WA_DeleteOnClose);
    const int side = 48 * Theme::unit();
    ui_->code->setFixedSize(side, side);
    ui_->code->setAccessibleName(tr("The safety number as a QR code"));
    connect(ui_->agree, &QPushButton::clicked, this, [this] { decide(true); });
    connect(ui_->differ, &QPushButton::clicked, this, [this] { decide(false); });
    connect(ui_->close, &QPushButton::clicked, this, &QDialog::close);
    connect(&messenger_.people(), &model::People::changed, this, [this](const core::PublicKey& key) {
        if (key == contact_)
            refresh();
    });
    // Room for the number before it is there: twelve groups of five, in the label's own font.
    ui_->number->setText(
        QStringLiteral("00000  00000  00000\n00000  00000  00000\n00000  00000  00000\n00000  00000  00000"));
    ui_->number->setMinimumSize(ui_->number->sizeHint());
    ui_->number->clear();
    makeSafetyText(messenger_.identity(), contact_, this,
                   [this](const SafetyText& text) { showNumber(text.rows, text.code); });
    refresh();
    ensurePolished();
    fitHeight(this);
}

VerifyDialog::~VerifyDialog() = default;

void VerifyDialog::refresh() {
    const model::Person* const person = messenger_.people().find(contact_);
    if (person == nullptr) {
        close();
        return;
    }
    const QString name = isolated(person->shownName());
    setWindowTitle(asWindowTitle(tr("Verify %1").arg(name)));
    ui_->title->setText(tr("Safety number with %1").arg(name));
    if (person->stopped())
        ui_->state->setText(tr("Stopped: a key did not agree."));
    else if (person->trust == store::Trust::ByCompare)
        ui_->state->setText(tr("You have compared it: verified."));
    else if (person->trust == store::Trust::ByInvite)
        ui_->state->setText(tr("Verified by an invite. Comparing the numbers is surer still."));
    else
        ui_->state->setText(tr("Not verified yet."));
}

void VerifyDialog::showNumber(const QString& number, const QString& code) {
    ui_->number->setText(number);
    ui_->number->setAccessibleName(number.simplified());
    ui_->code->setText(code);
}

void VerifyDialog::decide(bool agree) {
    messenger_.people().setCompared(contact_, agree);
    close();
}

} // namespace kith::gui

#include "gui/passphrase_dialog.h"

#include "core/limits.h"
#include "gui/theme.h"
#include "ui_PassphraseDialog.h"
#include "words/sentences.h"

namespace kith::gui {

namespace limits = core::limits;

PassphraseDialog::PassphraseDialog(Purpose purpose, QWidget* parent)
    : QDialog(parent)
    , purpose_(purpose)
    , ui_(std::make_unique<Ui::PassphraseDialog>()) {
    ui_->setupUi(this);
    fitToUnit(this);
    setAttribute(Qt::WA_DeleteOnClose);
    const bool choose = purpose == Purpose::Choose;
    ui_->title->setText(choose ? tr("A passphrase for your key") : tr("The passphrase of this key"));
    ui_->text->setText(choose
                           ? tr("The file is worth nothing without it, and nobody can find it out for you.")
                           : tr("It was chosen when the key was exported."));
    ui_->go->setText(choose ? tr("Export") : tr("Import"));
    ui_->again->setVisible(choose);
    ui_->againLabel->setVisible(choose);
    ui_->passphrase->setMaxLength(static_cast<int>(limits::passphraseMost) / 4);
    ui_->again->setMaxLength(ui_->passphrase->maxLength());
    connect(ui_->go, &QPushButton::clicked, this, &PassphraseDialog::go);
    connect(ui_->cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(ui_->passphrase, &QLineEdit::textEdited, ui_->fault, &QLabel::clear);
    connect(ui_->again, &QLineEdit::textEdited, ui_->fault, &QLabel::clear);
    ui_->passphrase->setFocus();
    ensurePolished();
    fitHeight(this);
}

PassphraseDialog::~PassphraseDialog() = default;

void PassphraseDialog::go() {
    const QString passphrase = ui_->passphrase->text();
    if (purpose_ == Purpose::Choose) {
        if (static_cast<std::size_t>(passphrase.toUtf8().size()) < limits::passphraseLeast) {
            const words::Sentence weak = words::forError({core::Reason::PassphraseWeak, 0, {}}, {});
            ui_->fault->setText(weak.title + QLatin1Char(' ') + weak.text);
            ui_->passphrase->setFocus();
            return;
        }
        if (passphrase != ui_->again->text()) {
            ui_->fault->setText(tr("The two are not the same."));
            ui_->again->setFocus();
            return;
        }
    }
    Q_EMIT chosen(passphrase);
    accept();
}

} // namespace kith::gui

#include "gui/rename_dialog.h"

#include "gui/conversation_words.h"
#include "gui/theme.h"
#include "model/people.h"
#include "ui_RenameDialog.h"

namespace kith::gui {

RenameDialog::RenameDialog(model::People& people, const core::PublicKey& contact, QWidget* parent)
    : QDialog(parent)
    , people_(people)
    , contact_(contact)
    , ui_(std::make_unique<Ui::RenameDialog>()) {
    ui_->setupUi(this);
    fitToUnit(this);
    setAttribute(Qt::WA_DeleteOnClose);
    if (const model::Person* person = people_.find(contact_)) {
        ui_->title->setText(tr("What do you call %1?").arg(isolated(person->shownName())));
        ui_->name->setText(person->alias.isEmpty() ? person->name : person->alias);
        ui_->hint->setText(
            person->name.isEmpty()
                ? tr("Only you see this name.")
                : tr("Only you see this name. They call themselves “%1”; leave it empty to use that.")
                      .arg(isolated(person->name)));
    }
    connect(ui_->go, &QPushButton::clicked, this, [this] {
        people_.rename(contact_, ui_->name->text());
        accept();
    });
    connect(ui_->cancel, &QPushButton::clicked, this, &QDialog::reject);
    ui_->name->setFocus();
    ui_->name->selectAll();
    ensurePolished();
    fitHeight(this);
}

RenameDialog::~RenameDialog() = default;

} // namespace kith::gui

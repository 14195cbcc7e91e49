#include "gui/blocked_dialog.h"

#include "gui/blocked_rows.h"
#include "gui/theme.h"
#include "model/people.h"
#include "ui_BlockedDialog.h"

namespace kith::gui {

BlockedDialog::BlockedDialog(model::People& people, QWidget* parent)
    : QDialog(parent)
    , people_(people)
    , rows_(new BlockedRows(people, this))
    , ui_(std::make_unique<Ui::BlockedDialog>()) {
    ui_->setupUi(this);
    fitToUnit(this);
    setAttribute(Qt::WA_DeleteOnClose);
    ui_->blocked->setModel(rows_);
    connect(rows_, &QAbstractItemModel::modelReset, this, &BlockedDialog::refresh);
    connect(ui_->blocked->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &BlockedDialog::refresh);
    connect(ui_->unblock, &QPushButton::clicked, this, &BlockedDialog::unblock);
    connect(ui_->close, &QPushButton::clicked, this, &QDialog::close);
    refresh();
}

BlockedDialog::~BlockedDialog() = default;

void BlockedDialog::refresh() {
    const bool any = rows_->rowCount() > 0;
    ui_->blocked->setVisible(any);
    ui_->text->setVisible(any);
    ui_->unblock->setVisible(any);
    ui_->empty->setVisible(!any);
    ui_->unblock->setEnabled(ui_->blocked->selectionModel()->hasSelection());
}

void BlockedDialog::unblock() {
    const QModelIndexList chosen = ui_->blocked->selectionModel()->selectedIndexes();
    if (chosen.isEmpty())
        return;
    const Blocked blocked = rows_->at(chosen.first().row());
    if (blocked.key)
        people_.unblock(*blocked.key);
    else
        people_.unblockAddress(blocked.address);
    ui_->blocked->setFocus();
}

} // namespace kith::gui

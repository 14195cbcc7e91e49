#include "gui/invites_dialog.h"

#include "gui/invite_rows.h"
#include "gui/theme.h"
#include "model/messenger.h"
#include "ui_InvitesDialog.h"

namespace kith::gui {

InvitesDialog::InvitesDialog(model::Messenger& messenger, QWidget* parent)
    : QDialog(parent)
    , messenger_(messenger)
    , rows_(new InviteRows(messenger.invites(), messenger.people(), this))
    , ui_(std::make_unique<Ui::InvitesDialog>()) {
    ui_->setupUi(this);
    fitToUnit(this);
    setAttribute(Qt::WA_DeleteOnClose);
    ui_->invites->setModel(rows_);
    connect(rows_, &QAbstractItemModel::modelReset, this, &InvitesDialog::refresh);
    connect(ui_->invites->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &InvitesDialog::refresh);
    connect(ui_->revoke, &QPushButton::clicked, this, &InvitesDialog::revoke);
    connect(ui_->close, &QPushButton::clicked, this, &QDialog::close);
    refresh();
}

InvitesDialog::~InvitesDialog() = default;

void InvitesDialog::refresh() {
    const bool any = rows_->rowCount() > 0;
    ui_->invites->setVisible(any);
    ui_->text->setVisible(any);
    ui_->empty->setVisible(!any);
    const QModelIndexList chosen = ui_->invites->selectionModel()->selectedIndexes();
    ui_->revoke->setEnabled(!chosen.isEmpty() &&
                            rows_->at(chosen.first().row()).isAlive(QDateTime::currentDateTime()));
}

void InvitesDialog::revoke() {
    const QModelIndexList chosen = ui_->invites->selectionModel()->selectedIndexes();
    if (chosen.isEmpty())
        return;
    const QString id = QString::fromLatin1(store::toByteArray(rows_->at(chosen.first().row()).id).toHex());
    if (const auto done = messenger_.invites().revoke(id); !done)
        refresh(); // it was spent or revoked a moment ago
}

} // namespace kith::gui

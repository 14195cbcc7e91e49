// The invites given out, and taking them back. GUI thread.
#pragma once

#include <QDialog>

#include <memory>

namespace kith::model {
class Messenger;
}

namespace kith::gui {

class InviteRows;

namespace Ui {
class InvitesDialog;
}

/// Lists the invites of this profile; one that waits can be revoked. Owned by the main window, deleted when
/// closed; GUI thread.
class InvitesDialog final : public QDialog {
    Q_OBJECT

public:
    /// The messenger must outlive the dialog.
    explicit InvitesDialog(model::Messenger& messenger, QWidget* parent = nullptr);
    ~InvitesDialog() override;

private:
    void refresh();
    void revoke();

    model::Messenger& messenger_;
    InviteRows* rows_;
    std::unique_ptr<Ui::InvitesDialog> ui_;
};

} // namespace kith::gui

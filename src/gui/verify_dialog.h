// The safety number, to be compared. GUI thread.
#pragma once

#include "core/bytes.h"

#include <QDialog>

#include <memory>

namespace kith::model {
class Messenger;
}

namespace kith::gui {

namespace Ui {
class VerifyDialog;
}

/// Shows the number of twelve groups and its code for a contact; what a person finds is the contact's from
/// then on. Owned by the main window, deleted when closed; GUI thread. The number takes some milliseconds and
/// is made on the identity's thread. Closes by itself when the contact is no more.
class VerifyDialog final : public QDialog {
    Q_OBJECT

public:
    /// The messenger must outlive the dialog.
    VerifyDialog(model::Messenger& messenger, const core::PublicKey& contact, QWidget* parent);
    ~VerifyDialog() override;

    [[nodiscard]] const core::PublicKey& contact() const { return contact_; }

private:
    void refresh();
    void showNumber(const QString& number, const QString& code);
    void decide(bool agree);

    model::Messenger& messenger_;
    core::PublicKey contact_;
    std::unique_ptr<Ui::VerifyDialog> ui_;
};

} // namespace kith::gui

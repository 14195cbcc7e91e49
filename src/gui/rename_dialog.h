// One's own name for a contact. GUI thread.
#pragma once

#include "core/bytes.h"

#include <QDialog>

#include <memory>

namespace kith::model {
class People;
}

namespace kith::gui {

namespace Ui {
class RenameDialog;
}

/// Changes what a contact is called here; the key stays, and so does what they call themselves. Deletes
/// itself when it is closed; GUI thread.
class RenameDialog final : public QDialog {
    Q_OBJECT

public:
    /// `people` must outlive the dialog; `contact` is one of them.
    RenameDialog(model::People& people, const core::PublicKey& contact, QWidget* parent);
    ~RenameDialog() override;

    [[nodiscard]] const core::PublicKey& contact() const { return contact_; }

private:
    model::People& people_;
    core::PublicKey contact_;
    std::unique_ptr<Ui::RenameDialog> ui_;
};

} // namespace kith::gui

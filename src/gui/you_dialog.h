// Oneself: name, Kith ID, and the secret key's way in and out. GUI thread.
#pragma once

#include "core/result.h"

#include <QDialog>

#include <memory>

namespace kith::model {
class Messenger;
}

namespace kith::gui {

namespace Ui {
class YouDialog;
}

/// What others see of this profile, and the key that it is. Owned by the main window, deleted when closed;
/// GUI thread. Where a key cannot be written or read, the reason stands at its foot.
class YouDialog final : public QDialog {
    Q_OBJECT

public:
    /// The messenger must outlive the dialog.
    explicit YouDialog(model::Messenger& messenger, QWidget* parent = nullptr);
    ~YouDialog() override;

private:
    void refresh();
    void takeName();
    void chooseExport();
    void exportTo(const QString& file);
    void write(const QString& file, const QString& passphrase, bool replace);
    void askToReplace(const QString& file, const QString& passphrase);
    void chooseImport();
    void importFrom(const QString& file);
    void tell(const core::Error& error, const QString& file);

    model::Messenger& messenger_;
    std::unique_ptr<Ui::YouDialog> ui_;
};

} // namespace kith::gui

// The settings. GUI thread.
#pragma once

#include <QDialog>

#include <memory>

namespace kith::model {
class Preferences;
}

namespace kith::gui {

namespace Ui {
class SettingsDialog;
}

/// Every change takes effect at once; there is nothing to apply or to cancel. Owned by the main window,
/// deleted when closed; GUI thread.
class SettingsDialog final : public QDialog {
    Q_OBJECT

public:
    /// The preferences must outlive the dialog.
    explicit SettingsDialog(model::Preferences& preferences, QWidget* parent = nullptr);
    ~SettingsDialog() override;

Q_SIGNALS:
    /// A person wants to see who is blocked.
    void blockedWanted();

private:
    void takeName();
    void refresh();

    model::Preferences& preferences_;
    std::unique_ptr<Ui::SettingsDialog> ui_;
};

} // namespace kith::gui

// What Kith is, and which one this is. GUI thread.
#pragma once

#include <QDialog>

#include <memory>

namespace kith::model {
class Messenger;
}

namespace kith::gui {

namespace Ui {
class AboutDialog;
}

/// Name, version and licence, and what a report of a fault needs to know (diagnostics.h). Owned by the main
/// window, deleted when closed; GUI thread.
class AboutDialog final : public QDialog {
    Q_OBJECT

public:
    /// The messenger must outlive the dialog.
    explicit AboutDialog(const model::Messenger& messenger, QWidget* parent = nullptr);
    ~AboutDialog() override;

private:
    std::unique_ptr<Ui::AboutDialog> ui_;
};

} // namespace kith::gui

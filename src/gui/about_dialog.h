// What Kith is, and which one this is. GUI thread.
#pragma once

#include <QDialog>

#include <memory>

namespace kith::gui {

namespace Ui {
class AboutDialog;
}

/// Name, version and licence. Owned by the main window, deleted when closed; GUI thread.
class AboutDialog final : public QDialog {
    Q_OBJECT

public:
    explicit AboutDialog(QWidget* parent = nullptr);
    ~AboutDialog() override;

private:
    std::unique_ptr<Ui::AboutDialog> ui_;
};

} // namespace kith::gui

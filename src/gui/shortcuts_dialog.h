// The keys of the window. GUI thread.
#pragma once

#include <QDialog>

#include <memory>

namespace kith::gui {

namespace Ui {
class ShortcutsDialog;
}

/// What each shortcut does. Owned by the main window, deleted when closed; GUI thread.
class ShortcutsDialog final : public QDialog {
    Q_OBJECT

public:
    explicit ShortcutsDialog(QWidget* parent = nullptr);
    ~ShortcutsDialog() override;

private:
    std::unique_ptr<Ui::ShortcutsDialog> ui_;
};

} // namespace kith::gui

// Who is blocked, and how to take it back. GUI thread.
#pragma once

#include <QDialog>

#include <memory>

namespace kith::model {
class People;
}

namespace kith::gui {

class BlockedRows;

namespace Ui {
class BlockedDialog;
}

/// Lists every key and every address that is blocked; what a person chooses comes in again. Owned by the main
/// window, deleted when closed; GUI thread. What cannot be stored is told by the window's history notices.
class BlockedDialog final : public QDialog {
    Q_OBJECT

public:
    /// The people must outlive the dialog.
    explicit BlockedDialog(model::People& people, QWidget* parent = nullptr);
    ~BlockedDialog() override;

private:
    void refresh();
    void unblock();

    model::People& people_;
    BlockedRows* rows_;
    std::unique_ptr<Ui::BlockedDialog> ui_;
};

} // namespace kith::gui

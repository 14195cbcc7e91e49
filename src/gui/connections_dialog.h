// The connections: one row for each worker process. GUI thread.
#pragma once

#include <QDialog>
#include <QList>

#include <memory>

namespace kith::model {
class ConnectionList;
class Messenger;
} // namespace kith::model

namespace kith::gui {

class ConnectionRows;

namespace Ui {
class ConnectionsDialog;
}

/// Shows every worker and what is known of it, anew each second while it is in view, and ends the one that a
/// person chooses. Where there is no room for all columns, what they say stands below the table, of the
/// chosen row. Owned by the main window, deleted when closed; remembers nothing; GUI thread.
class ConnectionsDialog final : public QDialog {
    Q_OBJECT

public:
    /// The messenger must outlive the dialog.
    explicit ConnectionsDialog(model::Messenger& messenger, QWidget* parent = nullptr);
    ~ConnectionsDialog() override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void prepareTable();
    void refresh();
    void refreshDetails();
    void showMenu(const QPoint& where);
    /// As many columns as there is room for, the first ones before the last.
    void fitColumns();
    /// The chosen row; -1 where there is none.
    [[nodiscard]] int chosen() const;
    [[nodiscard]] bool canEnd(int row) const;
    void endChosen();
    void copyChosen();

    model::ConnectionList* list_;
    ConnectionRows* rows_;
    QList<int> widths_; ///< of the columns, as they were needed at most
    std::unique_ptr<Ui::ConnectionsDialog> ui_;
};

} // namespace kith::gui

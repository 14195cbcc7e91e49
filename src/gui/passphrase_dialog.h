// Asks for the passphrase of a key's file. GUI thread.
#pragma once

#include <QDialog>

#include <memory>

namespace kith::gui {

namespace Ui {
class PassphraseDialog;
}

/// Asks for a passphrase: twice where one is chosen, once where one is given. Deletes itself when it is
/// closed; GUI thread; never a nested loop. What was typed leaves it by chosen() alone.
class PassphraseDialog final : public QDialog {
    Q_OBJECT

public:
    enum class Purpose : quint8 { Choose, Give };

    PassphraseDialog(Purpose purpose, QWidget* parent);
    ~PassphraseDialog() override;

Q_SIGNALS:
    /// It was entered, and is long enough where it was chosen.
    void chosen(const QString& passphrase);

private:
    void go();

    Purpose purpose_;
    std::unique_ptr<Ui::PassphraseDialog> ui_;
};

} // namespace kith::gui

// Asks once before something is erased or replaced. GUI thread.
#pragma once

#include <QDialog>

#include <memory>

namespace kith::gui {

namespace Ui {
class QuestionDialog;
}

/// A title, what will happen, and two buttons, of which Cancel is the one that Enter presses. accepted()
/// means go on. Deletes itself when it is closed; GUI thread; never a nested loop.
class QuestionDialog final : public QDialog {
    Q_OBJECT

public:
    /// What is asked; `act` is the word on the button, `stableName` its name in every language.
    struct Question {
        QString title;
        QString text;
        QString act;
        QString stableName;
    };

    QuestionDialog(const Question& question, QWidget* parent);
    ~QuestionDialog() override;

private:
    std::unique_ptr<Ui::QuestionDialog> ui_;
};

} // namespace kith::gui

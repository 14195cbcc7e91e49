#include "gui/question_dialog.h"

#include "gui/theme.h"
#include "ui_QuestionDialog.h"

namespace kith::gui {

QuestionDialog::QuestionDialog(const Question& question, QWidget* parent)
    : QDialog(parent)
    , ui_(std::make_unique<Ui::QuestionDialog>()) {
    ui_->setupUi(this);
    fitToUnit(this);
    setAttribute(Qt::WA_DeleteOnClose);
    ui_->title->setText(question.title);
    ui_->text->setText(question.text);
    ui_->act->setText(question.act);
    ui_->act->setAccessibleName(question.stableName);
    setAccessibleName(question.title + QLatin1Char(' ') + question.text);
    connect(ui_->act, &QPushButton::clicked, this, &QDialog::accept);
    connect(ui_->cancel, &QPushButton::clicked, this, &QDialog::reject);
    ui_->cancel->setFocus();
    ensurePolished();
    fitHeight(this);
}

QuestionDialog::~QuestionDialog() = default;

} // namespace kith::gui

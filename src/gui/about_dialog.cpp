#include "gui/about_dialog.h"

#include "gui/theme.h"
#include "ui_AboutDialog.h"

#include <QCoreApplication>
#include <QIcon>

namespace kith::gui {

AboutDialog::AboutDialog(QWidget* parent)
    : QDialog(parent)
    , ui_(std::make_unique<Ui::AboutDialog>()) {
    ui_->setupUi(this);
    fitToUnit(this);
    setAttribute(Qt::WA_DeleteOnClose);
    ui_->logo->setPixmap(
        QIcon(QStringLiteral(":/icons/kith.svg")).pixmap(ui_->logo->minimumSize(), devicePixelRatioF()));
    ui_->version->setText(tr("Version %1").arg(QCoreApplication::applicationVersion()));
    connect(ui_->close, &QPushButton::clicked, this, &QDialog::close);
    ensurePolished();
    fitHeight(this);
}

AboutDialog::~AboutDialog() = default;

} // namespace kith::gui

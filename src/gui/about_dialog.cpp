#include "gui/about_dialog.h"

#include "gui/diagnostics.h"
#include "gui/theme.h"
#include "ui_AboutDialog.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QIcon>

namespace kith::gui {

AboutDialog::AboutDialog(const model::Messenger& messenger, QWidget* parent)
    : QDialog(parent)
    , ui_(std::make_unique<Ui::AboutDialog>()) {
    ui_->setupUi(this);
    fitToUnit(this);
    setAttribute(Qt::WA_DeleteOnClose);
    ui_->logo->setPixmap(
        QIcon(QStringLiteral(":/icons/kith.svg")).pixmap(ui_->logo->minimumSize(), devicePixelRatioF()));
    ui_->version->setText(tr("Version %1").arg(QCoreApplication::applicationVersion()));
    connect(ui_->copy, &QPushButton::clicked, this,
            [&messenger] { QGuiApplication::clipboard()->setText(diagnostics(messenger)); });
    connect(ui_->close, &QPushButton::clicked, this, &QDialog::close);
    ui_->close->setFocus();
    ensurePolished();
    fitHeight(this);
}

AboutDialog::~AboutDialog() = default;

} // namespace kith::gui

#include "gui/shortcuts_dialog.h"

#include "gui/theme.h"
#include "ui_ShortcutsDialog.h"

#include <QKeySequence>
#include <QLabel>

namespace kith::gui {

ShortcutsDialog::ShortcutsDialog(QWidget* parent)
    : QDialog(parent)
    , ui_(std::make_unique<Ui::ShortcutsDialog>()) {
    ui_->setupUi(this);
    setAttribute(Qt::WA_DeleteOnClose);
    const QList<std::pair<QKeySequence, QString>> shortcuts{
        {Qt::CTRL | Qt::Key_H, tr("Host")},
        {Qt::CTRL | Qt::Key_N, tr("Connect")},
        {Qt::CTRL | Qt::Key_F, tr("Find in this conversation")},
        {Qt::CTRL | Qt::SHIFT | Qt::Key_F, tr("Find in all conversations")},
        {Qt::ALT | Qt::Key_Up, tr("The conversation above")},
        {Qt::ALT | Qt::Key_Down, tr("The conversation below")},
        {Qt::ALT | Qt::Key_Left, tr("Back to the list")},
        {Qt::Key_Return, tr("Send the message")},
        {Qt::SHIFT | Qt::Key_Return, tr("Break the line")},
        {Qt::CTRL | Qt::SHIFT | Qt::Key_D, tr("Disconnect")},
        {Qt::CTRL | Qt::Key_Comma, tr("Settings")},
        {Qt::CTRL | Qt::Key_Q, tr("Quit")},
    };
    for (const auto& [keys, what] : shortcuts) {
        auto* shown = new QLabel(keys.toString(QKeySequence::NativeText), this);
        shown->setProperty("tone", QStringLiteral("second"));
        ui_->keys->addRow(new QLabel(what, this), shown);
    }
    fitToUnit(this);
    connect(ui_->close, &QPushButton::clicked, this, &QDialog::close);
    ensurePolished();
    fitHeight(this);
}

ShortcutsDialog::~ShortcutsDialog() = default;

} // namespace kith::gui

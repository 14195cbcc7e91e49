// The part of MainWindow that makes the menus, the shortcuts and the dialogs they open.
#include "gui/about_dialog.h"
#include "gui/archive.h"
#include "gui/blocked_dialog.h"
#include "gui/connections_dialog.h"
#include "gui/invites_dialog.h"
#include "gui/main_window.h"
#include "gui/open_dialog.h"
#include "gui/settings_dialog.h"
#include "gui/shortcuts_dialog.h"
#include "gui/you_dialog.h"
#include "model/messenger.h"
#include "ui_MainWindow.h"

#include <QMenu>
#include <QMenuBar>
#include <QShortcut>

namespace kith::gui {

void MainWindow::makeMenu() {
    menu_ = new QMenu(tr("Kith"), this);
    menu_->addAction(tr("Find in all conversations…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F), this,
                     [this] { openSearch(false); });
    menu_->addSeparator();
    menu_->addAction(tr("Connections…"), this, &MainWindow::openConnections);
    menu_->addAction(tr("You…"), this, &MainWindow::openYou);
    menu_->addAction(tr("Invites…"), this, &MainWindow::openInvites);
    menu_->addSeparator();
    menu_->addAction(tr("Export everything…"), this, [this] { archive_->exportEverything(); });
    menu_->addAction(tr("Back up…"), this, [this] { archive_->backUp(); });
    menu_->addAction(tr("Restore…"), this, [this] { archive_->restore(); });
    menu_->addSeparator();
    QAction* settings = menu_->addAction(tr("Settings…"), QKeySequence(Qt::CTRL | Qt::Key_Comma), this,
                                         &MainWindow::openSettings);
    settings->setMenuRole(QAction::PreferencesRole);
    menu_->addAction(tr("Keyboard shortcuts"), QKeySequence(Qt::CTRL | Qt::Key_Slash), this,
                     &MainWindow::openShortcuts);
    menu_->addAction(tr("Open a practice window"), this, &MainWindow::practiceWanted);
    menu_->addSeparator();
    menu_->addAction(tr("About Kith"), this, &MainWindow::openAbout)->setMenuRole(QAction::AboutRole);
    menu_->addAction(tr("Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), this, &MainWindow::leave)
        ->setMenuRole(QAction::QuitRole);
    // A menu that only hangs on a button does not lend the window its shortcuts.
    addActions(menu_->actions());
#ifdef Q_OS_MACOS
    menuBar()->addMenu(menu_);
#endif

    makeConversationMenu();
}

void MainWindow::makeShortcuts() {
    const auto add = [this](const QKeySequence& keys, auto what) {
        auto* shortcut = new QShortcut(keys, this);
        connect(shortcut, &QShortcut::activated, this, what);
    };
    add(QKeySequence(Qt::CTRL | Qt::Key_H), [this] { openHost(); });
    add(QKeySequence(Qt::CTRL | Qt::Key_N), [this] { openConnect({}); });
    add(QKeySequence(Qt::ALT | Qt::Key_Down), [this] { ui_->sideBarPane->step(1); });
    add(QKeySequence(Qt::ALT | Qt::Key_Up), [this] { ui_->sideBarPane->step(-1); });
    add(QKeySequence(Qt::ALT | Qt::Key_Left), [this] { goBack(); });
}

void MainWindow::openSettings() {
    if (raisedDialog<SettingsDialog>(*this) != nullptr)
        return;
    auto* const settings = new SettingsDialog(messenger_.preferences(), this);
    connect(settings, &SettingsDialog::blockedWanted, this, &MainWindow::openBlocked);
    settings->show();
}

void MainWindow::openBlocked() {
    if (raisedDialog<BlockedDialog>(*this) == nullptr)
        (new BlockedDialog(messenger_.people(), this))->show();
}

void MainWindow::openConnections() {
    if (raisedDialog<ConnectionsDialog>(*this) == nullptr)
        (new ConnectionsDialog(messenger_, this))->show();
}

void MainWindow::openShortcuts() {
    if (raisedDialog<ShortcutsDialog>(*this) == nullptr)
        (new ShortcutsDialog(this))->show();
}

void MainWindow::openYou() {
    if (raisedDialog<YouDialog>(*this) == nullptr)
        (new YouDialog(messenger_, this))->show();
}

void MainWindow::openInvites() {
    if (raisedDialog<InvitesDialog>(*this) == nullptr)
        (new InvitesDialog(messenger_, this))->show();
}

void MainWindow::openAbout() {
    if (raisedDialog<AboutDialog>(*this) == nullptr)
        (new AboutDialog(messenger_, this))->show();
}

} // namespace kith::gui

// The part of MainWindow that goes back into what was said: search, erasing, notices about the history.
#include "gui/archive.h"
#include "gui/bar_stack.h"
#include "gui/conversation_page.h"
#include "gui/conversation_words.h"
#include "gui/history_notices.h"
#include "gui/main_window.h"
#include "gui/question_dialog.h"
#include "gui/search_page.h"
#include "model/history.h"
#include "model/messenger.h"
#include "ui_MainWindow.h"

#include <QAction>
#include <QMenu>

namespace kith::gui {

using core::ConversationState;
using model::Conversation;

void MainWindow::wireHistory() {
    notices_ = new HistoryNotices(messenger_.history(), *ui_->bars, this);
    archive_ = new Archive(messenger_, *ui_->bars, this);
    connect(notices_, &HistoryNotices::quitWanted, this, &MainWindow::leave);
    connect(archive_, &Archive::restoreWanted, this, &MainWindow::restoreWanted);
    connect(&messenger_.history(), &model::History::stateChanged, this, &MainWindow::updateMenu);
}

void MainWindow::tellRestored(const core::Result<store::Restored>& restored, const QString& file) {
    archive_->tellRestored(restored, file);
}

void MainWindow::standBy() {
    ui_->bars->tell(
        {tr("Restoring…"), tr("Conversations end, and Kith begins anew with the backup."), {}, {}},
        Tone::Plain, {});
    ui_->pages->setEnabled(false);
    ui_->sideBarPane->setEnabled(false);
    ui_->pageHeader->setEnabled(false);
    for (QAction* action : actions())
        action->setEnabled(false);
}

// --- search ----------------------------------------------------------------------------------------------

SearchPage* MainWindow::searchPage() {
    if (searchPage_ == nullptr) {
        searchPage_ = new SearchPage(messenger_, this);
        connect(searchPage_, &SearchPage::closed, this, &MainWindow::closeSearch);
        connect(searchPage_, &SearchPage::hitChosen, this, &MainWindow::onHit);
        ui_->pages->addWidget(searchPage_);
    }
    return searchPage_;
}

void MainWindow::openSearch(bool inConversation) {
    Conversation* here = shownConversation();
    if (isShown(searchPage_))
        here = beforeSearch_ == conversationPage_ ? conversation_.data() : nullptr;
    else
        beforeSearch_ = ui_->pages->currentWidget();
    showPage(searchPage());
    searchPage_->begin(here, inConversation && here != nullptr);
}

void MainWindow::closeSearch() {
    if (beforeSearch_ == nullptr || (beforeSearch_ == conversationPage_ && conversation_ == nullptr)) {
        showHome();
        return;
    }
    showPage(beforeSearch_);
    if (isShown(conversationPage_))
        conversationPage_->focusMessageBox();
}

void MainWindow::onHit(const store::Conversation& stored, qint64 message) {
    showConversation(messenger_.open(stored));
    beforeSearch_ = conversationPage_;
    fromSearch_ = true;
    updatePanes();
    conversationPage_->showMessage(message);
}

// --- the conversation's menu -----------------------------------------------------------------------------

void MainWindow::updateMenu() {
    const Conversation* conversation = shownConversation();
    const bool shown = conversation != nullptr;
    const bool ended = shown && conversation->state() == ConversationState::Ended;
    const bool writable = messenger_.history().takesWrites();
    findAction_->setEnabled(shown);
    keepAction_->setEnabled(shown && writable && !ended);
    keepAction_->setChecked(shown && conversation->keepsHistory());
    exportAction_->setEnabled(shown && messenger_.history().readable());
    clearAction_->setEnabled(shown && writable);
    deleteAction_->setEnabled(shown && writable);
    disconnectAction_->setEnabled(shown && !ended);
    removeAction_->setEnabled(ended && conversation->kind() != model::PeerKind::Contact);
    updatePersonActions();
}

void MainWindow::askAbout(const QString& title, const QString& text, const QString& act,
                          const QString& stableName, void (MainWindow::*erase)(Conversation*)) {
    auto* dialog = new QuestionDialog({title, text, act, stableName}, this);
    connect(dialog, &QDialog::accepted, this,
            [this, erase, conversation = QPointer<Conversation>(shownConversation())] {
                if (conversation != nullptr)
                    (this->*erase)(conversation);
            });
    dialog->open();
}

void MainWindow::askToClear() {
    if (shownConversation() == nullptr)
        return;
    askAbout(
        tr("Clear the history of “%1”?").arg(isolated(titleOf(*shownConversation()))),
        tr("All its messages are erased from this computer, and cannot be brought back. Exports and backups "
           "that you have made, and what the other side keeps, stay as they are."),
        tr("Clear history"), QStringLiteral("Clear history"), &MainWindow::clearHistory);
}

void MainWindow::askToDelete() {
    if (shownConversation() == nullptr)
        return;
    const bool open = shownConversation()->state() != ConversationState::Ended;
    const QString text = tr(
        "All its messages, its draft and its row in the list are erased from this computer, and cannot be "
        "brought back. Exports and backups that you have made, and what the other side keeps, stay as they "
        "are.");
    askAbout(tr("Delete “%1”?").arg(isolated(titleOf(*shownConversation()))),
             open ? tr("The conversation ends.") + QLatin1Char(' ') + text : text, tr("Delete conversation"),
             QStringLiteral("Delete conversation"), &MainWindow::deleteConversation);
}

void MainWindow::clearHistory(Conversation* conversation) {
    conversation->clearHistory();
}

void MainWindow::deleteConversation(Conversation* conversation) {
    messenger_.remove(conversation);
}

void MainWindow::makeConversationMenu() {
    conversationMenu_ = new QMenu(this);
    findAction_ =
        conversationMenu_->addAction(tr("Find in this conversation…"), QKeySequence(Qt::CTRL | Qt::Key_F),
                                     this, [this] { openSearch(true); });
    exportAction_ = conversationMenu_->addAction(tr("Export…"), this, [this] {
        if (shownConversation() != nullptr)
            archive_->exportConversation(shownConversation());
    });
    conversationMenu_->addSeparator();
    makePersonActions();
    conversationMenu_->addSeparator();
    keepAction_ = conversationMenu_->addAction(tr("Keep history"));
    keepAction_->setCheckable(true);
    connect(keepAction_, &QAction::triggered, this, [this](bool keep) {
        if (shownConversation() != nullptr)
            shownConversation()->setKeepsHistory(keep);
    });
    clearAction_ = conversationMenu_->addAction(tr("Clear history…"), this, &MainWindow::askToClear);
    deleteAction_ = conversationMenu_->addAction(tr("Delete conversation…"), this, &MainWindow::askToDelete);
    conversationMenu_->addSeparator();
    disconnectAction_ = conversationMenu_->addAction(
        tr("Disconnect"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D), this, [this] {
            if (shownConversation() != nullptr)
                shownConversation()->disconnectPeer();
        });
    removeAction_ = conversationMenu_->addAction(tr("Remove from the list"), this, [this] {
        if (shownConversation() != nullptr)
            messenger_.dismiss(shownConversation());
    });
    addActions(conversationMenu_->actions());
}

} // namespace kith::gui

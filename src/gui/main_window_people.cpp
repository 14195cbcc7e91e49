// The part of MainWindow that is about who somebody is: verifying, comparing, names, blocking.
#include "gui/compare_dialog.h"
#include "gui/conversation_page.h"
#include "gui/conversation_words.h"
#include "gui/main_window.h"
#include "gui/open_dialog.h"
#include "gui/question_dialog.h"
#include "gui/rename_dialog.h"
#include "gui/verify_dialog.h"
#include "model/messenger.h"
#include "model/people.h"

#include <QAction>
#include <QMenu>

namespace kith::gui {

using model::Conversation;
using model::Person;

void MainWindow::makePersonActions() {
    verifyAction_ = conversationMenu_->addAction(tr("Verify…"), this, &MainWindow::verify);
    compareAction_ = conversationMenu_->addAction(tr("Compare…"), this, [this] {
        if (shownConversation() != nullptr)
            compare(shownConversation());
    });
    renameAction_ = conversationMenu_->addAction(tr("Rename…"), this, &MainWindow::rename);
    blockAction_ = conversationMenu_->addAction(tr("Block…"), this, &MainWindow::toggleBlock);
}

void MainWindow::updatePersonActions() {
    const Conversation* const conversation = shownConversation();
    const Person* const person = conversation != nullptr ? conversation->person() : nullptr;
    const bool known = person != nullptr;
    for (QAction* action : {verifyAction_, renameAction_, blockAction_})
        action->setVisible(known);
    compareAction_->setVisible(known && person->stopped());
    if (known)
        blockAction_->setText(person->blocked ? tr("Unblock") : tr("Block…"));
}

void MainWindow::verify() {
    if (shownConversation() == nullptr || shownConversation()->person() == nullptr)
        return;
    const core::PublicKey contact = *shownConversation()->key();
    const auto isIt = [&contact](const VerifyDialog& open) { return open.contact() == contact; };
    if (raisedDialog<VerifyDialog>(*this, isIt) == nullptr)
        (new VerifyDialog(messenger_, contact, this))->show();
}

void MainWindow::compare(Conversation* conversation) {
    const auto isIt = [conversation](const CompareDialog& open) {
        return open.conversation() == conversation;
    };
    if (raisedDialog<CompareDialog>(*this, isIt) != nullptr)
        return;
    auto* const dialog = new CompareDialog(messenger_, *conversation, this);
    connect(dialog, &CompareDialog::somebodyNewWanted, this, [this](Conversation* stopped) {
        const auto result = messenger_.connectAsSomebodyNew(stopped);
        if (result)
            showConversation(result.value());
        else
            conversationPage()->tellError(result.error());
    });
    dialog->show();
}

void MainWindow::rename() {
    if (shownConversation() == nullptr || shownConversation()->person() == nullptr)
        return;
    const core::PublicKey contact = *shownConversation()->key();
    const auto isIt = [&contact](const RenameDialog& open) { return open.contact() == contact; };
    if (raisedDialog<RenameDialog>(*this, isIt) == nullptr)
        (new RenameDialog(messenger_.people(), contact, this))->show();
}

void MainWindow::toggleBlock() {
    const Conversation* const conversation = shownConversation();
    const Person* const person = conversation != nullptr ? conversation->person() : nullptr;
    if (person == nullptr)
        return;
    const core::PublicKey key = person->key;
    if (person->blocked) {
        messenger_.people().unblock(key);
        return;
    }
    auto* const dialog = new QuestionDialog(
        {tr("Block %1?").arg(isolated(titleOf(*person))),
         tr("The conversation ends, and they come in no more and are not told why. What was said stays."),
         tr("Block"), QStringLiteral("Block")},
        this);
    connect(dialog, &QDialog::accepted, this, [this, key] { messenger_.block(key); });
    dialog->open();
}

} // namespace kith::gui

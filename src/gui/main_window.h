// The window of Kith. GUI thread.
#pragma once

#include "model/conversation.h"
#include "model/history.h"

#include <QMainWindow>
#include <QPointer>
#include <QTimer>

#include <memory>

QT_BEGIN_NAMESPACE
class QMenu;
QT_END_NAMESPACE

namespace kith::model {
class Messenger;
} // namespace kith::model

namespace kith::gui {

class Archive;
class ConnectForm;
class ConversationPage;
class EmptyPage;
class HistoryNotices;
class HostPanel;
class SearchPage;
class StartPage;

namespace Ui {
class MainWindow;
}

/// Side bar and one page beside it; under 640 wide one of the two at a time. Until there is a conversation
/// the side bar would be empty, so it is left out. Pages are made when they are first shown. Owned by main(),
/// gone before the messenger; GUI thread. Nothing but present() ever raises it.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(model::Messenger& messenger, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Brings the window to the front: a person started Kith a second time.
    void present();
    /// Fills the Connect form and puts the cursor there; a person presses the button.
    void openConnect(const QString& address);
    /// Shows the Host panel; hosts on the port last used, or on the one given.
    void openHost(quint16 port = 0);
    void showConversation(model::Conversation* conversation);
    /// Search, in the conversation that is shown or in all of them.
    void openSearch(bool inConversation);
    /// What came of restoring this backup, told in a bar.
    void tellRestored(const core::Result<store::Restored>& restored, const QString& file);
    /// Nothing can be done here any more: the profile is being restored.
    void standBy();

    /// What is shown, for whoever paints or tests it.
    [[nodiscard]] model::Conversation* shownConversation() const;

Q_SIGNALS:
    void practiceWanted();
    /// The window was closed, or a person chose Quit. The window is hidden already.
    void quitWanted();
    /// The profile is to be made of this backup; empty: it is already, and everything is to begin anew.
    void restoreWanted(const QString& file);

protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void makeMenu();
    void makeConversationMenu();
    void makeShortcuts();
    /// Asks once; `act` is called with the conversation that was shown then, where it is still there.
    void askAbout(const QString& title, const QString& text, const QString& act, const QString& stableName,
                  void (MainWindow::*erase)(model::Conversation*));
    void askToClear();
    void askToDelete();
    void clearHistory(model::Conversation* conversation);
    void deleteConversation(model::Conversation* conversation);
    void wireMessenger();
    void wireHistory();
    StartPage* startPage();
    HostPanel* hostPanel();
    ConnectForm* connectForm();
    ConversationPage* conversationPage();
    EmptyPage* emptyPage();
    SearchPage* searchPage();
    void closeSearch();
    void onHit(const store::Conversation& stored, qint64 message);
    void onRemoved(model::Conversation* conversation);
    void showPage(QWidget* page);
    void showHome();
    void goBack();
    void dialAgain(model::Conversation* ended);
    void askAboutPlainText();
    void openSettings();
    void openBlocked();
    void openConnections();
    void openShortcuts();
    void openAbout();
    void openYou();
    void openInvites();
    void makePersonActions();
    void updatePersonActions();
    void verify();
    void compare(model::Conversation* conversation);
    void rename();
    void toggleBlock();
    void onReplaced(model::Conversation* old, model::Conversation* current);
    void leave();
    void updateHeader();
    void updateMenu();
    void updatePanes();
    [[nodiscard]] bool narrow() const;
    void placeBars(bool overList);
    [[nodiscard]] bool hasConversations() const;
    [[nodiscard]] bool isShown(const QWidget* page) const;

    model::Messenger& messenger_;
    std::unique_ptr<Ui::MainWindow> ui_;
    QMenu* menu_ = nullptr;
    QMenu* conversationMenu_ = nullptr;
    QAction* findAction_ = nullptr;
    QAction* keepAction_ = nullptr;
    QAction* exportAction_ = nullptr;
    QAction* clearAction_ = nullptr;
    QAction* deleteAction_ = nullptr;
    QAction* verifyAction_ = nullptr;
    QAction* compareAction_ = nullptr;
    QAction* renameAction_ = nullptr;
    QAction* blockAction_ = nullptr;
    QAction* disconnectAction_ = nullptr;
    QAction* removeAction_ = nullptr;
    Archive* archive_ = nullptr;
    HistoryNotices* notices_ = nullptr;
    StartPage* startPage_ = nullptr;
    HostPanel* hostPanel_ = nullptr;
    ConnectForm* connectForm_ = nullptr;
    ConversationPage* conversationPage_ = nullptr;
    EmptyPage* emptyPage_ = nullptr;
    SearchPage* searchPage_ = nullptr;
    QPointer<QWidget> beforeSearch_;             ///< where Escape leads back to
    bool fromSearch_ = false;                    ///< a hit is shown: Back leads to the hits
    QPointer<model::Conversation> conversation_; ///< whose changes the header follows
    bool listShown_ = false;                     ///< under 640 wide: the side bar, not the page
    QTimer seconds_;                             ///< while the header counts them
    bool leaving_ = false;
};

} // namespace kith::gui

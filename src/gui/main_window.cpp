#include "gui/main_window.h"

#include "gui/connect_form.h"
#include "gui/conversation_page.h"
#include "gui/conversation_words.h"
#include "gui/empty_page.h"
#include "gui/history_notices.h"
#include "gui/host_panel.h"
#include "gui/search_page.h"
#include "gui/start_page.h"
#include "gui/theme.h"
#include "model/messenger.h"
#include "model/people.h"
#include "model/preferences.h"
#include "ui_MainWindow.h"

#include <QCloseEvent>

namespace kith::gui {

using core::ConversationState;
using model::Conversation;

MainWindow::MainWindow(model::Messenger& messenger, QWidget* parent)
    : QMainWindow(parent)
    , messenger_(messenger)
    , ui_(std::make_unique<Ui::MainWindow>()) {
    ui_->setupUi(this);
    setWindowIcon(QIcon(QStringLiteral(":/icons/kith.svg")));
    const int u = Theme::unit();
    resize(240 * u, 160 * u);
    setMinimumSize(90 * u, 120 * u);
    ui_->splitter->setStretchFactor(0, 0);
    ui_->splitter->setStretchFactor(1, 1);
    ui_->splitter->setSizes({70 * u, 170 * u});
    makeMenu();
    makeShortcuts();
    ui_->sideBarPane->setMenu(menu_);
    ui_->sideBarPane->setMessenger(messenger_);
    ui_->bars->setMessenger(messenger_);
    wireMessenger();
    wireHistory();
    if (!messenger_.preferences().geometry().isEmpty())
        restoreGeometry(messenger_.preferences().geometry());
    showHome();
}

MainWindow::~MainWindow() = default;

void MainWindow::wireMessenger() {
    connect(ui_->sideBarPane, &SideBar::hostWanted, this, [this] { openHost(); });
    connect(ui_->sideBarPane, &SideBar::connectWanted, this, [this] { openConnect({}); });
    connect(ui_->sideBarPane, &SideBar::profileWanted, this, &MainWindow::openYou);
    connect(ui_->sideBarPane, &SideBar::chosen, this, &MainWindow::showConversation);
    connect(ui_->sideBarPane, &SideBar::searchWanted, this, [this] { openSearch(false); });
    connect(ui_->pageHeader, &PageHeader::findWanted, this, [this] { openSearch(true); });
    connect(ui_->pageHeader, &PageHeader::backWanted, this, &MainWindow::goBack);
    connect(ui_->pageHeader, &PageHeader::verifyWanted, this, &MainWindow::verify);
    connect(ui_->pageHeader, &PageHeader::compareWanted, this, [this] {
        if (shownConversation() != nullptr)
            compare(shownConversation());
    });
    connect(ui_->pageHeader, &PageHeader::disconnectWanted, this, [this] {
        if (conversation_ != nullptr)
            conversation_->disconnectPeer();
    });
    connect(ui_->bars, &BarStack::accepted, this, [this](Conversation* conversation) {
        conversation->accept();
        showConversation(conversation);
    });
    connect(ui_->bars, &BarStack::plainTextWanted, this, &MainWindow::askAboutPlainText);
    const auto* list = messenger_.conversations();
    connect(list, &QAbstractItemModel::rowsInserted, this, [this] {
        updatePanes();
        ui_->sideBarPane->setCurrent(shownConversation());
    });
    connect(list, &QAbstractItemModel::rowsRemoved, this, &MainWindow::updatePanes);
    connect(&messenger_, &model::Messenger::conversationReplaced, this, &MainWindow::onReplaced);
    connect(&messenger_, &model::Messenger::conversationRemoved, this, &MainWindow::onRemoved);
    connect(&messenger_.people(), &model::People::changed, this, &MainWindow::updateHeader);
    seconds_.setInterval(std::chrono::seconds(1));
    connect(&seconds_, &QTimer::timeout, this, &MainWindow::updateHeader);
}

StartPage* MainWindow::startPage() {
    if (startPage_ == nullptr) {
        startPage_ = new StartPage(messenger_.preferences(), this);
        startPage_->setMenu(menu_);
        connect(startPage_, &StartPage::hostWanted, this, [this] { openHost(); });
        connect(startPage_, &StartPage::connectWanted, this, [this] { openConnect({}); });
        connect(startPage_, &StartPage::practiceWanted, this, &MainWindow::practiceWanted);
        ui_->pages->addWidget(startPage_);
    }
    return startPage_;
}

HostPanel* MainWindow::hostPanel() {
    if (hostPanel_ == nullptr) {
        hostPanel_ = new HostPanel(messenger_, this);
        connect(hostPanel_, &HostPanel::invitesWanted, this, &MainWindow::openInvites);
        ui_->pages->addWidget(hostPanel_);
    }
    return hostPanel_;
}

ConnectForm* MainWindow::connectForm() {
    if (connectForm_ == nullptr) {
        connectForm_ = new ConnectForm(messenger_, this);
        connect(connectForm_, &ConnectForm::practiceWanted, this, &MainWindow::practiceWanted);
        connect(connectForm_, &ConnectForm::connected, this, [this](Conversation* conversation) {
            // Somebody who has gone on to something else is not pulled back.
            if (isShown(connectForm_))
                showConversation(conversation);
        });
        ui_->pages->addWidget(connectForm_);
    }
    return connectForm_;
}

ConversationPage* MainWindow::conversationPage() {
    if (conversationPage_ == nullptr) {
        conversationPage_ = new ConversationPage(messenger_, this);
        connect(conversationPage_, &ConversationPage::connectAgainWanted, this, &MainWindow::dialAgain);
        connect(conversationPage_, &ConversationPage::compareWanted, this, &MainWindow::compare);
        connect(conversationPage_, &ConversationPage::historyFailed, notices_, &HistoryNotices::tellFailed);
        ui_->pages->addWidget(conversationPage_);
    }
    return conversationPage_;
}

EmptyPage* MainWindow::emptyPage() {
    if (emptyPage_ == nullptr) {
        emptyPage_ = new EmptyPage(this);
        ui_->pages->addWidget(emptyPage_);
    }
    return emptyPage_;
}

bool MainWindow::isShown(const QWidget* page) const {
    return page != nullptr && ui_->pages->currentWidget() == page;
}

Conversation* MainWindow::shownConversation() const {
    return isShown(conversationPage_) ? conversation_.data() : nullptr;
}

void MainWindow::showPage(QWidget* page) {
    listShown_ = false;
    fromSearch_ = false;
    ui_->pages->setCurrentWidget(page);
    // Nothing is chosen for the person; Tab begins at the page's first control.
    page->setFocus(Qt::OtherFocusReason);
    ui_->sideBarPane->setCurrent(shownConversation());
    updateHeader();
    updatePanes();
}

void MainWindow::showHome() {
    if (!hasConversations()) {
        showPage(startPage());
        return;
    }
    showPage(emptyPage());
    listShown_ = true;
    updatePanes();
}

void MainWindow::goBack() {
    if (isShown(searchPage_)) {
        closeSearch();
        return;
    }
    if (fromSearch_) {
        showPage(searchPage());
        return;
    }
    if (!hasConversations()) {
        showHome();
        return;
    }
    listShown_ = true;
    updatePanes();
    ui_->sideBarPane->focusConversations();
}

void MainWindow::showConversation(Conversation* conversation) {
    Conversation* const before = conversation_;
    if (before != conversation) {
        if (before != nullptr)
            before->disconnect(this);
        connect(conversation, &Conversation::changed, this, &MainWindow::updateHeader);
        connect(conversation, &Conversation::unreadChanged, this, &MainWindow::updateMenu);
    }
    conversation_ = conversation;
    conversationPage()->setConversation(conversation);
    showPage(conversationPage_);
    conversationPage_->focusMessageBox();
    conversationPage_->markReadIfSeen();
    // One that a search had found is in no list: nothing leads to it any more.
    if (before != nullptr && before != conversation && before->isPast() &&
        messenger_.conversations()->rowOf(before) < 0)
        messenger_.dismiss(before);
}

void MainWindow::onReplaced(Conversation* old, Conversation* current) {
    if (conversation_ == old && isShown(conversationPage_))
        showConversation(current);
}

void MainWindow::onRemoved(Conversation* conversation) {
    if (conversation_ != conversation)
        return;
    const bool shown = isShown(conversationPage_);
    conversation_->disconnect(this);
    conversation_ = nullptr;
    conversationPage_->setConversation(nullptr);
    if (shown)
        showHome();
}

void MainWindow::openConnect(const QString& address) {
    showPage(connectForm());
    if (address.isEmpty())
        connectForm_->focusAddress();
    else
        connectForm_->fill(address);
}

void MainWindow::openHost(quint16 port) {
    showPage(hostPanel());
    if (port == 0)
        hostPanel_->host();
    else
        hostPanel_->host(port);
}

void MainWindow::askAboutPlainText() {
    showPage(hostPanel());
    hostPanel_->pointToPlainText();
}

void MainWindow::dialAgain(Conversation* ended) {
    const QString address = QString::fromStdString(core::toText(ended->dialled()));
    const bool contact = ended->kind() == model::PeerKind::Contact;
    const auto result =
        contact ? messenger_.connectTo(*ended->key()) : messenger_.connectTo(address, !ended->isSecure());
    if (result)
        showConversation(result.value());
    else if (contact)
        conversationPage_->tellError(result.error());
    else
        openConnect(address);
}

void MainWindow::present() {
    if (isMinimized())
        showNormal();
    show();
    raise();
    activateWindow();
}

void MainWindow::leave() {
    if (leaving_)
        return;
    leaving_ = true;
    messenger_.preferences().setGeometry(saveGeometry());
    hide();
    Q_EMIT quitWanted();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    event->accept();
    leave();
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    updatePanes();
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::ActivationChange && conversationPage_ != nullptr)
        conversationPage_->markReadIfSeen();
}

bool MainWindow::narrow() const {
    return width() < 160 * Theme::unit();
}

bool MainWindow::hasConversations() const {
    return messenger_.conversations()->rowCount() > 0;
}

void MainWindow::updatePanes() {
    const bool list = hasConversations();
    const bool onePane = narrow();
    const bool sideBar = list && (!onePane || listShown_);
    const bool page = !onePane || !sideBar;
    ui_->sideBarPane->setMaximumWidth(onePane ? QWIDGETSIZE_MAX : 100 * Theme::unit());
    ui_->sideBarPane->setVisible(sideBar);
    ui_->rightSide->setVisible(page);
    placeBars(!page);
    ui_->pageHeader->setVisible(!isShown(startPage_) && !isShown(emptyPage_));
    ui_->pageHeader->setBackShown(onePane || !list || isShown(searchPage_) || fromSearch_);
}

/// Where one pane is shown at a time, whoever asks to come in is seen in either.
void MainWindow::placeBars(bool overList) {
    if (overList == (ui_->bars->parentWidget() != ui_->rightSide))
        return;
    const bool any = !ui_->bars->isHidden(); // who gets another parent is hidden
    if (overList)
        ui_->layout2->insertWidget(0, ui_->bars);
    else
        ui_->layout1->insertWidget(1, ui_->bars);
    ui_->bars->setVisible(any);
}

void MainWindow::updateHeader() {
    const Conversation* conversation = shownConversation();
    const bool ended = conversation != nullptr && conversation->state() == ConversationState::Ended;
    ui_->pageHeader->setMenu(conversation != nullptr ? conversationMenu_ : nullptr);
    const bool reached = conversation != nullptr && conversation->state() != ConversationState::Connecting &&
                         conversation->state() != ConversationState::Waiting;
    ui_->pageHeader->setDisconnectShown(conversation != nullptr && !ended, reached);
    ui_->pageHeader->setFindShown(conversation != nullptr);
    const model::Person* const person = conversation != nullptr ? conversation->person() : nullptr;
    ui_->pageHeader->setVerifyShown(person != nullptr && !person->verified() && !person->stopped());
    ui_->pageHeader->setCompareShown(person != nullptr && person->stopped());
    // "0:42" goes on while somebody is waited for.
    if (conversation != nullptr && conversation->state() == ConversationState::Waiting)
        seconds_.start();
    else
        seconds_.stop();
    updateMenu();
    QString title;
    if (conversation != nullptr) {
        title = titleOf(*conversation);
        ui_->pageHeader->setState(markOf(*conversation), stateOf(*conversation));
    } else {
        ui_->pageHeader->setState(std::nullopt, {});
        if (isShown(hostPanel_))
            title = tr("Host");
        else if (isShown(connectForm_))
            title = tr("Connect");
        else if (isShown(searchPage_))
            title = tr("Find");
    }
    ui_->pageHeader->setTitle(title);
    setWindowTitle(asWindowTitle(title.isEmpty() ? tr("Kith") : tr("%1 — Kith").arg(isolated(title))));
}

} // namespace kith::gui

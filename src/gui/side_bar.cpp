#include "gui/side_bar.h"

#include "gui/avatar.h"
#include "gui/conversation_delegate.h"
#include "gui/conversation_rows.h"
#include "gui/icons.h"
#include "gui/theme.h"
#include "model/messenger.h"
#include "model/preferences.h"
#include "ui_SideBar.h"

#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScopedValueRollback>

#include <algorithm>

namespace kith::gui {

namespace {

QIcon avatarIcon(const QString& name, int side, qreal ratio) {
    QPixmap pixmap(QSize(side, side) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintAvatar(painter, QRectF(0, 0, side, side), name);
    return QIcon(pixmap);
}

} // namespace

SideBar::SideBar(QWidget* parent)
    : QWidget(parent)
    , ui_(std::make_unique<Ui::SideBar>())
    , rows_(new ConversationRows(this)) {
    ui_->setupUi(this);
    fitToUnit(this);
    ui_->menu->setIcon(icon(QStringLiteral("menu")));
    ui_->search->setIcon(icon(QStringLiteral("search")));
    ui_->connect->setIcon(icon(QStringLiteral("connect")));
    ui_->connect->setText(QLatin1Char(' ') + ui_->connect->text());
    ui_->conversations->setItemDelegate(new ConversationDelegate(this));
    ui_->conversations->setMouseTracking(true);
    connect(ui_->host, &QPushButton::clicked, this, &SideBar::hostWanted);
    connect(ui_->connect, &QPushButton::clicked, this, &SideBar::connectWanted);
    connect(ui_->profile, &QPushButton::clicked, this, &SideBar::profileWanted);
    connect(ui_->search, &QToolButton::clicked, this, &SideBar::searchWanted);
    connect(ui_->conversations, &QListView::clicked, this, &SideBar::onClicked);
    ui_->conversations->installEventFilter(this);
}

SideBar::~SideBar() = default;

void SideBar::setMessenger(model::Messenger& messenger) {
    messenger_ = &messenger;
    rows_->setList(*messenger.conversations());
    // Where the current row leaves, a view goes to the next one by itself; a person has not chosen that.
    connect(rows_, &QAbstractItemModel::rowsAboutToBeRemoved, this, [this] { following_ = true; });
    ui_->conversations->setModel(rows_);
    connect(rows_, &QAbstractItemModel::rowsRemoved, this, [this] {
        following_ = false;
        setCurrent(shown_);
    });
    // The selection and not the current item, which a screen reader that selects an item leaves as it is.
    connect(ui_->conversations->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            [this](const QItemSelection& selected) {
                if (following_ || selected.isEmpty())
                    return;
                const QModelIndex index = selected.indexes().constFirst();
                // Going past the fold by keyboard opens nothing; a screen reader's choice of it does.
                if (ConversationRows::isFold(index) && index != ui_->conversations->currentIndex())
                    toggleFold();
                onActivated(index);
            });
    connect(rows_, &QAbstractItemModel::rowsInserted, this, &SideBar::showEmpty);
    connect(rows_, &QAbstractItemModel::rowsRemoved, this, &SideBar::showEmpty);
    connect(&messenger.preferences(), &model::Preferences::changed, this, &SideBar::showProfile);
    connect(messenger.hosting(), &model::Hosting::changed, this, &SideBar::showHosting);
    showEmpty();
    showProfile();
    showHosting();
}

void SideBar::setMenu(QMenu* menu) {
    ui_->menu->setMenu(menu);
}

void SideBar::onActivated(const QModelIndex& index) {
    if (model::Conversation* conversation = ConversationRows::conversationAt(index))
        Q_EMIT chosen(conversation);
}

void SideBar::onClicked(const QModelIndex& index) {
    if (ConversationRows::isFold(index))
        toggleFold();
    else
        onActivated(index);
}

void SideBar::toggleFold() {
    setFoldOpen(!rows_->isFoldOpen());
}

void SideBar::setFoldOpen(bool open) {
    rows_->setFoldOpen(open);
    // Opening it shows rows; it chooses none.
    const QScopedValueRollback<bool> guard(following_, true);
    const QModelIndex fold = rows_->index(rows_->rowOf(nullptr));
    ui_->conversations->setCurrentIndex(fold);
    ui_->conversations->selectionModel()->clearSelection();
    if (shown_ != nullptr && rows_->rowOf(shown_) >= 0)
        ui_->conversations->selectionModel()->select(rows_->index(rows_->rowOf(shown_)),
                                                     QItemSelectionModel::Select);
    if (open)
        ui_->conversations->scrollTo(rows_->index(std::min(fold.row() + 1, rows_->rowCount() - 1)));
}

bool SideBar::eventFilter(QObject* watched, QEvent* event) {
    const bool onFold = watched == ui_->conversations && event->type() == QEvent::KeyPress &&
                        ConversationRows::isFold(ui_->conversations->currentIndex());
    if (!onFold)
        return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        toggleFold();
        return true;
    case Qt::Key_Right:
        setFoldOpen(true);
        return true;
    case Qt::Key_Left:
        setFoldOpen(false);
        return true;
    default:
        return QWidget::eventFilter(watched, event);
    }
}

void SideBar::setCurrent(model::Conversation* conversation) {
    const QScopedValueRollback<bool> guard(following_, true);
    shown_ = conversation;
    const int row = conversation != nullptr ? rows_->rowOf(conversation) : -1;
    if (row < 0) {
        ui_->conversations->selectionModel()->clear();
        return;
    }
    ui_->conversations->setCurrentIndex(rows_->index(row, 0));
}

model::Conversation* SideBar::current() const {
    return ConversationRows::conversationAt(ui_->conversations->currentIndex());
}

void SideBar::focusConversations() {
    ui_->conversations->setFocus(Qt::OtherFocusReason);
}

void SideBar::step(int rows) {
    const int count = rows_->rowCount();
    if (count == 0)
        return;
    const int now = ui_->conversations->currentIndex().row();
    int next = now < 0 ? 0 : std::clamp(now + rows, 0, count - 1);
    if (ConversationRows::isFold(rows_->index(next)))
        next = std::clamp(next + (rows < 0 ? -1 : 1), 0, count - 1);
    onActivated(rows_->index(next));
}

void SideBar::showProfile() {
    const QString name = messenger_->preferences().name();
    ui_->profile->setText(QLatin1String(" ") + QString(name).replace(QLatin1Char('&'), QLatin1String("&&")));
    ui_->profile->setIcon(avatarIcon(name, ui_->profile->iconSize().width(), devicePixelRatioF()));
}

void SideBar::showHosting() {
    const bool on = messenger_->hosting()->state() == core::HostingState::On;
    ui_->host->setText(QLatin1Char(' ') + (on ? tr("Hosting") : tr("Host")));
    ui_->host->setIcon(icon(QStringLiteral("host"), on ? Tint::Accent : Tint::Text));
}

void SideBar::showEmpty() {
    const bool empty = rows_->rowCount() == 0;
    ui_->empty->setVisible(empty);
}

} // namespace kith::gui

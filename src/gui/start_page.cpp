#include "gui/start_page.h"

#include "gui/icons.h"
#include "gui/theme.h"
#include "model/preferences.h"
#include "ui_StartPage.h"

#include <QMenu>

namespace kith::gui {

StartPage::StartPage(model::Preferences& preferences, QWidget* parent)
    : QWidget(parent)
    , preferences_(preferences)
    , ui_(std::make_unique<Ui::StartPage>()) {
    ui_->setupUi(this);
    fitToUnit(this);
    ui_->menu->setIcon(icon(QStringLiteral("menu")));
    ui_->logo->setPixmap(
        QIcon(QStringLiteral(":/icons/kith.svg")).pixmap(ui_->logo->minimumSize(), devicePixelRatioF()));
    ui_->host->setChoice(icon(QStringLiteral("host"), Tint::Accent), tr("Host"),
                         tr("Wait for someone to connect"));
    ui_->connect->setChoice(icon(QStringLiteral("connect"), Tint::Accent), tr("Connect"),
                            tr("Go to someone who is hosting"));
    connect(ui_->host, &QPushButton::clicked, this, &StartPage::hostWanted);
    connect(ui_->connect, &QPushButton::clicked, this, &StartPage::connectWanted);
    connect(ui_->practice, &QPushButton::clicked, this, &StartPage::practiceWanted);
    connect(ui_->name, &QLineEdit::editingFinished, this, &StartPage::takeName);
    connect(&preferences_, &model::Preferences::changed, this, &StartPage::showName);
    showName();
}

StartPage::~StartPage() {
    // Its going takes the keyboard from the name, which says that it was edited.
    ui_->name->disconnect(this);
}

void StartPage::setMenu(QMenu* menu) {
    ui_->menu->setMenu(menu);
}

void StartPage::takeName() {
    if (ui_->name->text() != preferences_.name())
        preferences_.setName(ui_->name->text());
    showName();
}

void StartPage::showName() {
    if (ui_->name->text() != preferences_.name())
        ui_->name->setText(preferences_.name());
    ui_->avatar->setName(preferences_.name());
}

} // namespace kith::gui

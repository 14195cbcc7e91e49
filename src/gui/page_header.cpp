#include "gui/page_header.h"

#include "gui/icons.h"
#include "gui/theme.h"
#include "ui_PageHeader.h"

#include <QMenu>

namespace kith::gui {

PageHeader::PageHeader(QWidget* parent)
    : QWidget(parent)
    , ui_(std::make_unique<Ui::PageHeader>()) {
    ui_->setupUi(this);
    fitToUnit(this);
    ui_->back->setIcon(icon(QStringLiteral("back")));
    ui_->more->setIcon(icon(QStringLiteral("more")));
    ui_->find->setIcon(icon(QStringLiteral("search")));
    ui_->verify->setIcon(icon(QStringLiteral("shield")));
    ui_->verify->setText(QLatin1Char(' ') + ui_->verify->text());
    connect(ui_->verify, &QPushButton::clicked, this, &PageHeader::verifyWanted);
    connect(ui_->compare, &QPushButton::clicked, this, &PageHeader::compareWanted);
    connect(ui_->find, &QToolButton::clicked, this, &PageHeader::findWanted);
    connect(ui_->back, &QToolButton::clicked, this, &PageHeader::backWanted);
    connect(ui_->disconnect, &QPushButton::clicked, this, &PageHeader::disconnectWanted);
}

PageHeader::~PageHeader() = default;

void PageHeader::setTitle(const QString& title) {
    ui_->title->setText(title);
}

void PageHeader::setState(std::optional<Mark> mark, const QString& words) {
    ui_->mark->setVisible(mark.has_value());
    ui_->state->setVisible(mark.has_value());
    if (!mark.has_value())
        return;
    ui_->mark->setMark(*mark);
    // "Connected" gives way, as the mark says it too; whether it is verified does not.
    const bool connected = *mark == Mark::Secure || *mark == Mark::PlainText;
    ui_->state->setSeparator(connected ? QStringLiteral(" · ") : QString());
    ui_->state->setText(words);
}

void PageHeader::setBackShown(bool shown) {
    ui_->back->setVisible(shown);
}

void PageHeader::setDisconnectShown(bool shown, bool reached) {
    disconnectShown_ = shown;
    ui_->disconnect->setText(reached ? tr("Disconnect") : tr("Cancel"));
    ui_->disconnect->setAccessibleName(reached ? QStringLiteral("Disconnect") : QStringLiteral("Cancel"));
    placeButtons();
}

void PageHeader::setFindShown(bool shown) {
    ui_->find->setVisible(shown);
}

void PageHeader::setVerifyShown(bool shown) {
    verifyShown_ = shown;
    placeButtons();
}

void PageHeader::setCompareShown(bool shown) {
    compareShown_ = shown;
    placeButtons();
}

void PageHeader::placeButtons() {
    // In a narrow window the words of the state need the room; the menu has them too.
    const bool roomy = width() >= 110 * Theme::unit();
    ui_->disconnect->setVisible(disconnectShown_ && roomy);
    ui_->verify->setVisible(verifyShown_ && roomy);
    ui_->compare->setVisible(compareShown_ && roomy);
}

void PageHeader::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeButtons();
}

void PageHeader::setMenu(QMenu* menu) {
    ui_->more->setMenu(menu);
    ui_->more->setVisible(menu != nullptr);
}

} // namespace kith::gui

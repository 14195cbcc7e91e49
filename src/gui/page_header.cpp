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
    connect(ui_->find, &QToolButton::clicked, this, &PageHeader::findWanted);
    connect(ui_->back, &QToolButton::clicked, this, &PageHeader::backWanted);
    connect(ui_->disconnect, &QPushButton::clicked, this, &PageHeader::disconnectWanted);
}

PageHeader::~PageHeader() = default;

void PageHeader::setTitle(const QString& title) {
    ui_->title->setText(title);
}

void PageHeader::setState(std::optional<core::ConversationState> state, const QString& words) {
    ui_->mark->setVisible(state.has_value());
    ui_->state->setVisible(state.has_value());
    if (!state.has_value())
        return;
    ui_->mark->setState(*state);
    ui_->state->setText(words);
}

void PageHeader::setBackShown(bool shown) {
    ui_->back->setVisible(shown);
}

void PageHeader::setDisconnectShown(bool shown) {
    disconnectShown_ = shown;
    placeDisconnect();
}

void PageHeader::setFindShown(bool shown) {
    ui_->find->setVisible(shown);
}

void PageHeader::placeDisconnect() {
    // In a narrow window the words of the state need the room; the menu has it too.
    ui_->disconnect->setVisible(disconnectShown_ && width() >= 110 * Theme::unit());
}

void PageHeader::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeDisconnect();
}

void PageHeader::setMenu(QMenu* menu) {
    ui_->more->setMenu(menu);
    ui_->more->setVisible(menu != nullptr);
}

} // namespace kith::gui

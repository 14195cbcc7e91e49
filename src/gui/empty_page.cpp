#include "gui/empty_page.h"

#include "gui/theme.h"
#include "ui_EmptyPage.h"

namespace kith::gui {

EmptyPage::EmptyPage(QWidget* parent)
    : QWidget(parent)
    , ui_(std::make_unique<Ui::EmptyPage>()) {
    ui_->setupUi(this);
    fitToUnit(this);
}

EmptyPage::~EmptyPage() = default;

} // namespace kith::gui

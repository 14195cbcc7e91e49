#include "gui/settings_dialog.h"

#include "gui/theme.h"
#include "model/preferences.h"
#include "ui_SettingsDialog.h"

namespace kith::gui {

using model::Preferences;

SettingsDialog::SettingsDialog(Preferences& preferences, QWidget* parent)
    : QDialog(parent)
    , preferences_(preferences)
    , ui_(std::make_unique<Ui::SettingsDialog>()) {
    ui_->setupUi(this);
    fitToUnit(this);
    setAttribute(Qt::WA_DeleteOnClose);
    refresh();
    connect(ui_->name, &QLineEdit::editingFinished, this, &SettingsDialog::takeName);
    connect(ui_->plainHere, &QCheckBox::toggled, &preferences_, &Preferences::setPlainFromThisComputer);
    connect(ui_->plainNetwork, &QCheckBox::toggled, &preferences_, &Preferences::setPlainFromNetwork);
    connect(ui_->hostAgain, &QCheckBox::toggled, &preferences_, &Preferences::setHostAgain);
    // One is on when another goes off: what goes on decides.
    connect(ui_->askMe, &QRadioButton::toggled, this, [this](bool on) {
        if (on)
            preferences_.askAboutStrangers();
    });
    connect(ui_->onlyKnown, &QRadioButton::toggled, this, [this](bool on) {
        if (on)
            preferences_.setOnlyKnown(true);
    });
    connect(ui_->everybody, &QRadioButton::toggled, this, [this](bool on) {
        if (on)
            preferences_.setEverybody(true);
    });
    connect(ui_->blocked, &QPushButton::clicked, this, &SettingsDialog::blockedWanted);
    connect(ui_->sandboxOptional, &QCheckBox::toggled, &preferences_, &Preferences::setSandboxOptional);
    connect(ui_->tellsAddresses, &QCheckBox::toggled, &preferences_, &Preferences::setTellsAddresses);
    connect(&preferences_, &Preferences::changed, this, &SettingsDialog::refresh);
    connect(ui_->close, &QPushButton::clicked, this, &QDialog::close);
    ensurePolished();
    fitHeight(this);
}

SettingsDialog::~SettingsDialog() {
    // Its going takes the keyboard from the name, which says that it was edited.
    ui_->name->disconnect(this);
}

void SettingsDialog::takeName() {
    if (ui_->name->text() != preferences_.name())
        preferences_.setName(ui_->name->text());
    refresh();
}

void SettingsDialog::refresh() {
    if (ui_->name->text() != preferences_.name() && !ui_->name->hasFocus())
        ui_->name->setText(preferences_.name());
    ui_->plainHere->setChecked(preferences_.plainFromThisComputer());
    ui_->plainNetwork->setChecked(preferences_.plainFromNetwork());
    ui_->hostAgain->setChecked(preferences_.hostAgain());
    ui_->onlyKnown->setChecked(preferences_.onlyKnown());
    ui_->everybody->setChecked(preferences_.everybody());
    ui_->askMe->setChecked(!preferences_.onlyKnown() && !preferences_.everybody());
    ui_->sandboxOptional->setChecked(preferences_.sandboxOptional());
    ui_->tellsAddresses->setChecked(preferences_.tellsAddresses());
}

} // namespace kith::gui

#include "gui/you_dialog.h"

#include "core/kith_id.h"
#include "gui/passphrase_dialog.h"
#include "gui/question_dialog.h"
#include "gui/theme.h"
#include "model/history.h"
#include "model/identity.h"
#include "model/messenger.h"
#include "model/preferences.h"
#include "ui_YouDialog.h"
#include "words/sentences.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>

namespace kith::gui {

namespace {

/// As in gui/archive.cpp: a program that nobody may look into has no portal's dialog, and ours is the same
/// everywhere. Replacing is asked for afterwards.
QFileDialog* fileDialog(QWidget* parent, const QString& title, QFileDialog::AcceptMode mode) {
    auto* dialog = new QFileDialog(parent, title);
    dialog->setOptions(QFileDialog::DontUseNativeDialog | QFileDialog::DontConfirmOverwrite);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(mode);
    dialog->setFileMode(mode == QFileDialog::AcceptSave ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
    return dialog;
}

} // namespace

YouDialog::YouDialog(model::Messenger& messenger, QWidget* parent)
    : QDialog(parent)
    , messenger_(messenger)
    , ui_(std::make_unique<Ui::YouDialog>()) {
    ui_->setupUi(this);
    fitToUnit(this);
    setAttribute(Qt::WA_DeleteOnClose);
    ui_->result->hide();
    connect(ui_->name, &QLineEdit::editingFinished, this, &YouDialog::takeName);
    connect(ui_->copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(ui_->id->text()); });
    connect(ui_->exportKey, &QPushButton::clicked, this, &YouDialog::chooseExport);
    connect(ui_->importKey, &QPushButton::clicked, this, &YouDialog::chooseImport);
    connect(ui_->close, &QPushButton::clicked, this, &QDialog::close);
    connect(&messenger_.preferences(), &model::Preferences::changed, this, &YouDialog::refresh);
    connect(&messenger_.identity(), &model::Identity::stateChanged, this, &YouDialog::refresh);
    refresh();
    ensurePolished();
    fitHeight(this);
}

YouDialog::~YouDialog() {
    // Its going takes the keyboard from the name, which says that it was edited.
    ui_->name->disconnect(this);
}

void YouDialog::refresh() {
    const model::Preferences& preferences = messenger_.preferences();
    if (ui_->name->text() != preferences.name() && !ui_->name->hasFocus())
        ui_->name->setText(preferences.name());
    const model::Identity& identity = messenger_.identity();
    const bool ready = identity.state() == model::Identity::State::Ready;
    ui_->id->setText(ready ? QString::fromStdString(core::toKithId(identity.key())) : tr("Making your key…"));
    ui_->copy->setEnabled(ready);
    ui_->exportKey->setEnabled(ready);
    if (identity.state() == model::Identity::State::Failed && identity.why()) {
        ui_->id->setText(tr("There is none: your key cannot be used."));
        tell(*identity.why(), {});
    }
}

void YouDialog::takeName() {
    model::Preferences& preferences = messenger_.preferences();
    if (ui_->name->text() != preferences.name())
        preferences.setName(ui_->name->text());
    refresh();
}

void YouDialog::chooseExport() {
    QFileDialog* const dialog = fileDialog(this, tr("Export key"), QFileDialog::AcceptSave);
    dialog->selectFile(QStringLiteral("kith-identity.pem"));
    connect(dialog, &QFileDialog::fileSelected, this, &YouDialog::exportTo);
    dialog->open();
}

void YouDialog::exportTo(const QString& file) {
    auto* const ask = new PassphraseDialog(PassphraseDialog::Purpose::Choose, this);
    connect(ask, &PassphraseDialog::chosen, this,
            [this, file](const QString& passphrase) { write(file, passphrase, false); });
    ask->show();
}

void YouDialog::write(const QString& file, const QString& passphrase, bool replace) {
    store::whenDone(messenger_.identity().exportTo(file, passphrase, replace), this,
                    [this, file, passphrase](const core::Status& done) {
                        if (!done && done.error().reason == core::Reason::FileExists) {
                            askToReplace(file, passphrase);
                            return;
                        }
                        if (!done) {
                            tell(done.error(), file);
                            return;
                        }
                        ui_->result->setText(tr("Your key is in %1.").arg(file));
                        ui_->result->show();
                    });
}

void YouDialog::askToReplace(const QString& file, const QString& passphrase) {
    words::Values values;
    values.file = file;
    const words::Sentence sentence = words::forError({core::Reason::FileExists, 0, {}}, values);
    auto* const ask = new QuestionDialog(
        {sentence.title, sentence.text, words::label(words::Action::Replace), QStringLiteral("Replace")},
        this);
    connect(ask, &QDialog::accepted, this, [this, file, passphrase] { write(file, passphrase, true); });
    ask->open();
}

void YouDialog::chooseImport() {
    const QuestionDialog::Question question{tr("Become another key?"),
                                            tr("People who know you by the key you have now will not "
                                               "recognise you. It is put aside, not deleted. Conversations "
                                               "end first."),
                                            tr("Choose a key…"), QStringLiteral("Choose a key")};
    auto* const ask = new QuestionDialog(question, this);
    connect(ask, &QDialog::accepted, this, [this] {
        QFileDialog* const dialog = fileDialog(this, tr("Import key"), QFileDialog::AcceptOpen);
        connect(dialog, &QFileDialog::fileSelected, this, &YouDialog::importFrom);
        dialog->open();
    });
    ask->show();
}

void YouDialog::importFrom(const QString& file) {
    auto* const ask = new PassphraseDialog(PassphraseDialog::Purpose::Give, this);
    connect(ask, &PassphraseDialog::chosen, this, [this, file](const QString& passphrase) {
        for (model::Conversation* conversation : messenger_.all()) {
            if (conversation->state() == core::ConversationState::Asking)
                conversation->decline();
            else
                conversation->disconnectPeer();
        }
        store::whenDone(messenger_.identity().importFrom(file, passphrase), this,
                        [this, file](const core::Result<core::PublicKey>& key) {
                            if (!key) {
                                tell(key.error(), file);
                                return;
                            }
                            ui_->result->setText(tr("You are this key now."));
                            ui_->result->show();
                        });
    });
    ask->show();
}

void YouDialog::tell(const core::Error& error, const QString& file) {
    words::Values values;
    values.file = file;
    const words::Sentence sentence = words::forError(error, values);
    ui_->result->setText(sentence.title + QLatin1Char(' ') + sentence.text);
    ui_->result->show();
}

} // namespace kith::gui

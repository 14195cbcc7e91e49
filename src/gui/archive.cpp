#include "gui/archive.h"

#include "gui/bar_stack.h"
#include "gui/history_notices.h"
#include "gui/question_dialog.h"
#include "model/identity.h"
#include "model/messenger.h"
#include "model/preferences.h"

#include <QDate>
#include <QDir>
#include <QFileDialog>
#include <QLocale>
#include <QStandardPaths>
#include <QTimer>

#include <chrono>
#include <utility>

namespace kith::gui {

using core::Reason;
using words::Action;

namespace {

constexpr auto toldAfter = std::chrono::milliseconds(500);
constexpr auto backupSuffix = QLatin1StringView("kithbackup");

QString dated(const QString& name) {
    return QStringLiteral("%1-%2").arg(name, QDate::currentDate().toString(Qt::ISODate));
}

/// What a host's name or address gives for a file's name.
QString fileName(QString host) {
    for (QChar& c : host) {
        if (!c.isLetterOrNumber() && c != QLatin1Char('.') && c != QLatin1Char('-'))
            c = QLatin1Char('_');
    }
    return host;
}

QString folderOf(const QString& file) {
    return file.left(file.lastIndexOf(QLatin1Char('/')));
}

} // namespace

Archive::Archive(model::Messenger& messenger, BarStack& bars, QWidget* window)
    : QObject(window)
    , messenger_(messenger)
    , bars_(bars)
    , window_(window)
    , untilTold_(new QTimer(this)) {
    untilTold_->setSingleShot(true);
    untilTold_->setInterval(toldAfter);
}

QFileDialog* Archive::ask(const QString& title, const QString& name, const QStringList& filters,
                          const Take& take) {
    auto* dialog =
        new QFileDialog(window_, title, QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    // The same everywhere, and one that assistive technology can read. Replacing is asked for afterwards.
    dialog->setOptions(QFileDialog::DontUseNativeDialog | QFileDialog::DontConfirmOverwrite);
    dialog->setNameFilters(filters);
    if (name.isEmpty()) {
        dialog->setAcceptMode(QFileDialog::AcceptOpen);
        dialog->setFileMode(QFileDialog::ExistingFile);
    } else {
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setFileMode(QFileDialog::AnyFile);
        dialog->selectFile(name);
    }
    connect(dialog, &QFileDialog::fileSelected, this, take);
    dialog->open();
    return dialog;
}

void Archive::exportConversation(model::Conversation* conversation) {
    store::ExportRequest request;
    if (!conversation->stored()) {
        tellDone(tr("Nothing of this conversation is kept, so there is nothing to export."), {}, {});
        return;
    }
    request.conversations = {conversation->stored()};
    askWhereToExport(request, dated(QStringLiteral("kith-") + fileName(conversation->host())));
}

void Archive::exportEverything() {
    askWhereToExport({}, dated(QStringLiteral("kith")));
}

void Archive::askWhereToExport(store::ExportRequest request, const QString& name) {
    const QString text = tr("Text, for people (*.txt)");
    const QString json = tr("JSON, for programs (*.json)");
    request.ownName = messenger_.preferences().name();
    request.replace = false;
    QFileDialog* dialog = nullptr;
    dialog = ask(tr("Export"), name + QStringLiteral(".txt"), {text, json},
                 [this, request, name](const QString& file) {
                     store::ExportRequest given = request;
                     given.file = file;
                     given.format = file.endsWith(QLatin1String(".json"), Qt::CaseInsensitive)
                                        ? store::ExportFormat::Json
                                        : store::ExportFormat::Text;
                     exportTo(given, name);
                 });
    dialog->setDefaultSuffix(QStringLiteral("txt"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, json, name](const QString& filter) {
        const QString suffix = filter == json ? QStringLiteral("json") : QStringLiteral("txt");
        dialog->setDefaultSuffix(suffix);
        dialog->selectFile(name + QLatin1Char('.') + suffix);
    });
}

void Archive::exportTo(const store::ExportRequest& request, const QString& name) {
    startWorking(tr("Exporting…"), request.file);
    store::whenDone(messenger_.history().store().exportHistory(request), this,
                    [this, request, name](const core::Result<store::Exported>& done) {
                        stopWorking();
                        if (done) {
                            tellDone(done->entries == 1 ? tr("Exported one message.")
                                                        : tr("Exported %1 messages.").arg(done->entries),
                                     request.file, request.file);
                            return;
                        }
                        tellFailure(
                            done.error(), request.file,
                            [this, request, name] { askWhereToExport(request, name); },
                            [this, request, name] {
                                store::ExportRequest over = request;
                                over.replace = true;
                                exportTo(over, name);
                            });
                    });
}

void Archive::backUp() {
    QFileDialog* dialog = ask(tr("Back up"), dated(QStringLiteral("kith")) + QLatin1Char('.') + backupSuffix,
                              {tr("Backup of Kith's (*.%1)").arg(backupSuffix)}, [this](const QString& file) {
                                  backUpTo({file, false, {model::Identity::fileName()}});
                              });
    dialog->setDefaultSuffix(backupSuffix);
}

void Archive::backUpTo(const store::BackupRequest& request) {
    startWorking(tr("Backing up…"), request.file);
    store::whenDone(
        messenger_.history().store().backup(request), this,
        [this, request](const core::Result<qint64>& bytes) {
            stopWorking();
            if (bytes) {
                tellDone(tr("Everything is backed up (%1).").arg(QLocale().formattedDataSize(*bytes)),
                         tr("%1 — keep it where nobody else can read it.").arg(request.file), request.file);
                return;
            }
            tellFailure(
                bytes.error(), request.file, [this] { backUp(); },
                [this, request] {
                    store::BackupRequest over = request;
                    over.replace = true;
                    backUpTo(over);
                });
        });
}

void Archive::restore() {
    ask(tr("Restore"), {}, {tr("Backup of Kith's (*.%1)").arg(backupSuffix), tr("All files (*)")},
        [this](const QString& file) { check(file); });
}

void Archive::check(const QString& file) {
    startWorking(tr("Reading the backup…"), file);
    store::whenDone(messenger_.history().checkBackup(file), this,
                    [this, file](const core::Result<store::Restored>& checked) {
                        stopWorking();
                        if (checked)
                            Q_EMIT restoreWanted({}); // there was nothing in its way; all begins anew
                        else if (checked.error().reason == Reason::ProfileOccupied)
                            askToReplace(file);
                        else
                            tellFailure(checked.error(), file, [this] { restore(); });
                    });
}

void Archive::askToReplace(const QString& file) {
    const words::Sentence sentence = words::forError({Reason::ProfileOccupied, 0, {}}, {});
    auto* dialog =
        new QuestionDialog({sentence.title,
                            sentence.text + QLatin1Char('\n') +
                                tr("Open conversations end, and Kith begins anew with the backup."),
                            words::label(Action::Restore), QStringLiteral("Restore")},
                           window_);
    connect(dialog, &QDialog::accepted, this, [this, file] { Q_EMIT restoreWanted(file); });
    dialog->open();
}

void Archive::tellRestored(const core::Result<store::Restored>& restored, const QString& file) {
    if (!restored) {
        tellFailure(restored.error(), file, [this] { restore(); });
        return;
    }
    const QString aside = restored->putAside;
    words::Sentence sentence{HistoryNotices::restoredTitle(),
                             aside.isEmpty() ? QString()
                                             : tr("What was there before is kept in %1").arg(aside),
                             {Action::ShowFiles, Action::Dismiss},
                             {}};
    result_ = bars_.tell(sentence, Tone::Plain, sentence.actions, [this, aside](Action action) {
        if (action == Action::ShowFiles)
            HistoryNotices::showFolder(aside.isEmpty() ? messenger_.history().folder() : aside);
    });
}

// --- notices ---------------------------------------------------------------------------------------------

void Archive::startWorking(const QString& title, const QString& file) {
    stopWorking();
    untilTold_->disconnect(this);
    connect(untilTold_, &QTimer::timeout, this, [this, title, file] {
        working_ = bars_.tell({title, file, {}, {}}, Tone::Plain, {});
    });
    untilTold_->start();
}

void Archive::stopWorking() {
    untilTold_->stop();
    for (NoticeBar* notice : {working_.data(), result_.data()}) {
        if (notice != nullptr)
            bars_.takeBack(notice);
    }
}

void Archive::tellDone(const QString& title, const QString& text, const QString& file) {
    stopWorking();
    words::Sentence sentence{title, text, {Action::Dismiss}, {}};
    if (!file.isEmpty())
        sentence.actions.prepend(Action::ShowFiles);
    result_ = bars_.tell(sentence, Tone::Plain, sentence.actions, [file](Action action) {
        if (action == Action::ShowFiles)
            HistoryNotices::showFolder(folderOf(file));
    });
}

void Archive::tellFailure(const core::Error& why, const QString& file, const std::function<void()>& again,
                          const std::function<void()>& replace) {
    words::Values values;
    values.file = file;
    words::Sentence sentence = words::forError(why, values);
    if (why.reason == Reason::StoreFull) {
        sentence.text = tr("There is no room for %1.").arg(file);
        sentence.actions = {Action::ChooseAnotherFile, Action::Details};
    }
    sentence.actions.append(Action::Dismiss);
    result_ = bars_.tell(sentence, why.reason == Reason::FileExists ? Tone::Caution : Tone::Danger,
                         {Action::Replace, Action::ChooseAnotherFile, Action::Dismiss},
                         [again, replace](Action action) {
                             if (action == Action::Replace && replace)
                                 replace();
                             else if (action == Action::ChooseAnotherFile && again)
                                 again();
                         });
}

} // namespace kith::gui

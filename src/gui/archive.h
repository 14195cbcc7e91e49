// Histories written out, and profiles backed up and restored, as a person asks for it. GUI thread.
#pragma once

#include "gui/notice_bar.h"
#include "model/conversation.h"
#include "model/history.h"

#include <QObject>
#include <QPointer>

#include <functional>

QT_BEGIN_NAMESPACE
class QFileDialog;
class QTimer;
QT_END_NAMESPACE

namespace kith::model {
class Messenger;
} // namespace kith::model

namespace kith::gui {

class BarStack;

/// Asks for a file, lets the store do the work, and tells what became of it in a bar. Nothing waits
/// meanwhile. A file that is there already is replaced only when the person says so. Owned by the main
/// window; GUI thread.
class Archive final : public QObject {
    Q_OBJECT

public:
    /// All must outlive it; `window` is the parent of its dialogs.
    Archive(model::Messenger& messenger, BarStack& bars, QWidget* window);

    void exportConversation(model::Conversation* conversation);
    void exportEverything();
    void backUp();
    /// Looks at a backup the person chooses; restoreWanted() where they want it in place of what there is.
    void restore();
    void tellRestored(const core::Result<store::Restored>& restored, const QString& file);

Q_SIGNALS:
    void restoreWanted(const QString& file);

private:
    using Take = std::function<void(const QString& file)>;

    QFileDialog* ask(const QString& title, const QString& name, const QStringList& filters, const Take& take);
    void askWhereToExport(store::ExportRequest request, const QString& name);
    void exportTo(const store::ExportRequest& request, const QString& name);
    void backUpTo(const store::BackupRequest& request);
    void check(const QString& file);
    void askToReplace(const QString& file);
    /// "Writing…" where it takes a while; taken back by stopWorking().
    void startWorking(const QString& title, const QString& file);
    void stopWorking();
    void tellDone(const QString& title, const QString& text, const QString& file);
    /// `again`: choose another file; `replace`: the same one, replaced.
    void tellFailure(const core::Error& why, const QString& file, const std::function<void()>& again,
                     const std::function<void()>& replace = {});

    model::Messenger& messenger_;
    BarStack& bars_;
    QWidget* window_;
    QTimer* untilTold_;
    QPointer<NoticeBar> working_;
    QPointer<NoticeBar> result_; ///< the newest takes the place of the one before
};

} // namespace kith::gui

// What is to be told about the history itself. GUI thread.
#pragma once

#include "core/result.h"
#include "words/sentences.h"

#include <QObject>
#include <QPointer>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace kith::model {
class History;
} // namespace kith::model

namespace kith::gui {

class BarStack;
class NoticeBar;

/// Tells in bars that the history cannot be opened or written, what was lost of it, and where it came from,
/// with what can be done about it. What stops being so is taken back. Owned by the main window; GUI thread.
class HistoryNotices final : public QObject {
    Q_OBJECT

public:
    /// All must outlive it; `window` is the parent of its questions.
    HistoryNotices(model::History& history, BarStack& bars, QWidget* window);

    /// Something could not be stored or erased, though the history is there.
    void tellFailed(const core::Error& why);
    /// Opens a folder in the desktop's own program for files.
    static void showFolder(const QString& folder);
    /// How a restored profile is told of, at once or at a later start.
    [[nodiscard]] static QString restoredTitle();

Q_SIGNALS:
    void quitWanted();

private:
    void onStateChanged();
    void tellState(const core::Error& why);
    void tellOpened();
    void onDamage(const core::Error& why);
    void act(words::Action action);
    void askToBeginAnew();

    model::History& history_;
    BarStack& bars_;
    QWidget* window_;
    QPointer<NoticeBar> state_;
};

} // namespace kith::gui

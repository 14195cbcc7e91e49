#include "gui/history_notices.h"

#include "gui/bar_stack.h"
#include "gui/question_dialog.h"
#include "model/history.h"

#include <QDesktopServices>
#include <QUrl>

namespace kith::gui {

using core::Reason;
using model::History;
using words::Action;

HistoryNotices::HistoryNotices(History& history, BarStack& bars, QWidget* window)
    : QObject(window)
    , history_(history)
    , bars_(bars)
    , window_(window) {
    connect(&history_, &History::stateChanged, this, &HistoryNotices::onStateChanged);
    connect(&history_, &History::damageFound, this, &HistoryNotices::onDamage);
    onStateChanged();
}

void HistoryNotices::showFolder(const QString& folder) {
    QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
}

QString HistoryNotices::restoredTitle() {
    return tr("This profile was restored from a backup.");
}

void HistoryNotices::onStateChanged() {
    if (state_)
        bars_.takeBack(state_);
    const History::State state = history_.state();
    if ((state == History::State::ReadOnly || state == History::State::Failed) && history_.why())
        tellState(*history_.why());
    if (state == History::State::ReadOnly || state == History::State::Open)
        tellOpened();
}

void HistoryNotices::tellState(const core::Error& why) {
    words::Sentence sentence = words::forError(why, {});
    if (why.reason == Reason::StoreFull)
        sentence.text = tr("Without room the history cannot be opened, and new messages are not kept.");
    const Tone tone = why.reason == Reason::StoreReadOnly || why.reason == Reason::StoreLocked ? Tone::Caution
                                                                                               : Tone::Danger;
    state_ = bars_.tell(sentence, tone,
                        {Action::TryAgain, Action::BeginNewHistory, Action::ShowFiles, Action::Quit},
                        [this](Action action) { act(action); });
}

void HistoryNotices::tellOpened() {
    const store::Opened& opened = history_.opened();
    if (!opened.damagedLog.isEmpty()) {
        bars_.tell({tr("A part of the history written last could not be read."),
                    tr("What stands before it is whole. The damaged log was kept: %1").arg(opened.damagedLog),
                    {Action::ShowFiles, Action::Dismiss},
                    {}},
                   Tone::Caution, {Action::ShowFiles, Action::Dismiss},
                   [this](Action action) { act(action); });
    }
    if (opened.restored)
        bars_.tell({restoredTitle(), {}, {Action::Dismiss}, {}}, Tone::Plain, {Action::Dismiss});
}

void HistoryNotices::onDamage(const core::Error& why) {
    words::Sentence sentence = words::forError(why, {});
    sentence.title = tr("A part of the history cannot be read.");
    sentence.text = tr("What can be read is shown. Kith looks at all of it at the next start.");
    sentence.actions = {Action::Dismiss, Action::Details};
    bars_.tell(sentence, Tone::Caution, {Action::Dismiss});
}

void HistoryNotices::tellFailed(const core::Error& why) {
    if (history_.state() != History::State::Open)
        return; // that is told already
    words::Sentence sentence = words::forError(why, {});
    if (why.reason == Reason::StoreFull)
        sentence.text = tr("What comes in is shown and not kept. Clearing a history makes room.");
    sentence.actions = {Action::Dismiss, Action::Details};
    bars_.tell(sentence, Tone::Danger, {Action::Dismiss});
}

void HistoryNotices::act(Action action) {
    if (action == Action::TryAgain)
        history_.tryAgain();
    else if (action == Action::BeginNewHistory)
        askToBeginAnew();
    else if (action == Action::ShowFiles)
        showFolder(history_.folder());
    else if (action == Action::Quit)
        Q_EMIT quitWanted();
}

void HistoryNotices::askToBeginAnew() {
    auto* dialog = new QuestionDialog(
        {tr("Begin a new history?"),
         tr("The damaged one is renamed and kept in the profile's folder. Nothing of it is shown any more."),
         words::label(Action::BeginNewHistory), QStringLiteral("Begin anew")},
        window_);
    connect(dialog, &QDialog::accepted, &history_, &History::beginAnew);
    dialog->open();
}

} // namespace kith::gui

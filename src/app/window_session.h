// One profile, open in a window. The programs' composition; main thread.
#pragma once

#include "app/window_arguments.h"
#include "app/window_control.h"
#include "gui/main_window.h"
#include "model/history.h"
#include "model/identity.h"
#include "model/invites.h"
#include "model/messenger.h"
#include "model/people.h"
#include "model/preferences.h"
#include "model/profile_settings.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace kith::app {

/// Everything between the opening of a profile's history and its closing: model, window, control socket.
/// Owned by the window program, which may put another in its place; main thread. It never waits: ended()
/// comes when every worker has ended and the history is closed.
class WindowSession final : public QObject {
    Q_OBJECT

public:
    WindowSession(QString folder, const WindowArguments& arguments);
    ~WindowSession() override;

    /// What the window is to tell first.
    void tellRestored(const core::Result<store::Restored>& restored, const QString& file);
    /// The window stays, and says that the profile is being restored.
    void standBy();
    void hide();
    /// Ends every conversation well and closes the history.
    void end();

    [[nodiscard]] model::History& history() { return history_; }
    [[nodiscard]] model::Messenger& messenger() { return *messenger_; }

Q_SIGNALS:
    void quitWanted();
    void restoreWanted(const QString& file);
    void ended();

private:
    /// What came of a restore, until there is a window to tell it in.
    struct ToTell {
        core::Result<store::Restored> restored;
        QString file;
    };

    /// Once the settings are known, or a slow disk has been waited for long enough.
    void begin();
    void serve();
    void open(const WindowArguments& arguments);
    void openPracticeWindow();
    void onMessengerFinished();
    void onHistoryChanged();

    QString folder_;
    WindowArguments arguments_;
    model::Preferences preferences_;
    model::History history_;
    model::Identity identity_;
    model::People people_;
    model::Invites invites_;
    model::ProfileSettings settings_;
    std::unique_ptr<model::Messenger> messenger_;
    std::unique_ptr<gui::MainWindow> window_;
    std::unique_ptr<WindowControl> control_;
    std::optional<ToTell> toTell_;
    QTimer untilSettings_;
    bool ending_ = false;
    bool closing_ = false; ///< the messenger has finished
};

} // namespace kith::app

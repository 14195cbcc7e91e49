// kith as a whole: profile, model, window, control socket. The programs' composition; main thread.
#pragma once

#include "app/window_arguments.h"
#include "app/window_control.h"
#include "cli/end_signals.h"
#include "gui/main_window.h"
#include "gui/theme.h"
#include "model/history.h"
#include "model/messenger.h"
#include "model/preferences.h"
#include "model/profile.h"
#include "model/profile_settings.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace kith::app {

/// Everything that runs in one kith, from the profile's lock to the last worker's end. Owned by main(); main
/// thread. Quitting hides the window at once and ends the program when every worker has ended, without
/// waiting.
class WindowProgram final : public QObject {
    Q_OBJECT

public:
    WindowProgram(model::Profile profile, const WindowArguments& arguments);
    ~WindowProgram() override;

private:
    /// Once the settings are known, or a slow disk has been waited for long enough.
    void begin();
    void open(const WindowArguments& arguments);
    void openPracticeWindow();
    void quit();
    void onMessengerFinished();

    model::Profile profile_;
    cli::EndSignals signals_;
    model::Preferences preferences_;
    model::History history_;
    model::ProfileSettings settings_;
    gui::Theme theme_;
    std::unique_ptr<model::Messenger> messenger_;
    std::unique_ptr<gui::MainWindow> window_;
    std::unique_ptr<WindowControl> control_;
    WindowArguments arguments_;
    QTimer untilSettings_;
};

} // namespace kith::app

// kith as a whole: the profile, and what runs over it. The programs' composition; main thread.
#pragma once

#include "app/window_arguments.h"
#include "app/window_log.h"
#include "app/window_session.h"
#include "cli/end_signals.h"
#include "gui/theme.h"
#include "model/profile.h"

#include <QObject>

#include <memory>
#include <optional>

namespace kith::app {

/// Everything that runs in one kith, from the profile's lock to the last worker's end. Owned by main(); main
/// thread. Quitting hides the window at once and ends the program when every worker has ended, without
/// waiting. Restoring a backup ends the session in the same way and begins another one, in the same process:
/// the lock is held all the while.
class WindowProgram final : public QObject {
    Q_OBJECT

public:
    /// `log` may be null.
    WindowProgram(model::Profile profile, const WindowArguments& arguments, std::unique_ptr<WindowLog> log);
    ~WindowProgram() override;

private:
    void begin(const WindowArguments& arguments);
    void quit();
    void restore(const QString& file);
    void onEnded();
    void beginAnew(const core::Result<store::Restored>& restored);

    model::Profile profile_;
    cli::EndSignals signals_;
    gui::Theme theme_;
    std::unique_ptr<WindowLog> log_;
    std::unique_ptr<WindowSession> session_;
    std::optional<QString> backup_; ///< the profile is to be made of it
    bool quitting_ = false;
};

} // namespace kith::app

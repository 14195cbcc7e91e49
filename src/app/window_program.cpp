#include "app/window_program.h"

#include <QCoreApplication>

#include <utility>

namespace kith::app {

WindowProgram::WindowProgram(model::Profile profile, const WindowArguments& arguments,
                             std::unique_ptr<WindowLog> log)
    : profile_(std::move(profile))
    , log_(std::move(log)) {
    connect(&signals_, &cli::EndSignals::received, this, &WindowProgram::quit);
    begin(arguments);
}

WindowProgram::~WindowProgram() = default;

void WindowProgram::begin(const WindowArguments& arguments) {
    session_ = std::make_unique<WindowSession>(profile_.folder(), arguments);
    if (log_)
        log_->follow(session_->messenger());
    connect(session_.get(), &WindowSession::quitWanted, this, &WindowProgram::quit);
    connect(session_.get(), &WindowSession::restoreWanted, this, &WindowProgram::restore);
    // Queued, as another session may take its place.
    connect(session_.get(), &WindowSession::ended, this, &WindowProgram::onEnded, Qt::QueuedConnection);
}

void WindowProgram::quit() {
    if (std::exchange(quitting_, true))
        return;
    session_->hide();
    if (!backup_)
        session_->end();
}

void WindowProgram::restore(const QString& file) {
    if (quitting_ || backup_)
        return;
    backup_ = file;
    session_->standBy();
    session_->end();
}

void WindowProgram::onEnded() {
    if (!backup_)
        QCoreApplication::quit();
    else if (backup_->isEmpty())
        beginAnew(store::Restored{});
    else
        store::whenDone(session_->history().restore(*backup_), this,
                        [this](const core::Result<store::Restored>& restored) { beginAnew(restored); });
}

void WindowProgram::beginAnew(const core::Result<store::Restored>& restored) {
    const QString file = *std::exchange(backup_, std::nullopt);
    if (quitting_) {
        QCoreApplication::quit();
        return;
    }
    // Behind the answer that it has just given.
    QMetaObject::invokeMethod(
        this,
        [this, restored, file] {
            session_.reset();
            begin({});
            session_->tellRestored(restored, file);
        },
        Qt::QueuedConnection);
}

} // namespace kith::app

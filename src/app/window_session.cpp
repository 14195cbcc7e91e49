#include "app/window_session.h"

#include "app/worker_program.h"
#include "core/limits.h"
#include "model/profile.h"
#include "supervisor/detached.h"

#include <QCoreApplication>

#include <utility>

namespace kith::app {

using namespace Qt::StringLiterals;

WindowSession::WindowSession(QString folder, const WindowArguments& arguments)
    : folder_(std::move(folder))
    , arguments_(arguments)
    , history_(folder_)
    , identity_(folder_)
    , people_(history_)
    , invites_(history_)
    , settings_(history_, preferences_)
    , messenger_(std::make_unique<model::Messenger>(
          model::MessengerPlace{workerProgram(), preferences_, history_, identity_, people_, invites_})) {
    connect(messenger_.get(), &model::Messenger::finished, this, &WindowSession::onMessengerFinished);
    connect(&history_, &model::History::stateChanged, this, &WindowSession::onHistoryChanged);
    untilSettings_.setSingleShot(true);
    connect(&untilSettings_, &QTimer::timeout, this, &WindowSession::begin);
    connect(&settings_, &model::ProfileSettings::settled, this, &WindowSession::begin);
    untilSettings_.start(core::limits::settingsAtStart);
    history_.open();
    identity_.noteIn(history_);
    identity_.load();
}

WindowSession::~WindowSession() {
    control_.reset();
    window_.reset();
}

void WindowSession::begin() {
    untilSettings_.stop();
    if (window_ || ending_)
        return;
    window_ = std::make_unique<gui::MainWindow>(*messenger_);
    connect(window_.get(), &gui::MainWindow::quitWanted, this, &WindowSession::quitWanted);
    connect(window_.get(), &gui::MainWindow::restoreWanted, this, &WindowSession::restoreWanted);
    connect(window_.get(), &gui::MainWindow::practiceWanted, this, &WindowSession::openPracticeWindow);
    if (toTell_)
        window_->tellRestored(toTell_->restored, toTell_->file);
    if (!arguments_.background)
        window_->show();
    // Behind the first painting of the window.
    QTimer::singleShot(0, this, &WindowSession::serve);
}

void WindowSession::serve() {
    if (ending_)
        return;
    control_ = std::make_unique<WindowControl>(*messenger_);
    connect(control_.get(), &WindowControl::openWanted, this, [this](const WindowArguments& again) {
        open(again);
        if (!again.background)
            window_->present();
    });
    control_->listen(model::Profile::controlSocket(folder_));
    WindowArguments first = arguments_;
    first.host = first.host || (preferences_.hostAgain() && preferences_.wasHosting());
    open(first);
}

void WindowSession::open(const WindowArguments& arguments) {
    if (arguments.host)
        window_->openHost(arguments.port.value_or(0));
    if (arguments.address)
        window_->openConnect(*arguments.address);
}

void WindowSession::openPracticeWindow() {
    // Somebody has to be there to connect to.
    window_->openHost();
    QString folder = model::Profile::namedFolder(u"practice"_s);
    if (folder == folder_)
        folder = model::Profile::defaultFolder();
    const core::Endpoint here{"127.0.0.1", messenger_->hosting()->port()};
    const bool started = supervisor::startDetached(
        QCoreApplication::applicationFilePath(),
        {u"--profile"_s, folder, u"--connect"_s, QString::fromStdString(core::toDisplay(here))});
    if (!started)
        qWarning("kith: the practice window could not be started");
}

void WindowSession::tellRestored(const core::Result<store::Restored>& restored, const QString& file) {
    toTell_ = ToTell{restored, file};
}

void WindowSession::standBy() {
    if (window_)
        window_->standBy();
}

void WindowSession::hide() {
    if (window_)
        window_->hide();
}

void WindowSession::end() {
    ending_ = true;
    untilSettings_.stop();
    control_.reset();
    messenger_->shutDown();
}

void WindowSession::onMessengerFinished() {
    settings_.flush();
    closing_ = true;
    history_.close();
    onHistoryChanged();
}

void WindowSession::onHistoryChanged() {
    if (closing_ && history_.state() == model::History::State::Closed) {
        closing_ = false;
        Q_EMIT ended();
    }
}

} // namespace kith::app

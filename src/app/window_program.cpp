#include "app/window_program.h"

#include "app/worker_program.h"
#include "core/limits.h"
#include "supervisor/detached.h"

#include <QApplication>
#include <QTimer>

namespace kith::app {

using namespace Qt::StringLiterals;

WindowProgram::WindowProgram(model::Profile profile, const WindowArguments& arguments)
    : profile_(std::move(profile))
    , history_(profile_.folder())
    , settings_(history_, preferences_)
    , messenger_(std::make_unique<model::Messenger>(workerProgram(), preferences_, history_))
    , arguments_(arguments) {
    connect(&signals_, &cli::EndSignals::received, this, &WindowProgram::quit);
    connect(messenger_.get(), &model::Messenger::finished, this, &WindowProgram::onMessengerFinished);
    untilSettings_.setSingleShot(true);
    connect(&untilSettings_, &QTimer::timeout, this, &WindowProgram::begin);
    connect(&settings_, &model::ProfileSettings::settled, this, &WindowProgram::begin);
    untilSettings_.start(core::limits::settingsAtStart);
    history_.open();
}

void WindowProgram::begin() {
    untilSettings_.stop();
    if (window_)
        return;
    window_ = std::make_unique<gui::MainWindow>(*messenger_);
    connect(window_.get(), &gui::MainWindow::quitWanted, this, &WindowProgram::quit);
    connect(window_.get(), &gui::MainWindow::practiceWanted, this, &WindowProgram::openPracticeWindow);
    if (!arguments_.background)
        window_->show();
    // Behind the first painting of the window.
    QTimer::singleShot(0, this, [this] {
        control_ = std::make_unique<WindowControl>(*messenger_);
        connect(control_.get(), &WindowControl::openWanted, this, [this](const WindowArguments& again) {
            open(again);
            if (!again.background)
                window_->present();
        });
        control_->listen(model::Profile::controlSocket(profile_.folder()));
        WindowArguments first = arguments_;
        first.host = first.host || (preferences_.hostAgain() && preferences_.wasHosting());
        open(first);
    });
}

WindowProgram::~WindowProgram() {
    control_.reset();
    window_.reset();
}

void WindowProgram::open(const WindowArguments& arguments) {
    if (arguments.host)
        window_->openHost(arguments.port.value_or(0));
    if (arguments.address)
        window_->openConnect(*arguments.address);
}

void WindowProgram::openPracticeWindow() {
    // Somebody has to be there to connect to.
    window_->openHost();
    QString folder = model::Profile::namedFolder(u"practice"_s);
    if (folder == profile_.folder())
        folder = model::Profile::defaultFolder();
    const core::Endpoint here{"127.0.0.1", messenger_->hosting()->port()};
    const bool started = supervisor::startDetached(
        QCoreApplication::applicationFilePath(),
        {u"--profile"_s, folder, u"--connect"_s, QString::fromStdString(core::toDisplay(here))});
    if (!started)
        qWarning("kith: the practice window could not be started");
}

void WindowProgram::quit() {
    untilSettings_.stop();
    if (window_)
        window_->hide();
    control_.reset();
    messenger_->shutDown();
}

void WindowProgram::onMessengerFinished() {
    settings_.flush();
    connect(&history_, &model::History::stateChanged, qApp, [this] {
        if (history_.state() == model::History::State::Closed)
            QCoreApplication::quit();
    });
    history_.close();
    if (history_.state() == model::History::State::Closed)
        QCoreApplication::quit();
}

} // namespace kith::app

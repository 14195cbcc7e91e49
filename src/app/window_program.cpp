#include "app/window_program.h"

#include "app/worker_program.h"
#include "supervisor/detached.h"

#include <QApplication>
#include <QTimer>

namespace kith::app {

using namespace Qt::StringLiterals;

WindowProgram::WindowProgram(model::Profile profile, const WindowArguments& arguments)
    : profile_(std::move(profile))
    , settings_(std::make_unique<model::ProfileSettings>(profile_.folder(), preferences_))
    , messenger_(std::make_unique<model::Messenger>(workerProgram(), preferences_))
    , window_(std::make_unique<gui::MainWindow>(*messenger_)) {
    connect(&signals_, &cli::EndSignals::received, this, &WindowProgram::quit);
    connect(window_.get(), &gui::MainWindow::quitWanted, this, &WindowProgram::quit);
    connect(window_.get(), &gui::MainWindow::practiceWanted, this, &WindowProgram::openPracticeWindow);
    connect(messenger_.get(), &model::Messenger::finished, qApp, &QCoreApplication::quit);
    if (!arguments.background)
        window_->show();
    // Behind the first painting of the window.
    QTimer::singleShot(0, this, [this, arguments] {
        control_ = std::make_unique<WindowControl>(*messenger_);
        connect(control_.get(), &WindowControl::openWanted, this, [this](const WindowArguments& again) {
            open(again);
            if (!again.background)
                window_->present();
        });
        control_->listen(model::Profile::controlSocket(profile_.folder()));
        WindowArguments first = arguments;
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
    window_->hide();
    control_.reset();
    messenger_->shutDown();
}

} // namespace kith::app

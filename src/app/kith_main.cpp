// kith: the window. It opens no network socket; the connections live in kith-worker.
#include "app/process_setup.h"
#include "app/translation.h"
#include "app/window_arguments.h"
#include "app/window_program.h"
#include "cli/log_line.h"
#include "supervisor/control.h"
#include "words/sentences.h"

#include <QApplication>
#include <QMessageBox>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>

namespace {

using namespace kith;
using namespace Qt::StringLiterals;

constexpr int couldNot = 1;
constexpr int usage = 2;

int print(const QString& text) {
    return std::fputs(qUtf8Printable(text), stdout) >= 0 && std::fflush(stdout) == 0 ? EXIT_SUCCESS
                                                                                     : couldNot;
}

/// Asks the program that holds the profile; nothing where it does not answer. Needs no display.
std::optional<int> handOver(int& argc, char** argv, const QString& folder, const QStringList& words) {
    QCoreApplication application(argc, argv);
    std::optional<int> status;
    supervisor::ControlRequest request;
    QObject::connect(&request, &supervisor::ControlRequest::finished, &application, [&](int answer) {
        status = answer;
        QCoreApplication::quit();
    });
    QObject::connect(&request, &supervisor::ControlRequest::failed, &application, &QCoreApplication::quit,
                     Qt::QueuedConnection);
    request.start(model::Profile::controlSocket(folder), {words, {}});
    QCoreApplication::exec();
    return status;
}

int tell(const core::Error& error, const QString& folder) {
    words::Values values;
    values.profile = folder;
    const words::Sentence sentence = words::forError(error, values);
    std::fprintf(stderr, "kith: %s %s (%s)\n", qUtf8Printable(sentence.title), qUtf8Printable(sentence.text),
                 qUtf8Printable(sentence.details));
    QMessageBox box(QMessageBox::Critical, u"Kith"_s, sentence.title, QMessageBox::Close);
    box.setTextFormat(Qt::PlainText);
    box.setInformativeText(sentence.text);
    box.setDetailedText(sentence.details);
    QObject::connect(&box, &QMessageBox::finished, qApp, [] { QCoreApplication::exit(couldNot); });
    box.show();
    return QApplication::exec();
}

int runWindow(int argc, char** argv, core::Result<model::Profile> profile, const QString& folder,
              const app::WindowArguments& arguments, core::UniqueFd logFile) {
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"kith"_s);
    QApplication::setApplicationDisplayName(u"Kith"_s);
    QApplication::setApplicationVersion(QStringLiteral(KITH_VERSION));
    QApplication::setDesktopFileName(QStringLiteral(KITH_DESKTOP_FILE));
    QApplication::setQuitOnLastWindowClosed(false);
    app::installTranslations();
    if (!profile)
        return tell(profile.error(), folder);
    auto log = logFile ? std::make_unique<app::WindowLog>(std::move(logFile)) : nullptr;
    app::WindowProgram program(std::move(profile).value(), arguments, std::move(log));
    return QApplication::exec();
}

} // namespace

int main(int argc, char* argv[]) {
    if (!app::prepareProcess())
        return couldNot;
    const app::WindowParsed parsed = app::parseWindowArguments(app::takeWords(argc, argv));
    if (std::holds_alternative<app::WindowHelpAsked>(parsed))
        return print(app::windowHelp());
    if (std::holds_alternative<app::WindowVersionAsked>(parsed))
        return print(QStringLiteral("kith " KITH_VERSION "\n"));
    if (const auto* mistake = std::get_if<app::WindowMistake>(&parsed)) {
        std::fprintf(stderr, "kith: %s\nkith --help says what is understood.\n",
                     qUtf8Printable(mistake->what));
        return usage;
    }

    const auto& arguments = std::get<app::WindowArguments>(parsed);
    const QString folder = arguments.profile.isEmpty() ? model::Profile::defaultFolder() : arguments.profile;
    // Before the application: a second start needs no display, and is over sooner without one.
    core::Result<model::Profile> profile = model::Profile::open(folder);
    if (!profile && profile.error().reason == core::Reason::ProfileInUse) {
        if (const std::optional<int> status = handOver(argc, argv, folder, arguments.handOver()))
            return *status;
    }
    core::UniqueFd logFile;
    if (!arguments.log.isEmpty()) {
        logFile = cli::openLogFile(arguments.log);
        if (!logFile) {
            std::fprintf(stderr, "kith: cannot write the log to %s: %s\n", qUtf8Printable(arguments.log),
                         std::strerror(errno));
            return couldNot;
        }
    }
    return runWindow(argc, argv, std::move(profile), folder, arguments, std::move(logFile));
}

// kith-cli: the terminal chat. No window, no network socket; the connections live in kith-worker.
#include "app/process_setup.h"
#include "app/terminal_program.h"
#include "app/translation.h"
#include "cli/arguments.h"
#include "cli/human_output.h"
#include "cli/json_output.h"

#include <QCoreApplication>
#include <QDir>
#include <QTimer>

#include <cstdio>
#include <cstdlib>

namespace {

using namespace kith;

constexpr int couldNot = 1;
constexpr int usage = 2;

int print(const QString& text) {
    const QByteArray bytes = text.toUtf8();
    const bool printed = std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stdout) ==
                             static_cast<std::size_t>(bytes.size()) &&
                         std::fflush(stdout) == 0;
    return printed ? EXIT_SUCCESS : couldNot;
}

int refuse(const cli::UsageMistake& mistake) {
    const QByteArray what = cli::forTerminal(mistake.what).trimmed();
    std::fprintf(stderr, "kith-cli: %s\nkith-cli --help says what is understood.\n", what.constData());
    if (mistake.json) {
        cli::JsonOutput output([](const QByteArray& bytes) { print(QString::fromUtf8(bytes)); });
        output.error(core::Reason::UsageError, {mistake.what, {}, {}, {}});
    }
    return usage;
}

} // namespace

int main(int argc, char* argv[]) {
    if (!app::prepareProcess())
        return couldNot;
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("kith-cli"));
    QCoreApplication::setApplicationVersion(QStringLiteral(KITH_VERSION));

    app::installTranslations();

    const cli::Parsed parsed = cli::parseArguments(QCoreApplication::arguments().mid(1), QDir::currentPath());
    if (const auto* help = std::get_if<cli::HelpAsked>(&parsed))
        return print(cli::helpText(help->command));
    if (std::holds_alternative<cli::VersionAsked>(parsed))
        return print(QStringLiteral("kith-cli " KITH_VERSION "\n"));
    if (const auto* mistake = std::get_if<cli::UsageMistake>(&parsed))
        return refuse(*mistake);

    app::TerminalProgram program(std::get<cli::Arguments>(parsed));
    QTimer::singleShot(0, &program, &app::TerminalProgram::start);
    return QCoreApplication::exec();
}

// From a program's start to its first window: kith with a new profile, kith with one that has been used, and
// an empty QMainWindow, in turn under one Xvfb. The time ends when the X server tells that the window is
// mapped, and again when it tells of the first painting in it.
#include "report.h"
#include "window_watch.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <cstdlib>
#include <functional>

using namespace kith;

namespace {

/// Of one program, in ms since its start.
struct Times {
    std::vector<double> mapped;
    std::vector<double> painted;
};

double milliseconds(bench::Clock::time_point from, bench::Clock::time_point to) {
    return std::chrono::duration<double, std::milli>(to - from).count();
}

void measure(bench::WindowWatch& watch, const std::vector<std::string>& words,
             const std::vector<std::string>& environment, Times& times) {
    watch.untilEmpty();
    const auto began = bench::Clock::now();
    const bench::Child child(words, environment);
    const bench::Shown shown = watch.next();
    times.mapped.push_back(milliseconds(began, shown.mapped));
    times.painted.push_back(milliseconds(began, shown.painted));
}

/// As a person's second start finds it.
void makeUsedProfile(const QString& folder) {
    QDir().mkpath(folder);
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QProcess writer;
    writer.start(QStringLiteral(KITH_WRITE_HISTORY), {folder});
    writer.write(R"({"settings": {"name": "Ann", "port": "5190", "wasHosting": "false",
        "plainFromThisComputer": "true",
        "recentAddresses": "[\"192.168.1.7\", \"192.168.1.20:5189\", \"ann.example.org\"]"}})");
    writer.closeWriteChannel();
    if (!writer.waitForFinished() || writer.exitStatus() != QProcess::NormalExit || writer.exitCode() != 0)
        bench::giveUp("write_history");
}

std::vector<std::string> environmentIn(const std::string& folder) {
    const char* path = std::getenv("PATH");
    std::vector<std::string> environment{std::string("PATH=") + (path != nullptr ? path : "/usr/bin:/bin"),
                                         "LC_ALL=C.UTF-8", "HOME=" + folder, "QT_QPA_PLATFORM=xcb"};
    for (const char* name : {"RUNTIME_DIR", "CONFIG_HOME", "DATA_HOME", "CACHE_HOME", "STATE_HOME"})
        environment.push_back(std::string("XDG_") + name + "=" + folder);
    return environment;
}

void addRows(bench::Report& report, const QString& program, const Times& times, const Times& control) {
    report.samples(program + QStringLiteral(", mapped"), QStringLiteral("ms"), times.mapped);
    report.samples(program + QStringLiteral(", painted"), QStringLiteral("ms"), times.painted);
    if (&times == &control)
        return;
    const auto more = [](const std::vector<double>& a, const std::vector<double>& b) {
        return bench::quantile(a, 0.5) - bench::quantile(b, 0.5);
    };
    report.figure(program + QStringLiteral(", mapped later by"), QStringLiteral("ms"),
                  more(times.mapped, control.mapped));
    report.figure(program + QStringLiteral(", painted later by (at most 80)"), QStringLiteral("ms"),
                  more(times.painted, control.painted));
}

} // namespace

int main(int argc, char** argv) {
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption rounds(QStringLiteral("rounds"), QStringLiteral("How often."),
                                    QStringLiteral("N"), QStringLiteral("30"));
    parser.addOption(rounds);
    parser.process(app);

    const QTemporaryDir folder;
    const std::string path = folder.path().toStdString();
    std::vector<std::string> environment = environmentIn(path);
    std::string display;
    std::string bus;
    const auto server = bench::startAndAsk(
        {"Xvfb", "-displayfd", "FD", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"},
        environment, display);
    environment.push_back("DISPLAY=:" + display);
    // A desktop has a session bus, and a window asks it: without one its start would look shorter than it is.
    const auto session =
        bench::startAndAsk({"dbus-daemon", "--session", "--nofork", "--print-address=FD"}, environment, bus);
    environment.push_back("DBUS_SESSION_BUS_ADDRESS=" + bus);

    bench::WindowWatch watch(":" + display);
    const std::string used = path + "/used";
    makeUsedProfile(QString::fromStdString(used));
    Times empty;
    Times fresh;
    Times again;
    Times untimed; // a first round reads the programs from the disk
    for (int i = -1; i < parser.value(rounds).toInt(); ++i) {
        const std::string profile = path + "/new" + std::to_string(i);
        measure(watch, {KITH_EMPTY_WINDOW}, environment, i < 0 ? untimed : empty);
        measure(watch, {KITH_WINDOW, "--profile", profile}, environment, i < 0 ? untimed : fresh);
        measure(watch, {KITH_WINDOW, "--profile", used}, environment, i < 0 ? untimed : again);
    }

    bench::Report report(QStringLiteral("first_window"));
    addRows(report, QStringLiteral("empty QMainWindow"), empty, empty);
    addRows(report, QStringLiteral("kith, new profile"), fresh, empty);
    addRows(report, QStringLiteral("kith, used profile"), again, empty);
    report.print();
    return 0;
}

// The program over a long history: what it holds in memory while its list shows it all, how soon a
// conversation is there to read, and how late the window's event loop is while a peer's lines are stored and
// shown in it; beside the same program over a thousand entries, beside SQLite's own functions, and beside a
// thread that only sleeps. All in one run. The history is made first, which takes minutes.
#include "gui/main_window.h"
#include "model/history.h"
#include "model/identity.h"
#include "model/invites.h"
#include "model/messenger.h"
#include "model/people.h"
#include "model/preferences.h"
#include "report.h"
#include "store_bench_control.h"
#include "store_bench_history.h"
#include "support/plain_peer.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <thread>

using namespace kith;
using namespace Qt::StringLiterals;

namespace {

constexpr auto patience = std::chrono::seconds(60);
constexpr double nanosecondsPerMillisecond = 1e6;

[[noreturn]] void giveUp(const char* what) {
    std::fprintf(stderr, "bench_history: %s\n", what);
    std::exit(1);
}

/// A program's inside over one history: what main() makes.
struct Program {
    explicit Program(const QString& folder)
        : history(folder)
        , identity(folder)
        , people(history)
        , invites(history)
        , messenger({QStringLiteral(KITH_WORKER), preferences, history, identity, people, invites}) {
        history.open();
        identity.load();
        const auto ready = [&] {
            return history.state() == model::History::State::Open &&
                   identity.state() == model::Identity::State::Ready;
        };
        if (!QTest::qWaitFor(ready, int(patience.count()) * 1000))
            giveUp("the history did not open, or the key was not made");
    }

    model::Preferences preferences;
    model::History history;
    model::Identity identity;
    model::People people;
    model::Invites invites;
    model::Messenger messenger;
};

/// From the click on a conversation until its newest page is in the list that the view shows; and the same
/// page by SQLite alone.
void openConversations(Program& program, const QString& file, std::vector<double>& times,
                       std::vector<double>& control) {
    bench::BareSqlite bare(file);
    const auto all = bench::must(program.history.store().conversations());
    for (int round = 0; round < 5; ++round) {
        for (const store::Conversation& stored : all) {
            auto list = std::make_unique<model::MessageList>(nullptr);
            QElapsedTimer timer;
            timer.start();
            bool there = false;
            QEventLoop loop;
            QObject::connect(list.get(), &model::MessageList::loaded, &loop, [&] {
                there = true;
                loop.quit();
            });
            list->setSource(&program.history, stored.id, bool(stored.lastEntry));
            list->showLatest();
            if (!there)
                loop.exec();
            times.push_back(double(timer.nsecsElapsed()) / nanosecondsPerMillisecond);
            timer.start();
            bare.page(stored.id.value, core::limits::messagePage);
            control.push_back(double(timer.nsecsElapsed()) / nanosecondsPerMillisecond);
        }
    }
}

/// What a process holds once that grows no more: what it did before is over then.
qint64 settledKib(qint64 pid) {
    qint64 before = 0;
    qint64 now = bench::privateKib(pid);
    while (now != before) {
        QTest::qWait(1000);
        before = now;
        now = bench::privateKib(pid);
    }
    return now;
}

/// The private memory of a real `kith` over this history, in KiB: some seconds after its window is there.
double memoryOfWindow(const QString& folder) {
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedChannels);
    process.start(QStringLiteral(KITH_WINDOW), {u"--profile"_s, folder});
    const QString control = folder + u"/run/control"_s;
    const bool there = process.waitForStarted() &&
                       QTest::qWaitFor([&] { return QFile::exists(control); }, int(patience.count()) * 1000);
    if (!there)
        giveUp("kith did not start");
    const qint64 held = settledKib(process.processId());
    process.terminate();
    if (!process.waitForFinished(30000))
        giveUp("kith did not end");
    return double(held);
}

/// A process with a window over this history: its list shows every conversation, and each was opened and read
/// some pages back. Says how many are listed, how many messages it read, and what it holds in KiB.
int showEverything(const QString& folder) {
    Program program(folder);
    gui::MainWindow window(program.messenger);
    window.show();
    const auto listed = [&] { return program.messenger.conversations()->rowCount(); };
    if (!QTest::qWaitFor([&] { return listed() == bench::conversations; }, int(patience.count()) * 1000))
        giveUp("the list does not show the history");
    qint64 messages = 0;
    for (model::Conversation* conversation : program.messenger.all()) {
        window.showConversation(conversation);
        model::MessageList* list = conversation->messages();
        if (!QTest::qWaitFor([&] { return list->rowCount() > 0; }))
            giveUp("a conversation does not open");
        for (int page = 0; page < 5 && list->moreBefore(); ++page) {
            const int rows = list->rowCount();
            list->fetchBefore();
            if (!QTest::qWaitFor([&] { return list->rowCount() > rows; }))
                giveUp("a page does not come");
        }
        messages += list->rowCount();
    }
    const qint64 held = settledKib(QCoreApplication::applicationPid());
    std::printf("%d %lld %lld\n", listed(), static_cast<long long>(messages), static_cast<long long>(held));
    return 0;
}

struct Shown {
    double conversations = 0;
    double messages = 0;
    double kib = 0;
};

Shown memoryOfEverythingShown(const QString& folder) {
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QCoreApplication::applicationFilePath(), {u"--show"_s, folder});
    if (!process.waitForFinished(300'000) || process.exitCode() != 0)
        giveUp("the window over the history failed");
    const QList<QByteArray> words = process.readAllStandardOutput().trimmed().split(' ');
    if (words.size() != 3)
        giveUp("the window over the history said nothing");
    return {words[0].toDouble(), words[1].toDouble(), words[2].toDouble()};
}

struct LoopDelay {
    std::vector<double> loop;
    std::vector<double> control;
    int sent = 0;
    int shown = 0;
};

/// How late a timer of a millisecond is in the program's event loop, and a thread that only sleeps as long,
/// while a peer sends `perSecond` lines a second through a real worker; into the conversation that a window
/// shows, or with no window.
LoopDelay measureLoop(Program& program, bool inWindow, int perSecond, int seconds) {
    std::optional<gui::MainWindow> window;
    if (inWindow)
        window.emplace(program.messenger).show();
    program.messenger.setPlainText(true);
    program.messenger.setAcceptPolicy(model::AcceptPolicy::All);
    program.messenger.hosting()->start(0);
    if (!QTest::qWaitFor([&] { return program.messenger.hosting()->state() == core::HostingState::On; }))
        giveUp("the port does not open");
    LoopDelay delay;
    QObject context;
    QObject::connect(&program.messenger, &model::Messenger::conversationAdded, &context,
                     [&](model::Conversation* conversation) {
                         QObject::connect(conversation, &model::Conversation::messageAdded, &context,
                                          [&delay] { ++delay.shown; });
                         if (window)
                             window->showConversation(conversation);
                     });
    std::atomic<bool> stop{false};
    const quint16 port = program.messenger.hosting()->port();
    std::thread peer([&stop, &delay, port, perSecond] {
        tests::PlainPeer socket(port);
        bench::TextSource text(11);
        QElapsedTimer since;
        since.start();
        for (; !stop; ++delay.sent) {
            socket.write(text.next().toUtf8() + '\n');
            const qint64 due = qint64(delay.sent) * 1000 / perSecond;
            if (due > since.elapsed())
                std::this_thread::sleep_for(std::chrono::milliseconds(due - since.elapsed()));
        }
    });
    std::thread control([&] {
        while (!stop) {
            QElapsedTimer timer;
            timer.start();
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            delay.control.push_back(double(timer.nsecsElapsed()) / nanosecondsPerMillisecond - 1);
        }
    });
    QElapsedTimer since;
    since.start();
    QTimer tick;
    tick.setTimerType(Qt::PreciseTimer);
    QObject::connect(&tick, &QTimer::timeout, &context, [&] {
        delay.loop.push_back(double(since.nsecsElapsed()) / nanosecondsPerMillisecond - 1);
        since.start();
    });
    tick.start(1);
    QEventLoop lines; // QTest::qWait() sleeps in its loop
    QTimer::singleShot(std::chrono::seconds(seconds), &lines, &QEventLoop::quit);
    lines.exec();
    stop = true;
    peer.join();
    control.join();
    // Outside the figure: what was still on its way.
    if (!QTest::qWaitFor([&] { return delay.shown >= delay.sent; }, 10'000))
        std::fprintf(stderr, "bench_history: %d lines sent, %d shown\n", delay.sent, delay.shown);
    QEventLoop end;
    QObject::connect(&program.messenger, &model::Messenger::finished, &end, &QEventLoop::quit);
    program.messenger.shutDown();
    end.exec();
    return delay;
}

void reportMemory(bench::Report& report, const QString& big, const QString& small) {
    std::vector<double> bigMemory;
    std::vector<double> smallMemory;
    std::vector<double> bigShown;
    std::vector<double> smallShown;
    Shown shown;
    for (int round = 0; round < 3; ++round) {
        smallMemory.push_back(memoryOfWindow(small));
        bigMemory.push_back(memoryOfWindow(big));
        smallShown.push_back(memoryOfEverythingShown(small).kib);
        shown = memoryOfEverythingShown(big);
        bigShown.push_back(shown.kib);
    }
    const auto more = [](const std::vector<double>& a, const std::vector<double>& b) {
        return bench::quantile(a, 0.5) - bench::quantile(b, 0.5);
    };
    report.samples(u"private memory of kith after its start"_s, u"KiB"_s, bigMemory);
    report.samples(u"... with 1,000 entries"_s, u"KiB"_s, smallMemory);
    report.ratio(u"more after its start, KiB"_s, more(bigMemory, smallMemory), 5120);
    report.figure(u"conversations listed"_s, {}, shown.conversations);
    report.figure(u"messages read of them"_s, {}, shown.messages);
    report.samples(u"private memory of a window that showed each"_s, u"KiB"_s, bigShown);
    report.samples(u"... over 1,000 entries"_s, u"KiB"_s, smallShown);
    report.ratio(u"more having shown each, KiB"_s, more(bigShown, smallShown), 5120);
}

void reportLoop(bench::Report& report, const QString& folder, bool inWindow, int seconds) {
    const QString file = folder + u"/history.sqlite"_s;
    const qint64 before = bench::BareSqlite(file).entriesAfter(0);
    LoopDelay delay;
    {
        Program program(folder);
        delay = measureLoop(program, inWindow, 1000, seconds);
    }
    const double stored = double(bench::BareSqlite(file).entriesAfter(0) - before);
    const QString where = inWindow ? u"shown in a window: "_s : u"no window: "_s;
    report.samples(where + u"event loop's delay"_s, u"ms"_s, delay.loop);
    report.samples(where + u"a thread that only sleeps"_s, u"ms"_s, delay.control);
    report.ratio(where + u"p99.9 over the thread's, ms"_s,
                 bench::quantile(delay.loop, 0.999) - bench::quantile(delay.control, 0.999), 16);
    report.figure(where + u"lines sent"_s, u"a second"_s, double(delay.sent) / seconds);
    report.figure(where + u"lines taken"_s, u"a second"_s, double(delay.shown) / seconds);
    report.figure(where + u"lines stored"_s, u"a second"_s, stored / seconds);
}

} // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOptions({{u"entries"_s, u"Entries in the history."_s, u"N"_s, u"1000000"_s},
                       {u"seconds"_s, u"How long lines arrive."_s, u"S"_s, u"20"_s},
                       {u"folder"_s, u"Where the histories are made, and kept."_s, u"DIR"_s},
                       {u"show"_s, u"Only show this history, and say what that holds."_s, u"DIR"_s}});
    parser.addHelpOption();
    parser.process(application);
    if (parser.isSet(u"show"_s))
        return showEverything(parser.value(u"show"_s));
    const int entries = parser.value(u"entries"_s).toInt();
    const int seconds = parser.value(u"seconds"_s).toInt();
    const QTemporaryDir temporary;
    const QString folder = parser.isSet(u"folder"_s) ? parser.value(u"folder"_s) : temporary.path();
    const QString big = folder + u"/program-%1"_s.arg(entries);
    const QString small = folder + u"/program-small"_s;
    bench::makeHistory(small, 1000);
    bench::makeHistory(big, entries);

    bench::Report report(u"history"_s);
    report.figure(u"entries"_s, {}, entries);
    reportMemory(report, big, small);
    const QString file = big + u"/history.sqlite"_s;
    std::vector<double> opening;
    std::vector<double> control;
    {
        Program program(big);
        openConversations(program, big + u"/history.sqlite"_s, opening, control);
    }
    report.samples(u"a conversation is there to read"_s, u"ms"_s, opening);
    report.samples(u"bare SQLite, the same page"_s, u"ms"_s, control);
    report.ratio(u"there at p95, ms"_s, bench::quantile(opening, 0.95), 100);
    reportLoop(report, big, false, seconds);
    reportLoop(report, big, true, seconds);
    report.print();
    return 0;
}

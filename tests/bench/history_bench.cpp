// The program over a long history: what it holds in memory, how soon a conversation is there to read, and how
// late its event loop is while a peer's lines arrive; beside the same program over a thousand entries, and
// beside a thread that only sleeps. All in one run. The history is made first, which takes minutes.
#include "model/history.h"
#include "model/identity.h"
#include "model/invites.h"
#include "model/messenger.h"
#include "model/people.h"
#include "model/preferences.h"
#include "report.h"
#include "store_bench_history.h"
#include "support/plain_peer.h"

#include <QCommandLineParser>
#include <QCoreApplication>
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

/// A program's inside over one history: what main() makes, without a window.
struct Program {
    explicit Program(const QString& folder)
        : history(folder)
        , identity(folder)
        , people(history)
        , invites(history)
        , messenger({QStringLiteral(KITH_WORKER), preferences, history, identity, people, invites}) {
        history.open();
        if (!QTest::qWaitFor([&] { return history.state() == model::History::State::Open; },
                             int(patience.count()) * 1000))
            giveUp("the history did not open");
    }

    model::Preferences preferences;
    model::History history;
    model::Identity identity;
    model::People people;
    model::Invites invites;
    model::Messenger messenger;
};

/// From the click on a conversation until its newest page is in the list that the view shows.
std::vector<double> openConversations(Program& program) {
    std::vector<double> times;
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
        }
    }
    return times;
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
    // What it does at the start is over when its memory grows no more.
    qint64 before = 0;
    qint64 now = bench::privateKib(process.processId());
    while (now != before) {
        QTest::qWait(1000);
        before = now;
        now = bench::privateKib(process.processId());
    }
    process.terminate();
    if (!process.waitForFinished(30000))
        giveUp("kith did not end");
    return double(now);
}

struct LoopDelay {
    std::vector<double> loop;
    std::vector<double> control;
    int shown = 0;
};

/// How late a timer of a millisecond is in the event loop, and a thread that only sleeps as long, while a
/// peer sends `perSecond` lines a second through a real worker.
LoopDelay measureLoop(Program& program, int perSecond, int seconds) {
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
                     });
    std::atomic<bool> stop{false};
    const quint16 port = program.messenger.hosting()->port();
    std::thread peer([&stop, port, perSecond] {
        tests::PlainPeer socket(port);
        bench::TextSource text(11);
        QElapsedTimer since;
        since.start();
        for (int sent = 0; !stop; ++sent) {
            socket.write(text.next().toUtf8() + '\n');
            const qint64 due = qint64(sent) * 1000 / perSecond;
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
    QEventLoop end;
    QObject::connect(&program.messenger, &model::Messenger::finished, &end, &QEventLoop::quit);
    program.messenger.shutDown();
    end.exec();
    return delay;
}

} // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOptions({{u"entries"_s, u"Entries in the history."_s, u"N"_s, u"1000000"_s},
                       {u"seconds"_s, u"How long lines arrive."_s, u"S"_s, u"20"_s},
                       {u"folder"_s, u"Where the histories are made, and kept."_s, u"DIR"_s}});
    parser.addHelpOption();
    parser.process(application);
    const int entries = parser.value(u"entries"_s).toInt();
    const QTemporaryDir temporary;
    const QString folder = parser.isSet(u"folder"_s) ? parser.value(u"folder"_s) : temporary.path();
    const QString big = folder + u"/program-%1"_s.arg(entries);
    const QString small = folder + u"/program-small"_s;
    bench::makeHistory(small, 1000);
    bench::makeHistory(big, entries);

    std::vector<double> bigMemory;
    std::vector<double> smallMemory;
    for (int round = 0; round < 3; ++round) {
        smallMemory.push_back(memoryOfWindow(small));
        bigMemory.push_back(memoryOfWindow(big));
    }
    Program program(big);
    const std::vector<double> opening = openConversations(program);
    const LoopDelay delay = measureLoop(program, 1000, parser.value(u"seconds"_s).toInt());

    bench::Report report(u"history"_s);
    report.figure(u"entries"_s, {}, entries);
    report.samples(u"a conversation is there to read"_s, u"ms"_s, opening);
    report.ratio(u"... at the 99th percentile, ms"_s, bench::quantile(opening, 0.99), 100);
    report.samples(u"private memory of kith, KiB"_s, u"KiB"_s, bigMemory);
    report.samples(u"... with 1,000 entries"_s, u"KiB"_s, smallMemory);
    report.ratio(u"more, KiB"_s, bench::quantile(bigMemory, 0.5) - bench::quantile(smallMemory, 0.5), 5120);
    report.samples(u"event loop's delay, 1,000 lines a second"_s, u"ms"_s, delay.loop);
    report.samples(u"a thread that only sleeps"_s, u"ms"_s, delay.control);
    report.ratio(u"p99.9 over the thread's, ms"_s,
                 bench::quantile(delay.loop, 0.999) - bench::quantile(delay.control, 0.999), 16);
    report.figure(u"lines shown"_s, {}, delay.shown);
    report.print();
    return 0;
}

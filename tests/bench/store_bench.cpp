// The store's figures, each beside a control in the same run: reading beside SQLite's own functions over the
// same file, a burst beside the bare flush of as many bytes, the event loop's delay beside a thread that only
// sleeps. Takes minutes: it makes a history of a million entries.
//
//   bench_store [--entries N] [--seconds S] [--folder DIR]
//
// --folder keeps the history that was made, for another run.
#include "report.h"
#include "store/store.h"
#include "store_bench_control.h"
#include "store_bench_history.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <thread>

using namespace kith;
using namespace kith::store;
using namespace Qt::StringLiterals;
using bench::BareSqlite;
using bench::entryOf;
using bench::makeHistory;
using bench::must;
using bench::quantile;
using bench::Report;
using Samples = std::vector<double>;

namespace {

constexpr double nanosecondsPerMillisecond = 1e6;
constexpr int pageEntries = 100;

double since(const QElapsedTimer& timer) {
    return double(timer.nsecsElapsed()) / nanosecondsPerMillisecond;
}

/// The store's way, and the control's, in ms.
struct Beside {
    Samples store;
    Samples control;
};

void add(Report& report, const QString& row, const QString& control, const Beside& times) {
    report.samples(row, u"ms"_s, times.store);
    report.samples(u"  "_s + control, u"ms"_s, times.control);
    report.figure(u"  over the control's, medians: "_s + row, u"times"_s,
                  quantile(times.store, 0.5) / quantile(times.control, 0.5));
}

Beside measureOpening(Store& store, BareSqlite& bare, const QList<Conversation>& all) {
    Beside times;
    for (int round = 0; round < 10; ++round) {
        for (const Conversation& conversation : all) {
            QElapsedTimer timer;
            timer.start();
            const Page page = must(store.page({.conversation = conversation.id, .before = pageEntries}));
            times.store.push_back(since(timer));
            timer.start();
            const int rows = bare.page(conversation.id.value, pageEntries);
            times.control.push_back(since(timer));
            if (rows != page.entries.size())
                std::fprintf(stderr, "bench_store: the control read %d entries of %d\n", rows,
                             int(page.entries.size()));
        }
    }
    return times;
}

/// Places spread over a whole conversation: the cost must not depend on where one reads.
Samples measurePages(Store& store, ConversationId conversation, int entries) {
    Samples times;
    for (int i = 0; i < 200; ++i) {
        PageRequest request{conversation, PageRequest::Anchor::Row, {1 + qint64(i) * entries / 200}, 50, 50};
        QElapsedTimer timer;
        timer.start();
        must(store.page(request));
        times.push_back(since(timer));
    }
    return times;
}

/// Questions are cut out of the text itself: one word, the beginning of a word, two words that stand
/// together, two words of one entry, Chinese of one to three characters.
QStringList questionsFor(int entries, int count) {
    bench::TextSource text(1);
    QStringList questions;
    const int step = std::max(1, entries / count);
    for (int i = 0; i < entries && questions.size() < count; ++i) {
        const QString line = text.next();
        if (i % step == 0)
            questions << bench::queryFrom(line, int(questions.size()));
    }
    return questions;
}

Beside measureSearch(Store& store, BareSqlite& bare, const QStringList& questions) {
    Beside times;
    int unlike = 0;
    for (const QString& words : questions) {
        const SearchRequest request{.words = words};
        QElapsedTimer timer;
        timer.start();
        const SearchResult result = must(store.search(request));
        times.store.push_back(since(timer));
        timer.start();
        const int rows = bare.search(words, request.limit + 1);
        times.control.push_back(since(timer));
        if (result.hits.isEmpty() || std::min(rows, request.limit) != result.hits.size())
            ++unlike;
    }
    if (unlike > 0)
        std::fprintf(stderr, "bench_store: %d of %d questions found nothing, or not what the control found\n",
                     unlike, int(questions.size()));
    return times;
}

Samples measureSearchHere(Store& store, const QStringList& questions, ConversationId conversation) {
    Samples times;
    for (const QString& words : questions) {
        QElapsedTimer timer;
        timer.start();
        must(store.search({.words = words, .conversation = conversation}));
        times.push_back(since(timer));
    }
    return times;
}

/// From the first call of a burst until the last of it is flushed and said to be so; beside one flush of a
/// file that grew by the burst's text.
Beside measureBursts(Store& store, const bench::BareFile& file, ConversationId conversation, int size) {
    Beside times;
    bench::TextSource text{quint32(size)};
    for (int round = 0; round < 20; ++round) {
        QList<NewEntry> entries;
        QByteArray bytes;
        for (int i = 0; i < size; ++i) {
            entries << entryOf(conversation, i, QDateTime::currentMSecsSinceEpoch(), text);
            bytes += entries.back().text.toUtf8();
        }
        QElapsedTimer timer;
        timer.start();
        QList<Pending<Appended>> asked;
        for (const NewEntry& entry : std::as_const(entries))
            asked << store.append(entry);
        for (const auto& future : std::as_const(asked))
            must(future);
        times.store.push_back(since(timer));
        timer.start();
        file.writeAndFlush(bytes);
        times.control.push_back(since(timer));
    }
    return times;
}

struct LoopDelay {
    Samples loop;
    Samples control;
    Samples stored; ///< from a call until the entry is flushed and said to be so
    int asked = 0;
    double seconds = 0; ///< until the last was stored
};

/// How late a timer of 1 ms is in this thread's event loop, and in a thread that does nothing else, while
/// entries arrive.
LoopDelay measureLoop(Store& store, ConversationId conversation, int perSecond, int seconds) {
    std::atomic<bool> stop{false};
    LoopDelay result;
    std::thread other([&] {
        while (!stop) {
            QElapsedTimer timer;
            timer.start();
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            result.control.push_back(since(timer) - 1);
        }
    });
    bench::TextSource text(7);
    QElapsedTimer clock;
    clock.start();
    double last = since(clock);
    QObject context;
    QEventLoop events;
    QTimer tick;
    bool over = false;
    tick.setTimerType(Qt::PreciseTimer);
    QObject::connect(&tick, &QTimer::timeout, &context, [&] {
        const double now = since(clock);
        if (!over)
            result.loop.push_back(now - last - 1);
        last = now;
        over = over || clock.elapsed() > seconds * 1000;
        const int due = over ? result.asked : int(clock.elapsed() * perSecond / 1000);
        for (; result.asked < due; ++result.asked) {
            const double asked = since(clock);
            const NewEntry entry =
                entryOf(conversation, result.asked, QDateTime::currentMSecsSinceEpoch(), text);
            whenDone(store.append(entry), &context, [&, asked](const core::Result<Appended>& appended) {
                if (appended && appended->outcome == Appended::Outcome::Stored)
                    result.stored.push_back(since(clock) - asked);
            });
        }
        if (over && int(result.stored.size()) == result.asked)
            events.quit();
    });
    tick.start(1);
    QTimer::singleShot(std::chrono::seconds(seconds + 60), &events, &QEventLoop::quit);
    events.exec();
    result.seconds = since(clock) / 1000;
    stop = true;
    other.join();
    return result;
}

/// A process that opens the history, shows each conversation, searches, and says what it holds.
int measureMemory(const QString& folder) {
    Store store({folder, {}});
    must(store.open());
    const auto all = must(store.conversations());
    for (const Conversation& conversation : all)
        must(store.page({.conversation = conversation.id, .before = pageEntries}));
    for (const auto& words : {u"ba"_s, u"ka do"_s, u"世界"_s})
        must(store.search({.words = words}));
    std::printf("%lld\n", static_cast<long long>(bench::privateKib(QCoreApplication::applicationPid())));
    return 0;
}

double memoryOf(const QString& folder) {
    QProcess process;
    process.start(QCoreApplication::applicationFilePath(), {u"--memory"_s, folder});
    process.waitForFinished(120'000);
    return double(process.readAllStandardOutput().trimmed().toLongLong());
}

void measureReading(Report& report, Store& store, BareSqlite& bare, int entries) {
    QElapsedTimer timer;
    timer.start();
    const auto all = must(store.conversations());
    report.figure(u"conversations listed"_s, {}, double(all.size()));
    report.figure(u"... after"_s, u"ms"_s, since(timer));
    const Beside opening = measureOpening(store, bare, all);
    add(report, u"a conversation opens, 100 entries"_s, u"bare SQLite, the same page"_s, opening);
    report.ratio(u"  opens at p95, ms"_s, quantile(opening.store, 0.95), 100);
    report.samples(u"a page anywhere, 100 entries"_s, u"ms"_s, measurePages(store, {1}, entries));
    const QStringList questions = questionsFor(entries, 1000);
    const Beside search = measureSearch(store, bare, questions);
    add(report, u"search everywhere, from the text itself"_s, u"bare SQLite, the same question"_s, search);
    report.ratio(u"  is searched at p95, ms"_s, quantile(search.store, 0.95), 50);
    report.samples(u"search in one conversation"_s, u"ms"_s, measureSearchHere(store, questions, {2}));
}

void measureWriting(Report& report, Store& store, const bench::BareFile& file, int seconds) {
    for (const int size : {1, 100, 1000})
        add(report, u"a burst of %1 is stored"_s.arg(size), u"bare fsync, a file's %1 texts"_s.arg(size),
            measureBursts(store, file, {1}, size));
    const LoopDelay idle = measureLoop(store, {1}, 0, std::max(2, seconds / 4));
    report.samples(u"event loop's delay, nothing arrives"_s, u"ms"_s, idle.loop);
    report.samples(u"  a thread that only sleeps"_s, u"ms"_s, idle.control);
    const LoopDelay busy = measureLoop(store, {1}, 1000, seconds);
    report.samples(u"event loop's delay, 1,000 entries a second"_s, u"ms"_s, busy.loop);
    report.samples(u"  a thread that only sleeps meanwhile"_s, u"ms"_s, busy.control);
    report.ratio(u"  p99.9 over the thread's, ms"_s,
                 quantile(busy.loop, 0.999) - quantile(busy.control, 0.999), 16);
    report.samples(u"  an entry is stored and flushed after"_s, u"ms"_s, busy.stored);
    report.figure(u"  asked"_s, u"a second"_s, double(busy.asked) / seconds);
    report.figure(u"  stored"_s, u"a second"_s, double(busy.stored.size()) / busy.seconds);
    report.figure(u"  not stored"_s, {}, busy.asked - double(busy.stored.size()));
}

} // namespace

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOptions({{u"entries"_s, u"Entries in the history."_s, u"N"_s, u"1000000"_s},
                       {u"seconds"_s, u"How long entries arrive."_s, u"S"_s, u"20"_s},
                       {u"folder"_s, u"Where the history is made, and kept."_s, u"DIR"_s},
                       {u"memory"_s, u"Only say what a process with this history holds."_s, u"DIR"_s}});
    parser.addHelpOption();
    parser.process(application);
    if (parser.isSet(u"memory"_s))
        return measureMemory(parser.value(u"memory"_s));
    const int entries = parser.value(u"entries"_s).toInt();
    const QTemporaryDir temporary;
    const QString folder = parser.isSet(u"folder"_s) ? parser.value(u"folder"_s) : temporary.path();
    const QString big = folder + u"/big-%1"_s.arg(entries);
    const QString small = folder + u"/small"_s;
    makeHistory(small, 1000);
    makeHistory(big, entries);
    const QString file = big + u"/history.sqlite"_s;

    Report report(u"store"_s);
    report.figure(u"entries"_s, {}, entries);
    report.figure(u"file"_s, u"MiB"_s, double(QFileInfo(file).size()) / 1048576);
    const double memorySmall = memoryOf(small);
    const double memoryBig = memoryOf(big);
    report.figure(u"private memory of a program with this store"_s, u"KiB"_s, memoryBig);
    report.figure(u"  with one of 1,000 entries"_s, u"KiB"_s, memorySmall);
    report.ratio(u"  more, KiB"_s, memoryBig - memorySmall, 5120);

    Store store({big, {}});
    QElapsedTimer timer;
    timer.start();
    must(store.open());
    report.figure(u"the history is open after"_s, u"ms"_s, since(timer));
    {
        BareSqlite bare(file);
        measureReading(report, store, bare, entries);
    }
    measureWriting(report, store, bench::BareFile(folder + u"/control"_s),
                   parser.value(u"seconds"_s).toInt());
    must(store.close());
    report.print();
    return 0;
}

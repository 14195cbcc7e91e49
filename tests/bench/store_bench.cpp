// The store's figures (issue "The store"), beside controls in the same run: a table on standard error, one
// JSON object on standard output. Takes minutes: it makes a history of a million entries.
//
//   bench_store [--entries N] [--seconds S] [--folder DIR]
//
// --folder keeps the history that was made, for another run.
#include "store/store.h"
#include "store_bench_history.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
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
using bench::entryOf;
using bench::makeHistory;
using bench::must;

namespace {

struct Spread {
    double median = 0;
    double p95 = 0;
    double p999 = 0;
    double worst = 0;
};

Spread spreadOf(std::vector<double> values) {
    if (values.empty())
        return {};
    std::sort(values.begin(), values.end());
    const auto at = [&](double q) { return values[std::size_t(q * double(values.size() - 1))]; };
    return {at(0.5), at(0.95), at(0.999), values.back()};
}

QJsonObject jsonOf(const Spread& s) {
    return {{u"median"_s, s.median}, {u"p95"_s, s.p95}, {u"p99.9"_s, s.p999}, {u"worst"_s, s.worst}};
}

Spread measureOpening(Store& store, const QList<Conversation>& all) {
    std::vector<double> times;
    for (int round = 0; round < 10; ++round) {
        for (const Conversation& conversation : all) {
            QElapsedTimer timer;
            timer.start();
            must(store.page({.conversation = conversation.id, .before = 100}));
            times.push_back(double(timer.nsecsElapsed()) / 1e6);
        }
    }
    return spreadOf(times);
}

/// Places spread over a whole conversation: the cost must not depend on where one reads.
Spread measurePages(Store& store, ConversationId conversation, int entries) {
    std::vector<double> times;
    for (int i = 0; i < 200; ++i) {
        PageRequest request{conversation, PageRequest::Anchor::Row, {1 + qint64(i) * entries / 200}, 50, 50};
        QElapsedTimer timer;
        timer.start();
        must(store.page(request));
        times.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    return spreadOf(times);
}

/// Queries are cut out of the text itself: one word, the beginning of a word, two words that stand together,
/// two words of one entry, Chinese of one to three characters.
Spread measureSearch(Store& store, int entries, int count, bool withPlace) {
    bench::TextSource text(1);
    QStringList queries;
    const int step = std::max(1, entries / count);
    for (int i = 0; i < entries && queries.size() < count; ++i) {
        const QString line = text.next();
        if (i % step == 0)
            queries << bench::queryFrom(line, int(queries.size()));
    }
    std::vector<double> times;
    int found = 0;
    for (const QString& query : queries) {
        SearchRequest request{.words = query};
        if (withPlace)
            request.conversation = ConversationId{2};
        QElapsedTimer timer;
        timer.start();
        const SearchResult result = must(store.search(request));
        times.push_back(double(timer.nsecsElapsed()) / 1e6);
        found += result.hits.isEmpty() ? 0 : 1;
        if (times.back() > 50)
            std::fprintf(stderr, "  slow: %.0f ms \"%s\"\n", times.back(), qPrintable(query));
    }
    if (!withPlace && found != queries.size())
        std::fprintf(stderr, "bench_store: %d of %d queries found nothing\n", int(queries.size()) - found,
                     int(queries.size()));
    return spreadOf(times);
}

struct LoopDelay {
    Spread loop;
    Spread control;
    Spread stored;
    int entries = 0;
};

/// How late a timer of 1 ms is in this thread's event loop, and in a thread that does nothing else, while
/// entries arrive.
LoopDelay measureLoop(Store& store, ConversationId conversation, int perSecond, int seconds) {
    std::atomic<bool> stop{false};
    std::vector<double> control;
    std::thread other([&] {
        while (!stop) {
            QElapsedTimer timer;
            timer.start();
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            control.push_back(double(timer.nsecsElapsed()) / 1e6 - 1);
        }
    });
    LoopDelay result;
    std::vector<double> loop;
    std::vector<double> stored;
    bench::TextSource text(7);
    QElapsedTimer since;
    since.start();
    qint64 last = since.nsecsElapsed();
    QObject context;
    QEventLoop events;
    QTimer tick;
    tick.setTimerType(Qt::PreciseTimer);
    QObject::connect(&tick, &QTimer::timeout, &context, [&] {
        const qint64 now = since.nsecsElapsed();
        loop.push_back(double(now - last) / 1e6 - 1);
        last = now;
        const int due = int(since.elapsed() * perSecond / 1000);
        for (; result.entries < due; ++result.entries) {
            const qint64 asked = since.nsecsElapsed();
            whenDone(store.append(entryOf(conversation, result.entries, text)), &context,
                     [&, asked](const core::Result<Appended>& appended) {
                         if (appended)
                             stored.push_back(double(since.nsecsElapsed() - asked) / 1e6);
                     });
        }
        if (since.elapsed() > seconds * 1000)
            events.quit();
    });
    tick.start(1);
    events.exec();
    stop = true;
    other.join();
    result.loop = spreadOf(loop);
    result.control = spreadOf(control);
    result.stored = spreadOf(stored);
    return result;
}

/// A process that opens the history, shows a conversation, searches, and says what it holds.
int measureMemory(const QString& folder) {
    Store store({folder, {}});
    must(store.open());
    const auto all = must(store.conversations());
    measureOpening(store, all);
    for (const auto& words : {u"ba"_s, u"ka do"_s, u"世界"_s})
        must(store.search({.words = words}));
    std::printf("%lld\n", static_cast<long long>(bench::privateKib(QCoreApplication::applicationPid())));
    return 0;
}

qint64 memoryOf(const QString& folder) {
    QProcess process;
    process.start(QCoreApplication::applicationFilePath(), {u"--memory"_s, folder});
    process.waitForFinished(120'000);
    return process.readAllStandardOutput().trimmed().toLongLong();
}

void print(const char* name, const Spread& s, const char* limit) {
    std::fprintf(stderr, "%-44s %9.2f %9.2f %9.2f   %s\n", name, s.median, s.p95, s.p999, limit);
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
    QTemporaryDir temporary;
    const QString folder = parser.isSet(u"folder"_s) ? parser.value(u"folder"_s) : temporary.path();
    const QString big = folder + u"/big-%1"_s.arg(entries);
    const QString small = folder + u"/small"_s;
    QElapsedTimer timer;
    timer.start();
    makeHistory(small, 1000);
    makeHistory(big, entries);
    const double made = double(timer.elapsed()) / 1000;
    const double mebibytes = double(QFileInfo(big + u"/history.sqlite"_s).size()) / 1048576;
    const qint64 memorySmall = memoryOf(small);
    const qint64 memoryBig = memoryOf(big);

    Store store({big, {}});
    timer.start();
    must(store.open());
    const double opened = double(timer.nsecsElapsed()) / 1e6;
    timer.start();
    const auto all = must(store.conversations());
    const double listed = double(timer.nsecsElapsed()) / 1e6;
    const Spread opening = measureOpening(store, all);
    const Spread pages = measurePages(store, {1}, entries);
    const Spread search = measureSearch(store, entries, 1000, false);
    const Spread searchHere = measureSearch(store, entries, 1000, true);
    const LoopDelay idle = measureLoop(store, {1}, 0, std::max(2, parser.value(u"seconds"_s).toInt() / 4));
    const LoopDelay busy = measureLoop(store, {1}, 1000, parser.value(u"seconds"_s).toInt());
    must(store.close());

    std::fprintf(stderr,
                 "%d entries, %.0f MiB, made or found in %.1f s; opened in %.1f ms, listed in %.1f ms\n\n",
                 entries, mebibytes, made, opened, listed);
    std::fprintf(stderr, "%-44s %9s %9s %9s\n", "milliseconds", "median", "p95", "p99.9");
    print("a conversation opens (100 entries)", opening, "limit 100");
    print("a page anywhere (100 entries)", pages, "");
    print("search everywhere, 1,000 queries", search, "limit 50 at p95");
    print("search in one small conversation", searchHere, "");
    print("event loop's delay, nothing arrives", idle.loop, "");
    print("event loop's delay, 1,000 entries/s", busy.loop, "limit: the control's p99.9 + 16");
    print("  a thread that only sleeps (control)", busy.control, "");
    print("  an entry is stored and flushed after", busy.stored, "");
    std::fprintf(stderr, "\nprivate memory: %lld KiB with %d entries, %lld KiB with 1,000 (limit: + 5,120)\n",
                 static_cast<long long>(memoryBig), entries, static_cast<long long>(memorySmall));

    const QJsonObject json{{u"entries"_s, entries},
                           {u"file_mib"_s, mebibytes},
                           {u"open_ms"_s, opened},
                           {u"list_ms"_s, listed},
                           {u"conversation_opens_ms"_s, jsonOf(opening)},
                           {u"page_ms"_s, jsonOf(pages)},
                           {u"search_ms"_s, jsonOf(search)},
                           {u"search_in_conversation_ms"_s, jsonOf(searchHere)},
                           {u"loop_idle_ms"_s, jsonOf(idle.loop)},
                           {u"loop_ms"_s, jsonOf(busy.loop)},
                           {u"control_ms"_s, jsonOf(busy.control)},
                           {u"stored_ms"_s, jsonOf(busy.stored)},
                           {u"arrived"_s, busy.entries},
                           {u"private_kib"_s, memoryBig},
                           {u"private_kib_1000_entries"_s, memorySmall}};
    std::printf("%s\n", QJsonDocument(json).toJson(QJsonDocument::Compact).constData());
    return 0;
}

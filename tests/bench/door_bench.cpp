// A flood of the port, 1,000 connections a second from 500 addresses of this computer: how late the program's
// event loop is meanwhile, beside a thread that only sleeps; how many workers there are; and how long a
// contact takes to come in from an address where it was before.
#include "core/limits.h"
#include "model/history.h"
#include "model/identity.h"
#include "model/invites.h"
#include "model/messenger.h"
#include "model/people.h"
#include "model/preferences.h"
#include "report.h"
#include "support/process_watch.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace kith;
using namespace Qt::StringLiterals;
using core::ConversationState;
using model::Conversation;

namespace {

constexpr int patience = 30000;
constexpr double nanosecondsPerMillisecond = 1e6;
constexpr quint32 addresses = 500;
constexpr std::size_t heldOpen = 400;

[[noreturn]] void giveUp(const char* what) {
    std::fprintf(stderr, "bench_door: %s\n", what);
    std::exit(1);
}

/// Everything that main() makes for one person.
struct Person {
    explicit Person(const QString& name)
        : history(folder.path())
        , identity(folder.path())
        , people(history)
        , invites(history)
        , messenger({QStringLiteral(KITH_WORKER), preferences, history, identity, people, invites}) {
        preferences.setName(name);
        history.open();
        identity.load();
        const auto ready = [this] {
            return identity.state() == model::Identity::State::Ready && people.isReady();
        };
        if (!QTest::qWaitFor(ready, patience))
            giveUp("a profile does not open");
    }
    ~Person() {
        bool over = false;
        QObject::connect(&messenger, &model::Messenger::finished, &messenger, [&over] { over = true; });
        messenger.shutDown();
        if (!QTest::qWaitFor([&over] { return over; }, patience))
            giveUp("a messenger does not end");
    }
    Person(const Person&) = delete;
    Person& operator=(const Person&) = delete;

    [[nodiscard]] bool isOpenWith(const Person& other) const {
        return std::ranges::any_of(messenger.all(), [&other](const Conversation* each) {
            return each->key() == other.identity.key() && each->state() == ConversationState::Open;
        });
    }

    QTemporaryDir folder;
    model::Preferences preferences;
    model::History history;
    model::Identity identity;
    model::People people;
    model::Invites invites;
    model::Messenger messenger;
};

/// Closes what the other side has closed.
bool isOver(int fd) {
    char byte = 0;
    const bool over = ::recv(fd, &byte, 1, MSG_DONTWAIT) == 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
    if (over)
        ::close(fd);
    return over;
}

/// One connection after another, each from the next address; every second one says what is no TLS, the others
/// nothing. A thread's.
void flood(quint16 port, int perSecond, const std::atomic<bool>& stop, std::atomic<int>& begun) {
    std::deque<int> open;
    QElapsedTimer since;
    since.start();
    for (; !stop; ++begun) {
        const int number = begun;
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        sockaddr_in source{};
        source.sin_family = AF_INET;
        source.sin_addr.s_addr = htonl(0x7f0a0001U + (static_cast<quint32>(number) % addresses) * 256U);
        ::bind(fd, reinterpret_cast<const sockaddr*>(&source), sizeof source);
        sockaddr_in target{};
        target.sin_family = AF_INET;
        target.sin_port = htons(port);
        target.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::connect(fd, reinterpret_cast<const sockaddr*>(&target), sizeof target);
        if (number % 2 == 0)
            ::send(fd, "\x16 and nonsense", 14, MSG_NOSIGNAL);
        open.push_back(fd);
        if (open.size() > heldOpen) // whoever was let in stays, and says nothing
            std::erase_if(open, isOver);
        if (open.size() > heldOpen) {
            ::close(open.front());
            open.pop_front();
        }
        const qint64 due = qint64(number) * 1000 / perSecond;
        if (due > since.elapsed())
            std::this_thread::sleep_for(std::chrono::milliseconds(due - since.elapsed()));
    }
    for (const int fd : open)
        ::close(fd);
}

/// What one run gave.
struct Measured {
    std::vector<double> loop;
    std::vector<double> own; ///< the same, less what the loop's thread waited for a processor
    std::vector<double> control;
    std::vector<double> contact;
    qsizetype mostWorkers = 0;
    int begun = 0;
    int refused = 0;
};

/// From the call until both sides are open; nothing where it was turned away.
std::optional<double> comeIn(Person& host, Person& guest) {
    QElapsedTimer timer;
    timer.start();
    const auto dialled = guest.messenger.connectTo(host.identity.key());
    if (!dialled)
        return std::nullopt;
    Conversation* const call = *dialled;
    const auto settled = [&] {
        return call->state() == ConversationState::Ended ||
               (guest.isOpenWith(host) && host.isOpenWith(guest));
    };
    if (!QTest::qWaitFor(settled, patience) || call->state() == ConversationState::Ended)
        return std::nullopt;
    const double took = double(timer.nsecsElapsed()) / nanosecondsPerMillisecond;
    call->disconnectPeer();
    if (!QTest::qWaitFor([&] { return !host.isOpenWith(guest) && call->state() == ConversationState::Ended; },
                         patience))
        giveUp("the contact does not leave");
    return took;
}

Measured measure(Person& host, Person& guest, int perSecond, int seconds, int contacts) {
    Measured measured;
    std::atomic<bool> stop{false};
    std::atomic<int> begun{0};
    const quint16 port = host.messenger.hosting()->port();
    std::thread attacker;
    if (perSecond > 0)
        attacker = std::thread([&] { flood(port, perSecond, stop, begun); });
    std::thread control([&] {
        while (!stop) {
            QElapsedTimer timer;
            timer.start();
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            measured.control.push_back(double(timer.nsecsElapsed()) / nanosecondsPerMillisecond - 1);
        }
    });
    QObject context;
    QElapsedTimer since;
    since.start();
    qint64 waited = tests::waitedForProcessor();
    QTimer tick;
    tick.setTimerType(Qt::PreciseTimer);
    QObject::connect(&tick, &QTimer::timeout, &context, [&] {
        const double late = double(since.nsecsElapsed()) / nanosecondsPerMillisecond - 1;
        const qint64 before = std::exchange(waited, tests::waitedForProcessor());
        measured.loop.push_back(late);
        measured.own.push_back(late - double(waited - before) / nanosecondsPerMillisecond);
        since.start();
    });
    tick.start(1);
    QTimer census;
    QObject::connect(&census, &QTimer::timeout, &context, [&] {
        // Without the listener, and without both ends of the contact's session.
        const qsizetype others = 1 + (guest.messenger.all().isEmpty() ? 0 : 2);
        measured.mostWorkers = std::max(measured.mostWorkers, tests::children().size() - others);
    });
    census.start(50);
    QElapsedTimer whole;
    whole.start();
    for (int i = 0; i < contacts; ++i) {
        const qint64 due = qint64(seconds) * 1000 * (i + 1) / (contacts + 1);
        QEventLoop wait;
        QTimer::singleShot(std::max<qint64>(due - whole.elapsed(), 0), &wait, &QEventLoop::quit);
        wait.exec();
        if (const auto took = comeIn(host, guest))
            measured.contact.push_back(*took);
        else
            ++measured.refused;
    }
    QEventLoop rest;
    QTimer::singleShot(std::max<qint64>(qint64(seconds) * 1000 - whole.elapsed(), 0), &rest,
                       &QEventLoop::quit);
    rest.exec();
    stop = true;
    if (attacker.joinable())
        attacker.join();
    control.join();
    measured.begun = begun;
    return measured;
}

void tell(bench::Report& report, const QString& where, const Measured& measured) {
    report.samples(where + u"event loop's delay"_s, u"ms"_s, measured.loop);
    report.samples(where + u"... less its wait for a processor"_s, u"ms"_s, measured.own);
    report.samples(where + u"a thread that only sleeps"_s, u"ms"_s, measured.control);
    report.ratio(where + u"p99.9 over the thread's, ms"_s,
                 bench::quantile(measured.loop, 0.999) - bench::quantile(measured.control, 0.999), 30);
    report.samples(where + u"a contact comes in"_s, u"ms"_s, measured.contact);
    report.ratio(where + u"... the slowest, ms"_s, bench::quantile(measured.contact, 1), 2000);
    report.figure(where + u"a contact was turned away"_s, u"times"_s, measured.refused);
    report.ratio(where + u"workers of others at once, at most"_s, double(measured.mostWorkers),
                 double(core::limits::unauthenticated));
    report.figure(where + u"connections begun"_s, u""_s, measured.begun);
}

} // namespace

int main(int argc, char* argv[]) {
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOptions({{u"seconds"_s, u"How long."_s, u"n"_s, u"60"_s},
                       {u"contacts"_s, u"How often the contact comes."_s, u"n"_s, u"30"_s},
                       {u"rate"_s, u"Connections a second."_s, u"n"_s, u"1000"_s}});
    parser.process(application);
    const int seconds = parser.value(u"seconds"_s).toInt();
    const int contacts = parser.value(u"contacts"_s).toInt();

    Person ann(u"Ann"_s);
    Person bob(u"Bob"_s);
    ann.messenger.setAcceptPolicy(model::AcceptPolicy::All);
    ann.messenger.hosting()->start(0);
    if (!QTest::qWaitFor([&] { return ann.messenger.hosting()->state() == core::HostingState::On; },
                         patience))
        giveUp("the port does not open");
    const QString where = u"127.0.0.1:%1"_s.arg(ann.messenger.hosting()->port());
    const auto met = bob.messenger.connectTo(where, false);
    if (!met || !QTest::qWaitFor([&] { return ann.isOpenWith(bob) && bob.isOpenWith(ann); }, patience))
        giveUp("the two do not meet");
    bob.messenger.all().first()->disconnectPeer();
    if (!QTest::qWaitFor([&] { return !ann.isOpenWith(bob) && !bob.isOpenWith(ann); }, patience))
        giveUp("the two do not part");

    bench::Report report(u"door"_s);
    tell(report, u"nobody floods: "_s, measure(ann, bob, 0, std::min(seconds, 10), std::min(contacts, 5)));
    tell(report, u"flood: "_s, measure(ann, bob, parser.value(u"rate"_s).toInt(), seconds, contacts));
    const model::DoorCounts& door = ann.messenger.door();
    report.figure(u"workers started"_s, u""_s, double(door.started));
    report.figure(u"held off"_s, u""_s, double(door.heldOff));
    report.figure(u"turned away at once"_s, u""_s,
                  double(door.addressFull + door.doorFull + door.tooFast + door.sessionsFull));
    report.print();
    return 0;
}

// The bar of one who wants to come in. This program's clock can be set: the functions below are called by Qt
// too.
#include "gui/conversation_words.h"
#include "gui/request_bar.h"
#include "model/conversation.h"
#include "two_people.h"

#include <QLabel>

#include <atomic>
#include <ctime>

#include <dlfcn.h>
#include <sys/time.h>

using namespace kith;
using namespace kith::test;
using namespace Qt::StringLiterals;

namespace {

std::atomic<time_t> clockAhead{0};

} // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* now) noexcept {
    static const auto real =
        reinterpret_cast<int (*)(clockid_t, timespec*)>(dlsym(RTLD_NEXT, "clock_gettime"));
    const int done = real(clock, now);
    if (done == 0 && clock == CLOCK_REALTIME)
        now->tv_sec += clockAhead;
    return done;
}

extern "C" int gettimeofday(timeval* now, void*) noexcept {
    timespec exact{};
    const int done = clock_gettime(CLOCK_REALTIME, &exact);
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return done;
}

class RequestBarTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void row13_whatIsWaitedIsCountedByNoClockThatCanBeSet();
    void row13_whoWaitsIsToldByNoSuchClockEither();
};

void RequestBarTest::row13_whatIsWaitedIsCountedByNoClockThatCanBeSet() {
    Person ann(u"Ann"_s);
    Person ben(u"Ben"_s);
    ann.messenger().setAcceptPolicy(model::AcceptPolicy::Ask);
    const quint16 port = ann.host();
    model::Conversation* const guest = ben.dial(port);
    QVERIFY(guest != nullptr);
    QTRY_COMPARE(guest->state(), core::ConversationState::Open);
    (void)guest->send(u"hello"_s);
    model::Conversation* const request = ann.request();
    QVERIFY(request != nullptr);
    gui::RequestBar bar(*request, ann.messenger().people());
    const QLabel* const waiting = bar.findChild<QLabel*>(u"waiting"_s);
    QVERIFY(waiting != nullptr);
    const QDateTime before = QDateTime::currentDateTime();
    for (const time_t ahead : {3600, -3600, 315360000}) {
        clockAhead = ahead;
        QVERIFY(std::abs(before.secsTo(QDateTime::currentDateTime()) - ahead) < 60); // it is set
        Q_EMIT request->changed();
        QVERIFY2(waiting->text().contains(u" 0:"_s), qPrintable(waiting->text()));
    }
    clockAhead = 0;
}

void RequestBarTest::row13_whoWaitsIsToldByNoSuchClockEither() {
    Person ann(u"Ann"_s);
    Person ben(u"Ben"_s);
    const quint16 port = ann.host();
    const auto dialled = ben.messenger().connectTo(u"127.0.0.1:%1"_s.arg(port), false);
    QVERIFY(dialled.ok());
    QTRY_COMPARE((*dialled)->state(), core::ConversationState::Waiting);
    for (const time_t ahead : {3600, -3600, 315360000}) {
        clockAhead = ahead;
        const QString words = gui::stateOf(**dialled);
        QVERIFY2(words.contains(u" · 0:0"_s), qPrintable(words));
    }
    clockAhead = 0;
}

QTEST_MAIN(RequestBarTest)
#include "request_bar_test.moc"

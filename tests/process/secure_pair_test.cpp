#include "core/limits.h"
#include "supervisor/session_worker.h"

#include <QTest>

#include <memory>
#include <optional>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace kith;
using core::Reason;
using supervisor::SessionWorker;

namespace {

constexpr int patience = 30000;

/// A program's end of one session; what the handshake proves is another test's business.
struct End {
    explicit End(bool dials)
        : worker(QStringLiteral(KITH_WORKER))
        , dialled(dials) {
        QObject::connect(&worker, &SessionWorker::secured, &worker, [this] {
            if (dialled)
                worker.sendHandshake(core::AuthInitiator{});
        });
        QObject::connect(&worker, &SessionWorker::handshake, &worker, [this] {
            if (!dialled)
                worker.sendHandshake(core::AuthResponder{});
            worker.sendProfile({"somebody", {}});
        });
        QObject::connect(&worker, &SessionWorker::profile, &worker, [this] { open = true; });
        QObject::connect(&worker, &SessionWorker::entry, &worker, [this](const core::Entry& entry) {
            inOrder = inOrder && entry.number == received + 1;
            received = entry.number;
        });
        QObject::connect(&worker, &SessionWorker::written, &worker, [this](quint64 n) { written = n; });
        QObject::connect(&worker, &SessionWorker::ended, &worker, [this](const core::End& e) { end = e; });
    }

    SessionWorker worker;
    bool dialled;
    bool open = false;
    bool inOrder = true;
    quint64 received = 0;
    quint64 written = 0;
    std::optional<core::End> end;
};

} // namespace

/// Two programs' ends with real workers between them.
class SecurePairTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void manyShortEntriesWaitForABusyPeerAndArrive();
    void everythingQueuedArrivesBeforeTheEnd();

private:
    void send(quint64 first, quint64 last, std::size_t bytes);

    std::unique_ptr<End> caller_;
    std::unique_ptr<End> host_;
};

void SecurePairTest::init() {
    const core::UniqueFd listening(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const raw = reinterpret_cast<sockaddr*>(&address);
    QCOMPARE(::bind(listening.get(), raw, size), 0);
    QCOMPARE(::listen(listening.get(), 1), 0);
    QCOMPARE(::getsockname(listening.get(), raw, &size), 0);

    caller_ = std::make_unique<End>(true);
    host_ = std::make_unique<End>(false);
    caller_->worker.start({{"127.0.0.1", ntohs(address.sin_port)}, core::HelloBytes{}});
    host_->worker.serve(core::UniqueFd(::accept(listening.get(), nullptr, nullptr)), false, false, {});
    QTRY_VERIFY_WITH_TIMEOUT(caller_->open && host_->open, patience);
}

void SecurePairTest::cleanup() {
    QTRY_VERIFY_WITH_TIMEOUT(caller_->end && host_->end, patience);
    caller_.reset();
    host_.reset();
}

void SecurePairTest::send(quint64 first, quint64 last, std::size_t bytes) {
    for (quint64 number = first; number <= last; ++number) {
        core::Entry entry;
        entry.number = number;
        entry.id = core::EntryId::random();
        entry.text.assign(bytes, 'x');
        caller_->worker.send(number, entry);
    }
}

void SecurePairTest::manyShortEntriesWaitForABusyPeerAndArrive() {
    // What stands around a text is many times as long as these: the worker must not be handed more than it
    // holds.
    constexpr quint64 many = 200'000;
    host_->worker.hold(true);
    send(1, many, 1);
    quint64 before = 0;
    do { // until nothing goes on any more
        before = caller_->written;
        QTest::qWait(500);
    } while (caller_->written != before);
    QVERIFY(caller_->written < many);
    QVERIFY(!caller_->end);
    host_->worker.hold(false);
    QTRY_COMPARE_WITH_TIMEOUT(host_->received, many, patience);
    QVERIFY(host_->inOrder);
    caller_->worker.stop();
    QTRY_VERIFY_WITH_TIMEOUT(caller_->end, patience);
    QCOMPARE(*caller_->end, (core::End{Reason::StoppedByUs, 0, 0}));
}

void SecurePairTest::everythingQueuedArrivesBeforeTheEnd() {
    constexpr quint64 several = 64; // 4 MiB: more than is handed over at once
    send(1, several, core::limits::entryText);
    caller_->worker.stop();
    QTRY_VERIFY_WITH_TIMEOUT(caller_->end && host_->end, patience);
    QCOMPARE(*caller_->end, (core::End{Reason::StoppedByUs, 0, 0}));
    QCOMPARE(host_->received, several);
    QVERIFY(host_->inOrder);
    QCOMPARE(core::code(host_->end->reason), core::code(Reason::PeerClosed));
}

QTEST_GUILESS_MAIN(SecurePairTest)
#include "secure_pair_test.moc"

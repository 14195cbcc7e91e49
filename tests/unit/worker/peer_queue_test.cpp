#include "core/limits.h"
#include "core/unique_fd.h"
#include "worker/peer_queue.h"

#include <QTest>

#include <array>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace kith;
using kith::worker::PeerQueue;

/// What waits for a peer: in order, bounded, and told when it is with the kernel.
class PeerQueueTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void bytesArriveInOrderAndNumbersFollowThem();
    void aPeerThatDoesNotReadCostsNoMoreThanTheLimit();
    void aPeerThatIsGoneIsAnErrno();

private:
    core::UniqueFd here_;
    core::UniqueFd there_;
};

void PeerQueueTest::init() {
    std::array<int, 2> fds{};
    QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, fds.data()), 0);
    here_.reset(fds[0]);
    there_.reset(fds[1]);
    ::fcntl(here_.get(), F_SETFL, O_NONBLOCK);
    ::fcntl(there_.get(), F_SETFL, O_NONBLOCK);
}

void PeerQueueTest::bytesArriveInOrderAndNumbersFollowThem() {
    PeerQueue queue;
    std::string expected;
    std::string got;
    std::uint64_t number = 0;
    std::uint64_t written = 0;
    std::array<char, 5000> buffer{};
    while (number < 2000 || !queue.empty()) {
        if (number < 2000) {
            const std::string line = std::string(std::size_t(number % 997), 'a' + char(number % 26)) + "\n";
            QVERIFY(queue.addMessage(++number, line));
            if (number % 10 == 0) {
                queue.addRaw("raw");
                expected += line + "raw";
            } else {
                expected += line;
            }
        }
        QCOMPARE(queue.writeTo(here_.get()), 0);
        if (const auto last = queue.takeWritten()) {
            QVERIFY(*last > written && *last <= number);
            written = *last;
        }
        if (number % 3 == 0 || number == 2000) {
            const ssize_t n = ::read(there_.get(), buffer.data(), buffer.size());
            if (n > 0)
                got.append(buffer.data(), std::size_t(n));
        }
    }
    ssize_t n = 0;
    while ((n = ::read(there_.get(), buffer.data(), buffer.size())) > 0)
        got.append(buffer.data(), std::size_t(n));
    QVERIFY(got == expected);
    QCOMPARE(written, std::uint64_t(2000));
}

void PeerQueueTest::aPeerThatDoesNotReadCostsNoMoreThanTheLimit() {
    PeerQueue queue;
    const std::string line(60000, 'x');
    std::size_t held = 0;
    std::uint64_t number = 0;
    while (queue.addMessage(number + 1, line)) {
        ++number;
        held += line.size();
        QVERIFY(held <= core::limits::peerQueue);
    }
    QVERIFY(held + line.size() > core::limits::peerQueue);
    queue.addRaw(line);
    QCOMPARE(queue.writeTo(here_.get()), 0);
    QVERIFY(!queue.empty());
    QVERIFY(queue.takeWritten().value_or(0) < number);
}

void PeerQueueTest::aPeerThatIsGoneIsAnErrno() {
    PeerQueue queue;
    there_.reset();
    QVERIFY(queue.addMessage(1, "x\n"));
    QCOMPARE(queue.writeTo(here_.get()), EPIPE);
    QVERIFY(!queue.takeWritten());
}

QTEST_GUILESS_MAIN(PeerQueueTest)
#include "peer_queue_test.moc"

#include "ipc/descriptors.h"

#include <QDir>
#include <QTest>

#include <array>
#include <cstring>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace kith;
using namespace kith::ipc;

namespace {

struct Pair {
    core::UniqueFd a;
    core::UniqueFd b;
};

Pair socketPair() {
    std::array<int, 2> fds{};
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, fds.data()) != 0)
        qFatal("socketpair");
    return {core::UniqueFd(fds[0]), core::UniqueFd(fds[1])};
}

/// What a hostile sender may send: any bytes with any number of descriptors.
void sendRaw(int channel, std::string bytes, const std::vector<int>& fds) {
    iovec part{bytes.data(), bytes.size()};
    std::array<char, 256> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (!fds.empty()) {
        message.msg_control = control.data();
        message.msg_controllen = CMSG_SPACE(fds.size() * sizeof(int));
        cmsghdr* c = CMSG_FIRSTHDR(&message);
        c->cmsg_level = SOL_SOCKET;
        c->cmsg_type = SCM_RIGHTS;
        c->cmsg_len = CMSG_LEN(fds.size() * sizeof(int));
        std::memcpy(CMSG_DATA(c), fds.data(), fds.size() * sizeof(int));
    }
    if (::sendmsg(channel, &message, 0) < 0)
        qFatal("sendmsg");
}

qsizetype openDescriptors() {
    return QDir(QStringLiteral("/dev/fd")).entryList(QDir::AllEntries | QDir::System).size();
}

const std::string goodHeader = std::string("KITHFD01") + std::string(7, '\0') + '\x05';

} // namespace

/// One descriptor a message, whatever the other end sends.
class DescriptorsTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aDescriptorArrivesWithItsTokenAndCloseOnExec();
    void nothingWaitingIsNoError();
    void theEndIsToldApart();
    void anythingElseIsRefusedAndLeavesNothingOpen_data();
    void anythingElseIsRefusedAndLeavesNothingOpen();
    void aFullChannelAsksToTryAgain();
};

void DescriptorsTest::aDescriptorArrivesWithItsTokenAndCloseOnExec() {
    const Pair channel = socketPair();
    const Pair passed = socketPair();
    QVERIFY(*passDescriptor(channel.a.get(), 0x0102030405060708ULL, passed.a.get()));
    QVERIFY(*passDescriptor(channel.a.get(), 9, passed.a.get()));
    auto first = takeDescriptor(channel.b.get());
    QVERIFY(first.ok() && first->has_value());
    QCOMPARE((*first)->token, 0x0102030405060708ULL);
    QVERIFY((::fcntl((*first)->fd.get(), F_GETFD) & FD_CLOEXEC) != 0);
    QCOMPARE(::write((*first)->fd.get(), "x", 1), ssize_t(1));
    char got = 0;
    QCOMPARE(::read(passed.b.get(), &got, 1), ssize_t(1));
    QCOMPARE(got, 'x');
    QCOMPARE((*takeDescriptor(channel.b.get()))->token, 9ULL);
}

void DescriptorsTest::nothingWaitingIsNoError() {
    const Pair channel = socketPair();
    const auto nothing = takeDescriptor(channel.b.get());
    QVERIFY(nothing.ok() && !nothing->has_value());
}

void DescriptorsTest::theEndIsToldApart() {
    Pair channel = socketPair();
    channel.a.reset();
    const auto end = takeDescriptor(channel.b.get());
    QVERIFY(!end.ok());
    QCOMPARE(end.error().reason, core::Reason::PeerClosed);
    QVERIFY(!passDescriptor(channel.b.get(), 1, channel.b.get()).ok());
}

void DescriptorsTest::anythingElseIsRefusedAndLeavesNothingOpen_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("descriptors");
    const QByteArray good = QByteArray::fromStdString(goodHeader);
    QTest::newRow("no descriptor") << good << 0;
    QTest::newRow("two") << good << 2;
    QTest::newRow("twenty") << good << 20;
    QTest::newRow("short header") << good.left(8) << 1;
    QTest::newRow("wrong header") << QByteArray(16, 'x') << 1;
}

void DescriptorsTest::anythingElseIsRefusedAndLeavesNothingOpen() {
    QFETCH(QByteArray, bytes);
    QFETCH(int, descriptors);
    const Pair channel = socketPair();
    const qsizetype before = openDescriptors();
    sendRaw(channel.a.get(), bytes.toStdString(),
            std::vector<int>(std::size_t(descriptors), channel.a.get()));
    const auto taken = takeDescriptor(channel.b.get());
    QVERIFY(!taken.ok());
    QCOMPARE(taken.error().reason, core::Reason::WorkerBroke);
    QCOMPARE(openDescriptors(), before);
}

void DescriptorsTest::aFullChannelAsksToTryAgain() {
    const Pair channel = socketPair();
    bool full = false;
    for (std::uint64_t i = 1; i < 100000 && !full; ++i) {
        const auto sent = passDescriptor(channel.a.get(), i, channel.a.get());
        // Descriptors in flight are bounded too (ETOOMANYREFS), for a user who is not root.
        full = sent.ok() ? !*sent : sent.error().reason == core::Reason::DescriptorsSpent;
        QVERIFY(sent.ok() || full);
    }
    QVERIFY(full);
}

QTEST_GUILESS_MAIN(DescriptorsTest)
#include "descriptors_test.moc"

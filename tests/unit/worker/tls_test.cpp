#include "core/limits.h"
#include "core/unique_fd.h"
#include "worker/signals.h"
#include "worker/tls/openssl_context.h"

#include <QTest>

#include <array>
#include <functional>

#include <fcntl.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace kith;
using core::Reason;
using core::Side;
using worker::tls::Connection;
using worker::tls::Context;

namespace {

namespace limits = core::limits;

/// More turns than anything here takes, so that a test ends by its claim and not by CTest's limit.
constexpr int turns = 20000;

std::array<core::UniqueFd, 2> socketPair() {
    std::array<int, 2> fds{};
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, fds.data()) != 0)
        qFatal("socketpair");
    for (const int fd : fds)
        ::fcntl(fd, F_SETFL, O_NONBLOCK);
    return {core::UniqueFd(fds[0]), core::UniqueFd(fds[1])};
}

std::string readRaw(int fd) {
    std::array<char, 65536> bytes; // NOLINT(cppcoreguidelines-pro-type-member-init): read fills it
    const ssize_t got = ::read(fd, bytes.data(), bytes.size());
    return {bytes.data(), got > 0 ? std::size_t(got) : 0};
}

/// One end of ours.
struct End {
    std::unique_ptr<Context> context;
    std::unique_ptr<Connection> tls;
    std::string got;

    End(Side side, int fd, std::uint64_t recordsPerKey = limits::recordsPerKey)
        : context(worker::tls::makeOpenSslContext(side))
        , tls(context->connect(fd, recordsPerKey)) {}

    void turn() {
        if (!tls->handshake())
            return;
        tls->flush();
        while (tls->read(got)) {
        }
    }
};

/// An end that is bare OpenSSL, to do what ours never does. It is not limited to anything.
struct Bare {
    SSL_CTX* context = SSL_CTX_new(TLS_method());
    SSL* ssl = nullptr;
    std::string got;
    bool failed = false;
    bool stands = false;
    bool closed = false;
    int keyUpdates = 0;
    int tickets = 0;

    ~Bare() {
        SSL_free(ssl);
        SSL_CTX_free(context);
    }
    void begin(Side side, int fd) {
        ssl = SSL_new(context);
        SSL_set_fd(ssl, fd);
        SSL_set_msg_callback(ssl, onMessage);
        SSL_set_msg_callback_arg(ssl, this);
        side == Side::Initiator ? SSL_set_connect_state(ssl) : SSL_set_accept_state(ssl);
    }
    void offer(std::string_view alpn) {
        SSL_CTX_set_alpn_protos(context, reinterpret_cast<const unsigned char*>(alpn.data()),
                                unsigned(alpn.size()));
    }
    void turn() {
        if (failed || closed)
            return;
        std::array<char, 4096> bytes{};
        const int result = stands ? SSL_read(ssl, bytes.data(), int(bytes.size())) : SSL_do_handshake(ssl);
        const int error = SSL_get_error(ssl, result);
        if (stands && result > 0)
            got.append(bytes.data(), std::size_t(result));
        else if (!stands && result == 1)
            stands = true;
        else if (error == SSL_ERROR_ZERO_RETURN)
            closed = true;
        else if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE)
            failed = true;
    }
    static void onMessage(int sent, int, int type, const void* bytes, size_t, SSL*, void* self) {
        if (sent != 0 || type != SSL3_RT_HANDSHAKE)
            return;
        const auto kind = *static_cast<const unsigned char*>(bytes);
        static_cast<Bare*>(self)->keyUpdates += kind == SSL3_MT_KEY_UPDATE ? 1 : 0;
        static_cast<Bare*>(self)->tickets += kind == SSL3_MT_NEWSESSION_TICKET ? 1 : 0;
    }
};

template <typename Left, typename Right>
bool until(Left& left, Right& right, const std::function<bool()>& reached) {
    for (int i = 0; i < turns && !reached(); ++i) {
        left.turn();
        right.turn();
    }
    return reached();
}

/// The lengths of the records of application data in what went over the wire (RFC 8446 section 5.1).
QList<int> dataRecords(std::string_view wire) {
    QList<int> lengths;
    while (wire.size() >= 5) {
        const auto at = [&](std::size_t i) { return int(static_cast<unsigned char>(wire[i])); };
        const int length = at(3) << 8 | at(4);
        if (at(0) == SSL3_RT_APPLICATION_DATA)
            lengths += length;
        wire.remove_prefix(std::min(wire.size(), std::size_t(5 + length)));
    }
    return lengths;
}

std::string pattern(std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = char(i * 31 + i / 251);
    return bytes;
}

} // namespace

/// TLS between two workers, and with whatever else may be at the other end.
class TlsTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { worker::installSignals(); }
    void init();
    void bothEndsComputeTheSameSecret();
    void twoSessionsHaveDifferentSecrets();
    void dataGoesBothWaysWhole();
    void aLengthOnTheWireSaysLittle();
    void aPeerThatDoesNotReadHoldsItUp();
    void closingComesBehindEverything();
    void endOfFileWithoutAWordIsAFault();
    void endOfFileInTheHandshakeIsAFault();
    void aResetIsAFaultAndWhatCameBeforeIsRead();
    void whatIsNotKithIsToldApart_data();
    void whatIsNotKithIsToldApart();
    void aClientWithAnotherProtocolIsRefused_data();
    void aClientWithAnotherProtocolIsRefused();
    void aServerWithAnotherProtocolIsRefused_data();
    void aServerWithAnotherProtocolIsRefused();
    void aDamagedRecordIsAFault();
    void sixteenKeyUpdatesPassAndTheNextIsTooMuch();
    void aKeyUpdateIsAnsweredWhileMuchIsQueued();
    void theSendingKeyIsRenewed();
    void aClientGetsNoTicketAndACertificateOfNobody();

private:
    core::UniqueFd here_;
    core::UniqueFd there_;
};

void TlsTest::init() {
    auto pair = socketPair();
    here_ = std::move(pair[0]);
    there_ = std::move(pair[1]);
}

void TlsTest::bothEndsComputeTheSameSecret() {
    End i(Side::Initiator, here_.get());
    End r(Side::Responder, there_.get());
    QVERIFY(!i.tls->exporter());
    QVERIFY(until(i, r, [&] { return i.tls->handshake() && r.tls->handshake(); }));
    QVERIFY(i.tls->exporter());
    QVERIFY(!i.tls->exporter()->isZero());
    QVERIFY(i.tls->exporter() == r.tls->exporter());
    QCOMPARE(i.tls->cipher(), r.tls->cipher());
    QVERIFY(i.tls->cipher().starts_with("TLS_"));
    QVERIFY(i.tls->metTls() && r.tls->metTls());
}

void TlsTest::twoSessionsHaveDifferentSecrets() {
    std::array<core::Exporter, 2> secrets;
    for (core::Exporter& secret : secrets) {
        init();
        End i(Side::Initiator, here_.get());
        End r(Side::Responder, there_.get());
        QVERIFY(until(i, r, [&] { return i.tls->handshake() && r.tls->handshake(); }));
        secret = *i.tls->exporter();
    }
    QVERIFY(secrets[0] != secrets[1]);
}

void TlsTest::dataGoesBothWaysWhole() {
    End i(Side::Initiator, here_.get());
    End r(Side::Responder, there_.get());
    const std::string up = pattern(700'000);
    const std::string down = pattern(300'001);
    QVERIFY(until(i, r, [&] { return i.tls->handshake() && r.tls->handshake(); }));
    i.tls->write(up);
    r.tls->write(down);
    QVERIFY(until(i, r, [&] { return i.got.size() == down.size() && r.got.size() == up.size(); }));
    QVERIFY(i.got == down);
    QVERIFY(r.got == up);
    QCOMPARE(i.tls->written(), up.size());
    QCOMPARE(i.tls->queued(), std::size_t(0));
    QVERIFY(i.tls->flushed());
    QVERIFY(!i.tls->over());
}

void TlsTest::aLengthOnTheWireSaysLittle() {
    End i(Side::Initiator, here_.get());
    End r(Side::Responder, there_.get());
    QVERIFY(until(i, r, [&] { return i.tls->handshake() && r.tls->handshake(); }));
    constexpr int tag = 16;
    const auto lengths = [&](std::size_t size) {
        i.tls->write(std::string(size, 'x'));
        i.tls->flush();
        return dataRecords(readRaw(there_.get())); // which ends the session: nobody decrypts this any more
    };
    const int block = int(limits::recordPadding);
    QCOMPARE(lengths(1), QList<int>{block + tag});
    QCOMPARE(lengths(200), QList<int>{block + tag});
    QCOMPARE(lengths(255), QList<int>{block + tag});
    QCOMPARE(lengths(256), QList<int>{2 * block + tag});
    for (const int length : lengths(40'000))
        QCOMPARE(length % block, tag);
    i.tls->close();
    i.tls->flush();
    QCOMPARE(dataRecords(readRaw(there_.get())), QList<int>{block + tag}); // the close_notify too
}

void TlsTest::aPeerThatDoesNotReadHoldsItUp() {
    End i(Side::Initiator, here_.get());
    End r(Side::Responder, there_.get());
    QVERIFY(until(i, r, [&] { return i.tls->handshake() && r.tls->handshake(); }));
    const std::string all = pattern(3'000'000);
    i.tls->write(all);
    i.tls->flush();
    QVERIFY(i.tls->queued() > 0);
    QCOMPARE(i.tls->written() + i.tls->queued(), all.size());
    QVERIFY((i.tls->wanted(true) & POLLOUT) != 0);
    i.tls->write("and more"); // the queue may move meanwhile
    QVERIFY(until(i, r, [&] { return r.got.size() == all.size() + 8; }));
    QVERIFY(r.got == all + "and more");
    QCOMPARE(i.tls->wanted(true), short(POLLIN));
}

void TlsTest::closingComesBehindEverything() {
    End i(Side::Initiator, here_.get());
    End r(Side::Responder, there_.get());
    QVERIFY(until(i, r, [&] { return i.tls->handshake() && r.tls->handshake(); }));
    const std::string all = pattern(1'000'000);
    i.tls->write(all);
    i.tls->close();
    QVERIFY(!i.tls->flushed());
    QVERIFY(until(i, r, [&] { return r.tls->over().has_value(); }));
    QVERIFY(i.tls->flushed());
    QVERIFY(r.got == all);
    QCOMPARE(r.tls->over()->reason, Reason::PeerClosed);
    r.tls->write("answered"); // half closed, not gone
    r.tls->flush();
    QVERIFY(until(i, r, [&] { return i.got == "answered"; }));
}

void TlsTest::endOfFileWithoutAWordIsAFault() {
    End i(Side::Initiator, here_.get());
    End r(Side::Responder, there_.get());
    QVERIFY(until(i, r, [&] { return i.tls->handshake() && r.tls->handshake(); }));
    ::shutdown(there_.get(), SHUT_WR);
    QVERIFY(until(i, i, [&] { return i.tls->over().has_value(); }));
    QCOMPARE(i.tls->over()->reason, Reason::PeerVanished);
    // Who asks again gets the same and is not woken for it.
    QVERIFY(!i.tls->read(i.got));
    QCOMPARE(i.tls->over()->reason, Reason::PeerVanished);
    QCOMPARE(i.tls->wanted(true), short(0));
    i.tls->close();
    i.tls->flush();
    QVERIFY(i.tls->flushed());
}

void TlsTest::endOfFileInTheHandshakeIsAFault() {
    End i(Side::Initiator, here_.get());
    QVERIFY(!i.tls->handshake());
    there_.reset();
    QVERIFY(!i.tls->handshake());
    QVERIFY(i.tls->over());
    QCOMPARE(i.tls->over()->reason, Reason::PeerVanished);
    QVERIFY(!i.tls->metTls());
}

void TlsTest::aResetIsAFaultAndWhatCameBeforeIsRead() {
    End i(Side::Initiator, here_.get());
    End r(Side::Responder, there_.get());
    QVERIFY(until(i, r, [&] { return i.tls->handshake() && r.tls->handshake(); }));
    r.tls->write("last words");
    r.tls->flush();
    there_.reset();
    i.tls->write("too late");
    i.tls->flush();
    QCOMPARE(i.tls->written(), std::uint64_t(0));
    QVERIFY(i.tls->read(i.got));
    QCOMPARE(i.got, std::string("last words"));
    QVERIFY(!i.tls->read(i.got));
    QVERIFY(i.tls->over());
    QCOMPARE(i.tls->over()->reason, Reason::PeerVanished);
}

void TlsTest::whatIsNotKithIsToldApart_data() {
    QTest::addColumn<bool>("dialled");
    QTest::addColumn<QByteArray>("said");
    const QByteArray oldHello = QByteArray::fromHex("160301002c010000280301") + QByteArray(32, 'r') +
                                QByteArray::fromHex("0000020035010000");
    for (const bool dialled : {true, false}) {
        const char* who = dialled ? "answer" : "call";
        QTest::addRow("%s, a greeting", who) << dialled << QByteArray("SSH-2.0-OpenSSH_9.2p1 Debian\r\n");
        QTest::addRow("%s, HTTP", who) << dialled << QByteArray("GET / HTTP/1.1\r\nHost: kith\r\n\r\n");
        QTest::addRow("%s, a line", who) << dialled << QByteArray("hello\n");
        QTest::addRow("%s, zeros", who) << dialled << QByteArray(64, '\0');
        QTest::addRow("%s, an alert", who) << dialled << QByteArray::fromHex("15030100020228");
        QTest::addRow("%s, a record of nonsense", who)
            << dialled << QByteArray::fromHex("1603030040") + QByteArray(64, 'x');
        QTest::addRow("%s, a ClientHello of TLS 1.0", who) << dialled << oldHello;
    }
}

void TlsTest::whatIsNotKithIsToldApart() {
    QFETCH(const bool, dialled);
    QFETCH(const QByteArray, said);
    End end(dialled ? Side::Initiator : Side::Responder, here_.get());
    QVERIFY(!end.tls->handshake());
    QCOMPARE(::write(there_.get(), said.constData(), std::size_t(said.size())), said.size());
    QVERIFY(!end.tls->handshake());
    if (!end.tls->over()) { // it waits for the rest of a record
        there_.reset();
        QVERIFY(!end.tls->handshake());
        QVERIFY(end.tls->over());
        QVERIFY(!end.tls->metTls());
        return;
    }
    QCOMPARE(end.tls->over()->reason, Reason::NotKith);
}

void TlsTest::aClientWithAnotherProtocolIsRefused_data() {
    QTest::addColumn<int>("version");
    QTest::addColumn<QByteArray>("alpn");
    QTest::newRow("TLS 1.2") << TLS1_2_VERSION << QByteArray("\x06kith/1");
    QTest::newRow("no protocol named") << TLS1_3_VERSION << QByteArray();
    QTest::newRow("HTTP named") << TLS1_3_VERSION << QByteArray("\x02h2\x08http/1.1");
    QTest::newRow("a later Kith") << TLS1_3_VERSION << QByteArray("\x06kith/2");
}

void TlsTest::aClientWithAnotherProtocolIsRefused() {
    QFETCH(const int, version);
    QFETCH(const QByteArray, alpn);
    Bare client;
    SSL_CTX_set_max_proto_version(client.context, version);
    if (!alpn.isEmpty())
        client.offer({alpn.constData(), std::size_t(alpn.size())});
    client.begin(Side::Initiator, here_.get());
    End r(Side::Responder, there_.get());
    QVERIFY(until(client, r, [&] { return r.tls->over().has_value(); }));
    QCOMPARE(r.tls->over()->reason, Reason::NotKith);
    r.tls->close();
    r.tls->flush();
    QVERIFY(until(client, r, [&] { return client.failed || client.closed; }));
    QVERIFY(client.got.empty());
}

void TlsTest::aServerWithAnotherProtocolIsRefused_data() {
    QTest::addColumn<int>("version");
    QTest::addColumn<bool>("named");
    QTest::newRow("TLS 1.2") << TLS1_2_VERSION << false;
    QTest::newRow("no protocol chosen") << TLS1_3_VERSION << false;
    QTest::newRow("TLS 1.3 and ours: the claim can fail") << TLS1_3_VERSION << true;
}

void TlsTest::aServerWithAnotherProtocolIsRefused() {
    QFETCH(const int, version);
    QFETCH(const bool, named);
    Bare server;
    SSL_CTX_set_max_proto_version(server.context, version);
    EVP_PKEY* key = EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
    X509* certificate = X509_new();
    X509_set_pubkey(certificate, key);
    X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 1000);
    X509_sign(certificate, key, EVP_sha256());
    SSL_CTX_use_certificate(server.context, certificate);
    SSL_CTX_use_PrivateKey(server.context, key);
    X509_free(certificate);
    EVP_PKEY_free(key);
    if (named) {
        const auto choose = [](SSL*, const unsigned char** out, unsigned char* size,
                               const unsigned char* offered, unsigned, void*) {
            *out = offered + 1;
            *size = offered[0];
            return SSL_TLSEXT_ERR_OK;
        };
        SSL_CTX_set_alpn_select_cb(server.context, choose, nullptr);
    }
    server.begin(Side::Responder, there_.get());
    End i(Side::Initiator, here_.get());
    QVERIFY(until(i, server, [&] { return i.tls->over() || (server.stands && i.tls->handshake()); }));
    QCOMPARE(i.tls->over().has_value(), !named);
    if (!named)
        QCOMPARE(i.tls->over()->reason, Reason::NotKith);
}

void TlsTest::aDamagedRecordIsAFault() {
    auto [left, right] = socketPair(); // i - here | there - (this test) - left | right - r
    End i(Side::Initiator, here_.get());
    End r(Side::Responder, right.get());
    const auto forward = [](int from, int to, bool damage) {
        std::string bytes = readRaw(from);
        if (damage && !bytes.empty())
            bytes.back() = char(bytes.back() ^ 1);
        return bytes.empty() || ::write(to, bytes.data(), bytes.size()) == ssize_t(bytes.size());
    };
    for (int turn = 0; turn < turns && !(i.tls->handshake() && r.tls->handshake()); ++turn) {
        i.turn();
        QVERIFY(forward(there_.get(), left.get(), false));
        r.turn();
        QVERIFY(forward(left.get(), there_.get(), false));
    }
    i.tls->write("words");
    i.tls->flush();
    QVERIFY(forward(there_.get(), left.get(), true));
    r.turn();
    QVERIFY(r.tls->over());
    QCOMPARE(r.tls->over()->reason, Reason::TlsFailed);
    QVERIFY(r.got.empty());
}

void TlsTest::sixteenKeyUpdatesPassAndTheNextIsTooMuch() {
    Bare client;
    client.offer("\x06kith/1");
    client.begin(Side::Initiator, here_.get());
    End r(Side::Responder, there_.get());
    QVERIFY(until(client, r, [&] { return client.stands && r.tls->handshake(); }));
    for (unsigned n = 0; n < limits::postHandshakeMessages; ++n) {
        QCOMPARE(SSL_key_update(client.ssl, SSL_KEY_UPDATE_NOT_REQUESTED), 1);
        QCOMPARE(SSL_write(client.ssl, "x", 1), 1);
    }
    QVERIFY(until(client, r, [&] { return r.got.size() == limits::postHandshakeMessages; }));
    QVERIFY(!r.tls->over());
    QCOMPARE(SSL_key_update(client.ssl, SSL_KEY_UPDATE_NOT_REQUESTED), 1);
    QCOMPARE(SSL_do_handshake(client.ssl), 1);
    QVERIFY(until(client, r, [&] { return r.tls->over().has_value(); }));
    QCOMPARE(r.tls->over()->reason, Reason::TooMuch);
}

void TlsTest::aKeyUpdateIsAnsweredWhileMuchIsQueued() {
    Bare client;
    client.offer("\x06kith/1");
    client.begin(Side::Initiator, here_.get());
    End r(Side::Responder, there_.get());
    QVERIFY(until(client, r, [&] { return client.stands && r.tls->handshake(); }));
    const std::string all = pattern(2'000'000);
    r.tls->write(all);
    r.tls->flush(); // a record is half written now
    QVERIFY(r.tls->queued() > 0);
    QCOMPARE(SSL_key_update(client.ssl, SSL_KEY_UPDATE_REQUESTED), 1);
    QCOMPARE(SSL_write(client.ssl, "x", 1), 1);
    QVERIFY(until(client, r, [&] { return client.got.size() == all.size() && r.got == "x"; }));
    QVERIFY(client.got == all);
    QVERIFY(until(client, r, [&] {
        r.tls->write(".");
        return client.keyUpdates == 1;
    }));
    QVERIFY(!r.tls->over());
}

void TlsTest::theSendingKeyIsRenewed() {
    Bare server;
    End i(Side::Responder, here_.get(), 8);
    server.offer("\x06kith/1");
    server.begin(Side::Initiator, there_.get());
    QVERIFY(until(i, server, [&] { return server.stands && i.tls->handshake(); }));
    std::string all;
    for (int n = 0; n < 100; ++n) {
        i.tls->write("words");
        i.tls->flush();
        all += "words";
    }
    QVERIFY(until(i, server, [&] { return server.got.size() == all.size(); }));
    QVERIFY(server.got == all);
    QVERIFY2(server.keyUpdates >= 10 && server.keyUpdates <= 15,
             qPrintable(QString::number(server.keyUpdates)));
}

void TlsTest::aClientGetsNoTicketAndACertificateOfNobody() {
    QSet<QByteArray> serials;
    for (int n = 0; n < 2; ++n) {
        init();
        Bare client;
        client.offer("\x06kith/1");
        client.begin(Side::Initiator, here_.get());
        End r(Side::Responder, there_.get());
        QVERIFY(until(client, r, [&] { return client.stands && r.tls->handshake(); }));
        r.tls->write("after a ticket, if there were one");
        QVERIFY(until(client, r, [&] { return !client.got.empty(); }));
        QCOMPARE(client.tickets, 0);
        QCOMPARE(SSL_SESSION_is_resumable(SSL_get0_session(client.ssl)), 0);
        const X509* certificate = SSL_get0_peer_certificate(client.ssl);
        QVERIFY(certificate != nullptr);
        QCOMPARE(X509_NAME_entry_count(X509_get_subject_name(certificate)), 0);
        QCOMPARE(X509_NAME_entry_count(X509_get_issuer_name(certificate)), 0);
        QCOMPARE(X509_get_ext_count(certificate), 0);
        const ASN1_INTEGER* serial = X509_get0_serialNumber(certificate);
        serials += QByteArray(reinterpret_cast<const char*>(ASN1_STRING_get0_data(serial)),
                              ASN1_STRING_length(serial));
    }
    QCOMPARE(serials.size(), 2);
}

QTEST_GUILESS_MAIN(TlsTest)
#include "tls_test.moc"

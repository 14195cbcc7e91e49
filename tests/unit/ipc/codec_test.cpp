#include "core/limits.h"
#include "ipc/codec.h"

#include <QTest>

#include <random>

using namespace kith;
using namespace kith::ipc;

namespace {

/// Bytes that are not all the same, so that none can stand in another's place.
template <typename T>
T counted(std::uint8_t from) {
    T out;
    for (std::uint8_t& byte : out.bytes)
        byte = from++;
    return out;
}

const auto hello = counted<core::HelloBytes>(1);

const std::vector<core::HandshakeFrame> everyFrame = {
    core::AuthInitiator{counted<core::PublicKey>(1), counted<core::Signature>(2), counted<core::InviteId>(3),
                        counted<core::InviteProof>(4)},
    core::AuthResponder{counted<core::PublicKey>(5), counted<core::Signature>(6)},
    core::Wait{},
    core::Known{counted<core::KnownHint>(7)},
    core::Knock{""},
    core::Knock{std::string(core::limits::knockName, 'n')},
};

const core::Profile longestProfile{
    std::string(core::limits::nameBytes, 'n'),
    std::vector<core::Endpoint>(core::limits::profileAddresses, core::Endpoint{"2001:db8::1", 65535})};

core::Entry entryOf(std::string text) {
    return {counted<core::StreamId>(1), ~0ULL,          counted<core::EntryId>(2), core::limits::latestTime,
            core::EntryKind::Text,      std::move(text)};
}
const core::Entry longestEntry = entryOf(std::string(core::limits::entryText, 'x'));
const core::Entry newerEntry{counted<core::StreamId>(1), 1, {}, 0, static_cast<core::EntryKind>(~0U), ""};

const std::vector<ToWorker> everyToWorker = {
    Start{7, ListenRole{0}},
    Start{7, ListenRole{5188}},
    Start{7, ConnectRole{{"192.168.1.7", 5188}, std::nullopt}},
    Start{7, ConnectRole{{"::1", 1}, hello}},
    Start{7, ServeRole{~0ULL, true, true, hello}},
    Start{7, ServeRole{5, true, false, {}}},
    Start{7, ServeRole{0, false, false, hello}},
    Start{7, ListenRole{1}, true},
    Taken{3},
    Admit{},
    SendText{1, "hello\nworld"},
    SendText{~0ULL, std::string(core::limits::messageText, 'x')},
    NoMore{},
    SendHandshake{everyFrame[0]},
    SendHandshake{everyFrame[1]},
    SendHandshake{everyFrame[2]},
    SendHandshake{everyFrame[3]},
    SendHandshake{everyFrame[4]},
    SendHandshake{everyFrame[5]},
    SendProfile{},
    SendProfile{longestProfile},
    SendEntry{1, newerEntry},
    SendEntry{~0ULL, longestEntry},
    Farewell{},
    Farewell{core::Goodbye::Ended},
    Farewell{core::Goodbye::Superseded},
    Measure{},
};

const std::vector<FromWorker> everyFromWorker = {
    Ready{},
    Listening{5188, true, false},
    AcceptPaused{24},
    Connecting{{"fe80::1%2", 65535}},
    Opened{{"::1", 1}},
    Request{{"127.0.0.1", 40000}, "hi"},
    Received{""},
    Received{std::string(core::limits::plainLine, 'x')},
    Written{~0ULL},
    Measured{},
    Measured{{~0U, ~0ULL, ~0ULL}},
    Stopping{},
    Ended{core::Reason::StoppedByUs, 0},
    Ended{core::Reason::ConnectionRefused, 111},
    SecureUp{{"::1", 1}, hello, counted<core::Exporter>(9), "TLS_AES_128_GCM_SHA256"},
    SecureUp{{"::1", 1}, {}, {}, std::string(core::limits::cipherName, 'C')},
    PeerHandshake{everyFrame[0]},
    PeerHandshake{everyFrame[1]},
    PeerHandshake{everyFrame[2]},
    PeerHandshake{everyFrame[3]},
    PeerHandshake{everyFrame[4]},
    PeerHandshake{everyFrame[5]},
    PeerProfile{},
    PeerProfile{longestProfile},
    PeerEntry{newerEntry},
    PeerEntry{longestEntry},
    Sandboxed{{}},
    Sandboxed{{true, core::limits::allowedCalls, 7, true, false}},
    Sandboxed{{false, 0, 0, false, true}},
};

std::string payloadOf(const std::string& frame) {
    return frame.substr(4);
}

/// A length-delimited field of protobuf, by hand: what no encoder of ours writes.
std::string field(unsigned number, const std::string& bytes) {
    return std::string{char(number << 3U | 2U), char(bytes.size())} + bytes;
}

} // namespace

/// Frames and messages of the boundary: what is written is read, and nothing else is.
class CodecTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyMessageSurvivesTheWay();
    void framesAreCutWhereverBytesEnd();
    void aLengthOutOfBoundsBreaksTheReaderForGood_data();
    void aLengthOutOfBoundsBreaksTheReaderForGood();
    void theLongestFrameIsTaken();
    void valuesOutOfRangeAreRefused();
    void whatPeersSayIsBounded();
    void keysAndIdsOfAnotherLengthAreRefused_data();
    void keysAndIdsOfAnotherLengthAreRefused();
    void textThatIsNotUtf8IsRefused();
    void anUnknownMessageIsRefused();
    void mutatedFramesNeverBreakTheDecoder();
};

void CodecTest::everyMessageSurvivesTheWay() {
    for (const ToWorker& message : everyToWorker) {
        const auto back = decodeToWorker(payloadOf(encode(message)));
        QVERIFY2(back.ok(), back.ok() ? "" : back.error().detail.c_str());
        QVERIFY(*back == message);
    }
    for (const FromWorker& message : everyFromWorker) {
        const auto back = decodeFromWorker(payloadOf(encode(message)));
        QVERIFY2(back.ok(), back.ok() ? "" : back.error().detail.c_str());
        QVERIFY(*back == message);
    }
}

void CodecTest::framesAreCutWhereverBytesEnd() {
    std::string stream;
    for (const FromWorker& message : everyFromWorker)
        stream += encode(message);
    for (const std::size_t step : {std::size_t(1), std::size_t(3), std::size_t(1000), stream.size()}) {
        FrameReader reader;
        std::size_t seen = 0;
        for (std::size_t at = 0; at < stream.size(); at += step) {
            reader.append(std::string_view(stream).substr(at, step));
            while (true) {
                const auto payload = reader.next();
                QVERIFY(payload.ok());
                if (!payload->has_value())
                    break;
                QVERIFY(*decodeFromWorker(**payload) == everyFromWorker[seen]);
                ++seen;
            }
        }
        QCOMPARE(seen, everyFromWorker.size());
        QCOMPARE(reader.size(), std::size_t(0));
    }
}

void CodecTest::aLengthOutOfBoundsBreaksTheReaderForGood_data() {
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("0") << QByteArray(4, '\0');
    QTest::newRow("limit + 1") << QByteArray::fromHex("00012001");
    QTest::newRow("4 GB") << QByteArray::fromHex("ffffffff");
    QCOMPARE(core::limits::boundaryMessage, std::size_t(0x12000));
}

void CodecTest::aLengthOutOfBoundsBreaksTheReaderForGood() {
    QFETCH(QByteArray, header);
    FrameReader reader;
    reader.append(encode(FromWorker(Ready{})) + header.toStdString());
    QVERIFY(reader.next()->has_value());
    QVERIFY(!reader.next().ok());
    QCOMPARE(reader.size(), std::size_t(0));
    reader.append(encode(FromWorker(Ready{})));
    QVERIFY(!reader.next().ok());
    QCOMPARE(reader.size(), std::size_t(0));
}

void CodecTest::theLongestFrameIsTaken() {
    FrameReader reader;
    reader.append(std::string("\x00\x01\x20\x00", 4) + std::string(core::limits::boundaryMessage, 'x'));
    const auto payload = reader.next();
    QVERIFY(payload.ok() && payload->has_value());
    QCOMPARE((*payload)->size(), core::limits::boundaryMessage);
}

void CodecTest::valuesOutOfRangeAreRefused() {
    for (const ToWorker& bad : std::vector<ToWorker>{
             Start{0, ListenRole{1}}, Start{-1, ListenRole{1}}, Start{7, ConnectRole{{"", 1}, std::nullopt}},
             Start{7, ConnectRole{{"host", 0}, std::nullopt}},
             Start{7, ConnectRole{{"h st", 1}, std::nullopt}},
             Start{7, ConnectRole{{"h\xC3\xA9", 1}, std::nullopt}},
             Start{7, ConnectRole{{std::string(254, 'a'), 1}, std::nullopt}},
             SendText{1, std::string(core::limits::messageText + 1, 'x')}}) {
        const std::string frame = encode(bad);
        QVERIFY(frame.empty() || !decodeToWorker(payloadOf(frame)).ok());
    }
    for (const FromWorker& bad :
         std::vector<FromWorker>{Listening{0, true, true}, Listening{1, false, false}, Opened{{"", 1}},
                                 Opened{{"::1", 0}}, Received{std::string(core::limits::plainLine + 1, 'x')},
                                 Request{{"::1", 1}, std::string(3 * core::limits::plainPreview + 1, 'x')},
                                 Ended{static_cast<core::Reason>(200), 0}}) {
        const std::string frame = encode(bad);
        QVERIFY(frame.empty() || !decodeFromWorker(payloadOf(frame)).ok());
    }
}

void CodecTest::whatPeersSayIsBounded() {
    core::Profile longName = longestProfile;
    longName.name += 'n';
    core::Profile manyHosts = longestProfile;
    manyHosts.hosts.push_back(manyHosts.hosts.front());
    core::Entry longText = longestEntry;
    longText.text += 'x';
    core::Entry unnumbered = newerEntry;
    unnumbered.number = 0;
    core::Entry late = newerEntry;
    late.writtenAt = core::limits::latestTime + 1;
    core::Entry early = newerEntry;
    early.writtenAt = -1;
    const core::Knock longKnock{std::string(core::limits::knockName + 1, 'n')};
    for (const FromWorker& bad :
         {FromWorker(PeerProfile{longName}), FromWorker(PeerProfile{manyHosts}),
          FromWorker(PeerProfile{{"Ann", {{"ann.example", 5188}}}}),
          FromWorker(PeerProfile{{"Ann", {{"127.0.0.1", 0}}}}), FromWorker(PeerEntry{longText}),
          FromWorker(PeerEntry{unnumbered}), FromWorker(PeerEntry{late}), FromWorker(PeerEntry{early}),
          FromWorker(Sandboxed{{true, core::limits::allowedCalls + 1, 7, true, false}}),
          FromWorker(Sandboxed{{true, 0, 7, true, false}}), FromWorker(Sandboxed{{false, 1, 7, true, false}}),
          FromWorker(PeerHandshake{longKnock}), FromWorker(SecureUp{{"::1", 1}, hello, {}, ""}),
          FromWorker(SecureUp{{"::1", 1}, hello, {}, "A B"}),
          FromWorker(SecureUp{{"::1", 1}, hello, {}, std::string(core::limits::cipherName + 1, 'C')}),
          FromWorker(SecureUp{{"", 1}, hello, {}, "TLS"})})
        QVERIFY2(!decodeFromWorker(payloadOf(encode(bad))).ok(), qPrintable(QString::number(bad.index())));
    for (const ToWorker& bad :
         {ToWorker(SendProfile{longName}), ToWorker(SendProfile{manyHosts}), ToWorker(SendEntry{1, longText}),
          ToWorker(SendEntry{1, unnumbered}), ToWorker(SendHandshake{longKnock}),
          ToWorker(Farewell{static_cast<core::Goodbye>(4)})})
        QVERIFY2(!decodeToWorker(payloadOf(encode(bad))).ok(), qPrintable(QString::number(bad.index())));
}

void CodecTest::keysAndIdsOfAnotherLengthAreRefused_data() {
    const auto peerHandshake = [](const std::string& frame) { return field(12, frame); };
    const auto known = [=](std::size_t hint) {
        return peerHandshake(field(4, field(1, std::string(hint, 'h'))));
    };
    const auto responder = [=](std::size_t key, std::size_t signature) {
        return peerHandshake(
            field(2, field(1, std::string(key, 'k')) + field(2, std::string(signature, 's'))));
    };
    const auto entry = [](std::size_t stream, std::size_t id) {
        return field(14, field(1, std::string(stream, 's')) + std::string("\x10\x01", 2) +
                             field(3, std::string(id, 'i')));
    };
    const auto up = [](std::size_t own, std::size_t exporter) {
        return field(11, field(1, field(1, "::1") + std::string("\x10\x01", 2)) +
                             field(2, std::string(own, 'h')) + field(3, std::string(exporter, 'e')) +
                             field(4, "TLS"));
    };
    QTest::addColumn<std::string>("payload");
    QTest::addColumn<bool>("right");
    QTest::newRow("hint") << known(32) << true;
    QTest::newRow("short hint") << known(31) << false;
    QTest::newRow("long hint") << known(33) << false;
    QTest::newRow("AUTH") << responder(32, 64) << true;
    QTest::newRow("short key") << responder(31, 64) << false;
    QTest::newRow("long signature") << responder(32, 65) << false;
    QTest::newRow("no signature") << responder(32, 0) << false;
    QTest::newRow("entry") << entry(16, 16) << true;
    QTest::newRow("short stream") << entry(15, 16) << false;
    QTest::newRow("long id") << entry(16, 17) << false;
    QTest::newRow("SecureUp") << up(40, 32) << true;
    QTest::newRow("short HELLO") << up(39, 32) << false;
    QTest::newRow("long exporter") << up(40, 33) << false;
    QTest::newRow("no frame") << peerHandshake("") << false;
}

void CodecTest::keysAndIdsOfAnotherLengthAreRefused() {
    QFETCH(std::string, payload);
    QFETCH(bool, right);
    QCOMPARE(decodeFromWorker(payload).ok(), right);
}

void CodecTest::textThatIsNotUtf8IsRefused() {
    using namespace std::string_literals;
    for (const std::string& text : {"\xFF"s, "\xC0\xAF"s, "\xED\xA0\x80"s, "a\0b"s, "\xE2\x82"s}) {
        QVERIFY(!decodeFromWorker(payloadOf(encode(FromWorker(Received{text})))).ok());
        QVERIFY(!decodeToWorker(payloadOf(encode(ToWorker(SendText{1, text})))).ok());
        QVERIFY(!decodeFromWorker(payloadOf(encode(FromWorker(PeerEntry{entryOf(text)})))).ok());
        QVERIFY(!decodeFromWorker(payloadOf(encode(FromWorker(PeerProfile{{text, {}}})))).ok());
        QVERIFY(!decodeFromWorker(payloadOf(encode(FromWorker(PeerHandshake{core::Knock{text}})))).ok());
    }
}

void CodecTest::anUnknownMessageIsRefused() {
    // Field 100, length-delimited, empty; and no field at all.
    for (const std::string_view payload : {std::string_view("\xA2\x06\x00", 3), std::string_view()}) {
        QVERIFY(!decodeFromWorker(payload).ok());
        QVERIFY(!decodeToWorker(payload).ok());
    }
}

void CodecTest::mutatedFramesNeverBreakTheDecoder() {
    std::mt19937 random(5188); // NOLINT(cert-msc51-cpp): the same bytes at every run
    for (int round = 0; round < 20000; ++round) {
        std::string payload =
            payloadOf(encode(everyFromWorker[random() % everyFromWorker.size()])).substr(0, 200);
        for (auto i = random() % 4; i < 4 && !payload.empty(); ++i)
            payload[random() % payload.size()] = static_cast<char>(random());
        const auto message = decodeFromWorker(payload);
        if (message.ok())
            QVERIFY(decodeFromWorker(payloadOf(encode(*message))).ok());
        (void)decodeToWorker(payload).ok();
    }
}

QTEST_GUILESS_MAIN(CodecTest)
#include "codec_test.moc"

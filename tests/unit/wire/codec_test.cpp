#include "core/limits.h"
#include "frames.h"
#include "wire/codec.h"

#include <QTest>

#include <random>

using namespace kith;
using namespace kith::wire;
using namespace kith::tests;

namespace {

/// Length, type, payload: by hand, so that anything can be written.
std::string rawFrame(std::uint32_t length, std::uint8_t type, const std::string& payload) {
    std::string bytes;
    for (unsigned shift = 32; shift > 0; shift -= 8)
        bytes.push_back(char(length >> (shift - 8) & 0xFFU));
    bytes.push_back(char(type));
    return bytes + payload;
}

std::string rawFrame(std::uint8_t type, const std::string& payload) {
    return rawFrame(std::uint32_t(payload.size() + 1), type, payload);
}

/// A length-delimited field of protobuf.
std::string field(unsigned number, const std::string& bytes) {
    return std::string{char(number << 3U | 2U), char(bytes.size())} + bytes;
}

const std::string numberOne("\x10\x01", 2); // field 2 of Entry

struct Read {
    std::vector<Frame> frames;
    bool broken = false;
};

/// Everything in `stream`, given to the reader in pieces of `step` bytes, as a worker reads it.
Read read(std::string_view stream, std::size_t step) {
    Read all;
    FrameReader reader;
    for (std::size_t at = 0; at < stream.size(); at += step) {
        reader.append(stream.substr(at, step));
        while (!all.broken) {
            const auto raw = reader.next();
            if (raw.ok() && !raw->has_value())
                break;
            const auto frame = raw.ok() ? decode((*raw)->type, (*raw)->payload) : raw.error();
            all.broken = !frame.ok();
            if (frame.ok())
                all.frames.push_back(*frame);
        }
    }
    return all;
}

} // namespace

/// Frames of kith/1: what is written is read, and nothing else is. The unit half of threats row 2.
class WireCodecTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFrameSurvivesTheWayWhereverBytesEnd();
    void theBytesAreThoseOfThePage_data();
    void theBytesAreThoseOfThePage();
    void row2_aBadHeaderBreaksTheReaderForGoodAndKeepsNothing_data();
    void row2_aBadHeaderBreaksTheReaderForGoodAndKeepsNothing();
    void row2_everyTypeHasABoundAndTheNextByteIsRefused();
    void row2_noOtherTypeIsKnown();
    void row2_aPayloadOfAnotherLengthIsRefused_data();
    void row2_aPayloadOfAnotherLengthIsRefused();
    void whatIsOverItsBoundIsNotWritten();
    void valuesOutOfRangeAreRefused_data();
    void valuesOutOfRangeAreRefused();
    void textThatIsNotUtf8IsRefused();
    void fieldsOfALaterVersionArePassedOver();
    void kindsOfALaterVersionAreCarried();
    void aGoodbyeOfALaterVersionIsAnEnd();
    void mutatedFramesNeverBreakTheDecoder();
};

void WireCodecTest::everyFrameSurvivesTheWayWhereverBytesEnd() {
    const std::vector<Frame> frames = everyFrame();
    std::string stream;
    for (const Frame& frame : frames)
        stream += encode(frame);
    for (const std::size_t step : {std::size_t(1), std::size_t(5), std::size_t(1000), stream.size()}) {
        const Read back = read(stream, step);
        QVERIFY(!back.broken);
        QVERIFY(back.frames == frames);
    }
}

void WireCodecTest::theBytesAreThoseOfThePage_data() {
    const auto repeated = [](std::size_t count, char from) {
        std::string bytes;
        for (std::size_t i = 0; i < count; ++i)
            bytes.push_back(char(from + char(i)));
        return bytes;
    };
    const std::vector<Frame> all = everyFrame();
    QTest::addColumn<Frame>("frame");
    QTest::addColumn<std::string>("bytes");
    QTest::newRow("HELLO") << all[0] << rawFrame(41, 1, repeated(40, 1));
    QTest::newRow("AUTH of I")
        << all[1] << rawFrame(137, 2, repeated(32, 1) + repeated(64, 2) + repeated(8, 3) + repeated(32, 4));
    QTest::newRow("AUTH of R") << all[2] << rawFrame(97, 3, repeated(32, 5) + repeated(64, 6));
    QTest::newRow("WAIT") << all[3] << rawFrame(1, 4, "");
    QTest::newRow("KNOWN") << all[4] << rawFrame(33, 5, repeated(32, 7));
    QTest::newRow("KNOCK") << Frame(core::Knock{"Bob"}) << rawFrame(4, 6, "Bob");
    QTest::newRow("PROFILE") << Frame(core::Profile{"Ann", {{"::1", 5188}}})
                             << rawFrame(16, 7, field(1, "Ann") + field(2, field(1, "::1") + "\x10\xC4\x28"));
    QTest::newRow("PING") << Frame(Ping{}) << rawFrame(1, 8, "");
    QTest::newRow("PONG") << Frame(Pong{}) << rawFrame(1, 9, "");
    QTest::newRow("GOODBYE") << Frame(Farewell{core::Goodbye::Superseded}) << rawFrame(2, 10, "\x03");
    QTest::newRow("entry") << Frame(core::Entry{counted<core::StreamId>(1), 1, counted<core::EntryId>(2), 5,
                                                core::EntryKind::Text, "hi"})
                           << rawFrame(47, 16,
                                       field(1, repeated(16, 1)) + numberOne + field(3, repeated(16, 2)) +
                                           "\x20\x0A\x28\x01" + field(6, "hi"));
}

void WireCodecTest::theBytesAreThoseOfThePage() {
    QFETCH(Frame, frame);
    QFETCH(std::string, bytes);
    QCOMPARE(QByteArray::fromStdString(encode(frame)).toHex(), QByteArray::fromStdString(bytes).toHex());
}

void WireCodecTest::row2_aBadHeaderBreaksTheReaderForGoodAndKeepsNothing_data() {
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("length 0") << QByteArray::fromHex("00000000");
    QTest::newRow("longest length + 1") << QByteArray::fromHex("00010002");
    QTest::newRow("2^32 - 1") << QByteArray::fromHex("ffffffff");
    QTest::newRow("type 0") << QByteArray::fromHex("0000000100");
    QTest::newRow("type 11") << QByteArray::fromHex("000000010b");
    QTest::newRow("HELLO + 1") << QByteArray::fromHex("0000002a01");
    QTest::newRow("KNOCK + 1") << QByteArray::fromHex("0000010206");
    QTest::newRow("PROFILE + 1") << QByteArray::fromHex("0000080207");
    QTest::newRow("PING + 1") << QByteArray::fromHex("0000000208");
}

void WireCodecTest::row2_aBadHeaderBreaksTheReaderForGoodAndKeepsNothing() {
    QFETCH(QByteArray, header);
    FrameReader reader;
    reader.append(encode(Ping{}) + header.toStdString());
    QVERIFY(reader.next()->has_value());
    const auto bad = reader.next();
    QVERIFY(!bad.ok());
    QCOMPARE(bad.error().reason, core::Reason::ProtocolBroken);
    QCOMPARE(reader.size(), std::size_t(0));
    reader.append(encode(Ping{}));
    QVERIFY(!reader.next().ok());
    QCOMPARE(reader.size(), std::size_t(0));
}

void WireCodecTest::row2_everyTypeHasABoundAndTheNextByteIsRefused() {
    int known = 0;
    for (unsigned type = 0; type < 256; ++type) {
        const auto most = payloadLimit(std::uint8_t(type));
        if (!most)
            continue;
        ++known;
        FrameReader reader;
        reader.append(rawFrame(std::uint8_t(type), std::string(*most, 'x')));
        const auto longest = reader.next();
        QVERIFY(longest.ok() && longest->has_value());
        QCOMPARE((*longest)->payload.size(), *most);
        reader.append(rawFrame(std::uint32_t(*most) + 2, std::uint8_t(type), ""));
        QVERIFY(!reader.next().ok());
        QVERIFY(!decode(FrameType(type), std::string(*most + 1, 'x')).ok());
    }
    QCOMPARE(known, 11);
    QCOMPARE(*payloadLimit(std::uint8_t(FrameType::Entry)), core::limits::conversationFrame);
    QCOMPARE(*payloadLimit(std::uint8_t(FrameType::Profile)), core::limits::profileFrame);
    QCOMPARE(*payloadLimit(std::uint8_t(FrameType::Knock)), core::limits::handshakeFrame);
}

void WireCodecTest::row2_noOtherTypeIsKnown() {
    for (unsigned type = 0; type < 256; ++type) {
        FrameReader reader;
        reader.append(rawFrame(1, std::uint8_t(type), ""));
        QCOMPARE(reader.next().ok(), (type >= 1 && type <= 10) || type == 16);
    }
}

void WireCodecTest::row2_aPayloadOfAnotherLengthIsRefused_data() {
    QTest::addColumn<int>("type");
    QTest::addColumn<int>("length");
    QTest::newRow("HELLO") << 1 << 40;
    QTest::newRow("AUTH of I") << 2 << 136;
    QTest::newRow("AUTH of R") << 3 << 96;
    QTest::newRow("WAIT") << 4 << 0;
    QTest::newRow("KNOWN") << 5 << 32;
    QTest::newRow("PING") << 8 << 0;
    QTest::newRow("PONG") << 9 << 0;
    QTest::newRow("GOODBYE") << 10 << 1;
}

void WireCodecTest::row2_aPayloadOfAnotherLengthIsRefused() {
    QFETCH(int, type);
    QFETCH(int, length);
    for (int each = 0; each < 300; ++each)
        QCOMPARE(decode(FrameType(type), std::string(std::size_t(each), 'x')).ok(), each == length);
}

void WireCodecTest::whatIsOverItsBoundIsNotWritten() {
    core::Profile longName = longestProfile();
    longName.name += 'n';
    core::Profile manyHosts = longestProfile();
    manyHosts.hosts.push_back(manyHosts.hosts.front());
    core::Profile longHost = longestProfile();
    longHost.hosts.front().host = std::string(core::limits::profileFrame, '1');
    for (const Frame& frame : {Frame(longName), Frame(manyHosts), Frame(longHost),
                               Frame(core::Knock{std::string(core::limits::knockName + 1, 'n')}),
                               Frame(entryOf(std::string(core::limits::entryText + 1, 'x')))})
        QVERIFY2(encode(frame).empty(), qPrintable(QString::number(frame.index())));
}

void WireCodecTest::valuesOutOfRangeAreRefused_data() {
    const auto entry = [](std::size_t stream, const std::string& number, std::size_t id,
                          const std::string& rest = {}) {
        return field(1, std::string(stream, 's')) + number + field(3, std::string(id, 'i')) + rest;
    };
    const auto host = [](const std::string& address, const std::string& port) {
        return field(1, "Ann") + field(2, field(1, address) + port);
    };
    const std::string port("\x10\xC4\x28", 3);
    std::string hosts;
    for (int i = 0; i < 4; ++i)
        hosts += field(2, field(1, "::1") + port);
    const auto profile = int(FrameType::Profile);
    const auto talk = int(FrameType::Entry);
    QTest::addColumn<int>("type");
    QTest::addColumn<std::string>("payload");
    QTest::addColumn<bool>("right");
    QTest::newRow("entry") << talk << entry(16, numberOne, 16) << true;
    QTest::newRow("short stream") << talk << entry(15, numberOne, 16) << false;
    QTest::newRow("long stream") << talk << entry(17, numberOne, 16) << false;
    QTest::newRow("no id") << talk << entry(16, numberOne, 0) << false;
    QTest::newRow("no number") << talk << entry(16, "", 16) << false;
    QTest::newRow("number 0") << talk << entry(16, std::string("\x10\x00", 2), 16) << false;
    QTest::newRow("last number") << talk << entry(16, "\x10\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01", 16)
                                 << true;
    QTest::newRow("last moment") << talk << entry(16, numberOne, 16, "\x20\xFE\xEF\xFE\xA1\xFA\x9D\x73")
                                 << true;
    QTest::newRow("a moment later") << talk << entry(16, numberOne, 16, "\x20\x80\xF0\xFE\xA1\xFA\x9D\x73")
                                    << false;
    QTest::newRow("before 1970") << talk << entry(16, numberOne, 16, "\x20\x01") << false;
    QTest::newRow("host") << profile << host("192.0.2.1", port) << true;
    QTest::newRow("a name for a host") << profile << host("ann.example", port) << false;
    QTest::newRow("no host") << profile << host("", port) << false;
    QTest::newRow("port 0") << profile << host("::1", "") << false;
    QTest::newRow("port 65535") << profile << host("::1", "\x10\xFF\xFF\x03") << true;
    QTest::newRow("port 65536") << profile << host("::1", "\x10\x80\x80\x04") << false;
    QTest::newRow("four hosts") << profile << hosts << true;
    QTest::newRow("five hosts") << profile << hosts + field(2, field(1, "::1") + port) << false;
    QTest::newRow("no protobuf") << profile << std::string("\xFF") << false;
    QTest::newRow("no protobuf either") << talk << std::string("\x0A\x10") << false;
}

void WireCodecTest::valuesOutOfRangeAreRefused() {
    QFETCH(int, type);
    QFETCH(std::string, payload);
    QFETCH(bool, right);
    const auto frame = decode(FrameType(type), payload);
    QCOMPARE(frame.ok(), right);
    if (!right)
        QCOMPARE(frame.error().reason, core::Reason::ProtocolBroken);
}

void WireCodecTest::textThatIsNotUtf8IsRefused() {
    using namespace std::string_literals;
    for (const std::string& text : {"\xFF"s, "\xC0\xAF"s, "\xED\xA0\x80"s, "a\0b"s, "\xE2\x82"s}) {
        for (const Frame& frame :
             {Frame(core::Knock{text}), Frame(core::Profile{text, {}}), Frame(entryOf(text))})
            QVERIFY(read(encode(frame), 7).broken);
    }
}

void WireCodecTest::fieldsOfALaterVersionArePassedOver() {
    const std::string later = "\x98\x06\x2A" + std::string("\xA2\x06\x03new", 6); // fields 99 and 100
    for (const Frame& frame : {Frame(longestProfile()), Frame(entryOf("hi"))}) {
        const std::string bytes = encode(frame).substr(5);
        const auto type = std::holds_alternative<core::Entry>(frame) ? FrameType::Entry : FrameType::Profile;
        for (const std::string& payload : {later + bytes, bytes + later}) {
            const auto back = decode(type, payload);
            QVERIFY(back.ok());
            QVERIFY(*back == frame);
        }
    }
}

void WireCodecTest::kindsOfALaterVersionAreCarried() {
    for (const std::uint32_t kind : {0U, 2U, ~0U}) {
        core::Entry entry = entryOf("?");
        entry.kind = core::EntryKind(kind);
        const Read back = read(encode(entry), 1000);
        QVERIFY(back.frames == std::vector<Frame>{entry});
    }
}

void WireCodecTest::aGoodbyeOfALaterVersionIsAnEnd() {
    for (const int number : {4, 255}) {
        const auto back = decode(FrameType::Goodbye, std::string(1, char(number)));
        QVERIFY(back.ok());
        QVERIFY(*back == Frame(Farewell{core::Goodbye::Ended}));
    }
}

void WireCodecTest::mutatedFramesNeverBreakTheDecoder() {
    const std::vector<Frame> frames = everyFrame();
    std::mt19937 random(5188); // NOLINT(cert-msc51-cpp): the same bytes at every run
    for (int round = 0; round < 20000; ++round) {
        std::string stream = encode(frames[random() % frames.size()]).substr(0, 200);
        for (auto i = random() % 4; i < 4; ++i)
            stream[random() % stream.size()] = char(random());
        for (const Frame& frame : read(stream, 64).frames)
            QVERIFY(read(encode(frame), 64).frames == std::vector<Frame>{frame});
    }
}

QTEST_GUILESS_MAIN(WireCodecTest)
#include "codec_test.moc"

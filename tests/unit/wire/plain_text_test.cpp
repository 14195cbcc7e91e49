#include "core/limits.h"
#include "core/text.h"
#include "wire/plain_text.h"

#include <QTest>

#include <random>

using namespace kith;
using kith::wire::PlainDecoder;
using namespace std::string_literals;

using Lines = std::vector<std::string>;

namespace {

Lines all(std::string_view bytes, std::size_t step) {
    PlainDecoder decoder;
    Lines out;
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        for (std::string& line : decoder.feed(bytes.substr(at, step)))
            out.push_back(std::move(line));
    }
    for (std::string& line : decoder.finish())
        out.push_back(std::move(line));
    return out;
}

const std::string r = "\xEF\xBF\xBD";

} // namespace

/// Bytes of a plain-text peer become messages (PROTOCOL.md, "Plain text").
class PlainTextTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneLineIsOneMessageHoweverItArrives_data();
    void oneLineIsOneMessageHoweverItArrives();
    void whatCameWithoutANewlineIsAMessageOfItsOwn();
    void theNewlineAfterAShownPartIsNoMessage();
    void anIncompleteSequenceWaitsForItsEnd();
    void aLongLineIsCutBetweenCharacters();
    void tenMegabytesWithoutANewlineCostOneLineOfMemory();
    void telnetIsRefusedAndNeverShown();
    void telnetAnswersAreBounded();
    void anEndlessSubnegotiationDoesNotSwallowTheRest();
    void whateverComesIsValidAndBounded();
};

void PlainTextTest::oneLineIsOneMessageHoweverItArrives_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("messages");
    const auto b = [](const std::string& s) { return QByteArray::fromStdString(s); };
    QTest::newRow("lines") << b("a\nb\n") << QByteArrayList{"a", "b"};
    QTest::newRow("crlf") << b("a\r\nb\r\n") << QByteArrayList{"a", "b"};
    QTest::newRow("lone cr") << b("a\rb\n") << QByteArrayList{"a\rb"};
    QTest::newRow("two cr") << b("a\r\r\n") << QByteArrayList{"a\r"};
    QTest::newRow("empty line") << b("a\n\nb\n") << QByteArrayList{"a", "", "b"};
    QTest::newRow("no newline at the end") << b("a\nb") << QByteArrayList{"a", "b"};
    QTest::newRow("nothing") << b("") << QByteArrayList{};
    QTest::newRow("nul") << b("a\0b\n"s) << QByteArrayList{b("a" + r + "b")};
    QTest::newRow("utf-8") << b("\xE4\xBD\xA0\xE5\xA5\xBD\n") << QByteArrayList{"\xE4\xBD\xA0\xE5\xA5\xBD"};
    QTest::newRow("broken utf-8") << b("\xE4\xBD"
                                       "a\x80\n")
                                  << QByteArrayList{b(r + "a" + r)};
    QTest::newRow("cut utf-8 at newline") << b("\xE4\xBD\n") << QByteArrayList{b(r)};
    QTest::newRow("cut utf-8 at the end") << b("a\xF0\x9F\x98") << QByteArrayList{b("a" + r)};
    QTest::newRow("ssh banner") << b("SSH-2.0-OpenSSH_9.2p1\r\n") << QByteArrayList{"SSH-2.0-OpenSSH_9.2p1"};
    QTest::newRow("http") << b("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                          << QByteArrayList{"GET / HTTP/1.1", "Host: x", ""};
}

void PlainTextTest::oneLineIsOneMessageHoweverItArrives() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArrayList, messages);
    for (std::size_t step = 1; step <= 8; ++step) {
        QByteArrayList got;
        for (const std::string& line : all(bytes.toStdString(), step))
            got << QByteArray::fromStdString(line);
        QCOMPARE(got, messages);
    }
}

void PlainTextTest::whatCameWithoutANewlineIsAMessageOfItsOwn() {
    PlainDecoder decoder;
    QVERIFY(decoder.feed("first half").empty());
    QVERIFY(decoder.hasPartial());
    QCOMPARE(decoder.showPartial(), Lines{"first half"});
    QVERIFY(!decoder.hasPartial());
    QVERIFY(decoder.showPartial().empty());
    QCOMPARE(decoder.feed(" second half\n"), Lines{" second half"});
}

void PlainTextTest::theNewlineAfterAShownPartIsNoMessage() {
    PlainDecoder decoder;
    QVERIFY(decoder.feed("hello").empty());
    QCOMPARE(decoder.showPartial(), Lines{"hello"});
    QVERIFY(decoder.feed("\r\n").empty());
    QCOMPARE(decoder.feed("\n"), Lines{""});
}

void PlainTextTest::anIncompleteSequenceWaitsForItsEnd() {
    PlainDecoder decoder;
    QVERIFY(decoder.feed("a\xF0\x9F\x98").empty());
    QCOMPARE(decoder.showPartial(), Lines{"a"});
    QVERIFY(!decoder.hasPartial());
    QCOMPARE(decoder.feed("\x80\n"), Lines{"\xF0\x9F\x98\x80"});
}

void PlainTextTest::aLongLineIsCutBetweenCharacters() {
    std::string line;
    while (line.size() < 3 * core::limits::plainLine)
        line += "\xE2\x82\xAC"; // three bytes, which do not divide 64 KiB
    const Lines parts = all(line + "\n", 4096);
    std::string joined;
    for (const std::string& part : parts) {
        QVERIFY(part.size() <= core::limits::plainLine && !part.empty());
        QVERIFY(core::isValidUtf8(part));
        joined += part;
    }
    QCOMPARE(joined, line);
    QCOMPARE(parts.size(), std::size_t(4));
    // A line of exactly the limit is one message, and its newline no second one.
    QCOMPARE(all(std::string(core::limits::plainLine, 'x') + "\n", 1000).size(), std::size_t(1));
}

void PlainTextTest::tenMegabytesWithoutANewlineCostOneLineOfMemory() {
    PlainDecoder decoder;
    const std::string chunk(16384, 'x');
    std::size_t bytes = 0;
    for (int i = 0; i < 640; ++i) {
        const Lines lines = decoder.feed(chunk);
        QVERIFY(lines.size() <= 1);
        for (const std::string& line : lines)
            bytes += line.size();
    }
    for (const std::string& line : decoder.finish())
        bytes += line.size();
    QCOMPARE(bytes, std::size_t(640 * 16384));
}

void PlainTextTest::telnetIsRefusedAndNeverShown() {
    PlainDecoder decoder;
    // IAC DO 24, IAC WILL 31, IAC SB 24 1 IAC SE, IAC WONT 1, IAC DONT 3, IAC NOP
    const Lines lines = decoder.feed(
        "he\xFF\xFD\x18\xFF\xFB\x1F\xFF\xFA\x18\x01\xFF\xF0\xFF\xFC\x01\xFF\xFE\x03\xFF\xF1llo\r\n"s);
    QCOMPARE(lines, Lines{"hello"});
    QCOMPARE(decoder.takeRefusals(), "\xFF\xFC\x18\xFF\xFE\x1F"s);
    QVERIFY(decoder.takeRefusals().empty());
    // An escaped 0xFF is a byte that is not UTF-8.
    QCOMPARE(decoder.feed("a\xFF\xFF"
                          "b\n"s),
             Lines{"a" + r + "b"});
}

void PlainTextTest::telnetAnswersAreBounded() {
    PlainDecoder decoder;
    std::string flood;
    for (int i = 0; i < 100000; ++i)
        flood += "\xFF\xFB\x01";
    QVERIFY(decoder.feed(flood).empty());
    QCOMPARE(decoder.takeRefusals().size(), std::size_t(3 * core::limits::telnetAnswers));
    QVERIFY(decoder.feed(flood).empty());
    QVERIFY(decoder.takeRefusals().empty());
}

void PlainTextTest::anEndlessSubnegotiationDoesNotSwallowTheRest() {
    PlainDecoder decoder;
    QVERIFY(decoder.feed("\xFF\xFA"s + std::string(core::limits::telnetSubnegotiation, 'x')).empty());
    QCOMPARE(decoder.feed("still here\n"), Lines{"still here"});
}

void PlainTextTest::whateverComesIsValidAndBounded() {
    std::mt19937 random(5188); // NOLINT(cert-msc51-cpp): the same bytes at every run
    const std::string alphabet = "\xFF\xFA\xF0\xFB\xFD\r\n\0a\xE2\x82\xAC\xF0\x9F\x98\x80\xC0"s;
    for (int round = 0; round < 3000; ++round) {
        PlainDecoder decoder;
        Lines lines;
        for (int i = 0; i < 20; ++i) {
            std::string bytes;
            for (auto n = random() % 12; n > 0; --n)
                bytes += alphabet[random() % alphabet.size()];
            for (std::string& line : random() % 4 == 0 ? decoder.showPartial() : decoder.feed(bytes))
                lines.push_back(std::move(line));
        }
        for (std::string& line : decoder.finish())
            lines.push_back(std::move(line));
        for (const std::string& line : lines) {
            QVERIFY(core::isValidUtf8(line));
            QVERIFY(line.find('\0') == std::string::npos && line.find('\n') == std::string::npos);
            QVERIFY(line.size() <= core::limits::plainLine);
        }
    }
}

QTEST_GUILESS_MAIN(PlainTextTest)
#include "plain_text_test.moc"

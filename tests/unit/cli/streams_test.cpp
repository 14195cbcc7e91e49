#include "cli/output_stream.h"
#include "cli/passphrase_prompt.h"
#include "cli/secret_input.h"
#include "cli/standard_input.h"
#include "core/limits.h"
#include "core/unique_fd.h"

#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>

#include <array>
#include <csignal>
#include <cstdlib>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

using namespace kith;
using namespace kith::cli;

namespace {

/// Both ends of a pipe.
struct Pipe {
    core::UniqueFd reading;
    core::UniqueFd writing;

    Pipe() {
        std::array<int, 2> ends{-1, -1};
        if (pipe(ends.data()) != 0)
            qFatal("pipe failed");
        reading.reset(ends[0]);
        writing.reset(ends[1]);
    }
    void write(const QByteArray& bytes) const {
        QCOMPARE(::write(writing.get(), bytes.constData(), size_t(bytes.size())), ssize_t(bytes.size()));
    }
};

QByteArray readAll(int fd) {
    QByteArray all;
    std::array<char, 65536> buffer{};
    ssize_t count = 0;
    while ((count = ::read(fd, buffer.data(), buffer.size())) > 0)
        all.append(buffer.data(), count);
    return all;
}

/// Notes the lines of an input.
struct Heard {
    QByteArrayList lines;
    int tooLong = 0;
    int ends = 0;

    explicit Heard(StandardInput& input) {
        QObject::connect(&input, &StandardInput::line, &input, [this](const QByteArray& b) { lines += b; });
        QObject::connect(&input, &StandardInput::lineTooLong, &input, [this] { ++tooLong; });
        QObject::connect(&input, &StandardInput::ended, &input, [this] { ++ends; });
    }
};

constexpr qsizetype bound = 64;

} // namespace

/// The terminal's own streams: nothing blocks, nothing grows, nothing is lost.
class StreamsTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void linesComeFromAPipe();
    void linesComeFromAFile();
    void theNullDeviceEndsAtOnce();
    void aPausedInputIsNotRead();
    void aPauseInTheMiddleOfALineTakesEffectAtOnce();
    void flagsOfTheDescriptorStayAsTheyWere();
    void aLineThatTheTerminalForgetsIsNotWaitedFor();
    void aPassphraseIsWipedInEveryCopy();
    void outputThatIsTakenIsWrittenAtOnce();
    void outputToASlowReaderWaitsWithoutBlocking();
    void outputOverTheBoundWaitsForItsReader();
    void noticesOverTheBoundAreLeftOut();
    void aReaderThatIsGoneIsToldOnce();
    void aSignalEndsTheWaitForAReader();
};

void StreamsTest::linesComeFromAPipe() {
    Pipe pipe;
    StandardInput input(pipe.reading.get(), bound);
    Heard heard(input);
    input.resume();
    pipe.write("one\ntw");
    QTRY_COMPARE(heard.lines, QByteArrayList{"one"});
    pipe.write("o\n" + QByteArray(bound + 1, 'x') + "\nlast");
    pipe.writing.reset();
    QTRY_COMPARE(heard.ends, 1);
    QCOMPARE(heard.lines, (QByteArrayList{"one", "two", "last"}));
    QCOMPARE(heard.tooLong, 1);
}

void StreamsTest::linesComeFromAFile() {
    QTemporaryFile file;
    QVERIFY(file.open());
    QByteArrayList written;
    for (int i = 0; i < 50000; ++i)
        written += QByteArray::number(i);
    file.write(written.join('\n'));
    QVERIFY(file.flush());
    core::UniqueFd fd(::open(qPrintable(file.fileName()), O_RDONLY | O_CLOEXEC));
    StandardInput input(fd.get(), bound);
    Heard heard(input);
    input.resume();
    QTRY_COMPARE(heard.ends, 1);
    QCOMPARE(heard.lines, written);
}

void StreamsTest::theNullDeviceEndsAtOnce() {
    core::UniqueFd fd(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    StandardInput input(fd.get(), bound);
    Heard heard(input);
    input.resume();
    QTRY_COMPARE(heard.ends, 1);
    QVERIFY(heard.lines.isEmpty());
}

void StreamsTest::aPausedInputIsNotRead() {
    Pipe pipe;
    StandardInput input(pipe.reading.get(), bound);
    Heard heard(input);
    pipe.write("one\n");
    QCoreApplication::processEvents();
    QVERIFY(heard.lines.isEmpty());
    input.resume();
    QTRY_COMPARE(heard.lines.size(), 1);
    input.pause();
    pipe.write("two\n");
    QCoreApplication::processEvents();
    QCOMPARE(heard.lines.size(), 1);
    input.resume();
    QTRY_COMPARE(heard.lines.size(), 2);
}

void StreamsTest::aPauseInTheMiddleOfALineTakesEffectAtOnce() {
    Pipe pipe;
    StandardInput input(pipe.reading.get(), bound);
    Heard heard(input);
    connect(&input, &StandardInput::line, &input, &StandardInput::pause);
    pipe.write("one\ntwo\nthree\n");
    pipe.writing.reset();
    input.resume();
    QTRY_COMPARE(heard.lines, QByteArrayList{"one"});
    QCoreApplication::processEvents();
    QCOMPARE(heard.lines.size(), 1);
    input.resume();
    QTRY_COMPARE(heard.lines.size(), 2);
    input.resume();
    QTRY_COMPARE(heard.lines.size(), 3);
    QCOMPARE(heard.ends, 0);
    input.resume();
    QTRY_COMPARE(heard.ends, 1);
}

void StreamsTest::flagsOfTheDescriptorStayAsTheyWere() {
    Pipe in;
    Pipe out;
    StandardInput input(in.reading.get(), bound);
    OutputStream output(out.writing.get(), OutputStream::WhenFull::Wait);
    Heard heard(input);
    input.resume();
    in.write("x\n");
    QTRY_COMPARE(heard.lines.size(), 1);
    output.write("x\n");
    QCOMPARE(fcntl(in.reading.get(), F_GETFL) & O_NONBLOCK, 0);
    QCOMPARE(fcntl(out.writing.get(), F_GETFL) & O_NONBLOCK, 0);
}

// Ctrl+C behind a line: poll(2) saw the line, and read(2) finds nothing.
void StreamsTest::aLineThatTheTerminalForgetsIsNotWaitedFor() {
    const core::UniqueFd person(posix_openpt(O_RDWR | O_NOCTTY));
    QVERIFY(person && grantpt(person.get()) == 0 && unlockpt(person.get()) == 0);
    const core::UniqueFd terminal(::open(ptsname(person.get()), O_RDWR | O_NOCTTY));
    QVERIFY(terminal);
    StandardInput input(terminal.get(), bound);
    const Heard heard(input);
    input.resume();
    auto* notifier = input.findChild<QSocketNotifier*>();
    QVERIFY(notifier);
    QEvent ready(QEvent::SockAct);
    QCoreApplication::sendEvent(notifier, &ready); // as if there had been something to read
    QCOMPARE(heard.ends, 0);
    QCOMPARE(::write(person.get(), "typed\n", 6), ssize_t(6));
    QTRY_COMPARE(heard.lines, QByteArrayList{"typed"});
    QCOMPARE(fcntl(terminal.get(), F_GETFL) & O_NONBLOCK, 0);
}

void StreamsTest::aPassphraseIsWipedInEveryCopy() {
    Pipe pipe;
    StandardInput input(pipe.reading.get(), bound);
    PassphrasePrompt prompt(pipe.reading.get(), input, [](const QByteArray&) {}, {});
    QByteArray taken;
    connect(&prompt, &PassphrasePrompt::given, this, [&](const QByteArray& given) { taken = given; });
    prompt.start();
    pipe.write("secret\nmore\n");
    QTRY_COMPARE(taken, "secret");
    const QByteArray elsewhere = taken;
    wipe(taken);
    QVERIFY(taken.isEmpty());
    QCOMPARE(elsewhere, QByteArray(6, '\0'));
    QString text = QString::fromLatin1("secret");
    const QString copy = text;
    wipe(text);
    QVERIFY(text.isEmpty());
    QCOMPARE(copy, QString(6, QChar(QChar::Null)));
    // Nothing else of it is kept.
    Heard heard(input);
    input.resume();
    pipe.write("next\n");
    QTRY_COMPARE(heard.lines, QByteArrayList{"next"});
}

void StreamsTest::outputThatIsTakenIsWrittenAtOnce() {
    Pipe pipe;
    OutputStream output(pipe.writing.get(), OutputStream::WhenFull::Wait);
    output.write("a line\n");
    std::array<char, 64> buffer{};
    QCOMPARE(::read(pipe.reading.get(), buffer.data(), buffer.size()), ssize_t(7));
}

void StreamsTest::outputToASlowReaderWaitsWithoutBlocking() {
    Pipe pipe;
    OutputStream output(pipe.writing.get(), OutputStream::WhenFull::Wait);
    const QByteArray bytes(500 * 1000, 'x'); // more than a pipe takes, less than the bound
    output.write(bytes);
    QByteArray got;
    std::thread reader([&] { got = readAll(pipe.reading.get()); });
    output.flush();
    pipe.writing.reset();
    reader.join();
    QCOMPARE(got, bytes);
}

void StreamsTest::outputOverTheBoundWaitsForItsReader() {
    Pipe pipe;
    OutputStream output(pipe.writing.get(), OutputStream::WhenFull::Wait);
    QByteArray got;
    std::thread reader([&] { got = readAll(pipe.reading.get()); });
    QByteArray all;
    for (int i = 0; i < 400; ++i) {
        const QByteArray piece = QByteArray::number(i) + QByteArray(20000, '.') + '\n';
        all += piece;
        output.write(piece);
    }
    output.flush();
    pipe.writing.reset();
    reader.join();
    QVERIFY(all.size() > qsizetype(4 * core::limits::terminalOutput));
    QVERIFY(got == all);
}

void StreamsTest::noticesOverTheBoundAreLeftOut() {
    Pipe pipe;
    OutputStream output(pipe.writing.get(), OutputStream::WhenFull::Drop);
    const QByteArray line = QByteArray(999, 'x') + '\n';
    for (int i = 0; i < 5000; ++i)
        output.write(line); // nobody reads: this returns all the same
    QByteArray got;
    std::thread reader([&] { got = readAll(pipe.reading.get()); });
    output.flush();
    pipe.writing.reset();
    reader.join();
    QVERIFY(got.size() < qsizetype(2 * core::limits::terminalOutput));
    QCOMPARE(got.size() % line.size(), 0); // whole lines alone
}

void StreamsTest::aReaderThatIsGoneIsToldOnce() {
    std::signal(SIGPIPE, SIG_IGN);
    Pipe pipe;
    OutputStream output(pipe.writing.get(), OutputStream::WhenFull::Wait);
    QSignalSpy broken(&output, &OutputStream::broken);
    pipe.reading.reset();
    output.write("a\n");
    QVERIFY(output.isBroken());
    output.write("b\n");
    output.flush();
    QTRY_COMPARE(broken.size(), 1);
    QCoreApplication::processEvents();
    QCOMPARE(broken.size(), 1);
}

void StreamsTest::aSignalEndsTheWaitForAReader() {
    Pipe pipe;
    Pipe interrupt;
    OutputStream output(pipe.writing.get(), OutputStream::WhenFull::Wait);
    output.setInterrupt(interrupt.reading.get());
    interrupt.write("x");
    for (int i = 0; i < 5; ++i)
        output.write(QByteArray(qsizetype(core::limits::terminalOutput), 'x'));
    QVERIFY(!output.isBroken());
    QByteArray got;
    std::thread reader([&] { got = readAll(pipe.reading.get()); });
    output.flush(); // what fitted is written all the same
    pipe.writing.reset();
    reader.join();
    QCOMPARE(got.size(), qsizetype(core::limits::terminalOutput));
}

QTEST_GUILESS_MAIN(StreamsTest)
#include "streams_test.moc"

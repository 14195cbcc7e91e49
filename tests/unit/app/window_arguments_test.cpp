#include "app/window_arguments.h"

#include <QTest>

#include <array>

using namespace kith::app;
using namespace Qt::StringLiterals;

/// What a person may write behind `kith`.
class WindowArgumentsTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void optionsAreUnderstood();
    void mistakesAreNamed_data();
    void mistakesAreNamed();
    void whatIsHandedOverIsUnderstoodThere();
    void aLinkDoesNotStayInTheArguments();
};

void WindowArgumentsTest::optionsAreUnderstood() {
    const auto parsed = parseWindowArguments(
        {u"--profile"_s, u"/p q"_s, u"--host=5190"_s, u"--connect=[::1]:5"_s, u"--background"_s});
    const auto* arguments = std::get_if<WindowArguments>(&parsed);
    QVERIFY(arguments != nullptr);
    const WindowArguments expected{u"/p q"_s, true, quint16(5190), u"[::1]:5"_s, true};
    QVERIFY(*arguments == expected);
    QVERIFY(std::get<WindowArguments>(parseWindowArguments({})) == WindowArguments());
    QVERIFY(std::get<WindowArguments>(parseWindowArguments({u"--host"_s})).host);
    QCOMPARE(std::get<WindowArguments>(parseWindowArguments({u"kith://a:1/X"_s})).address, u"kith://a:1/X"_s);
    QVERIFY(std::holds_alternative<WindowHelpAsked>(parseWindowArguments({u"--host"_s, u"--help"_s})));
    QVERIFY(std::holds_alternative<WindowVersionAsked>(parseWindowArguments({u"--version"_s})));
}

void WindowArgumentsTest::mistakesAreNamed_data() {
    QTest::addColumn<QStringList>("words");
    QTest::newRow("unknown") << QStringList{u"--hots"_s};
    QTest::newRow("no value") << QStringList{u"--profile"_s};
    QTest::newRow("empty value") << QStringList{u"--profile="_s};
    QTest::newRow("port 0") << QStringList{u"--host=0"_s};
    QTest::newRow("port too large") << QStringList{u"--host=65536"_s};
    QTest::newRow("port in words") << QStringList{u"--host=five"_s};
    QTest::newRow("not a link") << QStringList{u"http://x/"_s};
    QTest::newRow("background with more") << QStringList{u"--backgroundx"_s};
}

void WindowArgumentsTest::mistakesAreNamed() {
    QFETCH(QStringList, words);
    const auto parsed = parseWindowArguments(words);
    const auto* mistake = std::get_if<WindowMistake>(&parsed);
    QVERIFY(mistake != nullptr);
    QVERIFY(!mistake->what.isEmpty());
}

void WindowArgumentsTest::whatIsHandedOverIsUnderstoodThere() {
    for (const WindowArguments& asked : {WindowArguments{}, WindowArguments{{}, true, {}, {}, false},
                                         WindowArguments{{}, true, quint16(7), u"-x"_s, true},
                                         WindowArguments{{}, false, {}, u"kith://a:1/X"_s, false}}) {
        QStringList words = asked.handOver();
        QCOMPARE(words.takeFirst(), u"open"_s);
        const auto parsed = parseWindowArguments(words);
        QVERIFY(std::holds_alternative<WindowArguments>(parsed));
        QVERIFY(std::get<WindowArguments>(parsed) == asked);
    }
}

void WindowArgumentsTest::aLinkDoesNotStayInTheArguments() {
    QByteArray program("kith");
    QByteArray option("--background");
    QByteArray link("kith://host:1/ID?s=SECRET");
    std::array<char*, 3> argv{program.data(), option.data(), link.data()};
    const QStringList words = takeWords(3, argv.data());
    QCOMPARE(words, (QStringList{u"--background"_s, u"kith://host:1/ID?s=SECRET"_s}));
    QCOMPARE(option, QByteArray("--background"));
    QCOMPARE(link, QByteArray(25, 'x'));
}

QTEST_GUILESS_MAIN(WindowArgumentsTest)
#include "window_arguments_test.moc"

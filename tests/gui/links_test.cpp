#include "core/limits.h"
#include "gui/links.h"
#include "gui/message_view.h"
#include "gui/question_dialog.h"

#include <QDesktopServices>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace kith;
using namespace kith::gui;
using namespace Qt::StringLiterals;

/// What became of an address that was to be opened, in place of a browser.
class Browser final : public QObject {
    Q_OBJECT
public:
    QList<QUrl> opened;
public Q_SLOTS:
    void open(const QUrl& url) { opened.append(url); }
};

/// Threats row 32: what a peer writes becomes a link only where it is one of the web, and none opens by
/// itself.
class LinksTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void row32_onlyHttpAndHttpsBecomeLinks_data();
    void row32_onlyHttpAndHttpsBecomeLinks();
    void row32_theHostIsShownAsItIsOnTheWire_data();
    void row32_theHostIsShownAsItIsOnTheWire();
    void row32_nothingOpensBeforeAPersonSaysSo();
    void row32_anAddressThatBeginsWithAnotherNameIsToldOf();
    void row32_nothingElseIsEverOpened();
    void linksAreBoundedInNumberAndLength();
    void aPlaceInTheTextIsWhatTheLinkCovers();

private:
    Browser browser_;
    QWidget window_;
};

void LinksTest::init() {
    browser_.opened.clear();
    for (const char* scheme : {"http", "https", "file", "smb"})
        QDesktopServices::setUrlHandler(QLatin1String(scheme), &browser_, "open");
}

void LinksTest::cleanup() {
    for (const char* scheme : {"http", "https", "file", "smb"})
        QDesktopServices::unsetUrlHandler(QLatin1String(scheme));
}

void LinksTest::row32_onlyHttpAndHttpsBecomeLinks_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("addresses");
    QTest::newRow("plain") << u"see https://example.com/a?b=c#d now"_s
                           << QStringList{u"https://example.com/a?b=c#d"_s};
    QTest::newRow("end of a sentence")
        << u"It is at http://example.com/x."_s << QStringList{u"http://example.com/x"_s};
    QTest::newRow("in brackets") << u"(https://example.com/x)"_s << QStringList{u"https://example.com/x"_s};
    QTest::newRow("brackets of its own")
        << u"https://example.com/a_(b)"_s << QStringList{u"https://example.com/a_(b)"_s};
    QTest::newRow("two") << u"http://a.example https://b.example"_s
                         << QStringList{u"http://a.example"_s, u"https://b.example"_s};
    QTest::newRow("Chinese around it")
        << u"看 https://example.com/x。好"_s << QStringList{u"https://example.com/x"_s};
    QTest::newRow("upper case") << u"HTTPS://EXAMPLE.COM/"_s << QStringList{u"https://example.com/"_s};
    QTest::newRow("file") << u"file:///etc/passwd"_s << QStringList();
    QTest::newRow("smb") << u"smb://host/share"_s << QStringList();
    QTest::newRow("javascript") << u"javascript:alert(1)"_s << QStringList();
    QTest::newRow("custom") << u"kith://192.168.1.7/X x-evil://a"_s << QStringList();
    QTest::newRow("no host") << u"http:// https:///x"_s << QStringList();
    QTest::newRow("bare name") << u"example.com www.example.com"_s << QStringList();
    QTest::newRow("mark-up") << u"<a href=\"https://evil.example\">https://good.example</a>"_s
                             << QStringList{u"https://evil.example"_s, u"https://good.example"_s};
    QTest::newRow("direction override inside")
        << u"https://example.com/\u202Egpj.exe"_s << QStringList{u"https://example.com/"_s};
    QTest::newRow("zero-width inside") << u"https://exam\u200Bple.com"_s << QStringList{u"https://exam"_s};
}

void LinksTest::row32_onlyHttpAndHttpsBecomeLinks() {
    QFETCH(QString, text);
    QFETCH(QStringList, addresses);
    QStringList found;
    for (const Link& link : linksIn(text))
        found.append(link.url.toString(QUrl::FullyEncoded));
    QCOMPARE(found, addresses);
}

void LinksTest::row32_theHostIsShownAsItIsOnTheWire_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("host");
    QTest::newRow("user before it") << u"https://bank.example@evil.example/x"_s << u"evil.example"_s;
    QTest::newRow("Cyrillic") << u"https://\u0430pple.com/"_s << u"xn--pple-43d.com"_s;
    QTest::newRow("port") << u"http://example.com:8080/x"_s << u"example.com"_s;
}

void LinksTest::row32_theHostIsShownAsItIsOnTheWire() {
    QFETCH(QString, text);
    QFETCH(QString, host);
    const QList<Link> links = linksIn(text);
    QCOMPARE(links.size(), 1);
    QCOMPARE(hostOf(links.first().url), host);
}

void LinksTest::row32_nothingOpensBeforeAPersonSaysSo() {
    const QUrl url(u"https://example.com/x"_s);
    askToOpen(url, &window_);
    auto* const first = window_.findChild<QuestionDialog*>();
    QVERIFY(first != nullptr);
    QVERIFY(first->accessibleName().contains(u"example.com"_s));
    first->reject();
    QVERIFY(browser_.opened.isEmpty());
    QTRY_VERIFY(window_.findChild<QuestionDialog*>() == nullptr);

    askToOpen(url, &window_);
    window_.findChild<QuestionDialog*>()->accept();
    QCOMPARE(browser_.opened, QList<QUrl>{url});
    QTRY_VERIFY(window_.findChild<QuestionDialog*>() == nullptr);
}

void LinksTest::row32_anAddressThatBeginsWithAnotherNameIsToldOf() {
    askToOpen(QUrl(u"https://bank.example@evil.example/x"_s), &window_);
    auto* const dialog = window_.findChild<QuestionDialog*>();
    QVERIFY(dialog != nullptr);
    QVERIFY(dialog->accessibleName().contains(u"It leads to evil.example."_s));
    dialog->reject();
    QTRY_VERIFY(window_.findChild<QuestionDialog*>() == nullptr);
}

void LinksTest::row32_nothingElseIsEverOpened() {
    for (const QString& address : {u"file:///etc/passwd"_s, u"smb://host/share"_s, u"x-evil:1"_s, u""_s}) {
        askToOpen(QUrl(address), &window_);
        QVERIFY2(window_.findChild<QuestionDialog*>() == nullptr, qPrintable(address));
    }
    QVERIFY(browser_.opened.isEmpty());
}

void LinksTest::linksAreBoundedInNumberAndLength() {
    namespace limits = core::limits;
    QCOMPARE(linksIn(u"http://a.example "_s.repeated(limits::messageLinks + 10)).size(),
             limits::messageLinks);
    const QString head = u"http://a.example/"_s;
    const QString longest = head + QString(limits::linkCharacters - head.size(), u'x');
    QCOMPARE(linksIn(longest).size(), 1);
    QCOMPARE(linksIn(longest + u'x').size(), 0);
}

void LinksTest::aPlaceInTheTextIsWhatTheLinkCovers() {
    const QString text = u"first\nsecond https://example.com, third"_s;
    const QList<Link> links = linksIn(text);
    QCOMPARE(links.size(), 1);
    QCOMPARE(text.mid(links.first().from, links.first().length), u"https://example.com"_s);
}

QTEST_MAIN(LinksTest)
#include "links_test.moc"

#include "words/sentences.h"

#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <QTranslator>

using namespace kith;
using namespace Qt::StringLiterals;
using core::Reason;

namespace {

words::Values values() {
    words::Values v;
    v.peer = u"Ann"_s;
    v.where = {"192.168.1.7", 5188};
    v.profile = u"Practice"_s;
    return v;
}

QString whole(const words::Sentence& sentence) {
    return sentence.title + u' ' + sentence.text;
}

bool hasPlaceholder(const QString& text) {
    return text.contains(QRegularExpression(u"%[0-9n]"_s));
}

} // namespace

/// A code becomes something that a person can read, in both languages.
class SentencesTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { QCoreApplication::removeTranslator(&chinese_); }

    void everyReasonHasItsOwnSentence();
    void everyReasonHasWordsInChinese();
    void wordsAreTheAgreedOnes_data();
    void wordsAreTheAgreedOnes();
    void whatWasNotSentIsTold();
    void codesStandInTheDetailsAlone();
    void everyActionHasALabel();
    void plainTextIsOfferedForABareAddressAlone();
    void aChangedKeyStaysStoppedUnlessAPersonDecides();
    void nobodyIsToldThatNothingWasSentWhereThatIsNotKnown();
    void theStateSaysWhatProtectsTheConversation();
    void conversationsWithOnePlaceAreNumbered();

private:
    QTranslator chinese_;
};

void SentencesTest::everyReasonHasItsOwnSentence() {
    QSet<QString> titles;
    for (const Reason reason : core::allReasons) {
        const words::Sentence sentence = words::forEnd({reason, 0, 0}, values());
        const QByteArray name(core::code(reason).data());
        QVERIFY2(!sentence.title.isEmpty(), name.constData());
        QVERIFY2(sentence.title.endsWith(u'.'), name.constData());
        QVERIFY2(!hasPlaceholder(whole(sentence)), qPrintable(whole(sentence)));
        QVERIFY2(!titles.contains(whole(sentence)), qPrintable(whole(sentence)));
        titles.insert(whole(sentence));
    }
}

void SentencesTest::everyReasonHasWordsInChinese() {
    QHash<Reason, QString> english;
    for (const Reason reason : core::allReasons)
        english.insert(reason, whole(words::forEnd({reason, 0, 2}, values())));
    QVERIFY(chinese_.load(QLocale(u"zh_CN"_s), u"kith"_s, u"_"_s, u":/translations"_s));
    QCoreApplication::installTranslator(&chinese_);
    for (const Reason reason : core::allReasons) {
        const QString text = whole(words::forEnd({reason, 0, 2}, values()));
        QVERIFY2(text != english.value(reason), qPrintable(text));
        QVERIFY2(!hasPlaceholder(text), qPrintable(text));
        QVERIFY2(text.contains(QRegularExpression(u"[\\x{4e00}-\\x{9fff}]"_s)), qPrintable(text));
    }
}

void SentencesTest::wordsAreTheAgreedOnes_data() {
    QTest::addColumn<int>("reason");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, Reason reason, const char* host, const QString& words) {
        QTest::newRow(name) << static_cast<int>(reason) << QString::fromLatin1(host) << words;
    };
    row("no name", Reason::NameNotFound, "annn",
        u"No computer named “annn” was found. Check the spelling, or use the address that the other Kith "
        u"shows under "
        "Host."_s);
    row("refused", Reason::ConnectionRefused, "192.168.1.7",
        u"192.168.1.7 answered, but nothing accepts connections on port 5188. Ask the other person to press "
        u"Host, and "
        "which port they see."_s);
    row("no answer, private", Reason::NoAnswer, "192.168.1.7",
        u"No answer from 192.168.1.7 in 10 seconds. It works only inside its own network; if you are both "
        u"there, a "
        "firewall on that computer is the likeliest reason."_s);
    row("no answer, public", Reason::NoAnswer, "203.0.113.9",
        u"No answer from 203.0.113.9 in 10 seconds. The router there may not pass port 5188 on."_s);
    row("own", Reason::OwnAddress, "127.0.0.1",
        u"That is this same Kith. To try it alone, open a practice window."_s);
    row("port", Reason::PortTaken, "192.168.1.7",
        u"Port 5188 is taken by another program. Host on 5189? The other person then types 192.168.1.7:5189."_s);
    row("worker", Reason::WorkerMissing, "192.168.1.7",
        u"Kith could not start a connection process. kith-worker is missing: install Kith again."_s);
}

void SentencesTest::wordsAreTheAgreedOnes() {
    QFETCH(int, reason);
    QFETCH(QString, host);
    QFETCH(QString, words);
    words::Values v = values();
    v.where.host = host.toStdString();
    QCOMPARE(whole(words::forEnd({static_cast<Reason>(reason), 0, 0}, v)), words);
}

void SentencesTest::whatWasNotSentIsTold() {
    QCOMPARE(words::forEnd({Reason::PeerClosed, 0, 0}, values()).text, QString());
    QVERIFY(
        words::forEnd({Reason::PeerClosed, 0, 1}, values()).text.startsWith(u"One message did not go out"_s));
    QVERIFY(
        words::forEnd({Reason::PeerClosed, 0, 3}, values()).text.startsWith(u"3 messages did not go out"_s));
}

void SentencesTest::codesStandInTheDetailsAlone() {
    const words::Sentence sentence = words::forEnd({Reason::WorkerCrashed, 9, 0}, values());
    QVERIFY(sentence.details.startsWith(u"worker-crashed: "_s));
    QVERIFY(sentence.details.endsWith(u"(9)"_s));
    QVERIFY(!whole(sentence).contains(u"worker-crashed"_s));
    QCOMPARE(words::forError({Reason::TextTooLong, 0, "secret"}, values()).details, u"text-too-long"_s);
}

void SentencesTest::everyActionHasALabel() {
    for (int action = 0; action <= static_cast<int>(words::Action::ShowInvites); ++action)
        QVERIFY(!words::label(static_cast<words::Action>(action), 5189).isEmpty());
    QCOMPARE(words::label(words::Action::UseNextPort, 5189), u"Use 5189"_s);
}

void SentencesTest::plainTextIsOfferedForABareAddressAlone() {
    words::Values v = values();
    QVERIFY(words::forEnd({Reason::NotKith, 0, 0}, v).actions.contains(words::Action::ConnectInPlainText));
    v.keyExpected = true;
    QVERIFY(!words::forEnd({Reason::NotKith, 0, 0}, v).actions.contains(words::Action::ConnectInPlainText));
    QVERIFY(!hasPlaceholder(whole(words::forEnd({Reason::NotKith, 0, 0}, v))));
}

void SentencesTest::aChangedKeyStaysStoppedUnlessAPersonDecides() {
    const words::Sentence sentence = words::forEnd({Reason::KeyChanged, 0, 0}, values());
    QCOMPARE(sentence.title, u"This may not be Ann."_s);
    QCOMPARE(sentence.actions.first(), words::Action::KeepStopped);
}

void SentencesTest::nobodyIsToldThatNothingWasSentWhereThatIsNotKnown() {
    words::Values v = values();
    v.stop = words::Stop::NumbersDiffer;
    const words::Sentence differ = words::forEnd({Reason::KeyChanged, 0, 0}, v);
    QCOMPARE(differ.title, u"Your numbers with Ann differ."_s);
    QCOMPARE(words::stoppedLine(u"Ann"_s, v.stop), u"Stopped: your numbers with Ann differ"_s);
    v.stop = words::Stop::Either;
    const words::Sentence either = words::forEnd({Reason::KeyChanged, 0, 0}, v);
    for (const words::Sentence& sentence : {differ, either}) {
        QVERIFY(!hasPlaceholder(whole(sentence)));
        QVERIFY(!whole(sentence).contains(u"othing was sent"_s));
        QCOMPARE(sentence.actions.first(), words::Action::KeepStopped);
    }
}

void SentencesTest::theStateSaysWhatProtectsTheConversation() {
    using core::ConversationState;
    words::Values v = values();
    QCOMPARE(words::stateLine(ConversationState::Open, v),
             u"Connected · plain text: anyone on the way can read this"_s);
    v.secure = true;
    QCOMPARE(words::stateLine(ConversationState::Open, v), u"Connected · encrypted · not verified"_s);
    v.verified = true;
    QCOMPARE(words::stateLine(ConversationState::Open, v), u"Connected · encrypted · verified"_s);
    v.seconds = 102;
    QCOMPARE(words::stateLine(ConversationState::Waiting, v),
             u"Waiting for the other person to let you in · 1:42"_s);
}

void SentencesTest::conversationsWithOnePlaceAreNumbered() {
    QCOMPARE(words::conversationTitle(u"127.0.0.1"_s, 1), u"Plain text · 127.0.0.1"_s);
    QCOMPARE(words::conversationTitle(u"127.0.0.1"_s, 2), u"Plain text · 127.0.0.1 (2)"_s);
}

QTEST_GUILESS_MAIN(SentencesTest)
#include "sentences_test.moc"
